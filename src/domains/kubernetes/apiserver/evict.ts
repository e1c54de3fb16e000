import type { World } from '../../../kernel/index.ts'
import type { ApiResource } from '../api/apiResource.ts'
import { resourceTable } from '../api/resourceTable.ts'
import { budgetsOf, countBudget } from '../disruption/budget.ts'
import { disruptionsAllowed } from '../disruption/disruptionsAllowed.rule.ts'
import { find, type ObjectEntity } from '../object/object.ts'
import { type DeleteOptions, remove } from './remove.ts'
import { notFound, type Refused, type Result, refuse } from './result.ts'

const pods = resourceTable.find((row) => row.kind === 'Pod') as ApiResource

/**
 * Evicts a pod as `POST pods/x/eviction` does: deletes it if every budget that covers it can spare it. The count is that of this moment.
 * Models: pkg/registry/core/pod/storage/eviction.go
 */
export function evict(world: World, namespace: string, name: string, options: DeleteOptions = {}): Result {
  const pod = find(world, 'Pod', namespace, name)
  if (!pod) return notFound(pods, name)
  const phase = pod.status?.phase
  const free =
    phase === 'Pending' || phase === 'Succeeded' || phase === 'Failed' || pod.metadata.deletionTimestamp !== undefined
  if (free) return remove(world, pods, namespace, name, options)
  const budgets = budgetsOf(world, pod)
  if (budgets.length > 1)
    return refuse(
      500,
      'InternalError',
      'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
    )
  const budget = budgets[0]
  if (!budget) return remove(world, pods, namespace, name, options)
  const refused = refusal(world, pod, budget)
  if (refused) return refused
  const answer = remove(world, pods, namespace, name, options)
  if (!answer.ok) return answer
  const { desiredHealthy, currentHealthy } = countBudget(world, budget)
  return {
    ...answer,
    emit: answer.emit.map((emission) => ({
      ...emission,
      rule: disruptionsAllowed.id,
      inputs: { budget: budget.metadata.name, desiredHealthy, currentHealthy },
    })),
  }
}

function refusal(world: World, pod: ObjectEntity, budget: ObjectEntity): Refused | undefined {
  const { name } = budget.metadata
  const count = countBudget(world, budget)
  if (pod.state !== 'Ready') {
    const policy = budget.spec?.unhealthyPodEvictionPolicy ?? 'IfHealthyBudget'
    if (policy === 'AlwaysAllow') return undefined
    if (count.currentHealthy >= count.desiredHealthy && count.desiredHealthy > 0) return undefined
  }
  if (((budget.status?.observedGeneration as number | undefined) ?? 0) < (budget.metadata.generation ?? 1))
    return tooMany(
      `Cannot evict pod as it would violate the pod's disruption budget.`,
      `The disruption budget ${name} is still being processed by the server.`,
      10,
    )
  if (count.disruptionsAllowed > 0) return undefined
  return tooMany(
    "Cannot evict pod as it would violate the pod's disruption budget.",
    `The disruption budget ${name} needs ${count.desiredHealthy} healthy pods and has ${count.currentHealthy} currently`,
  )
}

function tooMany(message: string, cause: string, retryAfterSeconds?: number): Refused {
  return refuse(429, 'TooManyRequests', message, {
    causes: [{ reason: 'DisruptionBudget', message: cause }],
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  })
}
