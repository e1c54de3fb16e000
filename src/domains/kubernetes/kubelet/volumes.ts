import type { World } from '../../../kernel/index.ts'
import type { FileChanges, FileNode, FileTree } from '../../../shell/files.ts'
import { imageOfReference, imageTree } from '../../containerd/index.ts'
import { resolvConf, resolvConfText } from '../dns/resolvConf.ts'
import { vantageOf } from '../network/vantage.ts'
import type { ObjectEntity } from '../object/object.ts'
import type { Container } from './container.ts'
import { configMapData, type EnvironmentOf, fieldValue, hostnameOf, resourceValue, secretData } from './environment.ts'
import type { ContainerSpec, DownwardItem, PodSpec, Volume, VolumeMount, VolumeSource } from './podPlan.ts'

/** All files of a container: its image's, its volumes', and what was written since. */
export function filesOf(world: World, container: Container): FileTree {
  const pod = world.get(container.owner) as ObjectEntity | undefined
  const image = imageOfReference(world, container.spec.image)
  const tree: { [path: string]: FileNode } = { ...(image ? imageTree(image) : {}) }
  place(tree, '/etc/hostname', pod ? `${hostnameOf(pod)}\n` : '\n')
  place(tree, '/etc/hosts', hostsFile(container, pod))
  if (pod) place(tree, '/etc/resolv.conf', resolvConfText(resolvConf(vantageOf(world, container.id))))
  lay(tree, container.written)
  if (!pod) return tree
  const spec = pod.spec as unknown as PodSpec
  for (const mount of container.spec.volumeMounts ?? []) {
    const volume = spec.volumes?.find((one) => one.name === mount.name)
    if (volume) mountVolume(tree, mount, volume, container, pod, world)
  }
  if (
    spec.serviceAccountName !== undefined ||
    !container.spec.volumeMounts?.some((mount) => mount.mountPath.startsWith('/var/run/secrets'))
  )
    place(tree, '/var/run/secrets/kubernetes.io/serviceaccount/namespace', pod.metadata.namespace ?? 'default')
  return tree
}

/** The text of one file of a container, or undefined. */
export function readFile(world: World, container: Container, path: string): string | undefined {
  if (!container.written && !container.spec.volumeMounts?.length) {
    const image = imageOfReference(world, container.spec.image)
    return image ? imageTree(image)[path]?.text : undefined
  }
  return filesOf(world, container)[path]?.text
}

/** What a ConfigMap or Secret volume lacks, in the kubelet's words; undefined when all are there. */
export function missingVolume(
  world: World,
  pod: ObjectEntity,
): { readonly volume: string; readonly what: string } | undefined {
  const spec = pod.spec as unknown as PodSpec
  const namespace = pod.metadata.namespace ?? 'default'
  for (const volume of spec.volumes ?? []) {
    const sources: { map?: VolumeSource; secret?: VolumeSource & { secretName?: string } }[] = [
      { ...(volume.configMap ? { map: volume.configMap } : {}), ...(volume.secret ? { secret: volume.secret } : {}) },
      ...(volume.projected?.sources ?? []).map((one) => ({
        ...(one.configMap ? { map: one.configMap } : {}),
        ...(one.secret ? { secret: one.secret } : {}),
      })),
    ]
    for (const { map, secret } of sources) {
      const source = map ?? secret
      if (!source || source.optional) continue
      const name = (secret?.secretName ?? source.name) as string
      const data = map ? configMapData(world, namespace, name) : secretData(world, namespace, name)
      const kind = map ? 'configmap' : 'secret'
      if (!data) return { volume: volume.name, what: `${kind} "${name}" not found` }
      const lacking = source.items?.find((item) => data[item.key] === undefined)
      if (lacking)
        return { volume: volume.name, what: `references non-existent ${map ? 'config' : 'secret'} key: ${lacking.key}` }
    }
    const claim = volume.persistentVolumeClaim?.claimName
    if (claim !== undefined && !world.get(`k8s.PersistentVolumeClaim/${namespace}/${claim}`))
      return { volume: volume.name, what: `persistentvolumeclaim "${claim}" not found` }
  }
  return undefined
}

/** Splits changes into those of the container's own file system and those of volumes that others may share, by volume. */
export function sortChanges(
  container: ContainerSpec,
  pod: PodSpec | undefined,
  changes: FileChanges,
): { readonly own: FileChanges; readonly shared: { readonly [volume: string]: FileChanges } } {
  const own: { [path: string]: FileNode | null } = {}
  const shared: { [volume: string]: { [path: string]: FileNode | null } } = {}
  const mounts = (container.volumeMounts ?? []).filter((mount) => {
    const volume = pod?.volumes?.find((one) => one.name === mount.name)
    return volume && isScratch(volume)
  })
  for (const [path, node] of Object.entries(changes)) {
    const mount = mounts.find((one) => path.startsWith(`${trimmed(one.mountPath)}/`))
    if (!mount) {
      own[path] = node
      continue
    }
    const below = inVolume(mount, path)
    shared[mount.name] ??= {}
    ;(shared[mount.name] as { [path: string]: FileNode | null })[below] = node
  }
  return { own, shared }
}

function isScratch(volume: Volume): boolean {
  return !volume.configMap && !volume.secret && !volume.downwardAPI && !volume.projected
}

function trimmed(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path
}

/** Path below the volume's root of a path below a mount. */
function inVolume(mount: VolumeMount, path: string): string {
  const below = path.slice(trimmed(mount.mountPath).length)
  return mount.subPath ? `/${mount.subPath}${below}` : below
}

function mountVolume(
  tree: { [path: string]: FileNode },
  mount: VolumeMount,
  volume: Volume,
  container: Container,
  pod: ObjectEntity,
  world: World,
): void {
  const at = trimmed(mount.mountPath)
  const files = isScratch(volume)
    ? container.scratch?.[volume.name]
    : volumeFiles(volume, { world, pod, podIp: container.ip, hostIp: '', image: {} }, container.spec)
  const file = mount.subPath === undefined ? undefined : files?.[`/${mount.subPath}`]
  if (file && !file.dir) {
    place(tree, at, file.text ?? '')
    return
  }
  for (const path of Object.keys(tree)) if (path.startsWith(`${at}/`)) delete tree[path]
  directories(tree, `${at}/x`)
  const prefix = mount.subPath === undefined ? '' : `/${mount.subPath}`
  for (const [path, node] of Object.entries(files ?? {})) {
    if (!path.startsWith(`${prefix}/`) || !node) continue
    const full = at + path.slice(prefix.length)
    directories(tree, full)
    tree[full] = node
  }
}

function volumeFiles(volume: Volume, of: EnvironmentOf, container: ContainerSpec): FileChanges {
  const namespace = of.pod.metadata.namespace ?? 'default'
  const files: { [path: string]: FileNode } = {}
  const take = (source: VolumeSource, data: { readonly [key: string]: string } | undefined): void => {
    for (const { key, path } of source.items ?? Object.keys(data ?? {}).map((name) => ({ key: name, path: name })))
      if (data?.[key] !== undefined) files[`/${path}`] = { text: data[key], at: 0 }
  }
  const downward = (items: readonly DownwardItem[] | undefined): void => {
    for (const item of items ?? []) {
      const text = item.fieldRef
        ? fieldValue(item.fieldRef.fieldPath, of)
        : item.resourceFieldRef && resourceValue(item.resourceFieldRef, container, of)
      files[`/${item.path}`] = { text: text ?? '', at: 0 }
    }
  }
  const map = (source: VolumeSource): void => take(source, configMapData(of.world, namespace, source.name ?? ''))
  const secret = (source: VolumeSource & { secretName?: string }): void =>
    take(source, secretData(of.world, namespace, source.secretName ?? source.name ?? ''))
  if (volume.configMap) map(volume.configMap)
  if (volume.secret) secret(volume.secret)
  downward(volume.downwardAPI?.items)
  for (const source of volume.projected?.sources ?? []) {
    if (source.configMap) map(source.configMap)
    if (source.secret) secret(source.secret)
    downward(source.downwardAPI?.items)
    if (source.serviceAccountToken)
      files[`/${source.serviceAccountToken.path}`] = { text: `token-${of.pod.metadata.uid}`, at: 0 }
  }
  return files
}

/** Models: pkg/kubelet/kubelet_pods.go managedHostsFileContent, and the node's own file for pods in its network. */
function hostsFile(container: Container, pod: ObjectEntity | undefined): string {
  const spec = pod?.spec as
    | {
        readonly hostNetwork?: boolean
        readonly subdomain?: string
        readonly hostAliases?: readonly { readonly ip: string; readonly hostnames?: readonly string[] }[]
      }
    | undefined
  const name = pod ? hostnameOf(pod) : container.name
  const names = spec?.subdomain
    ? `${name}.${spec.subdomain}.${pod?.metadata.namespace ?? 'default'}.svc.cluster.local\t${name}`
    : name
  const head = spec?.hostNetwork
    ? `# Kubernetes-managed hosts file (host network).\n127.0.0.1\tlocalhost\n${container.ip}\t${container.node}\n`
    : `# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\nfe00::0\tip6-localnet\nfe00::0\tip6-mcastprefix\nfe00::1\tip6-allnodes\nfe00::2\tip6-allrouters\n${container.ip}\t${names}\n`
  const aliases = (spec?.hostAliases ?? []).filter(({ hostnames }) => hostnames?.length)
  if (aliases.length === 0) return head
  const lines = aliases.map(({ ip, hostnames }) => `${ip}\t${hostnames?.join('\t')}\n`)
  return `${head}\n# Entries added by HostAliases.\n${lines.join('')}`
}

function place(tree: { [path: string]: FileNode }, path: string, text: string): void {
  directories(tree, path)
  tree[path] = { text, at: 0 }
}

function directories(tree: { [path: string]: FileNode }, path: string): void {
  for (let cut = path.lastIndexOf('/'); cut > 0; cut = path.lastIndexOf('/', cut - 1))
    tree[path.slice(0, cut)] ??= { dir: true, at: 0 }
}

function lay(tree: { [path: string]: FileNode }, changes: FileChanges | undefined): void {
  for (const [path, node] of Object.entries(changes ?? {})) {
    if (node) tree[path] = node
    else delete tree[path]
  }
}
