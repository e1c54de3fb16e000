import type { Answer, Controller, Emission, World } from '../../../kernel/index.ts'
import { componentId } from '../components/component.ts'
import { kubeController } from '../kubeController.ts'
import { LATENCY } from '../latency.ts'
import { timestamp } from '../object/object.ts'
import { eventNote, type Pod, type Preemption, type ScheduleResult, schedulePod } from '../scheduler/index.ts'
import { schedulerSnapshot } from './schedulerSnapshot.ts'
import { nextInQueue, schedulingQueue, type WaitingPod } from './schedulingQueue.ts'
import { worldObjects } from './worldObjects.ts'

const SCHEDULER = componentId('kube-scheduler')
/** Time of one scheduling cycle after another, in ms: the scheduler places one pod at a time. */
const CYCLE = 1
/** From so many nodes on, the table of a decision is not kept: there would be too much of it. */
const TABLE_NODES = 200

/**
 * The scheduler: takes the first pod of its queue, and binds it, or says why not and makes room if it may.
 * Models: kubernetes pkg/scheduler/schedule_one.go. Unlike Kubernetes, the walk over the nodes begins where the number of cycles so
 * far puts it, so that nothing but the world is remembered.
 */
export const scheduler: Controller = kubeController({
  name: 'kube-scheduler',
  component: 'kube-scheduler',
  primary: 'k8s.Component',
  watches: { 'k8s.Pod': ['Created', 'Requeued', 'Updated', 'Removed', 'Nominated'] },
  wakes: (event) => (event.into === 'Unscheduled' || event.type === 'Removed' ? SCHEDULER : undefined),
  delay: () => LATENCY.scheduler,
  reconcile(id, world) {
    if (id !== SCHEDULER) return undefined
    const next = nextInQueue(world)
    if (!next) return undefined
    if ('in' in next) return [{ again: next.in }]
    return [...cycle(world, next.pod), { again: CYCLE }]
  },
})

function cycle(world: World, entity: WaitingPod): readonly Answer[] {
  const pod = entity as unknown as Pod
  const snapshot = world.derived(schedulerSnapshot)
  const nodes = snapshot.nodeCount
  const nominated = [...world.derived(schedulingQueue).nominated.values()].filter((other) => other.id !== entity.id)
  const result = schedulePod({
    pod,
    snapshot,
    nextStartNodeIndex: nodes < 100 ? 0 : (world.deeds(SCHEDULER) * 101) % nodes,
    draw: (...keys) => world.draw('schedule', entity.id, entity.born, ...keys),
    rules: world.rules,
    objects: worldObjects(world),
    nominated: nominated as unknown as readonly Pod[],
    keepTable: nodes <= TABLE_NODES,
  })
  return result.verdict === 'scheduled' ? bound(world, entity, result) : refused(world, entity, result)
}

function bound(
  world: World,
  entity: WaitingPod,
  result: ScheduleResult & { verdict: 'scheduled' },
): readonly Emission[] {
  const { namespace, name } = entity.metadata
  const source = schedulerName(entity)
  return [
    {
      to: entity.id,
      type: 'Scheduled',
      by: SCHEDULER,
      causes: [occasion(entity)],
      rule: 'k8s.scheduler.score',
      inputs: result.table,
      data: {
        spec: { ...entity.spec, nodeName: result.node },
        status: withCondition(world, entity, { status: 'True' }),
        kubeEvents: [
          {
            type: 'Normal',
            reason: 'Scheduled',
            source,
            message: `Successfully assigned ${namespace}/${name} to ${result.node}`,
          },
        ],
      },
    },
  ]
}

function refused(
  world: World,
  entity: WaitingPod,
  result: Exclude<ScheduleResult, { verdict: 'scheduled' }>,
): readonly Answer[] {
  const gated = result.verdict === 'gated'
  const preemption = gated ? undefined : result.preemption
  const status = withCondition(world, entity, {
    status: 'False',
    reason: gated ? 'SchedulingGated' : 'Unschedulable',
    message: result.message,
  })
  const { nominatedNodeName: _old, ...rest } = status
  const own: Emission = {
    to: entity.id,
    type: 'Unschedulable',
    by: SCHEDULER,
    causes: [occasion(entity)],
    rule: 'k8s.scheduler.filter',
    inputs: gated ? undefined : result.table,
    data: {
      status: preemption
        ? { ...status, nominatedNodeName: preemption.node }
        : gated || result.clearNominatedNode
          ? rest
          : status,
      attempt: {
        attempts: (entity.attempt?.attempts ?? 0) + 1,
        at: world.now,
        rejectedBy: gated ? ['SchedulingGates'] : result.rejectedBy,
        moved: false,
      },
      kubeEvents: gated
        ? []
        : [
            {
              type: 'Warning',
              reason: 'FailedScheduling',
              source: schedulerName(entity),
              message: eventNote(result.message),
            },
          ],
    },
  }
  return preemption ? [own, ...preempted(world, entity, preemption)] : [own]
}

function preempted(
  world: World,
  preemptor: WaitingPod,
  { node, victims, clearedNominations }: Preemption,
): readonly Emission[] {
  const source = schedulerName(preemptor)
  const uid = preemptor.metadata.uid
  const deleted = victims.map((victim): Emission => {
    const entity = world.get(`k8s.Pod/${victim.metadata.namespace}/${victim.metadata.name}`) as WaitingPod
    const grace = Number(entity.spec?.terminationGracePeriodSeconds ?? 30)
    const condition = {
      type: 'DisruptionTarget',
      status: 'True',
      reason: 'PreemptionByScheduler',
      message: `${source}: preempting to accommodate a higher priority pod`,
      lastTransitionTime: timestamp(world.now),
    }
    const conditions = (entity.status?.conditions ?? []) as readonly { readonly type: string }[]
    return {
      to: entity.id,
      type: 'DeletionRequested',
      by: SCHEDULER,
      rule: 'k8s.scheduler.preemption',
      inputs: { preemptor: preemptor.id, node },
      data: {
        metadata: {
          ...entity.metadata,
          deletionTimestamp: timestamp(world.now + grace * 1000),
          deletionGracePeriodSeconds: grace,
        },
        status: {
          ...entity.status,
          conditions: [...conditions.filter((one) => one.type !== 'DisruptionTarget'), condition],
        },
        kubeEvents: [
          { type: 'Normal', reason: 'Preempted', source, message: `Preempted by pod ${uid} on node ${node}` },
        ],
      },
    }
  })
  const cleared = clearedNominations.map((pod): Emission => {
    const entity = world.get(`k8s.Pod/${pod.metadata.namespace}/${pod.metadata.name}`) as WaitingPod
    const { nominatedNodeName: _gone, ...status } = entity.status ?? {}
    return { to: entity.id, type: 'Nominated', by: SCHEDULER, data: { status } }
  })
  return [...deleted, ...cleared]
}

/** The status of a pod with the scheduler's condition; pods of one template that get the same one in the same second share it. */
function withCondition(world: World, entity: WaitingPod, condition: ScheduledCondition): Record<string, never> {
  const { status: before } = entity
  if (!before) return makeStatus(world, entity, condition)
  const { status, reason = '', message = '' } = condition
  const key = `${timestamp(world.now)} ${entity.metadata.generation} ${status} ${reason} ${message}`
  const known = statuses.get(before)
  if (known?.key === key) return known.status
  const made = makeStatus(world, entity, condition)
  statuses.set(before, { key, status: made })
  return made
}

interface ScheduledCondition {
  readonly status: string
  readonly reason?: string
  readonly message?: string
}

/** The last status made from another. */
const statuses = new WeakMap<object, { readonly key: string; readonly status: Record<string, never> }>()

function makeStatus(world: World, entity: WaitingPod, condition: ScheduledCondition): Record<string, never> {
  const conditions = (entity.status?.conditions ?? []) as readonly {
    readonly type: string
    readonly status: string
    readonly lastTransitionTime?: string
  }[]
  const before = conditions.find((one) => one.type === 'PodScheduled')
  const lastTransitionTime = before?.status === condition.status ? before.lastTransitionTime : timestamp(world.now)
  const after = {
    type: 'PodScheduled',
    ...condition,
    lastProbeTime: null,
    lastTransitionTime,
    observedGeneration: entity.metadata.generation ?? 1,
  }
  return { ...entity.status, conditions: [...conditions.filter((one) => one.type !== 'PodScheduled'), after] } as never
}

/** Id of the event that put the pod into the queue: what its turn follows from, whichever event woke the scheduler. */
function occasion(entity: WaitingPod): number {
  return entity.attempt?.movedBy ?? entity.born
}

function schedulerName(entity: WaitingPod): string {
  return String(entity.spec?.schedulerName ?? 'default-scheduler')
}
