import { defineRule } from '../../../kernel/rule.ts'

/**
 * In which order a kubelet gives up pods when the memory of its node runs short.
 * Models: pkg/kubelet/eviction/helpers.go rankMemoryPressure
 */
export const evictionOrder = defineRule({
  id: 'k8s.kubelet.evictionOrder',
  says: 'When memory runs short, pods that use more than they request go first; among them those of low priority, then the one most over its request.',
  source: 'pkg/kubelet/eviction/helpers.go rankMemoryPressure',
  decide: ({ pods }: { readonly pods: readonly EvictionCandidate[] }) => orderFor(pods),
  vector: (input: { readonly pods: readonly EvictionCandidate[] }) => ({ order: orderFor(input.pods) }),
})

/** A pod with the memory that it uses and requests, in bytes. */
export interface EvictionCandidate {
  readonly id: string
  readonly bytes: number
  readonly requested: number
  readonly priority: number
}

function orderFor(pods: readonly EvictionCandidate[]): readonly string[] {
  const over = (pod: EvictionCandidate) => pod.bytes - pod.requested
  return [...pods]
    .sort(
      (a, b) =>
        Number(over(b) > 0) - Number(over(a) > 0) ||
        a.priority - b.priority ||
        over(b) - over(a) ||
        (a.id < b.id ? -1 : 1),
    )
    .map(({ id }) => id)
}
