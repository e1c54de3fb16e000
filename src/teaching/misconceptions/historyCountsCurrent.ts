import { revisionHistory } from '../../domains/kubernetes/deployment/revisionHistory.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that the history limit is about all revisions, the one in use included. */
export const historyCountsCurrent = defineMisconception({
  id: 'history-counts-current',
  concept: 'k8s.rollback',
  rule: revisionHistory,
  says: 'revisionHistoryLimit includes the revision that is in use.',
  instead: 'The limit counts old revisions only; the one in use comes on top.',
  decide: (input, real) =>
    real(typeof input.limit === 'number' ? { ...input, limit: Math.max(0, input.limit - 1) } : input),
})
