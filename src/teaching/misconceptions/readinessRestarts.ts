import { probeFailure } from '../../domains/kubernetes/kubelet/probeFailure.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that a container is restarted whatever probe has failed. */
export const readinessRestarts = defineMisconception({
  id: 'readiness-restarts',
  concept: 'k8s.probes',
  rule: probeFailure,
  says: 'A container whose readiness probe fails is restarted.',
  instead: 'A failed readiness probe only takes the pod out of its Services; liveness restarts.',
  decide: () => 'restart',
})
