import { defineLifecycle } from '../../../kernel/index.ts'

const changed = { description: 'Someone changes its attributes, subnets, security groups or tags.' } as const
const deleted = { target: 'Gone', description: 'Someone deletes it with its listeners.' } as const

/**
 * The life of a load balancer.
 * Models: ElasticLoadBalancingV2 API, LoadBalancerState
 */
export const loadBalancerLifecycle = defineLifecycle({
  id: 'elbv2LoadBalancer',
  initial: 'provisioning',
  delays: { provision: 'Until its nodes run in every zone and its name is in DNS.' },
  states: {
    provisioning: {
      description: 'Its nodes are being set up in the zones of its subnets; its name leads nowhere yet.',
      tags: ['prog'],
      on: { Changed: changed, Deleted: deleted },
      after: { provision: { target: 'active', description: 'Its nodes take connections.' } },
    },
    active: {
      description: 'It takes connections and routes them.',
      tags: ['ok'],
      on: { Changed: changed, Deleted: deleted },
    },
    Gone: { description: 'It no longer exists.', type: 'final' },
  },
})
