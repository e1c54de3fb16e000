import { defineLifecycle } from '../../../../kernel/index.ts'

/**
 * Models: ECS API TaskDefinition.status
 */
export const definitionLifecycle = defineLifecycle({
  id: 'aws.ecs.TaskDefinition',
  initial: 'ACTIVE',
  delays: { deletion: 'How long a deleted revision stays to be seen.' },
  states: {
    ACTIVE: {
      description: 'Tasks may be started of it, and services may be created or updated with it.',
      tags: ['ok'],
      on: {
        Tagged: { description: 'Its tags are others.' },
        Deregistered: {
          target: 'INACTIVE',
          description: 'It is deregistered: what runs of it goes on, but nothing new is started with it.',
        },
      },
    },
    INACTIVE: {
      description: 'Tasks and services that use it keep it; no new ones can.',
      tags: ['idle'],
      on: {
        Tagged: { description: 'Its tags are others.' },
        Deleted: { target: 'DELETE_IN_PROGRESS', description: 'It is deleted as soon as nothing uses it.' },
      },
    },
    DELETE_IN_PROGRESS: {
      description: 'It is being deleted: running tasks of it go on.',
      tags: ['idle'],
      after: { deletion: { target: 'DELETED', description: 'It is deleted; its number is not used again.' } },
    },
    DELETED: { description: 'Only its number is left, which is not used again.', tags: ['idle'] },
  },
})
