import { reconcileOldRS } from '../../domains/kubernetes/deployment/reconcileOldRS.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that an old pod makes room before the new one comes, whatever maxUnavailable says. */
export const oldPodsGoFirst = defineMisconception({
  id: 'old-pods-go-first',
  concept: 'k8s.rollout',
  rule: reconcileOldRS,
  says: 'An old pod is stopped first, then its successor starts.',
  instead: 'With maxUnavailable 0 the successor must be ready before an old pod goes.',
  decide: (input, real) => real({ ...input, maxUnavailable: Math.max(1, Number(input.maxUnavailable) || 0) }),
})
