import { defineLifecycle } from '../../../kernel/index.ts'
import { gone, objectTransitions, terminating } from '../object/object.lifecycle.ts'

const leave = {
  DeletionRequested: {
    target: 'Terminating',
    description: 'Deletion is asked for, and its ReplicaSets must go first.',
  },
  Removed: { target: 'Gone', description: 'It is deleted; the garbage collector takes its ReplicaSets.' },
} as const
const started = {
  target: 'Progressing',
  reenter: true,
  description: 'The template is new: another ReplicaSet is to take over, and the deadline starts.',
} as const
const progressed = {
  target: 'Progressing',
  reenter: true,
  description: 'The rollout has come a step further, and the deadline starts again.',
} as const
const completed = { target: 'Complete', description: 'Every pod is of the new template and available.' } as const
const adjusting = {
  target: 'Adjusting',
  description: 'The rollout is done, but not as many pods are available as it wants.',
} as const
const paused = { target: 'Paused', description: 'Someone pauses it: new templates wait.' } as const
const stalled = { target: 'Stalled', description: 'The rollout has not come further within its deadline.' } as const

/**
 * The life of a Deployment, by how its rollout stands.
 * Models: kubernetes.io/docs/concepts/workloads/controllers/deployment, section Deployment status
 */
export const deploymentLifecycle = defineLifecycle({
  id: 'deployment',
  initial: 'Progressing',
  delays: { progressDeadline: 'How long a rollout may stand still: spec.progressDeadlineSeconds since its last step.' },
  on: objectTransitions,
  states: {
    Progressing: {
      description: 'A rollout is under way: the new ReplicaSet grows, old ones shrink.',
      tags: ['prog'],
      on: {
        ...leave,
        RolloutStarted: started,
        RolloutProgressed: progressed,
        RolloutCompleted: completed,
        Adjusting: adjusting,
        Paused: paused,
        DeadlineExceeded: stalled,
      },
      after: { progressDeadline: stalled },
    },
    Complete: {
      description: 'Every pod is of the new template and available.',
      tags: ['ok'],
      on: {
        ...leave,
        RolloutStarted: started,
        RolloutProgressed: progressed,
        RolloutCompleted: { description: 'It counts its pods anew; the rollout is still complete.' },
        Adjusting: adjusting,
        Paused: paused,
      },
    },
    Adjusting: {
      description: 'The rollout is done, but not as many pods are available as it wants. No deadline runs.',
      tags: ['warn'],
      on: {
        ...leave,
        RolloutStarted: started,
        RolloutProgressed: progressed,
        RolloutCompleted: completed,
        Adjusting: { description: 'It counts its pods anew; there are not as many as it wants.' },
        Paused: paused,
      },
    },
    Paused: {
      description: 'Changes of the template wait until it is resumed; scaling still works, and no deadline runs.',
      tags: ['pend'],
      on: {
        ...leave,
        Resumed: { target: 'Progressing', description: 'Someone resumes it, and waiting changes roll out.' },
        Paused: { description: 'It counts its pods anew while it is paused.' },
      },
    },
    Stalled: {
      description:
        'The rollout has not come further within its deadline. It keeps trying, and nothing is undone by itself.',
      tags: ['err'],
      on: {
        ...leave,
        RolloutStarted: started,
        RolloutProgressed: progressed,
        RolloutCompleted: completed,
        Adjusting: adjusting,
        Paused: paused,
        DeadlineExceeded: { description: 'It counts its pods anew; the deadline is still exceeded.' },
      },
    },
    Terminating: terminating,
    Gone: gone,
  },
})
