import { defineLifecycle } from '../../../kernel/index.ts'

const changes = {
  Enabled: { target: 'ENABLED', description: 'It is to match events from now on.' },
  Scheduled: { target: 'SCHEDULED', description: 'Its schedule is set, and counts from now on.', reenter: true },
  Disabled: { target: 'DISABLED', description: 'Someone disables it: it neither matches nor fires.' },
  Changed: { description: 'Its description, pattern or targets change.' },
  Deleted: { target: 'Gone', description: 'Someone deletes it.' },
} as const

const fires = {
  Matched: { description: 'An event fits its pattern, and goes to its targets.' },
  DeliveryFailed: { description: 'A target does not take what it is sent.' },
} as const

/**
 * A rule of an event bus.
 * Models: Amazon EventBridge API, Rule.State, split by whether a clock is part of it
 */
export const ruleLifecycle = defineLifecycle({
  id: 'aws.events.Rule',
  initial: 'ENABLED',
  delays: { schedule: 'How long it is until the schedule is due next.' },
  states: {
    ENABLED: {
      description: 'It compares events of its bus with its pattern.',
      tags: ['ok'],
      on: { ...changes, ...fires },
    },
    SCHEDULED: {
      description: 'It waits for the next time of its schedule.',
      tags: ['ok'],
      on: { ...changes, ...fires },
      after: {
        schedule: { target: 'SCHEDULED', description: 'Its time has come: it calls its targets.', reenter: true },
      },
    },
    DISABLED: {
      description: 'It does nothing.',
      tags: ['idle'],
      on: { ...changes, DeliveryFailed: fires.DeliveryFailed },
    },
    Gone: { description: 'It no longer exists.', type: 'final' },
  },
})
