import type { World } from '../../../kernel/index.ts'
import { parseQuantity } from '../api/quantity.ts'
import { find, type ObjectEntity, timeOf } from '../object/object.ts'
import type { ContainerSpec, EnvVar, KeyRef, PodSpec } from './podPlan.ts'

/** The environment of a container, or what is missing for it in the kubelet's words. */
export type Environment = { readonly env: Env } | { readonly missing: string }

export type Env = { readonly [name: string]: string }

/** What a container's environment is made of besides its own spec. */
export interface EnvironmentOf {
  readonly world: World
  readonly pod: ObjectEntity
  readonly podIp: string
  readonly hostIp: string
  /** Environment of the image. */
  readonly image: Env
  /** Only Services that were there at this time, in ms, are told of; all of them when absent. */
  readonly at?: number | undefined
}

/** Makes a container's environment. Models: pkg/kubelet/kubelet_pods.go makeEnvironmentVariables */
export function environmentOf(container: ContainerSpec, of: EnvironmentOf): Environment {
  const { world, pod } = of
  const namespace = pod.metadata.namespace ?? 'default'
  const env: { [name: string]: string } = {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    ...of.image,
    HOSTNAME: hostnameOf(pod),
    HOME: of.image.HOME ?? '/root',
    ...serviceVariables(of, (pod.spec as { enableServiceLinks?: boolean }).enableServiceLinks !== false),
  }
  for (const source of container.envFrom ?? []) {
    const map = source.configMapRef
    const secret = source.secretRef
    const prefix = source.prefix ?? ''
    const name = map?.name ?? secret?.name
    if (name === undefined) continue
    const data = map ? configMapData(world, namespace, name) : secretData(world, namespace, name)
    if (!data) {
      if ((map ?? secret)?.optional) continue
      return { missing: `${map ? 'configmap' : 'secret'} "${name}" not found` }
    }
    for (const [key, value] of Object.entries(data)) env[prefix + key] = value
  }
  for (const variable of container.env ?? []) {
    const value = variableValue(variable, container, of, env)
    if (value === undefined) continue
    if (typeof value === 'object') return value
    env[variable.name] = value
  }
  return { env }
}

/** Replaces `$(NAME)`; `$$(NAME)` stays as `$(NAME)`, and unknown names as they are. Models: third_party/forked/golang/expansion */
export function expand(text: string, env: Env): string {
  if (!text.includes('$')) return text
  return text.replace(/\$\$|\$\(([^)]*)\)/g, (part, name: string | undefined) => {
    if (part === '$$') return '$'
    return name !== undefined && Object.hasOwn(env, name) ? (env[name] as string) : part
  })
}

/** The host name of a pod's containers: its own, at most 63 characters. */
export function hostnameOf(pod: ObjectEntity): string {
  const own = (pod.spec as { hostname?: string } | undefined)?.hostname
  return (own || pod.metadata.name).slice(0, 63).replace(/[-.]+$/, '')
}

/** Data of a ConfigMap as text, or undefined when there is none. */
export function configMapData(world: World, namespace: string, name: string): Env | undefined {
  const map = find(world, 'ConfigMap', namespace, name)
  if (!map) return undefined
  const { data, binaryData } = (map.rest ?? {}) as { data?: Env; binaryData?: Env }
  return binaryData ? { ...data, ...decoded(binaryData) } : (data ?? {})
}

/** Data of a Secret, decoded, or undefined when there is none. */
export function secretData(world: World, namespace: string, name: string): Env | undefined {
  const secret = find(world, 'Secret', namespace, name)
  if (!secret) return undefined
  const { data, stringData } = (secret.rest ?? {}) as { data?: Env; stringData?: Env }
  return { ...decoded(data ?? {}), ...stringData }
}

/** Value of a field of the pod for the downward API; undefined for a path that it does not serve. Models: pkg/fieldpath */
export function fieldValue(path: string, { pod, podIp, hostIp }: EnvironmentOf): string | undefined {
  const { metadata } = pod
  const spec = pod.spec as unknown as PodSpec
  const indexed = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path)
  if (indexed) return metadata[indexed[1] as 'labels' | 'annotations']?.[indexed[2] as string] ?? ''
  switch (path) {
    case 'metadata.name':
      return metadata.name
    case 'metadata.namespace':
      return metadata.namespace ?? ''
    case 'metadata.uid':
      return metadata.uid
    case 'metadata.labels':
    case 'metadata.annotations':
      return Object.entries(metadata[path.slice(9) as 'labels' | 'annotations'] ?? {})
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
        .join('\n')
    case 'spec.nodeName':
      return spec.nodeName ?? ''
    case 'spec.serviceAccountName':
      return spec.serviceAccountName ?? 'default'
    case 'status.podIP':
    case 'status.podIPs':
      return podIp
    case 'status.hostIP':
    case 'status.hostIPs':
      return hostIp
    default:
      return undefined
  }
}

/** Value of a container's limit or request, divided and rounded up. Models: pkg/api/v1/resource ExtractContainerResourceValue */
export function resourceValue(
  ref: { readonly containerName?: string; readonly resource: string; readonly divisor?: string | number },
  own: ContainerSpec,
  { pod }: EnvironmentOf,
): string {
  const spec = pod.spec as unknown as PodSpec
  const container =
    ref.containerName === undefined
      ? own
      : ([...spec.containers, ...(spec.initContainers ?? [])].find((one) => one.name === ref.containerName) ?? own)
  const [list, resource] = ref.resource.split('.') as ['limits' | 'requests', string]
  const amount = parseQuantity(container.resources?.[list]?.[resource] ?? '0')
  const divisor = parseQuantity(ref.divisor === undefined || ref.divisor === '0' ? '1' : ref.divisor)
  return String(Math.ceil((amount?.milli ?? 0) / (divisor?.milli || 1000)))
}

function variableValue(
  variable: EnvVar,
  container: ContainerSpec,
  of: EnvironmentOf,
  env: Env,
): string | undefined | { readonly missing: string } {
  const from = variable.valueFrom
  if (!from) return expand(variable.value ?? '', env)
  if (from.fieldRef) return fieldValue(from.fieldRef.fieldPath, of) ?? ''
  if (from.resourceFieldRef) return resourceValue(from.resourceFieldRef, container, of)
  if (from.configMapKeyRef) return keyValue('ConfigMap', from.configMapKeyRef, of)
  if (from.secretKeyRef) return keyValue('Secret', from.secretKeyRef, of)
  return ''
}

function keyValue(
  kind: 'ConfigMap' | 'Secret',
  ref: KeyRef,
  { world, pod }: EnvironmentOf,
): string | undefined | { readonly missing: string } {
  const namespace = pod.metadata.namespace ?? 'default'
  const data = kind === 'ConfigMap' ? configMapData(world, namespace, ref.name) : secretData(world, namespace, ref.name)
  const value = data?.[ref.key]
  if (value !== undefined) return value
  if (ref.optional) return undefined
  if (!data) return { missing: `${kind.toLowerCase()} "${ref.name}" not found` }
  return { missing: `couldn't find key ${ref.key} in ${kind} ${namespace}/${ref.name}` }
}

function decoded(data: Env): Env {
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, utf8(value)]))
}

/** Text of base64; bytes that are no UTF-8 become replacement characters. */
function utf8(base64: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)))
  } catch {
    return ''
  }
}

/** Variables of the Services that exist now, and of the API server. Models: pkg/kubelet/envvars/envvars.go FromServices */
function serviceVariables({ world, pod, at }: EnvironmentOf, links: boolean): Env {
  const env: { [name: string]: string } = {}
  const namespace = pod.metadata.namespace ?? 'default'
  for (const entity of world.all('k8s.Service')) {
    const service = entity as ObjectEntity
    const api = service.metadata.namespace === 'default' && service.metadata.name === 'kubernetes'
    if (!api && (!links || service.metadata.namespace !== namespace)) continue
    const spec = service.spec as unknown as {
      clusterIP?: string
      ports?: readonly { name?: string; port: number; protocol?: string }[]
    }
    if (!spec.clusterIP || spec.clusterIP === 'None') continue
    if (at !== undefined && timeOf(service.metadata.creationTimestamp) > at) continue
    const prefix = service.metadata.name.toUpperCase().replaceAll('-', '_')
    env[`${prefix}_SERVICE_HOST`] = spec.clusterIP
    for (const [i, port] of (spec.ports ?? []).entries()) {
      if (i === 0) env[`${prefix}_SERVICE_PORT`] = String(port.port)
      if (port.name) env[`${prefix}_SERVICE_PORT_${port.name.toUpperCase().replaceAll('-', '_')}`] = String(port.port)
      const protocol = port.protocol ?? 'TCP'
      const url = `${protocol.toLowerCase()}://${spec.clusterIP}:${port.port}`
      const stem = `${prefix}_PORT_${port.port}_${protocol}`
      if (i === 0) env[`${prefix}_PORT`] = url
      env[stem] = url
      env[`${stem}_PROTO`] = protocol.toLowerCase()
      env[`${stem}_PORT`] = String(port.port)
      env[`${stem}_ADDR`] = spec.clusterIP
    }
  }
  return env
}
