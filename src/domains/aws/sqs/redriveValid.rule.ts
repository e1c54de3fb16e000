import { defineRule } from '../../../kernel/index.ts'

/**
 * Whether a queue may be the dead-letter queue of another.
 * Models: Amazon SQS Developer Guide, "Using dead-letter queues"
 */
export const sqsRedriveValid = defineRule({
  id: 'sqs.redriveValid',
  says: 'Both queues are of one type, in one account and one Region.',
  source: 'Amazon SQS Developer Guide, sqs-dead-letter-queues',
  decide: (question: {
    readonly sourceQueueType: 'standard' | 'fifo'
    readonly dlqType: 'standard' | 'fifo'
    readonly sameRegion: boolean
    readonly sameAccount: boolean
  }) => ({
    valid: question.sourceQueueType === question.dlqType && question.sameRegion && question.sameAccount,
  }),
})
