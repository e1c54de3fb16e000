import { kubeletBackoff } from '../../domains/kubernetes/kubelet/backoff.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that a crashing container is started again after the same time each time. */
export const backoffConstant = defineMisconception({
  id: 'backoff-constant',
  concept: 'k8s.restarts',
  rule: kubeletBackoff,
  says: 'A crashing container is started again after the same wait each time.',
  instead: 'The first restart is at once; then the wait doubles from one crash to the next, up to a limit.',
  decide: (input, real) => {
    const { wait, entry } = real(input)
    return { wait: Math.min(wait, 10_000), entry }
  },
})
