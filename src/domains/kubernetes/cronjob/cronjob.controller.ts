import { type Answer, EPOCH, type JsonObject, type PastEvent, type World } from '../../../kernel/index.ts'
import { semanticEqual, textAt } from '../api/loose.ts'
import { deletion } from '../apiserver/remove.ts'
import { finishedAs, type Job } from '../job/job.ts'
import { kubeController } from '../kubeController.ts'
import type { KubeEvent } from '../kubeEvent.ts'
import { timestamp } from '../object/object.ts'
import { ownedObjects } from '../replicaset/podTally.ts'
import { type CronJob, type CronJobStatus, cronInput } from './cronJob.ts'
import { newJob } from './newJob.ts'
import { type CronVerdict, cronSync } from './sync.rule.ts'

const KIND = 'k8s.CronJob'
const SOURCE = 'cronjob-controller'

/** The real controller looks this long after the due time, so as never to be early; in ms. */
const MARGIN = 100

/**
 * Starts Jobs at their times and clears old ones away. Models: pkg/controller/cronjob/cronjob_controllerv2.go
 */
export const cronJobController = kubeController({
  name: SOURCE,
  component: 'kube-controller-manager',
  primary: KIND,
  watches: {
    [KIND]: ['Created', 'Updated', 'Resumed', 'DeletionRequested'],
    'k8s.Job': ['Completed', 'Failed', 'Removed', 'Created'],
  },
  wakes(event: PastEvent, world: World) {
    if (event.kind === KIND) return event.to
    const job = world.get(event.to)
    if (job) return job.owner?.startsWith(`${KIND}/`) ? job.owner : undefined
    const id = event.to.replace('k8s.Job', KIND).replace(/-[0-9]+$/, '')
    return world.get(id) ? id : undefined
  },
  reconcile(id: string, world: World) {
    const cronJob = world.get(id) as CronJob | undefined
    if (cronJob?.kind !== KIND || cronJob.metadata.deletionTimestamp !== undefined) return undefined
    return new Pass(world, cronJob).run()
  },
})

class Pass {
  private readonly world: World
  private readonly cronJob: CronJob
  private readonly jobs: readonly Job[]
  private readonly answers: Answer[] = []
  private readonly kubeEvents: KubeEvent[] = []
  private active: readonly JsonObject[]
  private lastSuccess: string | undefined
  private lastSchedule: string | undefined

  constructor(world: World, cronJob: CronJob) {
    this.world = world
    this.cronJob = cronJob
    this.jobs = [...ownedObjects(world, cronJob, 'k8s.Job')] as Job[]
    this.active = cronJob.status?.active ?? []
    this.lastSuccess = cronJob.status?.lastSuccessfulTime
    this.lastSchedule = cronJob.status?.lastScheduleTime
  }

  run(): readonly Answer[] {
    this.cleanUp()
    this.noteEnded()
    const { cronJob, world } = this
    const names = this.active.map((reference) => String(reference.name))
    const verdict = world.decide(cronSync, cronInput(cronJob, names, world.now)) as CronVerdict
    for (const event of verdict.events) this.kubeEvents.push({ ...event, source: SOURCE })
    const fired = this.start(verdict)
    if (verdict.lookAgainIn !== null) this.answers.push({ again: Math.max(1, verdict.lookAgainIn + MARGIN) })
    if (cronJob.spec.suspend) this.decline('It is suspended: nothing is started.')
    for (const { reason, message } of verdict.events) if (reason !== 'TooManyMissedTimes') this.decline(message)
    this.report(fired)
    return this.answers
  }

  private start(verdict: CronVerdict): boolean {
    const { createJob } = verdict
    if (!createJob) return false
    for (const name of verdict.deleteJobs) {
      const job = this.jobs.find((one) => one.metadata.name === name)
      const emission = job && deletion(this.world, job, { propagationPolicy: 'Background' })
      if (emission) this.answers.push({ ...emission, by: undefined, rule: cronSync.id, inputs: { policy: 'Replace' } })
      this.tell('Normal', 'SuccessfulDelete', `Deleted job ${name}`)
    }
    this.active = this.active.filter((reference) => !verdict.deleteJobs.includes(String(reference.name)))
    const made = newJob(this.world, this.cronJob, createJob.name, createJob.scheduledTime)
    if ('error' in made) {
      this.tell('Warning', 'FailedCreate', `Error creating job: ${made.error}`)
      this.decline(made.error)
      return false
    }
    const at = timestamp(createJob.scheduledTime - EPOCH)
    // The clock sets it off, whatever the look before had been about: what led to it is that the CronJob exists.
    this.answers.push({
      ...made.emission,
      causes: [this.cronJob.born],
      rule: cronSync.id,
      inputs: { scheduled: at },
    })
    this.tell('Normal', 'SuccessfulCreate', `Created job ${createJob.name}`)
    const { namespace, uid } = made.object.metadata
    this.active = [
      ...this.active,
      { kind: 'Job', namespace: namespace ?? 'default', name: createJob.name, uid, apiVersion: 'batch/v1' },
    ]
    this.lastSchedule = at
    return true
  }

  /** Takes ended and lost Jobs off the list of active ones. */
  private noteEnded(): void {
    const kept: JsonObject[] = []
    for (const reference of this.active) {
      const name = String(reference.name)
      const job = this.jobs.find((one) => one.metadata.name === name && one.metadata.uid === reference.uid)
      const end = job && finishedAs(job)
      if (job && !end) kept.push(reference)
      else if (end) {
        this.tell('Normal', 'SawCompletedJob', `Saw completed job: ${name}, condition: ${end}`)
        const at = job?.status?.completionTime
        if (end === 'Complete' && at !== undefined && at > (this.lastSuccess ?? '')) this.lastSuccess = at
      } else this.tell('Normal', 'MissingJob', `Active job went missing: ${name}`)
    }
    this.active = kept
  }

  private cleanUp(): void {
    const { spec } = this.cronJob
    const byStart = (a: Job, b: Job) => {
      const [x, y] = [textAt(a.status, 'startTime'), textAt(b.status, 'startTime')]
      return x === y ? (a.metadata.name < b.metadata.name ? -1 : 1) : x < y ? -1 : 1
    }
    for (const [end, limit] of [
      ['Complete', spec.successfulJobsHistoryLimit ?? 3],
      ['Failed', spec.failedJobsHistoryLimit ?? 1],
    ] as const) {
      const ended = this.jobs
        .filter((job) => finishedAs(job) === end && job.metadata.deletionTimestamp === undefined)
        .sort(byStart)
      for (const job of ended.slice(0, Math.max(0, ended.length - limit))) {
        const emission = deletion(this.world, job, { propagationPolicy: 'Background' })
        if (!emission) continue
        this.answers.push({ ...emission, by: undefined })
        this.tell('Normal', 'SuccessfulDelete', `Deleted job ${job.metadata.name}`)
      }
    }
  }

  private report(fired: boolean): void {
    const { cronJob } = this
    const status: CronJobStatus = {
      ...(this.active.length > 0 ? { active: this.active } : {}),
      ...(this.lastSchedule === undefined ? {} : { lastScheduleTime: this.lastSchedule }),
      ...(this.lastSuccess === undefined ? {} : { lastSuccessfulTime: this.lastSuccess }),
    }
    const type = this.eventFor(fired)
    if (type === undefined && this.kubeEvents.length === 0 && semanticEqual(status, cronJob.status)) return
    const kubeEvents = this.kubeEvents.length > 0 ? { kubeEvents: this.kubeEvents } : {}
    this.answers.push({ to: cronJob.id, type: type ?? 'StatusReported', data: { status, ...kubeEvents } })
  }

  private eventFor(fired: boolean): string | undefined {
    const { state, spec } = this.cronJob
    if (spec.suspend) return state === 'Suspended' ? undefined : 'Suspended'
    if (state === 'Suspended') return 'Resumed'
    if (fired) return 'Fired'
    return state === 'Active' && this.active.length === 0 ? 'Finished' : undefined
  }

  private tell(type: KubeEvent['type'], reason: string, message: string): void {
    this.kubeEvents.push({ type, reason, message, source: SOURCE })
  }

  private decline(reason: string): void {
    this.answers.push({ to: this.cronJob.id, decline: reason })
  }
}
