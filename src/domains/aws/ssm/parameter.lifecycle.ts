import { defineLifecycle } from '../../../kernel/index.ts'

const stays = {
  Updated: { description: 'A new version of it is put: the older ones stay readable by their number.' },
  Labeled: { description: 'A version gets labels; another version that had them loses them.' },
  Unlabeled: { description: 'A version loses labels.' },
  Tagged: { description: 'Its tags change.' },
  Deleted: { target: 'Gone', description: 'Someone deletes it with all its versions, or its expiration policy does.' },
} as const

/**
 * The life of a parameter: its tier, of which there is no way back.
 * Models: AWS Systems Manager API, PutParameter and ParameterMetadata.Tier
 */
export const parameterLifecycle = defineLifecycle({
  id: 'aws.ssm.Parameter',
  initial: 'Standard',
  states: {
    Standard: {
      description: 'It is a standard parameter: up to 4 KB, free of charge, without policies.',
      tags: ['ok'],
      on: {
        ...stays,
        Upgraded: {
          target: 'Advanced',
          description:
            'It needs more than a standard parameter may have, or it was asked for: it becomes advanced for good.',
        },
      },
    },
    Advanced: {
      description: 'It is an advanced parameter: up to 8 KB, with policies if wanted, and charged by the month.',
      tags: ['ok'],
      on: { ...stays, PolicyApplied: { description: 'The time of one of its policies has come.' } },
    },
    Gone: { description: 'It no longer exists.', type: 'final' },
  },
})
