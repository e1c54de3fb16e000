import { codebuildPhases } from '../../domains/aws/codebuild/phases.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that a build goes through all of its phases whatever fails. */
export const everyPhaseRuns = defineMisconception({
  id: 'every-phase-runs',
  concept: 'cd.codebuild',
  rule: codebuildPhases,
  says: 'All phases run, and the build is marked as failed in the end.',
  instead: 'A failure before BUILD ends the build at once; only what follows BUILD runs in spite of its failure.',
  decide: ({ failedPhase }, real) => ({ ...real({ failedPhase }), phases: real({ failedPhase: null }).phases }),
})
