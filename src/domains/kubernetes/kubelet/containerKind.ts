import { defineKind, type Entity, type Fields, type SimEvent, type World } from '../../../kernel/index.ts'
import type { FileChanges } from '../../../shell/files.ts'
import type { ObjectEntity } from '../object/object.ts'
import { type Disk, disksOf } from '../volume/disk.ts'
import { containerLifecycle } from './container.lifecycle.ts'
import { type Container, type ContainerFault, containersOf, type Ended, type Stop } from './container.ts'
import { environmentOf } from './environment.ts'
import { hostIpOf } from './hostAddress.ts'
import type { PodSpec, ProbeKind } from './podPlan.ts'
import { launchOf } from './serving.ts'
import { sortChanges } from './volumes.ts'

/** A container on its node. What it reports is the kubelet's to decide; here stands what is. */
export const containerKind = defineKind<Container>({
  kind: 'k8s.Container',
  lifecycle: containerLifecycle,
  delays: {
    pull: ({ pull }, world) =>
      pull && pull.error === undefined ? Math.max(0, pull.until - world.now) : Number.POSITIVE_INFINITY,
    pullBackOff: ({ pullBackOff }) => pullBackOff?.backoff ?? 10_000,
    create: (container, world) => CREATE_TIME + Math.floor(CREATE_SPREAD * world.draw(container.id, container.life)),
    crashBackOff: ({ wait, last }, world) =>
      Math.max(0, (last?.finishedAt ?? world.now) + (wait ?? 10_000) - world.now),
    terminationGrace: ({ stop }) => stop?.grace ?? 30_000,
  },
  birth: (event, world) => {
    const fields = event.data as Container
    const scratch = sharedScratch(world, fields)
    return (scratch ? { ...fields, scratch } : fields) as unknown as Fields
  },
  apply: {
    PullStarted: set,
    PullFailed: set,
    ImagePresent: set,
    ConfigFailed: set,
    'after.pull': () => ({ problem: undefined, pullBackOff: undefined }),
    'after.create': begin,
    CreateFailed: (container, event) => ({
      life: container.life + 1,
      restarts: container.life,
      startedAt: undefined,
      ended: { ...(event.data as { ended: Ended }).ended, life: container.life + 1 },
      ready: false,
      started: false,
    }),
    ProbeTurned: set,
    ProbePassed: set,
    ProbeFailed: set,
    HookRan: ({ spec }) => ({
      hooked: true,
      started: !spec.startupProbe,
      ready: !spec.startupProbe && !spec.readinessProbe,
    }),
    ImageStored: () => ({ pull: undefined }),
    StopRequested: (_container, event) => ({ stop: (event.data as { stop: Stop }).stop }),
    Exited: (container, event) => ended(container, event, (event.data as { exitCode: number }).exitCode),
    OOMKilled: (container, event) => ended(container, event, 137, 'OOMKilled'),
    Killed: (container, event) => {
      const { exitCode, reason } = (event.data ?? {}) as { exitCode?: number; reason?: string }
      return ended(container, event, exitCode ?? 137, reason)
    },
    'after.terminationGrace': (container, event) => ended(container, event, 137),
    Restarted: again,
    RestartDelayed: (container, event) => ({ ...again(container, event), wait: (event.data as { wait: number }).wait }),
    FilesChanged: changed,
    VolumeChanged: (container, event) => {
      const { volume, changes } = event.data as { volume: string; changes: FileChanges }
      return { scratch: { ...container.scratch, [volume]: { ...container.scratch?.[volume], ...changes } } }
    },
    FaultBegan: (container, event) => ({ faults: [...(container.faults ?? []), event.data as ContainerFault] }),
    FaultEnded: (container, event) => ({
      faults: container.faults?.filter((fault) => fault.id !== (event.data as { id: string }).id),
    }),
  },
  tell: {
    Created: (event, entity) => `${name(event, entity)} is prepared on \`${(event.data as Container).node}\`.`,
    PullStarted: (event, entity) => {
      const image = (entity as Container | undefined)?.spec.image
      return image === undefined
        ? `The pull of the image of ${name(event, entity)} begins.`
        : `${name(event, entity)} needs \`${image}\`: the pull begins.`
    },
    Killed: (event, entity) => `The process of ${name(event, entity)} is killed.`,
    PullFailed: (event, entity) => `The image of ${name(event, entity)} cannot be pulled.`,
    ConfigFailed: (event, entity) =>
      `${name(event, entity)} cannot start: ${(event.data as Container).problem?.message ?? ''}.`,
    'after.create': (event, entity) => `${name(event, entity)} starts.`,
    Exited: (event, entity) =>
      `${name(event, entity)} ends with exit code ${(event.data as { exitCode: number }).exitCode}.`,
    OOMKilled: (event, entity) => `${name(event, entity)} used more memory than its limit, and the kernel killed it.`,
    StopRequested: (event, entity) =>
      `${name(event, entity)} is asked to stop: ${WHY[(event.data as { stop: Stop }).stop.why]}.`,
    RestartDelayed: (event, entity) =>
      `${name(event, entity)} must wait ${(event.data as { wait: number }).wait / 1000} s before it starts again.`,
    'after.terminationGrace': (event, entity) => `${name(event, entity)} did not end in time and is killed.`,
    Requested: (event, entity) => {
      const { method, path, status } = event.data as { method?: string; path?: string; status?: number }
      return `${name(event, entity)} answers \`${method} ${path}\` with ${status ?? 'nothing'}.`
    },
    ProbeTurned: (event, entity) =>
      `A ${(event.data as { probe: ProbeKind }).probe} probe of ${name(event, entity)} answers otherwise.`,
    ProbePassed: (event, entity) =>
      `The ${(event.data as { probe: ProbeKind }).probe} probe of ${name(event, entity)} passes.`,
    ProbeFailed: (event, entity) =>
      `The ${(event.data as { probe: ProbeKind }).probe} probe of ${name(event, entity)} has failed too often.`,
  },
})

/** ms that the runtime takes to make a container and its sandbox, and how much that varies. */
const CREATE_TIME = 250
const CREATE_SPREAD = 150

const WHY: { readonly [why in Stop['why']]: string } = {
  deleted: 'its pod is being deleted',
  liveness: 'its liveness probe failed',
  startup: 'its startup probe failed',
  hook: 'its hook after the start failed',
  deadline: 'its pod was active too long',
  evicted: 'its pod is evicted',
}

function name(event: SimEvent, entity: Entity | undefined): string {
  return `[${(entity as Container | undefined)?.name ?? event.to.slice(event.to.lastIndexOf('/') + 1)}](${event.to})`
}

/** Takes over the fields that an event carries beside its KubeEvents. */
function set(_container: Container, event: SimEvent): Fields {
  const { kubeEvents: _kubeEvents, probe: _probe, ...fields } = event.data as { kubeEvents?: unknown; probe?: unknown }
  return fields as Fields
}

/** The process starts: another life, with an environment of now. */
function begin(container: Container, event: SimEvent, world: World): Fields {
  const { spec } = container
  const life = container.life + 1
  const fields: Record<string, unknown> = {
    startedAt: event.at,
    life,
    restarts: container.life,
    problem: undefined,
    ended: undefined,
    stop: undefined,
    hooked: undefined,
    turning: undefined,
    told: undefined,
    startedSince: undefined,
    started: !spec.startupProbe && !spec.lifecycle?.postStart,
    ready: !spec.startupProbe && !spec.readinessProbe && !spec.lifecycle?.postStart,
  }
  if (container.runs === undefined) fields.runs = launchOf(world, spec)?.server ? 'daemon' : 'shell'
  if (spec.env || spec.envFrom || (fields.runs ?? container.runs) === 'shell') {
    const pod = world.get(container.owner) as ObjectEntity | undefined
    const image = launchOf(world, spec)?.image
    if (pod) {
      const answer = environmentOf(spec, {
        world,
        pod,
        podIp: container.ip,
        hostIp: hostIpOf(world, container.node),
        image: image?.config.env ?? {},
      })
      if ('env' in answer) fields.env = answer.env
    }
  }
  return fields as Fields
}

function ended(container: Container, event: SimEvent, exitCode: number, reason?: string): Fields {
  return {
    ended: {
      exitCode,
      reason: reason ?? (exitCode === 0 ? 'Completed' : 'Error'),
      startedAt: container.startedAt,
      finishedAt: event.at,
      life: container.life,
      event: event.id,
    },
    ready: false,
    started: false,
  }
}

/** Before it starts again: the end of this life becomes the last one's, and what it wrote is gone. */
function again(container: Container, event: SimEvent): Fields {
  const { crashBackOff } = (event.data ?? {}) as { crashBackOff?: Container['crashBackOff'] }
  return {
    last: container.ended,
    ended: undefined,
    written: undefined,
    stop: undefined,
    crashBackOff: crashBackOff ?? container.crashBackOff,
  }
}

function changed(container: Container, event: SimEvent, world: World): Fields {
  const { changes } = event.data as { changes: FileChanges }
  const pod = world.get(container.owner) as ObjectEntity | undefined
  const { own, shared } = sortChanges(container.spec, pod?.spec as unknown as PodSpec | undefined, changes)
  const fields: Record<string, unknown> = {}
  if (Object.keys(own).length > 0) fields.written = { ...container.written, ...own }
  const volumes = Object.entries(shared)
  if (volumes.length > 0) {
    const scratch: { [volume: string]: FileChanges } = { ...container.scratch }
    for (const [volume, part] of volumes) scratch[volume] = { ...scratch[volume], ...part }
    fields.scratch = scratch
  }
  return fields as Fields
}

/** What stands on the disks of the pod, and what its other containers have written into volumes that a new one shares with them. */
function sharedScratch(world: World, fields: Container): Container['scratch'] {
  if (!fields.spec.volumeMounts) return undefined
  const pod = world.get(fields.owner) as ObjectEntity | undefined
  if (!pod) return undefined
  const scratch: { [volume: string]: FileChanges } = {}
  for (const [volume, id] of disksOf(world, pod)) {
    const disk = world.get(id) as Disk | undefined
    if (disk) scratch[volume] = disk.files
  }
  for (const other of containersOf(world, pod))
    for (const mount of fields.spec.volumeMounts) {
      const changes = other.scratch?.[mount.name]
      if (changes) scratch[mount.name] = { ...scratch[mount.name], ...changes }
    }
  return Object.keys(scratch).length > 0 ? scratch : undefined
}
