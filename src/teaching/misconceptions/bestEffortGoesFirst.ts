import { evictionOrder } from '../../domains/kubernetes/node/evictionOrder.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Takes the quality of service class for the order in which pods are given up. */
export const bestEffortGoesFirst = defineMisconception({
  id: 'best-effort-goes-first',
  concept: 'k8s.requests',
  rule: evictionOrder,
  says: 'BestEffort pods always go before Burstable ones.',
  instead: 'The kubelet does not sort by class: of equal priority, the pod that is most over its request goes first.',
  decide: (input, real) => {
    const ids = real(input)
    const asksNothing = new Set(input.pods.filter(({ requested }) => requested === 0).map(({ id }) => id))
    return [...ids.filter((id) => asksNothing.has(id)), ...ids.filter((id) => !asksNothing.has(id))]
  },
})
