import { codebuildPhases } from '../../domains/aws/codebuild/phases.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that what comes after a failed build phase is left out. */
export const postBuildIsForSuccess = defineMisconception({
  id: 'post-build-is-for-success',
  concept: 'cd.codebuild',
  rule: codebuildPhases,
  says: 'When the build phase fails, post_build is left out.',
  instead: 'After a failed BUILD the phases POST_BUILD and UPLOAD_ARTIFACTS still run.',
  decide: ({ failedPhase }, real) => real({ failedPhase: failedPhase === 'BUILD' ? 'PRE_BUILD' : failedPhase }),
})
