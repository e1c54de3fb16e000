import type { World } from '../../../kernel/index.ts'
import type { IntOrPercent } from '../api/intOrPercent.ts'
import { type LabelSelector, matches, selectorFromObject } from '../api/labels.ts'
import { type Loose, valueAt } from '../api/loose.ts'
import { every, type ObjectEntity, objectId } from '../object/object.ts'
import { type allowDisruptions, disruptionsAllowed } from './disruptionsAllowed.rule.ts'

/** What a budget sees: the pods it covers, how many should be there, how many are healthy, and how many it can spare. */
export interface BudgetCount {
  readonly expectedPods: number
  readonly currentHealthy: number
  readonly desiredHealthy: number
  readonly disruptionsAllowed: number
  /** Set when the wanted number cannot be told. */
  readonly error?: string
}

/** The budgets that cover a pod. Models: pkg/registry/core/pod/storage/eviction.go getPodDisruptionBudgets */
export function budgetsOf(world: World, pod: ObjectEntity): readonly ObjectEntity[] {
  const found: ObjectEntity[] = []
  for (const budget of every(world, 'PodDisruptionBudget'))
    if (budget.metadata.namespace === pod.metadata.namespace && covers(budget, pod)) found.push(budget)
  return found
}

/** Counts for a budget. Models: pkg/controller/disruption/disruption.go trySync */
export function countBudget(world: World, budget: ObjectEntity): BudgetCount {
  const pods: ObjectEntity[] = []
  for (const pod of every(world, 'Pod'))
    if (pod.metadata.namespace === budget.metadata.namespace && covers(budget, pod)) pods.push(pod)
  const counted = pods.filter((pod) => pod.state !== 'Succeeded' && pod.state !== 'Failed')
  const healthy = counted.filter((pod) => pod.state === 'Ready').length
  const { minAvailable, maxUnavailable } = (budget.spec ?? {}) as {
    minAvailable?: IntOrPercent
    maxUnavailable?: IntOrPercent
  }
  const byScale = maxUnavailable !== undefined || typeof minAvailable === 'string'
  const expected = byScale ? expectedByScale(world, counted) : { count: counted.length }
  if ('error' in expected)
    return { expectedPods: 0, currentHealthy: healthy, desiredHealthy: 0, disruptionsAllowed: 0, error: expected.error }
  const verdict: ReturnType<typeof allowDisruptions> = world.decide(disruptionsAllowed, {
    minAvailable: minAvailable ?? null,
    maxUnavailable: maxUnavailable ?? null,
    expectedPods: expected.count,
    currentHealthy: healthy,
  })
  return { expectedPods: expected.count, currentHealthy: healthy, ...verdict }
}

function covers(budget: ObjectEntity, pod: ObjectEntity): boolean {
  const answer = selectorFromObject(budget.spec?.selector as LabelSelector | undefined)
  return answer.ok && matches(answer.selector, pod.metadata.labels)
}

/** The sum of what the pods' controllers want. */
function expectedByScale(world: World, pods: readonly ObjectEntity[]): { count: number } | { error: string } {
  const scales = new Map<string, number>()
  for (const pod of pods) {
    const reference = pod.metadata.ownerReferences?.find((one) => one.controller)
    if (!reference) return { error: `found no controllers for pod "${pod.metadata.name}"` }
    let owner = world.get(objectId(reference.kind, pod.metadata.namespace, reference.name)) as ObjectEntity | undefined
    if (owner?.kind === 'k8s.ReplicaSet' && owner.owner !== undefined) {
      const up = world.get(owner.owner) as ObjectEntity | undefined
      if (up?.kind === 'k8s.Deployment') owner = up
    }
    if (!owner || !SCALED.includes(owner.kind))
      return {
        error: `${reference.kind.toLowerCase()}s.${(reference.apiVersion.split('/')[0] ?? '').toLowerCase()} does not implement the scale subresource`,
      }
    scales.set(owner.id, Number(valueAt(owner.spec as Loose | undefined, 'replicas') ?? 1))
  }
  return { count: [...scales.values()].reduce((sum, count) => sum + count, 0) }
}

const SCALED = ['k8s.Deployment', 'k8s.ReplicaSet', 'k8s.StatefulSet', 'k8s.ReplicationController']
