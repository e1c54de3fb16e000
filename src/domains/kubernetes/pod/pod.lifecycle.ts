import { defineLifecycle } from '../../../kernel/index.ts'
import { gone, objectTransitions } from '../object/object.lifecycle.ts'

const leave = {
  DeletionRequested: {
    target: 'Terminating',
    description: 'Deletion is asked for; the kubelet stops its containers first.',
  },
  Removed: { target: 'Gone', description: 'The pod is deleted at once: nothing of it runs on a node.' },
} as const

const fail = {
  target: 'Failed',
  description: 'All containers have ended and at least one failed, or the kubelet gave it up.',
} as const
const succeed = {
  target: 'Succeeded',
  description: 'All containers ended with exit code 0 and none is to be restarted.',
} as const
const evict = {
  target: 'Failed',
  description: 'The kubelet evicts it, because the node runs short of something.',
} as const

const run = {
  Started: { target: 'Running', description: 'At least one container runs.' },
  BecameReady: { target: 'Ready', description: 'All containers run and are ready.' },
  Succeeded: succeed,
} as const
const restart = {
  Initializing: { target: 'Initializing', description: 'Its init containers have to run again.' },
  Starting: { target: 'Starting', description: 'Its containers have to be made again.' },
} as const

/**
 * The life of a pod, finer than its `status.phase`: where it waits, and for whom.
 * Models: kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle
 */
export const podLifecycle = defineLifecycle({
  id: 'pod',
  initial: 'Unscheduled',
  on: objectTransitions,
  states: {
    Unscheduled: {
      description: 'The pod is stored, and no node has been chosen for it yet.',
      tags: ['pend'],
      on: {
        ...leave,
        Scheduled: { target: 'Assigned', description: 'The scheduler binds it to a node.' },
        Unschedulable: { description: 'The scheduler tried every node and found none that takes it.' },
        Requeued: { description: 'Something has changed that may help: the scheduler puts it back into its queue.' },
        Nominated: { description: 'The scheduler makes room for it on a node by preempting others.' },
        Failed: fail,
      },
    },
    Assigned: {
      description: 'A node is chosen; its kubelet has not begun with it yet.',
      tags: ['prog'],
      on: {
        ...leave,
        Initializing: { target: 'Initializing', description: 'The kubelet starts its first init container.' },
        Starting: { target: 'Starting', description: 'The kubelet pulls images and creates its containers.' },
        ...run,
        Failed: fail,
        Evicted: evict,
      },
    },
    Initializing: {
      description: 'Its init containers run, one after the other; each must succeed.',
      tags: ['prog'],
      on: {
        ...leave,
        Starting: { target: 'Starting', description: 'All init containers are done; its containers are created.' },
        ...run,
        Failed: fail,
        Evicted: evict,
      },
    },
    Starting: {
      description: 'Images are pulled and containers created; none has run yet.',
      tags: ['prog'],
      on: {
        ...leave,
        ...run,
        Failed: fail,
        Evicted: evict,
      },
    },
    Running: {
      description: 'At least one container runs or restarts, but not all are ready: it gets no traffic.',
      tags: ['warn'],
      on: {
        ...leave,
        BecameReady: { target: 'Ready', description: 'Every container passes its readiness probe.' },
        ...restart,
        Succeeded: succeed,
        Failed: fail,
        Evicted: evict,
      },
    },
    Ready: {
      description: 'Every container runs and is ready: Services send it traffic.',
      tags: ['ok'],
      on: {
        ...leave,
        BecameUnready: { target: 'Running', description: 'A container is no longer ready, or its node is silent.' },
        ...restart,
        Succeeded: succeed,
        Failed: fail,
        Evicted: evict,
      },
    },
    Succeeded: { description: 'All containers ended well and will not run again.', tags: ['idle'], on: leave },
    Failed: {
      description: 'It ended badly and will not run again; whoever owns it may make another.',
      tags: ['err'],
      on: leave,
    },
    Terminating: {
      description: 'It is being deleted: hooks run, then SIGTERM, then after the grace period SIGKILL.',
      tags: ['idle'],
      on: {
        DeletionRequested: { description: 'Deletion is asked for again, with a shorter grace period.' },
        BecameUnready: { description: 'A container has stopped.' },
        Succeeded: { description: 'Its containers ended with exit code 0.' },
        Failed: { description: 'Its containers ended, at least one badly.' },
        Removed: {
          target: 'Gone',
          description: 'The kubelet reports that nothing of it runs, and the API server drops it.',
        },
      },
    },
    Gone: gone,
  },
})
