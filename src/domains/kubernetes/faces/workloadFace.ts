import type { Face, FaceAction, Segment, Tone, World } from '../../../kernel/index.ts'
import type { ObjectEntity } from '../object/object.ts'
import { revisionOf } from './revision.ts'
import { sourceOf } from './source.ts'

interface Status {
  readonly replicas?: number
  readonly readyReplicas?: number
  readonly updatedReplicas?: number
  readonly desiredNumberScheduled?: number
  readonly numberReady?: number
  readonly succeeded?: number
  readonly active?: number
  readonly failed?: number
}

/** Most segments in a row: beyond that the counts alone tell. */
const MOST_SEGMENTS = 24

const STATE_TONES: Readonly<Record<string, Tone>> = {
  Progressing: 'prog',
  Paused: 'warn',
  Stalled: 'err',
  Failed: 'err',
  Suspended: 'warn',
  Terminating: 'pend',
}

/** A workload that keeps pods: a card with one segment a pod and its counts. */
function workload(kind: string, pictogram: string, extra: Partial<Face<ObjectEntity>> = {}): Face<ObjectEntity> {
  return {
    label: kind,
    plural: `${kind}s`,
    pictogram,
    shape: 'card',
    rank: 3,
    look(entity, world) {
      const { ready, wanted } = counts(entity)
      const tone = STATE_TONES[entity.state] ?? (ready >= wanted ? 'ok' : 'warn')
      return {
        title: entity.metadata.name,
        note: imageTag(entity),
        tone,
        word:
          tone === 'ok'
            ? 'Healthy'
            : tone === 'prog'
              ? 'Rolling'
              : tone === 'warn' && entity.state !== 'Paused'
                ? 'Short'
                : entity.state,
        detail: `${ready} of ${wanted} ready`,
        segments: segments(entity, world),
        figures: [`${ready} of ${wanted}`],
        facts: [
          ['wanted', String(wanted)],
          ['ready', String(ready)],
          ['namespace', String(entity.metadata.namespace)],
        ],
      }
    },
    actions: (entity) => [
      {
        id: 'delete',
        label: 'Delete',
        line: `kubectl delete ${kind.toLowerCase()} ${entity.metadata.name} -n ${entity.metadata.namespace}`,
        sort: 'danger',
      },
    ],
    within: (entity) => (entity.owner === undefined && entity.metadata.namespace !== 'kube-system' ? undefined : null),
    source: sourceOf,
    ...extra,
  }
}

function counts(entity: ObjectEntity): { readonly ready: number; readonly wanted: number } {
  const status = (entity.status ?? {}) as Status
  if (entity.kind === 'k8s.Job') {
    return { ready: status.succeeded ?? 0, wanted: Number(entity.spec?.completions ?? 1) }
  }
  if (entity.kind === 'k8s.DaemonSet')
    return { ready: status.numberReady ?? 0, wanted: status.desiredNumberScheduled ?? 0 }
  return { ready: status.readyReplicas ?? 0, wanted: Number(entity.spec?.replicas ?? 1) }
}

function imageTag(entity: ObjectEntity): string | undefined {
  const template = entity.spec?.template as
    | { readonly spec?: { readonly containers?: readonly { readonly image?: string }[] } }
    | undefined
  const image = template?.spec?.containers?.[0]?.image
  return image?.slice(image.lastIndexOf('/') + 1)
}

function segments(entity: ObjectEntity, world: World): readonly Segment[] {
  const found: Segment[] = []
  const visit = (owner: string) => {
    for (const owned of world.ownedBy(owner)) {
      if (owned.kind === 'k8s.ReplicaSet') visit(owned.id)
      else if (owned.kind === 'k8s.Pod') found.push(segmentOf(owned as ObjectEntity, world))
    }
  }
  visit(entity.id)
  return found.length > MOST_SEGMENTS ? [] : found.sort((a, b) => order(a) - order(b))
}

const FILL_ORDER: readonly Segment['fill'][] = ['ending', 'old', 'new', 'half', 'dashed', 'failed']

function order(segment: Segment): number {
  return FILL_ORDER.indexOf(segment.fill)
}

function segmentOf(pod: ObjectEntity, world: World): Segment {
  if (pod.state === 'Terminating') return { fill: 'ending' }
  if (pod.state === 'Failed') return { fill: 'failed' }
  if (pod.state === 'Ready' || pod.state === 'Succeeded')
    return { fill: revisionOf(pod, world) === 'old' ? 'old' : 'new' }
  return { fill: pod.state === 'Unscheduled' ? 'dashed' : 'half' }
}

function scaled(kind: string) {
  return (entity: ObjectEntity): readonly FaceAction[] => {
    const { name, namespace } = entity.metadata
    const replicas = Number(entity.spec?.replicas ?? 1)
    const at = `${kind}/${name} -n ${namespace}`
    const paused = entity.spec?.paused === true
    const actions: FaceAction[] = [
      { id: 'more', label: 'One more replica', line: `kubectl scale ${at} --replicas=${replicas + 1}` },
      { id: 'fewer', label: 'One replica fewer', line: `kubectl scale ${at} --replicas=${Math.max(0, replicas - 1)}` },
      { id: 'restart', label: 'Restart its pods', line: `kubectl rollout restart ${at}` },
      { id: 'undo', label: 'Undo the last rollout', line: `kubectl rollout undo ${at}` },
    ]
    if (kind === 'deployment') {
      const first = (
        entity.spec?.template as {
          readonly spec?: { readonly containers?: readonly { readonly name: string; readonly image: string }[] }
        }
      )?.spec?.containers?.[0]
      actions.push(
        paused
          ? { id: 'resume', label: 'Resume', line: `kubectl rollout resume ${at}` }
          : { id: 'pause', label: 'Pause', line: `kubectl rollout pause ${at}` },
        {
          id: 'bad',
          label: 'Roll out a broken image',
          line: `kubectl set image ${at} ${first?.name}=${repository(first?.image)}:broken`,
          sort: 'fault',
        },
      )
    }
    actions.push({ id: 'delete', label: 'Delete', line: `kubectl delete ${at}`, sort: 'danger' })
    return actions
  }
}

function repository(image = ''): string {
  const slash = image.lastIndexOf('/')
  const colon = image.indexOf(':', slash + 1)
  return colon < 0 ? image : image.slice(0, colon)
}

const connectService: NonNullable<Face<ObjectEntity>['connect']> = {
  'k8s.Service': (from) => ({
    refuse: `A Service finds pods by their labels. Draw the line from the Service to ${from.metadata.name}.`,
  }),
}

export const deploymentFace = workload('Deployment', 'deployment', {
  actions: scaled('deployment'),
  connect: connectService,
  marks: { RolloutStarted: 'deploy', RolloutCompleted: 'state', DeadlineExceeded: 'alert' },
  palette: [
    {
      id: 'deployment',
      label: 'Deployment',
      pictogram: 'deployment',
      group: 'Workloads',
      into: [],
      line: (_into, _world, n) => ({
        line: `kubectl create deployment web-${n} --image=nginx:1.27 --replicas=3 --port=80`,
      }),
    },
  ],
})

export const statefulSetFace = workload('StatefulSet', 'statefulset', { actions: scaled('statefulset') })

export const replicaSetFace = workload('ReplicaSet', 'replicaset', { actions: scaled('replicaset') })

export const daemonSetFace = workload('DaemonSet', 'daemonset')

export const jobFace = workload('Job', 'job', {
  palette: [
    {
      id: 'job',
      label: 'Job',
      pictogram: 'job',
      group: 'Workloads',
      into: [],
      line: (_into, _world, n) => ({
        line: `kubectl create job count-${n} --image=busybox:1.36 -- sh -c 'for i in 1 2 3; do echo $i; sleep 5; done'`,
      }),
    },
  ],
})

export const cronJobFace = workload('CronJob', 'cronjob')
