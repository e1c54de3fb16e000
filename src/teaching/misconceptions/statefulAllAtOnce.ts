import { statefulOrder } from '../../domains/kubernetes/statefulset/order.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Takes a StatefulSet for a Deployment whose pods have fixed names. */
export const statefulAllAtOnce = defineMisconception({
  id: 'stateful-all-at-once',
  concept: 'k8s.statefulset',
  rule: statefulOrder,
  says: 'A StatefulSet makes all its pods at once.',
  instead: 'Unless its policy is Parallel, each pod is made once the one before it is ready.',
  decide: (input, real) => ({ ...real(input), together: true }),
})
