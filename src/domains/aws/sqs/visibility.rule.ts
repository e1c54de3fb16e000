import { defineRule } from '../../../kernel/index.ts'

/** A queue's settings and what is done to it, in order of time; `t` in seconds. */
export interface VisibilityQuestion {
  readonly fifo: boolean
  readonly visibilityTimeoutSeconds: number
  readonly delaySeconds: number
  readonly events: readonly QueueEvent[]
}

export type QueueEvent =
  | {
      readonly t: number
      readonly op: 'send'
      readonly id: string
      readonly group?: string
      readonly delaySeconds?: number
    }
  | { readonly t: number; readonly op: 'receive'; readonly max?: number; readonly timeout?: number }
  | { readonly t: number; readonly op: 'delete'; readonly id: string }
  | { readonly t: number; readonly op: 'changeVisibility'; readonly id: string; readonly timeout: number }

interface Held {
  readonly id: string
  readonly group: string | undefined
  /** From when on it may be received. */
  visible: number
  /** Whether it has been received, and neither deleted nor come back yet. */
  taken: boolean
}

/**
 * Which messages each receive gets.
 * Models: Amazon SQS Developer Guide, "Amazon SQS visibility timeout", "FIFO delivery logic", "delay queues"
 */
export const sqsVisibility = defineRule({
  id: 'sqs.visibility',
  says: 'A received message is hidden until it is deleted or its visibility timeout ends; in a FIFO queue its whole group waits.',
  source: 'Amazon SQS Developer Guide, sqs-visibility-timeout, FIFO-queues-understanding-logic',
  decide: ({ fifo, visibilityTimeoutSeconds, delaySeconds, events }: VisibilityQuestion) => {
    const receives: string[][] = []
    let queue: Held[] = []
    for (const event of events) {
      for (const message of queue) if (message.taken && message.visible <= event.t) message.taken = false
      switch (event.op) {
        case 'send': {
          const delay = fifo ? delaySeconds : (event.delaySeconds ?? delaySeconds)
          queue.push({ id: event.id, group: event.group, visible: event.t + delay, taken: false })
          break
        }
        case 'receive':
          receives.push(receive(queue, fifo, event.t, event.max ?? 1, event.timeout ?? visibilityTimeoutSeconds))
          break
        case 'delete':
          queue = queue.filter(({ id }) => id !== event.id)
          break
        case 'changeVisibility':
          for (const message of queue)
            if (message.id === event.id && message.taken) message.visible = event.t + event.timeout
      }
    }
    return { receives }
  },
})

function receive(queue: readonly Held[], fifo: boolean, now: number, max: number, timeout: number): string[] {
  const blocked = new Set(fifo ? queue.filter(({ taken }) => taken).map(({ group }) => group) : [])
  const taken: Held[] = []
  for (const message of queue) {
    if (taken.length >= Math.min(max, 10)) break
    if (message.taken || blocked.has(message.group)) continue
    if (message.visible <= now) taken.push(message)
    else if (fifo) blocked.add(message.group)
  }
  for (const message of taken) {
    message.taken = timeout > 0
    message.visible = now + timeout
  }
  return taken.map(({ id }) => id)
}
