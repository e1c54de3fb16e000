import { defineLifecycle } from '../../../kernel/index.ts'

const always = {
  Sampled: { description: 'A period is over: its value joins the datapoints.' },
  Configured: { description: 'Someone changes what it watches, or who is told.' },
  Acted: { description: 'Those who wanted to know were told of its state.' },
  Deleted: { target: 'Deleted', description: 'Someone deletes it.' },
} as const

const alarmed = { target: 'ALARM', description: 'Enough datapoints breach the threshold, or someone says so.' } as const
const recovered = { target: 'OK', description: 'Too few datapoints breach the threshold.' } as const
const starved = { target: 'INSUFFICIENT_DATA', description: 'There are no datapoints to judge by.' } as const

/** Models: a CloudWatch alarm (API: StateValue). */
export const alarmLifecycle = defineLifecycle({
  id: 'aws.cloudwatch.Alarm',
  initial: 'INSUFFICIENT_DATA',
  states: {
    INSUFFICIENT_DATA: {
      description: 'It has just been made, its metric is not there, or there are too few datapoints to tell.',
      tags: ['pend'],
      on: { ...always, Alarmed: alarmed, Recovered: recovered },
    },
    OK: {
      description: 'The metric is within its threshold.',
      tags: ['ok'],
      on: { ...always, Alarmed: alarmed, Starved: starved },
    },
    ALARM: {
      description: 'The metric is outside of its threshold, as often as it takes.',
      tags: ['err'],
      on: { ...always, Recovered: recovered, Starved: starved },
    },
    Deleted: { description: 'It no longer exists.', type: 'final' },
  },
})
