import { desiredReplicas } from '../../domains/kubernetes/hpa/desired.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that an autoscaler acts on any difference from its target. */
export const toleranceIgnored = defineMisconception({
  id: 'tolerance-ignored',
  concept: 'k8s.autoscaling',
  rule: desiredReplicas,
  says: 'As soon as use is over the target, the autoscaler adds a pod.',
  instead: 'Within a tenth of its target the autoscaler changes nothing.',
  decide: (input, real) => real({ ...input, tolerance: { up: 0, down: 0 } }),
})
