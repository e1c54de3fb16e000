import { defineKind, type Entity, type Fields } from '../../../../kernel/index.ts'
import { deploymentLifecycle } from './deployment.lifecycle.ts'
import type { Launching } from './service.ts'

/** One change of a service on its way, or the revision that it came to. `state` is its rolloutState, with the stages of a shift. */
export interface Deployment extends Entity, Launching {
  /** Entity id of its service. */
  readonly service: string
  readonly region: string
  /** `ecs-svc/` and digits. */
  readonly deploymentId: string
  /** How the API calls it as a service deployment, and its revision. */
  readonly serviceDeploymentId: string
  readonly revisionId: string
  /** PRIMARY is what the service is to be; ACTIVE is being replaced. */
  readonly status: string
  readonly strategy: string
  readonly createdAt: number
  readonly updatedAt: number
  readonly finishedAt?: number | undefined
  readonly desiredCount: number
  /** Tasks that failed one after another. */
  readonly failedTasks: number
  readonly failedAt?: number | undefined
  readonly rolloutStateReason: string
  /** Id of the deployment that it goes back to, where it is a rollback, and of the one that failed. */
  readonly rollbackFrom?: string | undefined
  /** The target group that its tasks are registered with, where a service has two. */
  readonly targetGroup?: string | undefined
  /** Share of the production traffic that it has, in percent, and when the first shift was. */
  readonly percent?: number | undefined
  readonly shiftedAt?: number | undefined
  readonly bakeMinutes?: number | undefined
}

export const deploymentKind = defineKind<Deployment>({
  kind: 'aws.ecs.Deployment',
  lifecycle: deploymentLifecycle,
  delays: {
    bake: ({ bakeMinutes = 0 }) => Math.round(bakeMinutes * 60_000),
    forget: () => 90 * 86_400_000,
  },
  apply: {
    TaskFailed: (deployment, event) => ({
      failedTasks: deployment.failedTasks + 1,
      failedAt: event.at,
      updatedAt: event.at,
    }),
    FailuresForgotten: () => ({ failedTasks: 0, failedAt: undefined }),
    Scaled: (_deployment, event) => ({ ...(event.data as Fields), updatedAt: event.at }),
    Shifted: (deployment, event) => ({
      ...(event.data as Fields),
      shiftedAt: deployment.shiftedAt ?? event.at,
      updatedAt: event.at,
    }),
    BakeBegan: (_deployment, event) => ({ ...((event.data ?? {}) as Fields), updatedAt: event.at }),
    Completed: (_deployment, event) => ({ ...(event.data as Fields), finishedAt: event.at, updatedAt: event.at }),
    Failed: (_deployment, event) => ({ ...(event.data as Fields), finishedAt: event.at, updatedAt: event.at }),
    Superseded: (_deployment, event) => ({ status: 'ACTIVE', updatedAt: event.at }),
    Restored: (_deployment, event) => ({ ...((event.data ?? {}) as Fields), status: 'PRIMARY', updatedAt: event.at }),
    Drained: () => ({ status: 'INACTIVE' }),
  },
  tell: {
    Began: (event) => {
      const { deploymentId, definition, rollbackFrom } = event.data as Deployment
      const revision = definition.slice(definition.lastIndexOf('/') + 1)
      return rollbackFrom === undefined
        ? `The deployment [${deploymentId}](${event.to}) of \`${revision}\` begins.`
        : `A rollback to \`${revision}\` begins as [${deploymentId}](${event.to}).`
    },
    TaskFailed: (event, deployment) =>
      `A task of [${deployment?.deploymentId}](${event.to}) failed: ${deployment?.failedTasks} in a row.`,
    Shifted: (event, deployment) =>
      `[${deployment?.deploymentId}](${event.to}) now has ${deployment?.percent}% of the traffic.`,
    Completed: (event, deployment) => `The deployment [${deployment?.deploymentId}](${event.to}) is completed.`,
    Failed: (event, deployment) =>
      `The deployment [${deployment?.deploymentId}](${event.to}) failed: ${deployment?.rolloutStateReason}`,
    Superseded: (event, deployment) =>
      `[${deployment?.deploymentId}](${event.to}) is being replaced by a newer deployment.`,
    Drained: (event, deployment) => `Nothing is left of the deployment [${deployment?.deploymentId}](${event.to}).`,
  },
})
