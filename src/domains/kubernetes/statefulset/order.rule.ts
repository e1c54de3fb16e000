import { defineRule } from '../../../kernel/rule.ts'

/**
 * In which order a StatefulSet deals with its pods, and whether it waits for one before it goes on to the next.
 * Models: pkg/controller/statefulset/stateful_set_control.go updateStatefulSet
 */
export const statefulOrder = defineRule({
  id: 'k8s.statefulset.order',
  says: 'Pods are made from the lowest number up and stopped from the highest down, one after the other unless the policy is Parallel.',
  source: 'pkg/controller/statefulset/stateful_set_control.go updateStatefulSet',
  decide: orderOf,
  vector: orderOf,
})

/** What is to be done, with which numbers; `policy` is spec.podManagementPolicy. */
export interface OrderInput {
  readonly doing: 'start' | 'stop' | 'replace'
  readonly policy?: string | undefined
  readonly ordinals: readonly number[]
}

function orderOf({ doing, policy, ordinals }: OrderInput): {
  readonly ordinals: readonly number[]
  readonly together: boolean
} {
  const up = [...ordinals].sort((a, b) => a - b)
  return { ordinals: doing === 'start' ? up : up.reverse(), together: policy === 'Parallel' && doing !== 'replace' }
}
