import { defineRule } from '../../../kernel/index.ts'

/** The phases of every build, in order. */
export const BUILD_PHASES = [
  'SUBMITTED',
  'QUEUED',
  'PROVISIONING',
  'DOWNLOAD_SOURCE',
  'INSTALL',
  'PRE_BUILD',
  'BUILD',
  'POST_BUILD',
  'UPLOAD_ARTIFACTS',
  'FINALIZING',
  'COMPLETED',
] as const

export type BuildPhase = (typeof BUILD_PHASES)[number]

/**
 * Which phases a build goes through when one of them fails.
 * Models: AWS CodeBuild User Guide, "View build details", build phase transitions
 */
export const codebuildPhases = defineRule({
  id: 'codebuild.phases',
  says: 'When BUILD fails, POST_BUILD and UPLOAD_ARTIFACTS still run; when an earlier phase fails, the build is finalized at once.',
  source: 'AWS CodeBuild User Guide, view-build-details, build-spec-ref',
  decide: ({ failedPhase }: { readonly failedPhase: string | null }) => {
    const at = failedPhase === null ? -1 : BUILD_PHASES.indexOf(failedPhase as BuildPhase)
    if (at < 0) return { phases: BUILD_PHASES as readonly string[], buildStatus: 'SUCCEEDED' }
    const resume = at >= BUILD_PHASES.indexOf('BUILD') ? at + 1 : at < PROVISIONED ? COMPLETED : FINALIZING
    const phases: readonly string[] = [
      ...BUILD_PHASES.slice(0, at + 1),
      ...BUILD_PHASES.slice(Math.max(at + 1, resume)),
    ]
    return { phases, buildStatus: 'FAILED' }
  },
})

const PROVISIONED = BUILD_PHASES.indexOf('PROVISIONING')
const FINALIZING = BUILD_PHASES.indexOf('FINALIZING')
const COMPLETED = BUILD_PHASES.indexOf('COMPLETED')
