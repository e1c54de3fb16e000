import type { Emission, World } from '../../../kernel/index.ts'
import { imageOfReference } from '../../containerd/index.ts'
import { semanticEqual } from '../api/loose.ts'
import type { KubeEvent } from '../kubeEvent.ts'
import type { ObjectEntity } from '../object/object.ts'
import { podQos } from '../pod/qos.rule.ts'
import type { Container } from './container.ts'
import { hostFields } from './hostAddress.ts'
import { type ContainerSpec, initRole, type PodSpec, restarts } from './podPlan.ts'
import { durationText, kubeletSays, podText, timeText } from './words.ts'

/** What the kubelet makes of a pod, in the words of the API. */
export interface PodView {
  readonly phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed'
  readonly initialized: boolean
  readonly ready: boolean
  /** Reason and message of a pod that the kubelet gave up. */
  readonly reason?: string
  readonly message?: string
}

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
  readonly [field: string]: unknown
}

interface Condition {
  readonly type: string
  readonly status: string
  readonly observedGeneration?: number
  readonly lastProbeTime: null
  readonly lastTransitionTime: string
  readonly reason?: string
  readonly message?: string
}

interface ContainerStatus {
  readonly name: string
  readonly state: {
    readonly waiting?: { readonly reason: string; readonly message?: string }
    readonly running?: { readonly startedAt: string }
    readonly terminated?: object
  }
  readonly lastState: object
  readonly ready: boolean
  readonly restartCount: number
  readonly image: string
  readonly imageID: string
  readonly containerID?: string
  readonly started?: boolean
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
  status.qosClass = old?.qosClass ?? world.decide(podQos, { spec } as never)
  return status as PodStatus
}

/** The conditions of a pod; pods that come from one template at one time share them. */
function conditionsOf(
  spec: PodSpec,
  byName: ReadonlyMap<string, Container>,
  view: PodView,
  sandbox: boolean,
  generation: number | undefined,
  now: string,
  old: readonly Condition[] | undefined,
): readonly Condition[] {
  let unready = ''
  for (const { name } of spec.containers) if (!byName.get(name)?.ready) unready += unready === '' ? name : ` ${name}`
  let pending = ''
  for (const one of spec.initContainers ?? [])
    if (initRole(one) === 'init' && byName.get(one.name)?.ended?.exitCode !== 0)
      pending += pending === '' ? one.name : ` ${one.name}`
  const of = old ?? spec.containers
  const key = `${now} ${generation} ${view.phase} ${view.initialized} ${view.ready} ${sandbox} ${unready} / ${pending}`
  const known = conditionSets.get(of)
  if (known?.key === key) return known.conditions
  const conditions = makeConditions(spec, view, sandbox, generation, now, old, unready, pending)
  conditionSets.set(of, { key, conditions })
  return conditions
}

/** The last conditions made from others, or from a template. */
const conditionSets = new WeakMap<object, { readonly key: string; readonly conditions: readonly Condition[] }>()

function makeConditions(
  spec: PodSpec,
  view: PodView,
  sandbox: boolean,
  generation: number | undefined,
  now: string,
  old: readonly Condition[] | undefined,
  unready: string,
  pending: string,
): readonly Condition[] {
  const over = view.phase === 'Succeeded' || view.phase === 'Failed'
  const gates = (spec.readinessGates ?? []).filter(
    ({ conditionType }) => old?.find((one) => one.type === conditionType)?.status !== 'True',
  )
  const notReady = over
    ? { reason: view.phase === 'Succeeded' ? 'PodCompleted' : 'PodFailed' }
    : unready !== '' || !view.ready
      ? { reason: 'ContainersNotReady', message: `containers with unready status: [${unready}]` }
      : undefined
  const conditions: Condition[] = []
  const add = (type: string, status: boolean, why?: { readonly reason: string; readonly message?: string }): void => {
    const value = status ? 'True' : 'False'
    const before = old?.find((one) => one.type === type)
    const lastTransitionTime = before?.status === value ? before.lastTransitionTime : now
    conditions.push({
      type,
      status: value,
      ...(generation === undefined ? {} : { observedGeneration: generation }),
      lastProbeTime: null,
      lastTransitionTime,
      ...why,
    })
  }
  add('PodReadyToStartContainers', sandbox && !over)
  add(
    'Initialized',
    view.initialized,
    view.initialized
      ? view.phase === 'Succeeded'
        ? { reason: 'PodCompleted' }
        : undefined
      : { reason: 'ContainersNotInitialized', message: `containers with incomplete status: [${pending}]` },
  )
  const gated = {
    reason: 'ReadinessGatesNotReady',
    message: gates
      .map(({ conditionType }) =>
        old?.some((one) => one.type === conditionType)
          ? `the status of pod readiness gate "${conditionType}" is not "True", but ${old.find((one) => one.type === conditionType)?.status}`
          : `corresponding condition of pod readiness gate "${conditionType}" does not exist.`,
      )
      .join(', '),
  }
  add('Ready', view.ready && gates.length === 0, notReady ?? (gates.length > 0 ? gated : undefined))
  add('ContainersReady', view.ready, notReady)
  add('PodScheduled', true)
  for (const condition of old ?? []) if (!OWN.has(condition.type)) conditions.push(condition)
  return conditions
}

/** Statuses of containers that nothing has been done about yet: shared by all pods of a template. */
function untouched(containers: readonly ContainerSpec[]): readonly ContainerStatus[] {
  let statuses = fresh.get(containers)
  if (!statuses) {
    statuses = containers.map(({ name, image }) => ({
      name,
      state: { waiting: { reason: 'ContainerCreating' } },
      lastState: {},
      ready: false,
      restartCount: 0,
      image,
      imageID: '',
      started: false,
    }))
    fresh.set(containers, statuses)
  }
  return statuses
}

const fresh = new WeakMap<readonly ContainerSpec[], readonly ContainerStatus[]>()

const OWN = new Set(['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled'])

function containerStatus(
  world: World,
  pod: ObjectEntity,
  spec: ContainerSpec,
  container: Container | undefined,
  before: string,
): ContainerStatus {
  if (!container || container.life === 0)
    return {
      name: spec.name,
      state: { waiting: waitingOf(world, pod, container, before) },
      lastState: {},
      ready: false,
      restartCount: 0,
      image: spec.image,
      imageID: '',
      started: false,
    }
  const { ended, last } = container
  const image = imageOfReference(world, spec.image)
  const running = container.state === 'Running' || container.state === 'Stopping'
  const failedStart = container.state === 'Exited' && ended?.reason === 'StartError'
  const showsEnd =
    !failedStart && ended !== undefined && (container.state === 'Exited' || container.state === 'Terminated')
  const state = running
    ? { running: { startedAt: timeText(container.startedAt ?? 0) } }
    : showsEnd
      ? { terminated: terminated(pod, container, ended) }
      : { waiting: waitingOf(world, pod, container, before) }
  const finished = showsEnd && container.role === 'init' && ended.exitCode === 0
  return {
    name: spec.name,
    state,
    lastState: failedStart
      ? { terminated: terminated(pod, container, ended) }
      : last
        ? { terminated: terminated(pod, container, last) }
        : {},
    ready: container.role === 'init' ? finished : container.ready,
    restartCount: container.restarts,
    image: image?.full ?? spec.image,
    imageID: image ? `${image.name}@${image.digest}` : '',
    containerID: containerIdOf(pod, container, running ? container.life : ((ended ?? last)?.life ?? container.life)),
    started: running && container.started,
    ...(spec.resources && Object.keys(spec.resources).length > 0 ? { resources: spec.resources } : {}),
  } as ContainerStatus
}

function waitingOf(
  world: World,
  pod: ObjectEntity,
  container: Container | undefined,
  before: string,
): { readonly reason: string; readonly message?: string } {
  if (!container) return { reason: before }
  if (container.state === 'Exited') return { reason: 'RunContainerError', message: container.ended?.message ?? '' }
  if (container.state === 'CrashLoopBackOff')
    return {
      reason: 'CrashLoopBackOff',
      message: `back-off ${durationText(container.wait ?? 0)} restarting failed container=${container.name} pod=${podText(pod)}`,
    }
  if (container.state === 'ImagePullBackOff' && world.now >= container.since + ESCALATION)
    return {
      reason: 'ImagePullBackOff',
      message: `Back-off pulling image "${container.spec.image}": ErrImagePull: ${container.problem?.message ?? ''}`,
    }
  if (container.problem?.reason === 'ContainerCreating') return { reason: before }
  if (container.problem) return container.problem
  return {
    reason:
      container.role === 'main'
        ? before === 'PodInitializing' && container.life === 0
          ? 'PodInitializing'
          : 'ContainerCreating'
        : 'PodInitializing',
  }
}

/** ms after a failed pull at which the kubelet looks again and finds that it has to wait. */
export const ESCALATION = 2000

function terminated(pod: ObjectEntity, container: Container, ended: NonNullable<Container['ended']>): object {
  const { exitCode, reason, message, startedAt, finishedAt, life } = ended
  return {
    exitCode,
    reason,
    ...(message === undefined ? {} : { message }),
    startedAt: startedAt === undefined ? '1970-01-01T00:00:00Z' : timeText(startedAt),
    finishedAt: timeText(finishedAt),
    containerID: containerIdOf(pod, container, life),
  }
}

/** `containerd://` and 64 digits that depend on the pod, the container and which of its lives it is. */
function containerIdOf(pod: ObjectEntity, container: Container, life: number): string {
  let hash = 0x811c9dc5
  const text = `${container.name}/${life}`
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  let digits = ''
  for (let i = 0; i < 4; i++) {
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d + i)
    digits += (hash >>> 0).toString(16).padStart(8, '0')
  }
  return `containerd://${digits}${pod.metadata.uid.replaceAll('-', '')}`
}

/** KubeEvents about what is new in a status: containers that began to run, pulls that have to wait. */
function newsOf(pod: ObjectEntity, spec: PodSpec, old: PodStatus | undefined, status: PodStatus): readonly KubeEvent[] {
  const news: KubeEvent[] = []
  const node = spec.nodeName ?? ''
  for (const list of ['initContainerStatuses', 'containerStatuses'] as const)
    for (const [i, now] of (status[list] ?? []).entries()) {
      const before = old?.[list]?.[i]
      const { running, waiting } = now.state
      if (running && before?.containerID !== now.containerID) {
        news.push(kubeletSays(node, pod.id, 'Normal', 'Created', 'Container created'))
        news.push(kubeletSays(node, pod.id, 'Normal', 'Started', 'Container started'))
      }
      if (waiting?.reason === 'ImagePullBackOff' && before?.state.waiting?.reason !== 'ImagePullBackOff') {
        const image = [...(spec.initContainers ?? []), ...spec.containers].find(({ name }) => name === now.name)?.image
        news.push(kubeletSays(node, pod.id, 'Normal', 'BackOff', `Back-off pulling image "${image}"`))
        news.push(kubeletSays(node, pod.id, 'Warning', 'Failed', 'Error: ImagePullBackOff'))
      }
    }
  return news
}
