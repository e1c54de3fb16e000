import { defineLifecycle } from '../../../../kernel/index.ts'

const failed = { target: 'Failed', description: 'ECS refuses, or gives the deployment up.' } as const

/**
 * What a pipeline's deploy action does with a service: one new revision of its task definition, with other images.
 * Models: AWS CodePipeline User Guide, "Amazon Elastic Container Service deploy action reference"
 */
export const releaseLifecycle = defineLifecycle({
  id: 'aws.ecs.Release',
  initial: 'Registering',
  states: {
    Registering: {
      description: 'A new revision of the task definition is registered, with the images of the artifact.',
      tags: ['prog'],
      on: {
        Registered: { target: 'Updating', description: 'The new revision is there.' },
        Failed: failed,
      },
    },
    Updating: {
      description: 'The service is told to use the new revision.',
      tags: ['prog'],
      on: {
        Deployed: { target: 'Deploying', description: 'The service begins a deployment of the new revision.' },
        Failed: failed,
      },
    },
    Deploying: {
      description: 'The service replaces its tasks.',
      tags: ['prog'],
      on: {
        Succeeded: { target: 'Succeeded', description: 'The deployment is completed.' },
        Failed: failed,
      },
    },
    Succeeded: { description: 'The service runs the new revision.', tags: ['ok'] },
    Failed: { description: 'The service does not run the new revision.', tags: ['err'] },
  },
})
