import { kubeletBackoff } from '../../domains/kubernetes/kubelet/backoff.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that a crashing container is started again the moment it ends, for ever. */
export const noBackoff = defineMisconception({
  id: 'no-backoff',
  concept: 'k8s.restarts',
  rule: kubeletBackoff,
  says: 'A crashing container is started again at once, every time.',
  instead: 'Only the first restart is at once; before each further one the kubelet waits, longer each time.',
  decide: (input, real) => ({ ...real(input), wait: 0 }),
})
