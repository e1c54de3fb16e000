import type { Emission, World } from '../../../kernel/index.ts'
import { semanticEqual } from '../api/loose.ts'
import type { KubeEvent } from '../kubeEvent.ts'
import type { ObjectEntity } from '../object/object.ts'
import { podQos } from '../pod/qos.rule.ts'
import type { Container } from './container.ts'
import { type ContainerStatus, containerStatus, untouched } from './containerStatus.ts'
import { hostFields } from './hostAddress.ts'
import { type Condition, conditionsOf, type PodView } from './podConditions.ts'
import { initRole, type PodSpec, restarts } from './podPlan.ts'
import { kubeletSays, timeText } from './words.ts'

/** The event by which the kubelet writes a pod's status, if it differs from what the API has. Models: pkg/kubelet/status/status_manager.go, kubelet_pods.go generateAPIPodStatus */
export function report(
  world: World,
  pod: ObjectEntity,
  spec: PodSpec,
  byName: ReadonlyMap<string, Container>,
  by: string,
  given?: { readonly reason: string; readonly message: string; readonly kubeEvents?: readonly KubeEvent[] },
): Emission | undefined {
  const view = viewOf(spec, byName, given)
  const old = pod.status as unknown as PodStatus | undefined
  const status = statusOf(world, pod, spec, byName, view, old)
  if (old?.phase === status.phase && given === undefined && semanticEqual(old, status)) return undefined
  const ready = status.conditions?.some((one) => one.type === 'Ready' && one.status === 'True') ?? false
  const type = eventType(pod.state, view.ready === ready ? view : { ...view, ready })
  const kubeEvents = [...newsOf(pod, spec, old, status), ...(given?.kubeEvents ?? [])]
  return { to: pod.id, type, by, data: { status, ...(kubeEvents.length > 0 ? { kubeEvents } : {}) } }
}

interface PodStatus {
  readonly phase?: string
  readonly startTime?: string
  readonly conditions?: readonly Condition[]
  readonly containerStatuses?: readonly ContainerStatus[]
  readonly initContainerStatuses?: readonly ContainerStatus[]
  readonly ephemeralContainerStatuses?: readonly ContainerStatus[]
  readonly [field: string]: unknown
}

function viewOf(
  spec: PodSpec,
  byName: ReadonlyMap<string, Container>,
  given: { readonly reason: string; readonly message: string } | undefined,
): PodView {
  const { restartPolicy } = spec
  let initialized = true
  let failed = false
  for (const one of spec.initContainers ?? []) {
    const container = byName.get(one.name)
    const role = initRole(one)
    if (role === 'sidecar') {
      if (!container?.started && !spec.containers.some(({ name }) => byName.has(name))) initialized = false
      continue
    }
    const ended = container?.ended
    if (ended?.exitCode === 0) continue
    initialized = false
    if (ended && !restarts(role, restartPolicy, ended.exitCode)) failed = true
  }
  if (given) return { phase: 'Failed', initialized, ready: false, reason: given.reason, message: given.message }
  if (failed) return { phase: 'Failed', initialized, ready: false }
  if (!initialized) return { phase: 'Pending', initialized, ready: false }
  let waiting = 0
  let running = 0
  let succeeded = 0
  let ready = true
  for (const one of spec.containers) {
    const container = byName.get(one.name)
    if (!container?.ready) ready = false
    if (container?.state === 'Running' || container?.state === 'Stopping') running++
    else if (!container || (!container.ended && !container.last)) waiting++
    else if ((container.ended ?? container.last)?.exitCode === 0) succeeded++
  }
  for (const one of spec.initContainers ?? [])
    if (initRole(one) === 'sidecar' && !byName.get(one.name)?.ready) ready = false
  if (waiting > 0) return { phase: 'Pending', initialized, ready: false }
  if (running > 0 || restartPolicy === 'Always' || restartPolicy === undefined)
    return { phase: 'Running', initialized, ready }
  if (succeeded === spec.containers.length) return { phase: 'Succeeded', initialized, ready: false }
  return { phase: restartPolicy === 'Never' ? 'Failed' : 'Running', initialized, ready: false }
}

/** Which event of the pod's lifecycle says so. */
function eventType(state: string, view: PodView): string {
  if (view.phase === 'Failed') return state === 'Failed' ? 'StatusReported' : 'Failed'
  if (view.phase === 'Succeeded') return state === 'Succeeded' ? 'StatusReported' : 'Succeeded'
  if (state === 'Terminating') return view.ready ? 'StatusReported' : 'BecameUnready'
  if (view.phase === 'Pending') {
    const wanted = view.initialized ? 'Starting' : 'Initializing'
    return state === wanted ? 'StatusReported' : wanted
  }
  if (view.ready) return state === 'Ready' ? 'StatusReported' : 'BecameReady'
  if (state === 'Ready') return 'BecameUnready'
  return state === 'Running' ? 'StatusReported' : 'Started'
}

function statusOf(
  world: World,
  pod: ObjectEntity,
  spec: PodSpec,
  byName: ReadonlyMap<string, Container>,
  view: PodView,
  old: PodStatus | undefined,
): PodStatus {
  const node = spec.nodeName ?? ''
  const now = timeText(world.now)
  const generation = pod.metadata.generation
  let ip: string | undefined
  for (const container of byName.values()) {
    if (
      container.startedAt !== undefined ||
      container.life > 0 ||
      container.state === 'Pulling' ||
      container.state === 'ImagePullBackOff'
    )
      ip = container.ip
    break
  }
  const inits = spec.initContainers?.length ? spec.initContainers : undefined
  const { hostIP, hostIPs } = hostFields(world, node)
  const status: { [field: string]: unknown } = { phase: view.phase }
  if (generation !== undefined) status.observedGeneration = generation
  status.conditions = conditionsOf(spec, byName, view, ip !== undefined, generation, now, old?.conditions)
  if (view.reason !== undefined) {
    status.reason = view.reason
    status.message = view.message
  }
  status.hostIP = hostIP
  status.hostIPs = hostIPs
  if (ip !== undefined) {
    status.podIP = ip
    status.podIPs = [{ ip }]
  }
  status.startTime = old?.startTime ?? now
  if (inits)
    status.initContainerStatuses = inits.map((one) =>
      containerStatus(world, pod, one, byName.get(one.name), 'PodInitializing'),
    )
  const before = inits ? 'PodInitializing' : 'ContainerCreating'
  status.containerStatuses =
    byName.size === 0 && !inits
      ? untouched(spec.containers)
      : spec.containers.map((one) => containerStatus(world, pod, one, byName.get(one.name), before))
  if (spec.ephemeralContainers?.length)
    status.ephemeralContainerStatuses = spec.ephemeralContainers.map((one) =>
      containerStatus(world, pod, one, byName.get(one.name), 'ContainerCreating'),
    )
  status.qosClass = old?.qosClass ?? world.decide(podQos, { spec } as never)
  return status as PodStatus
}

/** KubeEvents about what is new in a status: containers that began to run, pulls that have to wait. */
function newsOf(pod: ObjectEntity, spec: PodSpec, old: PodStatus | undefined, status: PodStatus): readonly KubeEvent[] {
  const news: KubeEvent[] = []
  const node = spec.nodeName ?? ''
  for (const list of ['initContainerStatuses', 'containerStatuses', 'ephemeralContainerStatuses'] as const)
    for (const [i, now] of (status[list] ?? []).entries()) {
      const before = old?.[list]?.[i]
      const { running, waiting } = now.state
      if (running && before?.containerID !== now.containerID) {
        news.push(kubeletSays(node, pod.id, 'Normal', 'Created', 'Container created', now.name))
        news.push(kubeletSays(node, pod.id, 'Normal', 'Started', 'Container started', now.name))
      }
      if (waiting?.reason === 'ImagePullBackOff' && before?.state.waiting?.reason !== 'ImagePullBackOff') {
        const image = [...(spec.initContainers ?? []), ...spec.containers].find(({ name }) => name === now.name)?.image
        news.push(kubeletSays(node, pod.id, 'Normal', 'BackOff', `Back-off pulling image "${image}"`, now.name))
        news.push(kubeletSays(node, pod.id, 'Warning', 'Failed', 'Error: ImagePullBackOff', now.name))
      }
    }
  return news
}
