import type { Answer, Emission, PastEvent, World } from '../../../kernel/index.ts'
import { matches } from '../api/labels.ts'
import { semanticEqual } from '../api/loose.ts'
import { deletion } from '../apiserver/remove.ts'
import { kubeController } from '../kubeController.ts'
import type { KubeEvent } from '../kubeEvent.ts'
import { controllerReference, type ObjectEntity, timeOf } from '../object/object.ts'
import { orphanKey, orphans } from '../replicaset/orphans.ts'
import { isActive, ownedObjects } from '../replicaset/podTally.ts'
import { type ReplicaSet, selectorOf, wanted } from '../replicaset/replicaSet.ts'
import { deploymentComplete } from './conditions.rule.ts'
import { calculateStatus, condition, conditionOf, rolloutStatus } from './conditions.ts'
import {
  DESIRED_REPLICAS,
  type Deployment,
  type DeploymentStatus,
  deadlineOf,
  MAX_REPLICAS,
  replicasOf,
  strategyInput,
} from './deployment.ts'
import { newRSReplicas } from './newRSReplicas.rule.ts'
import { proportionalScale, type ScalableReplicaSet } from './proportionalScale.rule.ts'
import { type OldRSVerdict, reconcileOldRS } from './reconcileOldRS.rule.ts'
import { revisionHistory } from './revisionHistory.rule.ts'
import { replicaSetsOf, revisionOf } from './revisions.ts'
import { scaleReplicaSet } from './scaleReplicaSet.ts'
import { type Sorted, syncRevision, withCondition } from './syncRevision.ts'

const SOURCE = 'deployment-controller'
const KIND = 'k8s.Deployment'
const SET = 'k8s.ReplicaSet'

/**
 * Rolls a Deployment's template out through its ReplicaSets.
 * Models: pkg/controller/deployment/deployment_controller.go syncDeployment, sync.go, rolling.go, recreate.go, progress.go
 */
export const deploymentController = kubeController({
  name: SOURCE,
  component: 'kube-controller-manager',
  primary: KIND,
  watches: {
    [KIND]: ['Created', 'Updated', 'DeletionRequested', 'Resumed', 'after.progressDeadline'],
    [SET]: '*',
  },
  wakes(event: PastEvent, world: World) {
    return event.kind === KIND ? event.to : deploymentsOf(event, world)
  },
  reconcile(id: string, world: World) {
    const deployment = world.get(id) as Deployment | undefined
    if (deployment?.kind !== KIND) return undefined
    if (deployment.metadata.deletionTimestamp !== undefined) return statusOnly(world, deployment)
    const adopted = adopt(world, deployment)
    return adopted.length > 0 ? adopted : new Pass(world, deployment).run()
  },
})

/** The Deployment of a ReplicaSet; of one that is gone, by its name; of one without owner, those that could adopt it. */
function deploymentsOf(event: PastEvent, world: World): string | readonly string[] | undefined {
  const set = world.get(event.to)
  if (set?.owner !== undefined) return set.owner.startsWith(`${KIND}/`) ? set.owner : undefined
  if (!set) return event.to.slice(0, event.to.lastIndexOf('-')).replace(SET, KIND)
  const { namespace } = (set as ObjectEntity).metadata
  return [...(world.all(KIND) as Iterable<ObjectEntity>)]
    .filter((deployment) => deployment.metadata.namespace === namespace)
    .map((deployment) => deployment.id)
}

function adopt(world: World, deployment: Deployment): readonly Emission[] {
  const selector = selectorOf(deployment)
  const found = world.lookup(orphans, orphanKey(SET, deployment.metadata.namespace)) as readonly ObjectEntity[]
  return found
    .filter((set) => set.metadata.deletionTimestamp === undefined && matches(selector, set.metadata.labels))
    .map((set) => ({
      to: set.id,
      type: 'Updated',
      data: { metadata: { ...set.metadata, ownerReferences: [controllerReference(deployment)] } },
    }))
}

function statusOnly(world: World, deployment: Deployment): readonly Answer[] {
  const sets = replicaSetsOf(world, deployment)
  const status = calculateStatus(world, deployment, sets, undefined)
  return semanticEqual(status, deployment.status)
    ? []
    : [{ to: deployment.id, type: 'StatusReported', data: { status } }]
}

/** One look at one Deployment: what it emits, in order, and the Deployment as it becomes on the way. */
class Pass {
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
    const sized = (set: ReplicaSet): ScalableReplicaSet => ({
      name: set.metadata.name,
      replicas: wanted(set),
      createdAt: timeOf(set.metadata.creationTimestamp),
      available: set.status?.availableReplicas ?? 0,
      desiredAnnotation: numberOf(set.metadata.annotations?.[DESIRED_REPLICAS]),
      maxAnnotation: numberOf(set.metadata.annotations?.[MAX_REPLICAS]),
    })
    const input = {
      ...strategyInput(this.deployment),
      replicas: replicasOf(this.deployment),
      statusReplicas: this.deployment.status?.replicas ?? 0,
      newSet: sorted.updated ? sized(sorted.updated) : null,
      oldSets: sorted.old.map(sized),
    }
    const sizes = this.world.decide(proportionalScale, input) as ReadonlyMap<string, number>
    const { newSet: _new, oldSets: _old, ...brief } = input
    for (const set of [...sorted.old, ...(sorted.updated ? [sorted.updated] : [])]) {
      const size = sizes.get(set.metadata.name) ?? wanted(set)
      if (size === 0 && wanted(set) === 0) continue
      this.push(scaleReplicaSet(this.deployment, set, size, { rule: proportionalScale.id, inputs: brief }))
    }
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
    const limit = this.deployment.spec.revisionHistoryLimit
    const oldSets = old.map((set) => ({
      set,
      name: set.metadata.name,
      replicas: wanted(set),
      statusReplicas: set.status?.replicas ?? 0,
      createdAt: timeOf(set.metadata.creationTimestamp),
      revision: revisionOf(set),
      deleting: set.metadata.deletionTimestamp !== undefined,
      observed: (set.status?.observedGeneration ?? 0) >= (set.metadata.generation ?? 1),
    }))
    const names = new Set(
      (this.world.decide(revisionHistory, { limit, oldSets }) as readonly { readonly name: string }[]).map(
        ({ name }) => name,
      ),
    )
    for (const { name, set } of oldSets) {
      const emission = names.has(name) ? deletion(this.world, set) : undefined
      if (emission) this.push({ ...emission, by: undefined, rule: revisionHistory.id, inputs: { limit } })
    }
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

function numberOf(text: string | undefined): number | null {
  return text !== undefined && /^[0-9]+$/.test(text) ? Number(text) : null
}

/** How long the lifecycle lets a rollout stand still, in ms: strictly longer than the deadline. */
export function progressDeadline(deployment: Deployment): number {
  const deadline = deadlineOf(deployment)
  return deadline === undefined ? Number.POSITIVE_INFINITY : deadline + 1
}
