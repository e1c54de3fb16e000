import { defineLifecycle } from '../../../kernel/index.ts'

/** Models: AWS CodeCommit User Guide, "Working with pull requests"; a merged one is CLOSED to the API. */
export const pullRequestLifecycle = defineLifecycle({
  id: 'aws.codecommit.PullRequest',
  initial: 'Open',
  states: {
    Open: {
      description: 'It is under review: it can be discussed, approved and, once its rules are satisfied, merged.',
      tags: ['prog'],
      on: {
        Edited: { description: 'Its title or description is changed.' },
        SourceMoved: { description: 'New commits make it a new revision, which nobody has approved yet.' },
        DestinationMoved: { description: 'The branch that it goes into has moved on.' },
        RulesChanged: { description: 'A rule about who must approve is added, changed or taken away.' },
        ApprovalChanged: { description: 'Someone approves of it, or no longer does.' },
        Overridden: { description: 'Someone sets its rules aside, or no longer does.' },
        Merged: { target: 'Merged', description: 'Its source is merged into its destination.' },
        Closed: { target: 'Closed', description: 'Someone closes it, or one of its branches is gone.' },
        Deleted: { target: 'Gone', description: 'Its repository is deleted.' },
      },
    },
    Merged: {
      description: 'Its commits are in the destination.',
      tags: ['ok'],
      on: {
        Edited: { description: 'Its title or description is changed.' },
        Deleted: { target: 'Gone', description: 'Its repository is deleted.' },
      },
    },
    Closed: {
      description: 'It was closed without being merged, and cannot be opened again.',
      tags: ['idle'],
      on: {
        Deleted: { target: 'Gone', description: 'Its repository is deleted.' },
      },
    },
    Gone: { description: 'Its repository was deleted.', type: 'final' },
  },
})
