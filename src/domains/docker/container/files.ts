import type { Emission, World } from '../../../kernel/index.ts'
import type { FileChanges, FileNode, FileTree } from '../../../shell/files.ts'
import { imageTree } from '../../containerd/index.ts'
import { addressOf } from '../network/address.ts'
import { type Volume, volumeId } from '../volume/volume.ts'
import type { Container } from './container.ts'
import type { Mount } from './containerSpec.ts'
import { hostnameOf } from './environment.ts'
import { imageOf } from './imageOf.ts'
import { linkHosts } from './links.ts'

/** All files of a container: its image's, what was written since, and what is mounted. Models: overlayfs and the mounts of runc. */
export function filesOf(world: World, container: Container): FileTree {
  const { spec, written } = container
  const image = imageOf(world, container)
  const own = image ? imageTree(image) : {}
  const tree: { [path: string]: FileNode } = { ...own }
  place(tree, '/etc/hostname', `${hostnameOf(container)}\n`)
  place(tree, '/etc/hosts', hostsFile(world, container))
  place(tree, '/etc/resolv.conf', resolvFile(container))
  if (spec.workdir) directories(tree, `${spec.workdir}/x`)
  for (const [path, node] of Object.entries(written ?? {})) {
    if (node) tree[path] = node
    else delete tree[path]
  }
  for (const mount of spec.mounts ?? []) lay(tree, mount, mounted(world, container, mount))
  return tree
}

/** The text of one of a container's files, without laying out all the others. */
export function textOf(world: World, container: Container, path: string): string | undefined {
  const { spec, written } = container
  const covered = spec.mounts?.some(({ target }) => path === trimmed(target) || path.startsWith(`${trimmed(target)}/`))
  if (covered || OF_THE_RUNTIME.has(path)) return filesOf(world, container)[path]?.text
  if (written && Object.hasOwn(written, path)) return written[path]?.text
  const image = imageOf(world, container)
  return image && imageTree(image)[path]?.text
}

const OF_THE_RUNTIME: ReadonlySet<string> = new Set(['/etc/hostname', '/etc/hosts', '/etc/resolv.conf'])

/** What changed, sorted: the container's own layer, and events to the volumes and sessions that its mounts show. */
export function sortChanges(
  container: Container,
  changes: FileChanges,
): { readonly own: FileChanges; readonly beyond: readonly Emission[] } {
  const own: { [path: string]: FileNode | null } = {}
  const parts = new Map<Mount, { [path: string]: FileNode | null }>()
  const mounts = [...(container.spec.mounts ?? [])].sort((a, b) => b.target.length - a.target.length)
  for (const [path, node] of Object.entries(changes)) {
    const mount = mounts.find((one) => path.startsWith(`${trimmed(one.target)}/`))
    if (!mount || mount.type === 'tmpfs') {
      own[path] = node
      continue
    }
    const below = path.slice(trimmed(mount.target).length)
    const part = parts.get(mount) ?? {}
    part[mount.type === 'bind' ? `${trimmed(mount.source ?? '')}${below}` : below] = node
    parts.set(mount, part)
  }
  const beyond = [...parts].map(([mount, part]): Emission => {
    if (mount.type === 'bind')
      return { to: mount.session ?? 'shell.Session/main', type: 'FilesChanged', data: part, by: container.id }
    return {
      to: volumeId(container.engine, mount.source ?? ''),
      type: 'Written',
      data: { changes: part },
      by: container.id,
    }
  })
  return { own, beyond }
}

/** Files of a mount by path below its root; a single file is under the empty path. */
function mounted(world: World, container: Container, mount: Mount): FileChanges {
  if (mount.type === 'volume')
    return (world.get(volumeId(container.engine, mount.source ?? '')) as Volume | undefined)?.files ?? {}
  if (mount.type === 'tmpfs') return {}
  const session = world.get(mount.session ?? 'shell.Session/main') as { readonly files?: FileTree } | undefined
  const source = trimmed(mount.source ?? '')
  const found: { [path: string]: FileNode } = {}
  const file = session?.files?.[source]
  if (file && !file.dir) found[''] = file
  for (const [path, node] of Object.entries(session?.files ?? {}))
    if (path.startsWith(`${source}/`)) found[path.slice(source.length)] = node
  return found
}

function lay(tree: { [path: string]: FileNode }, mount: Mount, files: FileChanges): void {
  const at = trimmed(mount.target)
  const file = files['']
  if (file) {
    directories(tree, at)
    tree[at] = file
    return
  }
  if (mount.type !== 'tmpfs') for (const path of Object.keys(tree)) if (path.startsWith(`${at}/`)) delete tree[path]
  directories(tree, `${at}/x`)
  for (const [path, node] of Object.entries(files)) {
    if (!node) continue
    directories(tree, at + path)
    tree[at + path] = node
  }
}

/** What an image has below a path: a new volume begins with it. */
export function imageFilesBelow(world: World, container: Pick<Container, 'imageId'>, target: string): FileChanges {
  const image = imageOf(world, container)
  if (!image) return {}
  const at = trimmed(target)
  const files: { [path: string]: FileNode } = {}
  for (const [path, node] of Object.entries(imageTree(image)))
    if (path.startsWith(`${at}/`)) files[path.slice(at.length)] = node
  return files
}

function trimmed(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path
}

function hostsFile(world: World, container: Container): string {
  const extra = (container.spec.extraHosts ?? []).map((entry) => {
    const cut = entry.search(/[:=]/)
    const ip = entry.slice(cut + 1)
    return `${ip === 'host-gateway' ? '172.17.0.1' : ip}\t${entry.slice(0, cut)}\n`
  })
  const ip = addressOf(world, container)
  const own = ip === undefined ? '' : `${ip}\t${hostnameOf(container)}\n`
  return `127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\nfe00::\tip6-localnet\nff00::\tip6-mcastprefix\nff02::1\tip6-allnodes\nff02::2\tip6-allrouters\n${extra.join('')}${linkHosts(world, container).join('')}${own}`
}

/** User networks have the engine's own name server; the default bridge uses that of the machine. */
function resolvFile(container: Container): string {
  const own = container.endpoints.some(({ network }) => network !== 'bridge')
  const servers = container.spec.dns ?? (own ? ['127.0.0.11'] : ['10.0.0.2'])
  return `${servers.map((server) => `nameserver ${server}\n`).join('')}${own ? 'options ndots:0\n' : ''}`
}

function place(tree: { [path: string]: FileNode }, path: string, text: string): void {
  directories(tree, path)
  tree[path] = { text, at: 0 }
}

function directories(tree: { [path: string]: FileNode }, path: string): void {
  for (let cut = path.lastIndexOf('/'); cut > 0; cut = path.lastIndexOf('/', cut - 1))
    tree[path.slice(0, cut)] ??= { dir: true, at: 0 }
}
