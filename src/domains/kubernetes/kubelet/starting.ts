import type { Emission, World } from '../../../kernel/index.ts'
import { findImage, pullTime, RESOLVE_TIME, startProblem } from '../../containerd/index.ts'
import { type Component, componentId, works } from '../components/component.ts'
import type { ObjectEntity } from '../object/object.ts'
import { imagePullPolicy, nextBackoff } from './backoff.rule.ts'
import { type Container, type Pull, pullingByNode } from './container.ts'
import { environmentOf } from './environment.ts'
import { hostIpOf } from './hostAddress.ts'
import type { ContainerRole, ContainerSpec } from './podPlan.ts'
import { launchOf } from './serving.ts'
import { filesOf, missingVolume } from './volumes.ts'
import { durationText, kubeletSays, podText } from './words.ts'

/** Fields of a new container record. */
export function newContainer(
  pod: ObjectEntity,
  node: string,
  spec: ContainerSpec,
  role: ContainerRole,
  ip: string,
  hostNetwork: boolean,
): object {
  return {
    ...(hostNetwork ? { hostNetwork: true } : {}),
    owner: pod.id,
    node,
    uid: pod.metadata.uid,
    name: spec.name,
    role,
    spec,
    ip,
    restarts: 0,
    life: 0,
    started: false,
    ready: false,
  }
}

/**
 * What the kubelet does about a container that waits to be started: looks for the image, then for what its configuration needs.
 * Models: pkg/kubelet/kuberuntime/kuberuntime_container.go startContainer and pkg/kubelet/images/image_manager.go
 */
export function startStep(
  world: World,
  pod: ObjectEntity,
  id: string,
  container: Pick<Container, 'spec' | 'node' | 'pullBackOff' | 'problem' | 'ip'>,
  by: string,
): { readonly emit: readonly Emission[]; readonly again?: number } {
  const { spec, node } = container
  if (!works(world, 'containerd', node)) return { emit: [], again: 1000 }
  const says = (type: 'Normal' | 'Warning', reason: string, message: string) =>
    kubeletSays(node, pod.id, type, reason, message)
  const volume = spec.volumeMounts ? missingVolume(world, pod) : undefined
  if (volume) {
    const told = container.problem?.message === volume.what
    const problem = { reason: 'ContainerCreating', message: volume.what }
    const kubeEvents = [
      says('Warning', 'FailedMount', `MountVolume.SetUp failed for volume "${volume.volume}" : ${volume.what}`),
    ]
    return {
      emit: told ? [] : [{ to: id, type: 'ConfigFailed', by, data: { problem, kubeEvents } }],
      again: MOUNT_RETRY,
    }
  }
  const present = hasImage(world, node, spec.image)
  const policy = spec.imagePullPolicy ?? 'IfNotPresent'
  if (!present && policy === 'Never') {
    const message = `Container image "${spec.image}" is not present with pull policy of Never`
    const left = untilRetry(world, container, message)
    if (left > 0) return { emit: [], again: left }
    const problem = { reason: 'ErrImageNeverPull', message, at: world.now }
    const kubeEvents = [
      says('Warning', 'ErrImageNeverPull', message),
      says('Warning', 'Failed', 'Error: ErrImageNeverPull'),
    ]
    return { emit: [{ to: id, type: 'ConfigFailed', by, data: { problem, kubeEvents } }], again: CONFIG_RETRY }
  }
  if (present && policy !== 'Always') {
    const lacking = missingConfiguration(world, pod, container)
    if (lacking !== undefined) {
      const left = untilRetry(world, container, lacking)
      return left > 0
        ? { emit: [], again: left }
        : { emit: [configFailed(world, id, pod, node, lacking, by)], again: CONFIG_RETRY }
    }
    const runs = launchOf(world, spec)?.server ? 'daemon' : 'shell'
    return {
      emit: [
        {
          to: id,
          type: 'ImagePresent',
          by,
          data: { runs, problem: undefined, kubeEvents: presentEvents(node, pod.id, spec.image) },
        },
      ],
    }
  }
  const found = findImage(world, spec.image)
  if ('invalid' in found) {
    const problem = { reason: 'InvalidImageName', message: found.error }
    const kubeEvents = [
      says('Warning', 'InspectFailed', found.error),
      says('Warning', 'Failed', 'Error: InvalidImageName'),
    ]
    if (container.problem?.message === found.error) return { emit: [] }
    return { emit: [{ to: id, type: 'ConfigFailed', by, data: { problem, kubeEvents } }] }
  }
  const pull = planPull(world, node, spec.image, found, present)
  const kubeEvents = [says('Normal', 'Pulling', `Pulling image "${spec.image}"`)]
  return { emit: [{ to: id, type: 'PullStarted', by, data: { pull, problem: undefined, kubeEvents } }] }
}

/** What the kubelet does about a pull that is over: failed, or arrived (then the container is in `Creating`). */
export function pullFailed(world: World, pod: ObjectEntity, container: Container, by: string): Emission {
  const { spec, node, pull } = container
  const error = pull?.error ?? 'context canceled'
  const says = (type: 'Normal' | 'Warning', reason: string, message: string) =>
    kubeletSays(node, pod.id, type, reason, message)
  const pullBackOff = nextBackoff(container.pullBackOff, world.now, world.now, imagePullPolicy)
  return {
    to: container.id,
    type: 'PullFailed',
    by,
    rule: 'k8s.kubelet.backoff',
    inputs: { wait: pullBackOff.backoff },
    data: {
      pullBackOff,
      problem: { reason: 'ErrImagePull', message: error },
      kubeEvents: [
        says('Warning', 'Failed', `Failed to pull image "${spec.image}": ${error}`),
        says('Warning', 'Failed', 'Error: ErrImagePull'),
      ],
    },
  }
}

/** The KubeEvent of an image that arrived. */
export function pulledEvent(container: Container) {
  const { pull, spec, node, owner } = container
  const whole = pull ? pull.until - pull.startedAt : 0
  return kubeletSays(
    node,
    owner,
    'Normal',
    'Pulled',
    `Successfully pulled image "${spec.image}" in ${durationText(pull?.own ?? 0)} (${durationText(whole)} including waiting). Image size: ${pull?.bytes ?? 0} bytes.`,
  )
}

/** What the runtime finds while it makes the container, if something is wrong with it. */
export function createProblem(world: World, pod: ObjectEntity, container: Container, by: string): Emission | undefined {
  const lacking = missingConfiguration(world, pod, container)
  if (lacking !== undefined) return configFailed(world, container.id, pod, container.node, lacking, by)
  const launch = launchOf(world, container.spec, container.env)
  if (!launch || launch.server) return undefined
  const problem = startProblem(launch.image, launch.argv, (path) => filesOf(world, container)[path] !== undefined)
  if (!problem) return undefined
  const kubeEvents = [kubeletSays(container.node, pod.id, 'Warning', 'Failed', `Error: ${problem.message}`)]
  return {
    to: container.id,
    type: 'CreateFailed',
    by,
    data: {
      ended: {
        exitCode: problem.exitCode,
        reason: 'StartError',
        message: problem.message,
        finishedAt: world.now,
        life: 0,
      },
      kubeEvents,
    },
  }
}

/** Whether a node has an image. */
export function hasImage(world: World, node: string, image: string): boolean {
  return (world.get(componentId('containerd', node)) as ImageStore | undefined)?.images?.[image] !== undefined
}

/** The images that the runtime of a node keeps, by the reference that they were pulled under: sizes in bytes. */
export interface ImageStore extends Component {
  readonly images?: { readonly [reference: string]: number }
  /** How many times slower pulls are than usual. */
  readonly pullSlowness?: number
  /** Set while no registry can be reached: the words of every pull's failure. */
  readonly pullError?: string
}

/** ms until the kubelet looks again for a ConfigMap, or a volume. */
const CONFIG_RETRY = 12_000
const MOUNT_RETRY = 8000

function planPull(
  world: World,
  node: string,
  reference: string,
  found: ReturnType<typeof findImage>,
  present: boolean,
): Pull {
  const store = world.get(componentId('containerd', node)) as ImageStore | undefined
  let free = world.now
  let coming = present
  for (const other of world.lookup(pullingByNode, node) as readonly Container[]) {
    free = Math.max(free, other.pull?.until ?? 0)
    if (other.spec.image === reference && other.pull?.error === undefined) coming = true
  }
  const error = store?.pullError ?? ('error' in found ? found.error : undefined)
  const image = 'image' in found ? found.image : undefined
  const own = error !== undefined ? FAIL_TIME : coming || !image ? RESOLVE_TIME : pullTime(image, store?.pullSlowness)
  return {
    startedAt: world.now,
    until: free + own,
    own,
    bytes: image?.bytes ?? 0,
    ...(error === undefined ? {} : { error }),
  }
}

/** ms until a registry has said no. */
const FAIL_TIME = 900

function missingConfiguration(
  world: World,
  pod: ObjectEntity,
  container: Pick<Container, 'spec' | 'node' | 'ip'>,
): string | undefined {
  const { spec, node } = container
  const user = spec.securityContext
  if (user?.runAsNonRoot && user.runAsUser === undefined) {
    const image = launchOf(world, spec)?.image
    const runs = image?.config.user
    if (image && (runs === undefined || runs === 'root' || runs === '0'))
      return `container has runAsNonRoot and image will run as root (pod: "${podText(pod)}", container: ${spec.name})`
  }
  if (!spec.env && !spec.envFrom) return undefined
  const answer = environmentOf(spec, { world, pod, podIp: container.ip, hostIp: hostIpOf(world, node), image: {} })
  return 'missing' in answer ? answer.missing : undefined
}

/** How long until the kubelet complains of the same thing again, in ms: it tries all the time, and says so with every resync. */
function untilRetry(world: World, { problem }: Pick<Container, 'problem'>, message: string): number {
  if (problem?.at === undefined || problem.message !== message) return 0
  return Math.max(0, problem.at + CONFIG_RETRY - world.now)
}

function configFailed(
  world: World,
  id: string,
  pod: ObjectEntity,
  node: string,
  message: string,
  by: string,
): Emission {
  const kubeEvents = [kubeletSays(node, pod.id, 'Warning', 'Failed', `Error: ${message}`)]
  return {
    to: id,
    type: 'ConfigFailed',
    by,
    data: { problem: { reason: 'CreateContainerConfigError', message, at: world.now }, kubeEvents },
  }
}

function presentEvents(node: string, about: string, image: string) {
  return [
    kubeletSays(
      node,
      about,
      'Normal',
      'Pulled',
      `Container image "${image}" already present on machine and can be accessed by the pod`,
    ),
  ]
}
