import type { Answer, JsonObject, PastEvent, World } from '../../../kernel/index.ts'
import { objectsAt, semanticEqual } from '../api/loose.ts'
import { nowText } from '../apiserver/naming.ts'
import { kubeController } from '../kubeController.ts'
import type { KubeEvent } from '../kubeEvent.ts'
import type { ObjectEntity } from '../object/object.ts'
import { candidateOf } from '../replicaset/deletionCandidate.ts'
import { deletionOrder } from '../replicaset/deletionOrder.rule.ts'
import { COUNTED_POD_EVENTS, ownersConcerned } from '../replicaset/orphans.ts'
import { isActive, ownedObjects, podGroup } from '../replicaset/podTally.ts'
import { completedIndexes, finishedAs, indexOf, isIndexed, type Job, type JobStatus, timeLeft } from './job.ts'
import { deleteJobPod, isTracked, newJobPods, untrack } from './jobPods.ts'
import { jobRetryDelay, pastRestartLimit } from './retryDelay.rule.ts'
import { type JobCondition, type JobPod, type JobVerdict, jobStatus } from './status.rule.ts'

const KIND = 'k8s.Job'
const SOURCE = 'job-controller'

/**
 * Runs the pods of a Job until enough of them have succeeded or too many have failed.
 * Models: pkg/controller/job/job_controller.go
 */
export const jobController = kubeController({
  name: SOURCE,
  component: 'kube-controller-manager',
  primary: KIND,
  watches: {
    [KIND]: ['Created', 'Updated', 'DeletionRequested', 'Resumed', 'after.activeDeadline'],
    'k8s.Pod': COUNTED_POD_EVENTS,
  },
  wakes(event: PastEvent, world: World) {
    if (event.kind === KIND) return event.to
    const owners = ownersConcerned(event, world, KIND)
    if (owners === undefined || typeof owners === 'string') return owners
    const indexed = indexedOwner(event, world)
    return indexed === undefined ? owners : [...owners, indexed]
  },
  reconcile(id: string, world: World) {
    const job = world.get(id) as Job | undefined
    if (job?.kind !== KIND || job.state === 'Expired') return undefined
    return new Pass(world, job).run()
  },
})

/** A pod that is gone was called `<job>-<index>-<ending>`. */
function indexedOwner(event: PastEvent, world: World): string | undefined {
  const id = event.to.replace('k8s.Pod', KIND).replace(/-[0-9]+-[a-z0-9]+$/, '')
  return world.get(id) ? id : undefined
}

interface EntityPod extends JobPod {
  readonly pod: ObjectEntity
}

class Pass {
  private readonly world: World
  private readonly job: Job
  private readonly pods: readonly ObjectEntity[]
  private readonly answers: Answer[] = []

  constructor(world: World, job: Job) {
    this.world = world
    this.job = job
    this.pods = ownedObjects(world, job, 'k8s.Pod')
  }

  run(): readonly Answer[] {
    const { job, world, pods } = this
    if (finishedAs(job)) {
      for (const pod of pods) if (isTracked(pod) && !isActive(pod)) this.answers.push(...untrack(pod))
      return this.answers
    }
    const of = (group: string) => pods.filter((pod) => podGroup(pod) === group && isTracked(pod)).map(asJobPod)
    const terminating = pods.filter((pod) => podGroup(pod) === 'terminating')
    const countedEnding =
      job.spec.podReplacementPolicy === 'Failed' ? 0 : terminating.filter((pod) => !isTracked(pod)).length
    const wait = this.retryWait()
    const verdict = world.decide(jobStatus, {
      parallelism: job.spec.parallelism ?? 1,
      completions: job.spec.completions ?? null,
      backoffLimit: job.spec.backoffLimit ?? 6,
      podReplacementPolicy: job.spec.podReplacementPolicy ?? 'TerminatingOrFailed',
      suspend: job.spec.suspend === true,
      deleting: job.metadata.deletionTimestamp !== undefined,
      active: this.active(),
      succeeded: of('succeeded'),
      failed: of('failed'),
      terminating: terminating.map(asJobPod),
      counted: { succeeded: job.status?.succeeded ?? 0, failed: (job.status?.failed ?? 0) - countedEnding },
      ...(isIndexed(job) ? { indexed: { completed: completedIndexes(job) } } : {}),
      conditions: this.conditionsNow(),
      inBackoff: wait > 0,
      pastActiveDeadline: job.status?.startTime !== undefined && timeLeft(job, world.now) === 0,
      pastRestartLimit: this.pastRestarts(),
    }) as JobVerdict
    this.carryOut(verdict, wait)
    this.report(verdict)
    return this.answers
  }

  /** Active pods, those to delete first at the front. */
  private active(): readonly EntityPod[] {
    const { job, world, pods } = this
    const active = pods.filter(isActive)
    const most = job.spec.suspend ? 0 : (job.spec.parallelism ?? 1)
    if (active.length <= most && !isIndexed(job)) return active.map(asJobPod)
    const candidates = active.map((pod) => candidateOf(pod, 0))
    const ordered = world.decide(deletionOrder, { pods: candidates, now: world.now })
    const byName = new Map(active.map((pod) => [pod.metadata.name, pod]))
    return ordered.flatMap(({ name }) => {
      const pod = byName.get(name)
      return pod ? [asJobPod(pod)] : []
    })
  }

  /** Ms until failed pods may be replaced. */
  private retryWait(): number {
    let failures = 0
    let last = Number.NEGATIVE_INFINITY
    let success = Number.NEGATIVE_INFINITY
    for (const pod of this.pods) if (podGroup(pod) === 'succeeded') success = Math.max(success, pod.since)
    for (const pod of this.pods)
      if (podGroup(pod) === 'failed' && pod.since > success) {
        failures++
        last = Math.max(last, pod.since)
      }
    if (failures === 0) return 0
    return this.world.decide(jobRetryDelay, { failures, sinceLastFailure: this.world.now - last })
  }

  private pastRestarts(): boolean {
    const template = this.job.spec.template as { spec?: { restartPolicy?: string } }
    if (template.spec?.restartPolicy !== 'OnFailure') return false
    const pods = this.pods.filter(isActive).map((pod) => ({
      phase: String(pod.status?.phase ?? 'Pending'),
      restarts: [
        ...objectsAt(pod.status, 'initContainerStatuses'),
        ...objectsAt(pod.status, 'containerStatuses'),
      ].reduce((sum, status) => sum + Number(status.restartCount ?? 0), 0),
    }))
    return pastRestartLimit(this.job.spec.backoffLimit ?? 6, pods)
  }

  private conditionsNow(): readonly JobCondition[] {
    return (this.job.status?.conditions ?? []) as unknown as readonly JobCondition[]
  }

  private carryOut(verdict: JobVerdict, wait: number): void {
    const { world, job } = this
    for (const pod of this.pods) if (!isActive(pod) && isTracked(pod)) this.answers.push(...untrack(pod))
    for (const { pod } of verdict.deletions as readonly EntityPod[]) {
      const emission = deleteJobPod(world, job, pod)
      if (emission) this.answers.push({ ...emission, rule: jobStatus.id, inputs: { delete: verdict.deletions.length } })
    }
    if (wait > 0 && verdict.finishedReason === undefined && !job.spec.suspend) {
      this.answers.push({ again: wait })
      this.decline(`After a failure it waits before it tries again: ${Math.ceil(wait / 1000)} s are left.`)
    }
    if (verdict.creations === 0) return
    const indexes = isIndexed(job) ? verdict.createdIndexes : undefined
    const { emissions, error } = newJobPods(world, job, verdict.creations, indexes)
    this.answers.push(...emissions)
    if (error === undefined) return
    const kubeEvents: readonly KubeEvent[] = [
      { type: 'Warning', reason: 'FailedCreate', message: `Error creating: ${error}`, source: SOURCE },
    ]
    this.answers.push({ to: job.id, type: 'Counted', data: { kubeEvents } }, { again: 10_000 })
    this.decline(error)
  }

  private report(verdict: JobVerdict): void {
    const { job, world } = this
    const { active, ready, succeeded, failed, terminating, completedIndexes: indexes } = verdict.status
    const conditions = this.dated(verdict.conditions)
    const finished = conditions.find(
      ({ type, status }) => (type === 'Complete' || type === 'Failed') && status === 'True',
    )
    const suspended = job.spec.suspend === true
    const startTime = suspended ? undefined : (job.status?.startTime ?? nowText(world))
    const status: JobStatus = {
      ...(conditions.length > 0 ? { conditions } : {}),
      ...(startTime === undefined ? {} : { startTime }),
      ...(finished?.type === 'Complete' ? { completionTime: nowText(world) } : {}),
      ...(active > 0 ? { active } : {}),
      ...(succeeded > 0 ? { succeeded } : {}),
      ...(failed > 0 ? { failed } : {}),
      terminating,
      ready,
      ...(indexes ? { completedIndexes: indexes } : {}),
      uncountedTerminatedPods: {},
    }
    const type = this.eventFor(verdict, finished?.type as string | undefined)
    if (type === 'Counted' && semanticEqual(status, job.status)) return
    const kubeEvents = this.kubeEvents(conditions)
    this.answers.push({
      to: job.id,
      type,
      data: { status, ...(kubeEvents.length > 0 ? { kubeEvents } : {}) },
      rule: jobStatus.id,
      inputs: verdict.status,
    })
  }

  private eventFor(verdict: JobVerdict, finished: string | undefined): string {
    const { state, spec } = this.job
    if (state === 'Terminating') return 'Counted'
    if (finished === 'Complete') return 'Completed'
    if (finished === 'Failed') return 'Failed'
    if (spec.suspend && state === 'Running') return 'Suspended'
    if (!spec.suspend && state === 'Suspended') return 'Resumed'
    if (verdict.finishedReason !== undefined && (state === 'Running' || state === 'Overdue')) return 'Ending'
    return 'Counted'
  }

  /** New conditions get the time of now, known ones keep theirs. */
  private dated(conditions: readonly JobCondition[]): readonly JsonObject[] {
    const known = (this.job.status?.conditions ?? []) as readonly JsonObject[]
    const now = nowText(this.world)
    return conditions.map((condition) => {
      const before = known.find((one) => one.type === condition.type)
      if (before && before.status === condition.status && before.reason === condition.reason) return before
      const { type, status, ...said } = condition
      return { type, status, lastProbeTime: now, lastTransitionTime: now, ...said } as JsonObject
    })
  }

  private kubeEvents(conditions: readonly JsonObject[]): readonly KubeEvent[] {
    const known = (this.job.status?.conditions ?? []) as readonly JsonObject[]
    const told: KubeEvent[] = []
    for (const condition of conditions) {
      const before = known.find((one) => one.type === condition.type)
      if (before?.status === condition.status) continue
      const message = String(condition.message)
      if (condition.type === 'Complete')
        told.push({ type: 'Normal', reason: 'Completed', message: 'Job completed', source: SOURCE })
      if (condition.type === 'Failed')
        told.push({ type: 'Warning', reason: String(condition.reason), message, source: SOURCE })
      if (condition.type === 'Suspended')
        told.push({
          type: 'Normal',
          reason: condition.status === 'True' ? 'Suspended' : 'Resumed',
          message: condition.status === 'True' ? 'Job suspended' : 'Job resumed',
          source: SOURCE,
        })
    }
    return told
  }

  private decline(reason: string): void {
    this.answers.push({ to: this.job.id, decline: reason })
  }
}

function asJobPod(pod: ObjectEntity): EntityPod {
  return { pod, name: pod.metadata.name, index: indexOf(pod), ready: pod.state === 'Ready' }
}
