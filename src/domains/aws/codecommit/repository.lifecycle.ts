import { defineLifecycle } from '../../../kernel/index.ts'

/** Models: AWS CodeCommit API, RepositoryMetadata, and what is set for a repository: triggers, tags, approval rule templates. */
export const repositoryLifecycle = defineLifecycle({
  id: 'aws.codecommit.Repository',
  initial: 'Present',
  states: {
    Present: {
      description: 'It can be cloned, pushed to and worked with in pull requests, as far as IAM allows.',
      tags: ['ok'],
      on: {
        Changed: { description: 'Someone changes its name, description, key or tags.' },
        TriggersPut: { description: 'Someone sets whom it tells about pushes.' },
        TemplatesChanged: { description: 'An approval rule template is associated with it, or no longer is.' },
        Moved: { description: 'A branch or a tag of it was created, moved or deleted.' },
        Triggered: { description: 'It tells a topic or a function about a push.' },
        TriggerFailed: { description: 'It could not tell a topic or a function about a push.' },
        Deleted: { target: 'Gone', description: 'Someone deletes it with all its commits.' },
      },
    },
    Gone: { description: 'It does not exist any more.', type: 'final' },
  },
})
