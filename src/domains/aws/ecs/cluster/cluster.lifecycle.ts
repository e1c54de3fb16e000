import { defineLifecycle } from '../../../../kernel/index.ts'

/**
 * Models: ECS API Cluster.status
 */
export const clusterLifecycle = defineLifecycle({
  id: 'aws.ecs.Cluster',
  initial: 'ACTIVE',
  states: {
    ACTIVE: {
      description: 'Instances may register with it, and tasks and services may be started in it.',
      tags: ['ok'],
      on: {
        Updated: { description: 'Its settings, its tags or its capacity providers are others.' },
        Deleted: { target: 'INACTIVE', description: 'It is deleted; it stays to be seen for a while.' },
      },
    },
    INACTIVE: {
      description: 'It is deleted, and only its name is left.',
      tags: ['idle'],
      on: { Created: { target: 'ACTIVE', description: 'A cluster of the same name is created again.' } },
    },
  },
})
