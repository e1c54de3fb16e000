import { defineRule } from '../../../kernel/index.ts'

/**
 * How long a message stays in a dead-letter queue.
 * Models: Amazon SQS Developer Guide, "Using dead-letter queues", message retention
 */
export const sqsDlqRetention = defineRule({
  id: 'sqs.dlqRetention',
  says: 'In a standard queue the time already spent in the source counts; in a FIFO queue the clock starts anew.',
  source: 'Amazon SQS Developer Guide, sqs-dead-letter-queues',
  decide: (question: {
    readonly queueType: 'standard' | 'fifo'
    readonly daysInSourceQueue: number
    readonly dlqRetentionDays: number
  }) => ({
    daysLeftInDlq:
      question.queueType === 'fifo'
        ? question.dlqRetentionDays
        : Math.max(0, question.dlqRetentionDays - question.daysInSourceQueue),
  }),
})
