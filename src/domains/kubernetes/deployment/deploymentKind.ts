import type { SimEvent } from '../../../kernel/index.ts'
import { objectKind } from '../object/objectKind.ts'
import { deploymentLifecycle } from './deployment.lifecycle.ts'
import { type Deployment, progressDeadline } from './deployment.ts'

/** The kind of Deployments. */
export const deploymentKind = objectKind('Deployment', {
  lifecycle: deploymentLifecycle,
  delays: { progressDeadline: (entity) => progressDeadline(entity as Deployment) },
  tell: {
    Created: (event) => `The Deployment ${link(event)} is stored.`,
    RolloutStarted: (event) => `A rollout of ${link(event)} begins.`,
    RolloutProgressed: (event) => `The rollout of ${link(event)} comes a step further.`,
    RolloutCompleted: (event) => `The rollout of ${link(event)} is complete.`,
    Adjusting: (event) => `${link(event)} has not as many available pods as it wants.`,
    Paused: (event) => `${link(event)} is paused: new templates wait.`,
    Resumed: (event) => `${link(event)} is resumed.`,
    'after.progressDeadline': (event) => `The rollout of ${link(event)} stood still for longer than its deadline.`,
    DeletionRequested: (event) => `Deletion of ${link(event)} is asked for.`,
    Removed: (event) => `${link(event)} is deleted.`,
  },
})

function link(event: SimEvent): string {
  return `[${event.to.slice(event.to.lastIndexOf('/') + 1)}](${event.to})`
}
