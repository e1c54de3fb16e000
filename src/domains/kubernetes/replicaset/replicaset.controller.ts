import type { Answer, JsonObject, PastEvent, World } from '../../../kernel/index.ts'
import type { Labels } from '../api/labels.ts'
import { semanticEqual } from '../api/loose.ts'
import { nowText } from '../apiserver/naming.ts'
import { NewPods } from '../apiserver/newPods.ts'
import { deletion } from '../apiserver/remove.ts'
import { kubeController } from '../kubeController.ts'
import type { KubeEvent } from '../kubeEvent.ts'
import type { ObjectEntity } from '../object/object.ts'
import { claimPods } from './claimPods.ts'
import { candidateOf } from './deletionCandidate.ts'
import { deletionOrder } from './deletionOrder.rule.ts'
import { COUNTED_POD_EVENTS, ownersConcerned } from './orphans.ts'
import { isActive, ownedObjects, tallyOf } from './podTally.ts'
import { type ReplicaSet, type ReplicaSetStatus, templateOf, wanted } from './replicaSet.ts'
import { slowStartBatch } from './slowStart.rule.ts'

const SOURCE = 'replicaset-controller'
const REPLICATION = 'k8s.ReplicationController'

/** Most pods created or deleted in one pass. */
const BURST = 500

/**
 * Keeps as many pods as a ReplicaSet wants: creates from its template, deletes by the deletion order, adopts and releases by labels,
 * and reports counts. Models: pkg/controller/replicaset/replica_set.go
 */
export const replicaSetController = replicasController(SOURCE, 'k8s.ReplicaSet')

/**
 * The same loop for ReplicationControllers, which select by plain labels.
 * Models: pkg/controller/replication/replication_controller.go, which wraps the ReplicaSet controller
 */
export const replicationController = replicasController('replicationcontroller-controller', REPLICATION)

function replicasController(name: string, kind: string) {
  return kubeController({
    name,
    component: 'kube-controller-manager',
    primary: kind,
    watches: {
      [kind]: ['Created', 'Updated', 'Scaled', 'DeletionRequested'],
      'k8s.Pod': COUNTED_POD_EVENTS,
    },
    wakes(event: PastEvent, world: World) {
      return event.kind === kind ? event.to : ownersConcerned(event, world, kind)
    },
    reconcile(id: string, world: World) {
      const set = world.get(id) as ReplicaSet | undefined
      if (set?.kind !== kind) return undefined
      const answers: Answer[] = []
      const deleting = set.metadata.deletionTimestamp !== undefined
      if (!deleting) answers.push(...claimPods(world, set))
      const claimed = answers.length > 0
      const error = deleting || claimed ? undefined : manage(world, set, answers)
      report(world, set, error, answers)
      return answers
    },
  })
}

/** The name under which it reports its KubeEvents. */
function sourceOf(set: ReplicaSet): string {
  return set.kind === REPLICATION ? 'replication-controller' : SOURCE
}

interface Problem {
  readonly reason: 'FailedCreate' | 'FailedDelete'
  readonly message: string
}

/** Creates or deletes what is lacking or too much; returns what went wrong. */
function manage(world: World, set: ReplicaSet, answers: Answer[]): Problem | undefined {
  const tally = tallyOf(world, set.metadata.uid)
  const active = tally.ready + tally.unready
  const lacking = wanted(set) - active
  if (lacking > 0) return create(world, set, Math.min(lacking, BURST), answers)
  if (lacking < 0) shrink(world, set, Math.min(-lacking, BURST), answers)
  return undefined
}

function create(world: World, set: ReplicaSet, count: number, answers: Answer[]): Problem | undefined {
  const pods = new NewPods(world, set, templateOf(set), {
    source: sourceOf(set),
    message: (name) => `Created pod: ${name}`,
  })
  let error: string | undefined
  slowStartBatch(count, () => {
    const made = pods.make()
    if ('error' in made) {
      error = made.error
      return false
    }
    answers.push(made.emission)
    return true
  })
  return error === undefined ? undefined : { reason: 'FailedCreate', message: error }
}

function shrink(world: World, set: ReplicaSet, count: number, answers: Answer[]): void {
  const pods = ownedObjects(world, set, 'k8s.Pod').filter(isActive)
  const ranks = count < pods.length ? familyByNode(world, set) : new Map<string, number>()
  const candidates = pods.map((pod) => candidateOf(pod, ranks.get(String(pod.spec?.nodeName ?? '')) ?? 0))
  const ordered =
    count < candidates.length ? world.decide(deletionOrder, { pods: candidates, now: world.now }) : candidates
  const byName = new Map(candidates.map((candidate) => [candidate.name, candidate.pod]))
  for (const { name } of ordered.slice(0, count)) {
    const pod = byName.get(name)
    const emission = pod && deletion(world, pod)
    if (!emission) continue
    const kubeEvents: readonly KubeEvent[] = [
      {
        type: 'Normal',
        reason: 'SuccessfulDelete',
        message: `Deleted pod: ${name}`,
        source: sourceOf(set),
        about: set.id,
      },
    ]
    answers.push({
      ...emission,
      by: undefined,
      data: { ...emission.data, kubeEvents },
      rule: deletionOrder.id,
      inputs: { pods: pods.length, delete: count },
    })
  }
}

/** How many active pods of the same owner's ReplicaSets each node has. */
function familyByNode(world: World, set: ReplicaSet): ReadonlyMap<string, number> {
  const family = set.owner === undefined ? [set] : (world.ownedBy(set.owner) as readonly ObjectEntity[])
  const counts = new Map<string, number>()
  for (const member of family)
    for (const pod of ownedObjects(world, member, 'k8s.Pod')) {
      const node = String(pod.spec?.nodeName ?? '')
      if (node !== '' && isActive(pod)) counts.set(node, (counts.get(node) ?? 0) + 1)
    }
  return counts
}

/** Writes the counts where they changed, and says what was refused. */
function report(world: World, set: ReplicaSet, problem: Problem | undefined, answers: Answer[]): void {
  const { status, again } = statusOf(world, set, problem)
  if (again !== undefined) answers.push({ again })
  if (problem) {
    const message = `Error creating: ${problem.message}`
    const kubeEvents: readonly KubeEvent[] = [
      { type: 'Warning', reason: problem.reason, message, source: sourceOf(set) },
    ]
    answers.push({ to: set.id, type: 'CreateRefused', data: { status, kubeEvents } })
    answers.push({ to: set.id, decline: problem.message })
    answers.push({ again: Math.min(5 * 2 ** (set.refusals ?? 0), 1_000_000) })
    return
  }
  if (semanticEqual(status, set.status)) return
  const want = wanted(set)
  const settled = status.replicas === want && (status.readyReplicas ?? 0) === want
  const type = want === 0 && status.replicas === 0 ? 'Emptied' : settled ? 'Settled' : 'Converging'
  answers.push({ to: set.id, type, data: { status } })
}

function statusOf(
  world: World,
  set: ReplicaSet,
  problem: Problem | undefined,
): { readonly status: ReplicaSetStatus; readonly again?: number } {
  const tally = tallyOf(world, set.metadata.uid)
  const replicas = tally.ready + tally.unready
  const { available, again } = availability(world, set, tally.ready)
  const conditions = conditionsOf(world, set, problem)
  const status: ReplicaSetStatus = {
    replicas,
    ...(replicas > 0 ? { fullyLabeledReplicas: fullyLabeled(set, replicas, tally.labels) } : {}),
    ...(tally.ready > 0 ? { readyReplicas: tally.ready } : {}),
    ...(available > 0 ? { availableReplicas: available } : {}),
    ...(set.kind === REPLICATION ? {} : { terminatingReplicas: tally.terminating }),
    observedGeneration: set.metadata.generation ?? 1,
    ...(conditions.length > 0 ? { conditions } : {}),
  }
  return again === undefined ? { status } : { status, again }
}

/** How many pods have been ready for `minReadySeconds`, and in how many ms the next one will have been. */
function availability(world: World, set: ReplicaSet, ready: number): { available: number; again?: number } {
  const wait = (set.spec.minReadySeconds ?? 0) * 1000
  if (wait === 0 || ready === 0) return { available: ready }
  let available = 0
  let again = Number.POSITIVE_INFINITY
  for (const pod of ownedObjects(world, set, 'k8s.Pod')) {
    if (pod.state !== 'Ready') continue
    const left = pod.since + wait - world.now
    if (left <= 0) available++
    else again = Math.min(again, left)
  }
  return again === Number.POSITIVE_INFINITY ? { available } : { available, again }
}

function fullyLabeled(set: ReplicaSet, replicas: number, labels: ReadonlyMap<object, number>): number {
  const template = ((templateOf(set).metadata ?? {}) as { labels?: Readonly<Record<string, string>> }).labels ?? {}
  const lacking = [...labels]
    .filter(([own]) => Object.entries(template).some(([key, value]) => (own as Labels)[key] !== value))
    .reduce((sum, [, count]) => sum + count, 0)
  return Math.max(0, replicas - lacking)
}

/** ReplicaFailure while something is refused, else none. */
function conditionsOf(world: World, set: ReplicaSet, problem: Problem | undefined): readonly JsonObject[] {
  const others = (set.status?.conditions ?? []).filter((condition) => condition.type !== 'ReplicaFailure')
  if (!problem) return others
  const before = (set.status?.conditions ?? []).find((condition) => condition.type === 'ReplicaFailure')
  if (before?.reason === problem.reason) return set.status?.conditions ?? []
  const { reason, message } = problem
  return [...others, { type: 'ReplicaFailure', status: 'True', lastTransitionTime: nowText(world), reason, message }]
}
