import { defineLifecycle, type TransitionDefinition } from '../../../kernel/index.ts'

const failed: TransitionDefinition = { target: 'failed', description: 'Its container ends with an error.' }
const rejected: TransitionDefinition = { target: 'rejected', description: 'The node refuses it: it never ran there.' }
const shutdown: TransitionDefinition = { target: 'shutdown', description: 'It is not wanted any more, and ends.' }
const removed: TransitionDefinition = { target: 'gone', description: 'Nothing of it is kept.' }
const orphaned: TransitionDefinition = {
  target: 'orphaned',
  description: 'Its node is down for so long that nobody will ever hear of it.',
}

/**
 * One order to run a container on a node. It only ever goes forward: whatever follows is another task in its slot.
 * Models: swarmkit design/task_model.md and api.TaskState
 */
export const taskLifecycle = defineLifecycle({
  id: 'docker.Task',
  initial: 'new',
  on: { DesiredChanged: { description: 'The orchestrator wants it in another state.' } },
  states: {
    new: {
      description: 'The orchestrator has made it; it has no addresses yet.',
      tags: ['pend'],
      on: {
        Allocated: { target: 'pending', description: 'The allocator gives it its addresses.' },
        ShutDown: shutdown,
        Removed: removed,
      },
    },
    pending: {
      description: 'It waits for the scheduler to find a node.',
      tags: ['pend'],
      on: {
        Assigned: { target: 'assigned', description: 'The scheduler assigns it to a node.' },
        SchedulingFailed: { description: 'No node is suitable now; the scheduler tries again when something changes.' },
        ShutDown: shutdown,
        Removed: removed,
      },
    },
    assigned: {
      description: 'It has a node, whose agent has not taken it yet.',
      tags: ['prog'],
      on: {
        Accepted: { target: 'accepted', description: 'The agent of the node takes it.' },
        Rejected: rejected,
        ShutDown: shutdown,
        Orphaned: orphaned,
        Removed: removed,
      },
    },
    accepted: {
      description: 'The agent has taken it.',
      tags: ['prog'],
      on: {
        PreparingStarted: { target: 'preparing', description: 'The agent begins to fetch its image.' },
        Rejected: rejected,
        ShutDown: shutdown,
        Orphaned: orphaned,
        Removed: removed,
      },
    },
    preparing: {
      description: 'The agent fetches the image and makes the container.',
      tags: ['prog'],
      on: {
        PullStarted: { description: 'The engine asks the registry for the image.' },
        Prepared: { target: 'ready', description: 'The container is made.' },
        Rejected: rejected,
        ShutDown: shutdown,
        Orphaned: orphaned,
        Removed: removed,
      },
    },
    ready: {
      description: 'Its container is made and waits for the order to start.',
      tags: ['prog'],
      on: {
        Starting: { target: 'starting', description: 'The agent starts its container.' },
        Failed: failed,
        Rejected: rejected,
        ShutDown: shutdown,
        Orphaned: orphaned,
        Removed: removed,
      },
    },
    starting: {
      description: 'Its container starts, and is not healthy yet where it has a health check.',
      tags: ['prog'],
      on: {
        RunningReported: { target: 'running', description: 'Its container runs, and is healthy.' },
        Completed: { target: 'complete', description: 'Its container ends without an error.' },
        Failed: failed,
        Rejected: rejected,
        ShutDown: shutdown,
        Orphaned: orphaned,
      },
    },
    running: {
      description: 'Its container runs.',
      tags: ['ok'],
      on: {
        Completed: { target: 'complete', description: 'Its container ends without an error.' },
        Failed: failed,
        Rejected: rejected,
        ShutDown: shutdown,
        Orphaned: orphaned,
      },
    },
    complete: { description: 'Its container ended with exit code 0.', tags: ['idle'], on: { Removed: removed } },
    failed: { description: 'Its container ended with an error.', tags: ['err'], on: { Removed: removed } },
    shutdown: { description: 'It was told to end, and did.', tags: ['idle'], on: { Removed: removed } },
    rejected: { description: 'The node refused it.', tags: ['err'], on: { Removed: removed } },
    orphaned: { description: 'Its node was down for too long.', tags: ['err'], on: { Removed: removed } },
    gone: { description: 'It does not exist any more.', type: 'final' },
  },
})
