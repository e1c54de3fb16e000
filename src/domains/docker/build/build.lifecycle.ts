import { defineLifecycle } from '../../../kernel/index.ts'

/**
 * One build of an image.
 * Models: buildkit's solve job, with its export.
 */
export const buildLifecycle = defineLifecycle({
  id: 'docker.Build',
  initial: 'loading',
  delays: {
    loaded: 'How long the Dockerfile, the metadata of base images and the context take to come.',
    exported: 'How long the layers and the configuration take to be written.',
  },
  states: {
    loading: {
      description: 'The Dockerfile, the metadata of base images and the build context are sent to the builder.',
      tags: ['prog'],
      on: { Canceled: { target: 'canceled', description: 'Whoever asked for it gave up.' } },
      after: { loaded: { target: 'solving', description: 'Everything is there; the steps begin.' } },
    },
    solving: {
      description: 'Steps run as soon as what they need is there; stages that do not need each other run side by side.',
      tags: ['prog'],
      on: {
        StepBegan: { description: 'A step that could not be reused begins.' },
        StepReused: { description: 'A step need not run: the cache has its result.' },
        StepDone: { description: 'A step has ended, and its result is kept.' },
        StepFailed: { description: 'A step failed, and the build with it.', target: 'failed' },
        ExportBegan: { target: 'exporting', description: 'All steps are done; the image is put together.' },
        Canceled: { target: 'canceled', description: 'Whoever asked for it gave up.' },
      },
    },
    exporting: {
      description: 'Layers and configuration are written as an image.',
      tags: ['prog'],
      on: { Canceled: { target: 'canceled', description: 'Whoever asked for it gave up.' } },
      after: { exported: { target: 'done', description: 'The image is made, and has its names.' } },
    },
    done: {
      description: 'The image is made.',
      tags: ['ok'],
      on: { Forgotten: { target: 'gone', description: 'Newer builds take its place in the list.' } },
    },
    failed: {
      description: 'A step failed. Nothing was made; what was done before is kept for the next time.',
      tags: ['err'],
      on: { Forgotten: { target: 'gone', description: 'Newer builds take its place in the list.' } },
    },
    canceled: {
      description: 'It was given up before its end.',
      tags: ['warn'],
      on: { Forgotten: { target: 'gone', description: 'Newer builds take its place in the list.' } },
    },
    gone: { description: 'It is forgotten.', type: 'final' },
  },
})

/**
 * The container that one RUN runs in.
 * Models: buildkit's executor with runc.
 */
export const stepLifecycle = defineLifecycle({
  id: 'docker.BuildStep',
  initial: 'running',
  states: {
    running: {
      description: 'The command runs upon the files of the steps below.',
      tags: ['prog'],
      on: {
        FilesChanged: { description: 'A process in it has written files.' },
        Exited: { target: 'exited', description: 'The command has ended.' },
        Removed: { target: 'gone', description: 'The build was given up.' },
      },
    },
    exited: {
      description: 'The command has ended; what it wrote becomes a layer.',
      tags: ['idle'],
      on: { Removed: { target: 'gone', description: 'Its layer is kept, the container is not needed any more.' } },
    },
    gone: { description: 'It is removed.', type: 'final' },
  },
})

/**
 * The result of a step, kept for later builds; or the directory of a cache mount.
 * Models: buildkit's cache records.
 */
export const cacheLifecycle = defineLifecycle({
  id: 'docker.BuildCache',
  initial: 'kept',
  states: {
    kept: {
      description: 'The builder keeps it for steps with the same inputs.',
      tags: ['ok'],
      on: {
        Used: { description: 'A build reused it.' },
        Kept: { description: 'It was made anew.' },
        FilesChanged: { description: 'A step wrote into the cache mount.' },
        Pruned: { target: 'gone', description: 'It was deleted to free room.' },
      },
    },
    gone: { description: 'It is not kept any more.', type: 'final' },
  },
})
