import type { World } from '../../../kernel/index.ts'
import { imageOfReference } from '../../containerd/index.ts'
import type { ObjectEntity } from '../object/object.ts'
import type { Container } from './container.ts'
import type { ContainerSpec } from './podPlan.ts'
import { durationText, podText, timeText } from './words.ts'

/** What the API shows of one container. Models: pkg/kubelet/kubelet_pods.go convertToAPIContainerStatuses */
export function containerStatus(
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
  if (container.state === 'CrashLoopBackOff') return crashLoop(pod, container)
  if (container.state === 'ImagePullBackOff' && world.now >= container.since + ESCALATION)
    return {
      reason: 'ImagePullBackOff',
      message: `Back-off pulling image "${container.spec.image}": ErrImagePull: ${container.problem?.message ?? ''}`,
    }
  if (container.problem?.reason === 'ContainerCreating') return { reason: before }
  if (container.problem) return { reason: container.problem.reason, message: container.problem.message }
  if (container.life > 0 && container.wait !== undefined) return crashLoop(pod, container)
  return {
    reason:
      container.role === 'main' || container.role === 'ephemeral'
        ? before === 'PodInitializing' && container.life === 0
          ? 'PodInitializing'
          : 'ContainerCreating'
        : 'PodInitializing',
  }
}

/** What is said while a container waits for its next start, and still while that start is prepared: until it runs, nothing newer is known. */
function crashLoop(
  pod: ObjectEntity,
  { name, wait }: Container,
): { readonly reason: string; readonly message: string } {
  return {
    reason: 'CrashLoopBackOff',
    message: `back-off ${durationText(wait ?? 0)} restarting failed container=${name} pod=${podText(pod)}`,
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

/** Statuses of containers that nothing has been done about yet: shared by all pods of a template. */
export function untouched(containers: readonly ContainerSpec[]): readonly ContainerStatus[] {
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

/** `containerStatuses[]` as far as the kubelet itself reads it. */
export interface ContainerStatus {
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
