import { defineLifecycle } from '../../../kernel/index.ts'
import { gone, objectTransitions, terminating } from '../object/object.lifecycle.ts'

const leave = {
  DeletionRequested: { target: 'Terminating', description: 'Deletion is asked for, and finalizers hold the Service.' },
  Removed: { target: 'Gone', description: 'The API server drops the Service from etcd.' },
} as const

/**
 * The life of a Service: an address that is there at once, and for a load balancer one that the cloud has yet to make.
 * Models: kubernetes cloud-provider/controllers/service/controller.go
 */
export const serviceLifecycle = defineLifecycle({
  id: 'service',
  initial: 'Stored',
  on: objectTransitions,
  delays: { provision: 'How long the cloud takes to make a load balancer.' },
  states: {
    Stored: {
      description: 'The API server keeps the Service, and every node has rules for its addresses.',
      tags: ['ok'],
      on: {
        ...leave,
        LoadBalancerRequested: {
          target: 'Provisioning',
          description: 'The service controller asks the cloud for a load balancer.',
        },
        LoadBalancerReleased: { description: 'The cloud takes the load balancer away again.' },
      },
    },
    Provisioning: {
      description: 'The cloud makes a load balancer; inside the cluster the Service works already.',
      tags: ['prog'],
      on: leave,
      after: { provision: { target: 'Provisioned', description: 'The cloud has made the load balancer.' } },
    },
    Provisioned: {
      description: 'The load balancer stands; its address is yet to be written into the status.',
      tags: ['prog'],
      on: {
        ...leave,
        LoadBalancerEnsured: {
          target: 'Stored',
          description: 'The address of the load balancer is written into the status.',
        },
        LoadBalancerReleased: {
          target: 'Stored',
          description: 'It is not wanted any more, and the cloud takes it away.',
        },
      },
    },
    Terminating: {
      ...terminating,
      on: {
        ...terminating.on,
        LoadBalancerReleased: { description: 'The cloud takes the load balancer away.' },
      },
    },
    Gone: gone,
  },
})
