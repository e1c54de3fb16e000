import { defineLifecycle } from '../../../kernel/index.ts'
import { BUILD_PHASES, type BuildPhase } from './phases.rule.ts'

/** The event with which a phase begins. */
export const BEGAN: { readonly [phase in BuildPhase]: string } = {
  SUBMITTED: 'Started',
  QUEUED: 'QueueEntered',
  PROVISIONING: 'ProvisioningBegan',
  DOWNLOAD_SOURCE: 'DownloadBegan',
  INSTALL: 'InstallBegan',
  PRE_BUILD: 'PreBuildBegan',
  BUILD: 'BuildBegan',
  POST_BUILD: 'PostBuildBegan',
  UPLOAD_ARTIFACTS: 'UploadBegan',
  FINALIZING: 'FinalizingBegan',
  COMPLETED: 'Completed',
}

const SAYS: { readonly [phase in BuildPhase]: readonly [string, string] } = {
  SUBMITTED: ['The build is asked for.', 'It is submitted.'],
  QUEUED: ['It waits for capacity, or for other builds of its project.', 'It is put in the queue.'],
  PROVISIONING: ['A fresh machine is got, and the build image pulled on it.', 'Its machine is prepared.'],
  DOWNLOAD_SOURCE: ['The source is fetched and its buildspec read.', 'The source is fetched.'],
  INSTALL: ['Runtimes and packages are installed.', 'The install commands begin.'],
  PRE_BUILD: [
    'Commands that prepare the build run: signing in, fetching dependencies.',
    'The pre_build commands begin.',
  ],
  BUILD: ['The build commands run, until one of them fails.', 'The build commands begin.'],
  POST_BUILD: ['Commands after the build run, also when it failed.', 'The post_build commands begin.'],
  UPLOAD_ARTIFACTS: ['What the buildspec names is handed on, and reports are read.', 'Artifacts are uploaded.'],
  FINALIZING: ['The machine is given back.', 'The build is finalized.'],
  COMPLETED: ['It is over.', 'It is over.'],
}

const ENDS = {
  Succeeded: { target: 'SUCCEEDED', description: 'All of its phases have succeeded.' },
  Failed: { target: 'FAILED', description: 'One of its phases has failed.' },
  Stopped: { target: 'STOPPED', description: 'Someone stops it.' },
  after: { target: 'TIMED_OUT', description: 'It took longer than it may.' },
} as const

const DELETED = { Deleted: { target: 'DELETED', description: 'Someone deletes it.' } } as const

/** Phases that end by time alone. */
const TIMERS: { readonly [phase: string]: string } = { SUBMITTED: 'submit', QUEUED: 'queue', PROVISIONING: 'provision' }

const order = BUILD_PHASES.slice(0, -1)

/**
 * A build: one state a phase, then how it ended.
 * Models: AWS CodeBuild User Guide, "View build details", build phase transitions; API Build.buildStatus
 */
export const buildLifecycle = defineLifecycle({
  id: 'aws.codebuild.Build',
  initial: 'SUBMITTED',
  delays: {
    submit: 'How long it takes until the build is queued.',
    queue: 'How long it takes until capacity is found.',
    provision: 'How long a machine and the build image take.',
  },
  states: {
    ...Object.fromEntries(
      order.map((phase, place) => {
        const later = order.slice(place + 1)
        const timer = TIMERS[phase]
        const next = order[place + 1]
        return [
          phase,
          {
            description: SAYS[phase][0],
            tags: ['prog'],
            on: {
              ...Object.fromEntries(later.map((to) => [BEGAN[to], { target: to, description: SAYS[to][1] }])),
              FilesChanged: { description: 'A command has written files.' },
              CommandBegan: { description: 'A command begins.' },
              CommandRan: { description: 'A command has ended.' },
              SourceFetched: { description: 'The source is there, and its buildspec read.' },
              PhaseFailed: { description: 'Something goes wrong in this phase.' },
              ...(phase === 'FINALIZING' ? { Succeeded: ENDS.Succeeded } : {}),
              Failed: ENDS.Failed,
              Stopped: ENDS.Stopped,
              TimedOut: ENDS.after,
            },
            ...(timer && next ? { after: { [timer]: { target: next, description: SAYS[next][1] } } } : {}),
          },
        ]
      }),
    ),
    SUCCEEDED: { description: 'Every phase has succeeded.', tags: ['ok'], on: DELETED },
    FAILED: { description: 'A phase has failed; its log says which command.', tags: ['err'], on: DELETED },
    STOPPED: { description: 'Someone stopped it.', tags: ['warn'], on: DELETED },
    TIMED_OUT: { description: 'It took longer than it may.', tags: ['err'], on: DELETED },
    DELETED: { description: 'It does not exist any more.', type: 'final' },
  },
})
