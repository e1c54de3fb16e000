import { defineKind, defineLifecycle, type Fields } from '../../../../kernel/index.ts'
import { serviceFace } from '../faces/serviceFace.ts'
import type { Service, ServiceWord } from './service.ts'

/** How many of its events the API keeps. */
const KEPT = 100

const told = {
  Told: { description: 'The scheduler says what it has done, or cannot do: one of the service events.' },
} as const

/**
 * Models: ECS API Service.status
 */
export const serviceLifecycle = defineLifecycle({
  id: 'aws.ecs.Service',
  initial: 'ACTIVE',
  delays: { forget: 'How long a deleted service can still be described.' },
  states: {
    ACTIVE: {
      description: 'The scheduler keeps as many of its tasks running as are wanted.',
      tags: ['ok'],
      on: {
        ...told,
        Updated: { description: 'Something else is wanted of it: another number of tasks, another task definition.' },
        Deleted: {
          target: 'DRAINING',
          description: 'It is deleted: no more tasks are wanted, and those that run are stopped.',
        },
      },
    },
    DRAINING: {
      description: 'Its last tasks are being stopped.',
      tags: ['prog'],
      on: { ...told, Emptied: { target: 'INACTIVE', description: 'None of its tasks is left.' } },
    },
    INACTIVE: {
      description: 'It is deleted, and its name may be used again.',
      tags: ['idle'],
      on: { Created: { target: 'ACTIVE', description: 'A service of the same name is created.' } },
      after: { forget: { target: 'Gone', description: 'It can be described no longer.' } },
    },
    Gone: { description: 'Nothing is left of it.', type: 'final' },
  },
})

/** A service; `Updated` carries the fields to replace, `Told` messages for its events. */
export const serviceKind = defineKind<Service>({
  kind: 'aws.ecs.Service',
  lifecycle: serviceLifecycle,
  delays: { forget: () => 3_600_000 },
  apply: {
    Created: (_service, event) => event.data as Fields,
    Updated: (_service, event) => event.data as Fields,
    Deleted: () => ({ desiredCount: 0 }),
    Told: (service, event) => {
      const { messages, ...fields } = event.data as { messages: readonly string[] }
      const words = messages.map((message): ServiceWord => ({ at: event.at, message })).reverse()
      return { ...fields, events: [...words, ...service.events].slice(0, KEPT) }
    },
  },
  face: serviceFace,
  tell: {
    Created: (event) =>
      `The service [${(event.data as Service).serviceName}](${event.to}) is created: ${(event.data as Service).desiredCount} tasks are wanted.`,
    Updated: (event, service) => `The service [${service?.serviceName}](${event.to}) is updated.`,
    Deleted: (event, service) => `The service [${service?.serviceName}](${event.to}) is deleted.`,
    Told: (event) => {
      const { messages } = event.data as { messages: readonly string[] }
      const [first = ''] = messages
      return `\`${first.length > 110 ? `${first.slice(0, 110)}…` : first}\``
    },
  },
})
