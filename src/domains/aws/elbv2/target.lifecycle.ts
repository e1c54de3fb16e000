import { defineLifecycle } from '../../../kernel/index.ts'

const turned = {
  description: 'A health check says something new, though not often enough in a row to decide anything.',
} as const
const healthy = { target: 'healthy', description: 'Enough health checks in a row have passed.' } as const
const unhealthy = { target: 'unhealthy', description: 'Enough health checks in a row have failed.' } as const
const unused = {
  target: 'unused',
  description: 'No listener sends requests to it any more, or it cannot take them.',
} as const
const deregistered = { target: 'draining', description: 'It is deregistered: it gets no new requests.' } as const
const removed = { target: 'Gone', description: 'Its target group is deleted.' } as const

/**
 * The life of a target in a target group.
 * Models: ElasticLoadBalancingV2 API, TargetHealth
 */
export const targetLifecycle = defineLifecycle({
  id: 'elbv2Target',
  initial: 'unused',
  delays: { deregistration: 'The deregistration delay: how long requests under way may take.' },
  states: {
    unused: {
      description: 'It gets neither requests nor health checks.',
      tags: ['idle'],
      on: {
        PutInUse: { target: 'initial', description: 'A listener sends requests to its group: checks begin.' },
        TakenOutOfUse: { description: 'There is another reason now why it is not used.' },
        Deregistered: { target: 'Gone', description: 'It is deregistered, and had nothing to finish.' },
        Removed: removed,
      },
    },
    initial: {
      description: 'It is being registered with the load balancer, or waits for its first passed check.',
      tags: ['prog'],
      on: {
        CheckTurned: turned,
        BecameHealthy: healthy,
        BecameUnhealthy: unhealthy,
        TakenOutOfUse: unused,
        Deregistered: deregistered,
        Removed: removed,
      },
    },
    healthy: {
      description: 'It passes its checks and gets requests.',
      tags: ['ok'],
      on: {
        CheckTurned: turned,
        BecameUnhealthy: unhealthy,
        TakenOutOfUse: unused,
        Deregistered: deregistered,
        Removed: removed,
      },
    },
    unhealthy: {
      description: 'It fails its checks, and gets requests only if all others do so too.',
      tags: ['err'],
      on: {
        CheckTurned: turned,
        BecameHealthy: healthy,
        TakenOutOfUse: unused,
        Deregistered: deregistered,
        Removed: removed,
      },
    },
    draining: {
      description: 'It finishes the requests that are under way.',
      tags: ['warn'],
      on: {
        Registered: { target: 'unused', description: 'It is registered again.' },
        Removed: removed,
      },
      after: { deregistration: { target: 'Gone', description: 'The deregistration delay is over.' } },
    },
    Gone: { description: 'It is not registered.', type: 'final' },
  },
})
