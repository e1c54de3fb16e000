import { defineRule } from '../../../kernel/index.ts'

/**
 * When a message that nobody deletes ends in the dead-letter queue.
 * Models: Amazon SQS Developer Guide, "Using dead-letter queues"
 */
export const sqsRedrive = defineRule({
  id: 'sqs.redrive',
  says: 'A message is moved when one more receive would exceed maxReceiveCount.',
  source: 'Amazon SQS Developer Guide, sqs-dead-letter-queues',
  decide: (question: {
    readonly maxReceiveCount: number
    /** Receives that are tried, each after the visibility timeout of the one before. */
    readonly receiveAttempts: number
    /** Whether the consumer deletes it after its last receive. */
    readonly deletedByConsumer: boolean
  }) => ({
    timesDelivered: Math.min(question.receiveAttempts, question.maxReceiveCount),
    inDeadLetterQueue: !question.deletedByConsumer && question.receiveAttempts > question.maxReceiveCount,
  }),
})
