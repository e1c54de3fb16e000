import { reconcileOldRS } from '../../domains/kubernetes/deployment/reconcileOldRS.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Takes a rolling update for one that throws all old pods away and then waits for the new ones. */
export const maxUnavailableIgnored = defineMisconception({
  id: 'max-unavailable-ignored',
  concept: 'k8s.rollout',
  rule: reconcileOldRS,
  says: 'An update stops all old pods at once and then starts the new ones.',
  instead: 'Old pods go only as far as maxUnavailable allows; the rest stay until new ones are ready.',
  decide: (input, real) => real({ ...input, maxUnavailable: input.replicas }),
})
