import { defineLifecycle } from '../../../kernel/index.ts'
import { gone, objectTransitions } from '../object/object.lifecycle.ts'

const leave = {
  DeletionRequested: { description: 'Deletion is asked for.' },
  Removed: { target: 'Gone', description: 'The Node object is deleted; pods bound to it are cleaned up.' },
} as const
const heard = { target: 'Ready', description: 'The kubelet reports again, and reports that it is ready.' } as const
const silent = { target: 'Silent', description: 'Heartbeats of the kubelet stay away.' } as const
const unready = { target: 'NotReady', description: 'The kubelet reports that it is not ready.' } as const

/**
 * What the API knows of a machine: only what its kubelet tells. Heartbeats are no events; that they stay away is.
 * Models: kubernetes.io/docs/concepts/architecture/nodes, pkg/controller/nodelifecycle
 */
export const nodeLifecycle = defineLifecycle({
  id: 'node',
  initial: 'Ready',
  on: { ...objectTransitions, Tainted: { description: 'The node lifecycle controller changes its taints.' } },
  delays: { grace: 'How long the controller waits without a heartbeat: 50 s after the last one.' },
  states: {
    Ready: {
      description: 'Its kubelet reports every 10 s that it is ready for pods.',
      tags: ['ok'],
      on: { ...leave, KubeletSilent: silent, BecameNotReady: unready },
    },
    NotReady: {
      description: 'Its kubelet reports, but it is not ready: pods on it are marked, and in the end evicted.',
      tags: ['err'],
      on: { ...leave, KubeletSilent: silent, KubeletHeard: heard },
    },
    Silent: {
      description: 'No heartbeat comes any more, and nobody knows why: the grace period runs.',
      tags: ['warn'],
      on: { ...leave, KubeletHeard: heard, BecameNotReady: unready },
      after: { grace: { target: 'Overdue', description: 'The grace period is over without a heartbeat.' } },
    },
    Overdue: {
      description: 'The grace period is over; the node lifecycle controller is to mark it.',
      tags: ['warn'],
      on: {
        ...leave,
        KubeletHeard: heard,
        BecameNotReady: unready,
        MarkedUnknown: { target: 'Unknown', description: 'The controller marks every condition Unknown.' },
      },
    },
    Unknown: {
      description:
        'Nobody has heard from its kubelet for long: its conditions are Unknown, and its pods are given up in 5 min.',
      tags: ['err'],
      on: { ...leave, KubeletHeard: heard, BecameNotReady: unready },
    },
    Gone: gone,
  },
})
