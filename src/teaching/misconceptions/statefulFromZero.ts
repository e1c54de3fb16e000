import { statefulOrder } from '../../domains/kubernetes/statefulset/order.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that a StatefulSet stops its pods in the order in which it made them. */
export const statefulFromZero = defineMisconception({
  id: 'stateful-from-zero',
  concept: 'k8s.statefulset',
  rule: statefulOrder,
  says: 'A StatefulSet stops and replaces its pods from number 0 up.',
  instead: 'Pods are made from the lowest number up, and stopped and replaced from the highest down.',
  decide: (input, real) => ({ ...real(input), ordinals: [...input.ordinals].sort((a, b) => a - b) }),
})
