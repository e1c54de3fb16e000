import type { Answer, JsonObject, PastEvent, World } from '../../../kernel/index.ts'
import { semanticEqual } from '../api/loose.ts'
import { nowText } from '../apiserver/naming.ts'
import { kubeController } from '../kubeController.ts'
import { LATENCY } from '../latency.ts'
import type { ObjectEntity } from '../object/object.ts'
import { type BudgetCount, budgetsOf, countBudget } from './budget.ts'
import { disruptionsAllowed } from './disruptionsAllowed.rule.ts'

const KIND = 'k8s.PodDisruptionBudget'

/**
 * Keeps every budget's count of healthy pods and of evictions that it allows.
 * Models: pkg/controller/disruption/disruption.go
 */
export const disruptionController = kubeController({
  name: 'disruption-controller',
  component: 'kube-controller-manager',
  primary: KIND,
  watches: {
    [KIND]: ['Created', 'Updated'],
    'k8s.Pod': ['Created', 'Updated', 'BecameReady', 'BecameUnready', 'Succeeded', 'Failed', 'Evicted', 'Removed'],
    'k8s.Deployment': ['Updated'],
    'k8s.ReplicaSet': ['Scaled', 'Updated'],
    'k8s.StatefulSet': ['Updated'],
  },
  wakes(event: PastEvent, world: World) {
    if (event.kind === KIND) return event.to
    if (world.count(KIND) === 0) return undefined
    const object = world.get(event.to) as ObjectEntity | undefined
    if (event.kind === 'k8s.Pod' && object) return budgetsOf(world, object).map((budget) => budget.id)
    const namespace = event.to.split('/')[1]
    return [...(world.all(KIND) as Iterable<ObjectEntity>)]
      .filter((budget) => budget.metadata.namespace === namespace)
      .map((budget) => budget.id)
  },
  delay: (_id, world) => LATENCY.controller + Math.min(1000, Math.floor(world.count('k8s.Pod') / 50)),
  reconcile(id: string, world: World) {
    const budget = world.get(id) as ObjectEntity | undefined
    if (budget?.kind !== KIND || budget.metadata.deletionTimestamp !== undefined) return undefined
    const count = countBudget(world, budget)
    const { error, ...counts } = count
    const status = {
      ...counts,
      observedGeneration: budget.metadata.generation ?? 1,
      conditions: [conditionFor(world, budget, count)],
    }
    const answers: Answer[] = []
    if (error !== undefined)
      answers.push({
        to: id,
        type: 'StatusReported',
        data: {
          status,
          kubeEvents: [
            {
              type: 'Warning',
              reason: 'CalculateExpectedPodCountFailed',
              message: `Failed to calculate the number of expected pods: ${error}`,
              source: 'controllermanager',
            },
          ],
        },
      })
    if (semanticEqual(status, budget.status)) return undefined
    if (answers.length > 0) return answers
    return [{ to: id, type: 'StatusReported', data: { status }, rule: disruptionsAllowed.id, inputs: counts }]
  },
})

/** Models: pkg/apis/policy helper UpdateDisruptionAllowedCondition */
function conditionFor(world: World, budget: ObjectEntity, count: BudgetCount): JsonObject {
  const [status, reason] =
    count.error !== undefined
      ? ['False', 'SyncFailed']
      : count.disruptionsAllowed > 0
        ? ['True', 'SufficientPods']
        : ['False', 'InsufficientPods']
  const known = (budget.status?.conditions ?? []) as readonly JsonObject[]
  const before = known.find((one) => one.type === 'DisruptionAllowed')
  return {
    type: 'DisruptionAllowed',
    status: status as string,
    reason: reason as string,
    message: count.error ?? '',
    observedGeneration: budget.metadata.generation ?? 1,
    lastTransitionTime: before?.status === status ? (before?.lastTransitionTime as string) : nowText(world),
  }
}
