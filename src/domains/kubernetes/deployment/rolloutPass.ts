import type { Answer, Emission, World } from '../../../kernel/index.ts'
import { semanticEqual } from '../api/loose.ts'
import type { KubeEvent } from '../kubeEvent.ts'
import { timeOf } from '../object/object.ts'
import { isActive, ownedObjects } from '../replicaset/podTally.ts'
import { type ReplicaSet, wanted } from '../replicaset/replicaSet.ts'
import { cleanUpHistory } from './cleanUpHistory.ts'
import { deploymentComplete } from './conditions.rule.ts'
import { calculateStatus, condition, conditionOf, rolloutStatus } from './conditions.ts'
import { DESIRED_REPLICAS, type Deployment, type DeploymentStatus, replicasOf, strategyInput } from './deployment.ts'
import { newRSReplicas } from './newRSReplicas.rule.ts'
import { type OldRSVerdict, reconcileOldRS } from './reconcileOldRS.rule.ts'
import { replicaSetsOf } from './revisions.ts'
import { scaleInProportion } from './scaleInProportion.ts'
import { scaleReplicaSet } from './scaleReplicaSet.ts'
import { type Sorted, syncRevision, withCondition } from './syncRevision.ts'

const SOURCE = 'deployment-controller'

/** One look at one Deployment: what it emits, in order, and the Deployment as it becomes on the way. */
export class RolloutPass {
  private readonly world: World
  private readonly before: Deployment
  private readonly sets: readonly ReplicaSet[]
  private readonly answers: Answer[] = []
  private deployment: Deployment
  private created = false

  constructor(world: World, deployment: Deployment) {
    this.world = world
    this.before = deployment
    this.deployment = deployment
    this.sets = replicaSetsOf(world, deployment)
  }

  run(): readonly Answer[] {
    this.notePause()
    const { deployment } = this
    if (deployment.spec.paused || this.isScaling()) this.scale()
    else if (deployment.spec.strategy?.type === 'Recreate') this.recreate()
    else this.roll()
    return this.answers
  }

  /** Pausing and resuming are conditions of their own. Models: sync.go checkPausedConditions */
  private notePause(): undefined {
    const { deployment, world } = this
    if (deployment.spec.progressDeadlineSeconds === undefined) return
    const current = conditionOf(deployment.status?.conditions ?? [], 'Progressing')
    if (current?.reason === 'ProgressDeadlineExceeded') return
    const noted = current?.reason === 'DeploymentPaused'
    const paused = deployment.spec.paused === true
    if (paused && !noted)
      this.deployment = withCondition(
        deployment,
        condition(world, 'Progressing', 'Unknown', 'DeploymentPaused', 'Deployment is paused'),
      )
    else if (!paused && noted)
      this.deployment = withCondition(
        deployment,
        condition(world, 'Progressing', 'Unknown', 'DeploymentResumed', 'Deployment is resumed'),
      )
  }

  private isScaling(): boolean {
    const replicas = String(replicasOf(this.deployment))
    return this.sets.some((set) => {
      const noted = set.metadata.annotations?.[DESIRED_REPLICAS]
      return wanted(set) > 0 && noted !== undefined && noted !== replicas
    })
  }

  /** Shares a new size between the ReplicaSets, without a step of the rollout. Models: sync.go sync, scale */
  private scale(): undefined {
    const sorted = this.sort(false)
    this.answers.push(...scaleInProportion(this.world, this.deployment, sorted))
    if (this.deployment.spec.paused) {
      if (!sorted.updated) this.decline('It is paused: the new template waits until it is resumed.')
      this.cleanUp(sorted.old)
    }
    const all = [...sorted.old, ...(sorted.updated ? [sorted.updated] : [])]
    const status = calculateStatus(this.world, this.deployment, all, sorted.updated)
    this.finish(status, false)
  }

  /** Models: rolling.go rolloutRolling */
  private roll(): undefined {
    const sorted = this.sort(true)
    const { updated, old } = sorted
    if (!updated) return this.conclude(sorted)
    const input = strategyInput(this.deployment)
    const replicas = replicasOf(this.deployment)
    const total = old.reduce((sum, set) => sum + wanted(set), 0) + wanted(updated)
    const question = { ...input, replicas, totalReplicas: total, newReplicas: wanted(updated) }
    const growth = this.world.decide(newRSReplicas, question) as { readonly replicas: number; readonly scaled: boolean }
    if (growth.scaled) {
      this.push(
        scaleReplicaSet(this.deployment, updated, growth.replicas, { rule: newRSReplicas.id, inputs: question }),
      )
      return this.conclude(sorted)
    }
    const active = old.filter((set) => wanted(set) > 0)
    const newSet = { replicas: wanted(updated), available: updated.status?.availableReplicas ?? 0 }
    const oldSets = active.map((set) => ({
      name: set.metadata.name,
      replicas: wanted(set),
      available: set.status?.availableReplicas ?? 0,
      createdAt: timeOf(set.metadata.creationTimestamp),
    }))
    const shrink = this.world.decide(reconcileOldRS, { ...input, replicas, oldSets, newSet }) as OldRSVerdict
    if (shrink.scaled) {
      const why = { rule: reconcileOldRS.id, inputs: { ...input, replicas, newSet, spare: shrink.spare } }
      for (const set of active)
        this.push(scaleReplicaSet(this.deployment, set, shrink.sizes.get(set.metadata.name) ?? wanted(set), why))
      return this.conclude(sorted)
    }
    if (active.length > 0) this.declineWaiting(updated, shrink.spare)
    this.cleanUpIfComplete(old)
    this.conclude(sorted)
  }

  /** Models: recreate.go rolloutRecreate */
  private recreate(): undefined {
    let sorted = this.sort(false)
    const active = sorted.old.filter((set) => wanted(set) > 0)
    if (active.length > 0) {
      const why = { rule: newRSReplicas.id, inputs: { strategy: 'Recreate' } }
      for (const set of active) this.push(scaleReplicaSet(this.deployment, set, 0, why))
      return this.conclude(sorted)
    }
    const left = sorted.old.reduce((sum, set) => sum + this.podsLeft(set), 0)
    if (left > 0) {
      this.decline(`Its strategy is Recreate: ${left} old pods must end before the first new one is created.`)
      return this.conclude(sorted)
    }
    if (!sorted.updated) sorted = this.sort(true)
    const { updated } = sorted
    if (updated && wanted(updated) !== replicasOf(this.deployment)) {
      const inputs = { strategy: 'Recreate', replicas: replicasOf(this.deployment) }
      this.push(
        scaleReplicaSet(this.deployment, updated, replicasOf(this.deployment), { rule: newRSReplicas.id, inputs }),
      )
    }
    this.cleanUpIfComplete(sorted.old)
    this.conclude(sorted)
  }

  /** Pods of a ReplicaSet that have not ended, those under deletion included. */
  private podsLeft(set: ReplicaSet): number {
    const pods = ownedObjects(this.world, set, 'k8s.Pod')
    const running = pods.filter((pod) => isActive(pod) || pod.state === 'Terminating').length
    return Math.max(running, set.status?.replicas ?? 0)
  }

  private sort(mayCreate: boolean): Sorted {
    const sorted = syncRevision(this.world, this.deployment, this.sets, mayCreate)
    this.deployment = sorted.deployment
    this.created ||= sorted.created
    this.answers.push(...sorted.emit)
    if (sorted.error !== undefined) {
      const kubeEvents: readonly KubeEvent[] = [
        { type: 'Warning', reason: 'ReplicaSetCreateError', message: sorted.error, source: SOURCE },
      ]
      this.answers.push({ to: this.before.id, type: 'StatusReported', data: { kubeEvents } }, { again: 1000 })
      this.decline(sorted.error)
    }
    return sorted
  }

  private conclude(sorted: Sorted): undefined {
    const all = [...sorted.old, ...(sorted.updated ? [sorted.updated] : [])]
    const { status, progressing } = rolloutStatus(this.world, this.deployment, all, sorted.updated)
    this.finish(status, progressing)
  }

  /** Writes what changed, with the event that says how the rollout stands. */
  private finish(status: DeploymentStatus, progressing: boolean): undefined {
    const { before, deployment } = this
    const data: Record<string, unknown> = {}
    if (deployment.metadata !== before.metadata) data.metadata = deployment.metadata
    if (!semanticEqual(status, before.status)) data.status = status
    const type = this.stateEvent(status, progressing)
    if (Object.keys(data).length === 0 && type === undefined) return
    const plain = data.metadata === undefined ? 'StatusReported' : 'Updated'
    this.answers.push({ to: before.id, type: type ?? plain, data })
  }

  /** The event of the lifecycle that fits the status; undefined when it stays in its state and no deadline starts anew. */
  private stateEvent(status: DeploymentStatus, progressing: boolean): string | undefined {
    const { before, deployment } = this
    if (deployment.spec.paused) return before.state === 'Paused' ? undefined : 'Paused'
    if (before.state === 'Paused') return 'Resumed'
    const reason = conditionOf(status.conditions ?? [], 'Progressing')?.reason
    if (reason === 'ProgressDeadlineExceeded') return before.state === 'Stalled' ? undefined : 'DeadlineExceeded'
    if (deploymentComplete(replicasOf(deployment), deployment.metadata.generation ?? 1, status))
      return before.state === 'Complete' ? undefined : 'RolloutCompleted'
    if (this.created) return 'RolloutStarted'
    if (reason === 'NewReplicaSetAvailable' && (status.replicas ?? 0) === (status.updatedReplicas ?? 0))
      return before.state === 'Adjusting' ? undefined : 'Adjusting'
    if (before.state !== 'Progressing') return 'RolloutStarted'
    return progressing ? 'RolloutProgressed' : undefined
  }

  private cleanUpIfComplete(old: readonly ReplicaSet[]): undefined {
    const { deployment } = this
    if (deploymentComplete(replicasOf(deployment), deployment.metadata.generation ?? 1, deployment.status ?? {}))
      this.cleanUp(old)
  }

  private cleanUp(old: readonly ReplicaSet[]): undefined {
    this.answers.push(...cleanUpHistory(this.world, this.deployment, old))
  }

  private declineWaiting(updated: ReplicaSet, spare: number): undefined {
    const { name } = updated.metadata
    const missing = wanted(updated) - (updated.status?.availableReplicas ?? 0)
    if (missing > 0)
      this.decline(
        `It waits for ${missing} pods of ${name} to become available before it takes another step (${Math.max(0, spare)} may go).`,
        reconcileOldRS.id,
      )
  }

  private decline(reason: string, rule?: string): undefined {
    this.answers.push({ to: this.before.id, decline: reason, rule })
  }

  private push(emission: Emission | undefined): undefined {
    if (emission) this.answers.push(emission)
  }
}
