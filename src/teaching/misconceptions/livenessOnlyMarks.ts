import { probeFailure } from '../../domains/kubernetes/kubelet/probeFailure.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that probes only report, and that nobody acts on the container itself. */
export const livenessOnlyMarks = defineMisconception({
  id: 'liveness-only-marks',
  concept: 'k8s.probes',
  rule: probeFailure,
  says: 'A failed liveness probe marks the pod as not ready and leaves it running.',
  instead: 'A failed liveness probe has the container killed and started again.',
  decide: () => 'unready',
})
