import { defineRule } from '../../../kernel/rule.ts'

/**
 * How many pods are created in one pass when creating may fail.
 * Models: pkg/controller/replicaset/replica_set.go slowStartBatch
 */
export const slowStart = defineRule({
  id: 'k8s.replicaset.slowStart',
  says: 'Pods are created in batches of 1, 2, 4, 8 and so on, and the first batch with a failure is the last.',
  source: 'pkg/controller/replicaset/replica_set.go slowStartBatch',
  decide: ({ count, callsThatSucceed }: { readonly count: number; readonly callsThatSucceed: number }) =>
    slowStartBatch(count, (call) => call < callsThatSucceed),
})

/** Calls `create` (with the number of the call, from 0) in doubling batches; a batch runs to its end even if a call in it fails. */
export function slowStartBatch(
  count: number,
  create: (call: number) => boolean,
): { successes: number; calls: number; batches: number[] } {
  const batches: number[] = []
  let successes = 0
  let calls = 0
  let remaining = count
  for (let size = Math.min(remaining, 1); size > 0; size = Math.min(2 * size, remaining)) {
    batches.push(size)
    let failed = false
    for (let i = 0; i < size; i++) {
      if (create(calls++)) successes++
      else failed = true
    }
    if (failed) break
    remaining -= size
  }
  return { successes, calls, batches }
}
