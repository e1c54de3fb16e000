import type { Container, PodSpec, ResourceTexts } from './objects.ts'
import { integerOf, isScalarResource, milliOf } from './resource.ts'

/** What a pod's containers ask of a node: resources, host ports and images. Shared by all pods of one template. */
export interface PodShape {
  /** True requests: cpu in millicores, the rest in bytes or units. */
  readonly cpu: number
  readonly memory: number
  readonly ephemeral: number
  /** Extended resources, hugepages and attachable volumes, sorted by name. */
  readonly scalars: readonly (readonly [name: string, amount: number])[]
  /** Requests for scoring: a container silent about cpu counts 100m, about memory 200 MiB. */
  readonly nonZeroCpu: number
  readonly nonZeroMemory: number
  readonly ports: readonly HostPort[]
  /** Image names with a tag, one per container that has an image, init containers first. */
  readonly images: readonly string[]
  readonly containerCount: number
}

/** A port asked of the node itself. */
export interface HostPort {
  readonly ip: string
  readonly protocol: string
  readonly port: number
}

/**
 * The shape of a pod spec, memoised by the identity of its `containers` list, since records share the lists of their template.
 * Models: k8s.io/component-helpers/resource PodRequests. Unlike Kubernetes, a resize in progress counts only the spec.
 */
export function podShape(spec: PodSpec): PodShape {
  const containers = spec.containers ?? noContainers
  const known = memo.get(containers)
  if (
    known &&
    known.initContainers === spec.initContainers &&
    known.overhead === spec.overhead &&
    known.resources === spec.resources
  )
    return known.shape
  const shape = measure(spec)
  const { initContainers, overhead, resources } = spec
  memo.set(containers, { initContainers, overhead, resources, shape })
  return shape
}

interface Memo {
  readonly initContainers: unknown
  readonly overhead: unknown
  readonly resources: unknown
  readonly shape: PodShape
}

const memo = new WeakMap<readonly Container[], Memo>()
const noContainers: readonly Container[] = []
const defaultMilliCpu = 100
const defaultMemory = 200 * 1024 * 1024

function measure(spec: PodSpec): PodShape {
  const asked = total(spec, false)
  const weighed = total(spec, true)
  const all = [...(spec.initContainers ?? []), ...(spec.containers ?? [])]
  return {
    cpu: asked.get('cpu') ?? 0,
    memory: asked.get('memory') ?? 0,
    ephemeral: asked.get('ephemeral-storage') ?? 0,
    scalars: [...asked].filter(([name]) => isScalarResource(name)).sort(([a], [b]) => (a < b ? -1 : 1)),
    nonZeroCpu: weighed.get('cpu') ?? 0,
    nonZeroMemory: weighed.get('memory') ?? 0,
    ports: hostPorts(spec),
    images: all.flatMap((container) => (container.image ? [imageWithTag(container.image)] : [])),
    containerCount: all.length,
  }
}

type Amounts = Map<string, number>

/** max(containers + sidecars, peak over init containers), pod-level requests on top, overhead added. */
function total(spec: PodSpec, withDefaults: boolean): Amounts {
  const running: Amounts = new Map()
  for (const container of spec.containers ?? []) add(running, amounts(container.resources?.requests, withDefaults))
  const peak: Amounts = new Map()
  const sidecars: Amounts = new Map()
  for (const container of spec.initContainers ?? []) {
    const own = amounts(container.resources?.requests, withDefaults)
    if (container.restartPolicy === 'Always') {
      add(running, own)
      add(sidecars, own)
      raise(peak, sidecars)
    } else {
      add(own, sidecars)
      raise(peak, own)
    }
  }
  raise(running, peak)
  for (const [name, text] of Object.entries(spec.resources?.requests ?? {}))
    if (name === 'cpu' || name === 'memory' || name.startsWith('hugepages-')) running.set(name, amount(name, text))
  add(running, amounts(spec.overhead, false))
  return running
}

function amounts(texts: ResourceTexts | undefined, withDefaults: boolean): Amounts {
  const result: Amounts = new Map()
  for (const [name, text] of Object.entries(texts ?? {})) result.set(name, amount(name, text))
  if (withDefaults) {
    if (!result.has('cpu')) result.set('cpu', defaultMilliCpu)
    if (!result.has('memory')) result.set('memory', defaultMemory)
  }
  return result
}

function amount(name: string, text: string | number): number {
  return name === 'cpu' ? milliOf(text) : integerOf(text)
}

function add(to: Amounts, more: Amounts): void {
  for (const [name, value] of more) to.set(name, (to.get(name) ?? 0) + value)
}

function raise(to: Amounts, other: Amounts): void {
  for (const [name, value] of other) if (value > (to.get(name) ?? -1)) to.set(name, value)
}

/** Containers and sidecars count, plain init containers do not. */
function hostPorts(spec: PodSpec): readonly HostPort[] {
  const ports: HostPort[] = []
  const lasting = (spec.initContainers ?? []).filter((container) => container.restartPolicy === 'Always')
  for (const container of [...(spec.containers ?? []), ...lasting])
    for (const port of container.ports ?? [])
      if (port.hostPort !== undefined && port.hostPort > 0)
        ports.push({ ip: port.hostIP || '0.0.0.0', protocol: port.protocol || 'TCP', port: port.hostPort })
  return ports
}

/** An image reference with `:latest` where it has neither tag nor digest. */
export function imageWithTag(image: string): string {
  return image.lastIndexOf(':') <= image.lastIndexOf('/') ? `${image}:latest` : image
}
