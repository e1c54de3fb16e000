import { revisionHistory } from '../../domains/kubernetes/deployment/revisionHistory.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that every revision can be returned to, however long ago. */
export const historyKeptForever = defineMisconception({
  id: 'history-kept-forever',
  concept: 'k8s.rollback',
  rule: revisionHistory,
  says: 'Every revision of a Deployment is kept.',
  instead: 'Beyond revisionHistoryLimit the oldest ReplicaSets are deleted, and nothing leads back to them.',
  decide: () => [],
})
