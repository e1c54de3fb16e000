import { defineLifecycle } from '../../../kernel/index.ts'

const ENDS = {
  Failed: { target: 'FAILED', description: 'A build that matters has failed, or the batch cannot be read.' },
  Stopped: { target: 'STOPPED', description: 'Someone stops it, and its builds with it.' },
  TimedOut: { target: 'TIMED_OUT', description: 'It took longer than a batch of its project may.' },
} as const

const over = (description: string, tags: readonly string[]) => ({
  description,
  tags,
  on: {
    Retried: {
      target: 'SUBMITTED',
      description: 'Someone has its builds done again: all of them, or those that failed.',
    },
    Deleted: { target: 'DELETED', description: 'Someone deletes it with its builds.' },
  },
})

/**
 * A batch of builds: read first, then its builds in the order that they depend on one another.
 * Models: AWS CodeBuild API, BuildBatchPhase.phaseType; User Guide, "Batch builds"
 */
export const batchLifecycle = defineLifecycle({
  id: 'aws.codebuild.BuildBatch',
  initial: 'SUBMITTED',
  states: {
    SUBMITTED: {
      description: 'The batch is asked for.',
      tags: ['prog'],
      on: {
        DownloadBegan: { target: 'DOWNLOAD_BATCHSPEC', description: 'A build of its own fetches the source.' },
        BuildsBegan: { target: 'IN_PROGRESS', description: 'What it consists of is known from before.' },
        ...ENDS,
      },
    },
    DOWNLOAD_BATCHSPEC: {
      description: 'The source is fetched and the batch read from its buildspec.',
      tags: ['prog'],
      on: { BuildsBegan: { target: 'IN_PROGRESS', description: 'It is known which builds it has.' }, ...ENDS },
    },
    IN_PROGRESS: {
      description: 'Its builds run, each as soon as those that it depends on have succeeded.',
      tags: ['prog'],
      on: {
        GroupsChanged: { description: 'A build of it begins, or will not be done.' },
        CombineBegan: { target: 'COMBINE_ARTIFACTS', description: 'All of its builds are done.' },
        ...ENDS,
      },
    },
    COMBINE_ARTIFACTS: {
      description: 'What its builds have given is put together.',
      tags: ['prog'],
      on: { Succeeded: { target: 'SUCCEEDED', description: 'Every build that matters has succeeded.' }, ...ENDS },
    },
    SUCCEEDED: over('Every build that matters has succeeded.', ['ok']),
    FAILED: over('A build that matters has failed, or the batch could not be read.', ['err']),
    STOPPED: over('Someone stopped it.', ['warn']),
    TIMED_OUT: over('It took longer than it may.', ['err']),
    DELETED: { description: 'It does not exist any more.', type: 'final' },
  },
})
