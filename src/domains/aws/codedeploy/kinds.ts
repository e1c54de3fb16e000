import { defineKind, defineLifecycle, type Fields, type SimEvent } from '../../../kernel/index.ts'
import { recordKind } from '../core/index.ts'
import { deploymentLifecycle } from './deployment.lifecycle.ts'
import { applicationFace, deploymentFace, groupFace, targetFace } from './faces.ts'
import {
  AGENT,
  type Agent,
  APPLICATION,
  type Application,
  CONFIG,
  DEPLOYMENT,
  type Deployment,
  GROUP,
  type Group,
  ON_PREMISES,
  TARGET,
  type Target,
} from './records.ts'
import { targetLifecycle } from './target.lifecycle.ts'

const data = (_entity: unknown, event: SimEvent): Fields => (event.data ?? {}) as Fields
const each = (types: readonly string[]) => Object.fromEntries(types.map((type) => [type, data]))
const named = (event: SimEvent) => event.to.slice(event.to.lastIndexOf('/') + 1)

const deploymentKind = defineKind<Deployment>({
  kind: DEPLOYMENT,
  lifecycle: deploymentLifecycle,
  delays: {
    queue: () => 1000,
    ready: ({ settings }) =>
      (settings.blueGreenDeploymentConfiguration?.deploymentReadyOption?.waitTimeInMinutes ?? 60) * 60_000,
  },
  apply: {
    ...each(['Began', 'Moved', 'Shifted', 'TerminationWaits', 'Hurried', 'BecameReady', 'Continued', 'RolledBack']),
    ...Object.fromEntries(
      ['Succeeded', 'Failed', 'Stopped'].map((type) => [
        type,
        (_deployment: unknown, event: SimEvent): Fields => ({ ...((event.data ?? {}) as Fields), completed: event.at }),
      ]),
    ),
    'after.ready': (_deployment, event) => ({
      completed: event.at,
      error: {
        code: 'TIMEOUT',
        message: 'The deployment was stopped because traffic was not rerouted within the specified wait time.',
      },
    }),
  },
  face: deploymentFace,
  tell: {
    Created: (event) => {
      const { application, group, creator } = event.data as Deployment
      const why = creator === 'codeDeployRollback' ? 'Automatic rollback: ' : ''
      return `${why}[${named(event)}](${event.to}) is to deploy \`${application}\` to \`${group}\`.`
    },
    Shifted: (event, deployment) =>
      `[${named(event)}](${event.to}) sends ${deployment?.ecs?.weight ?? 0}% of the traffic to the new version.`,
    Failed: (event, deployment) => `[${named(event)}](${event.to}) fails: \`${deployment?.error?.code ?? ''}\``,
    Stopped: (event, deployment) =>
      `[${named(event)}](${event.to}) is stopped: \`${deployment?.error?.code ?? 'MANUAL_STOP'}\``,
    Succeeded: (event) => `[${named(event)}](${event.to}) has succeeded.`,
    RolledBack: (event, deployment) =>
      `[${named(event)}](${event.to}) is rolled back by \`${deployment?.rollback ?? ''}\`.`,
  },
})

const targetKind = defineKind<Target>({
  kind: TARGET,
  lifecycle: targetLifecycle,
  apply: each([
    'Began',
    'EventBegan',
    'ScriptBegan',
    'ScriptEnded',
    'EventEnded',
    'Weighed',
    'Succeeded',
    'Failed',
    'Skipped',
  ]),
  face: targetFace,
  tell: {
    EventBegan: (event, target) =>
      `${target?.events.find(({ status }) => status === 'InProgress')?.name ?? 'An event'} begins on [${target?.targetId ?? ''}](${event.to}).`,
    Failed: (event, target) => {
      const failed = target?.events.find(({ status }) => status === 'Failed')
      return `${failed?.name ?? 'An event'} fails on [${target?.targetId ?? ''}](${event.to}): \`${failed?.diagnostics?.message ?? ''}\``
    },
  },
})

const agentKind = defineKind<Agent>({
  kind: AGENT,
  lifecycle: defineLifecycle({
    id: AGENT,
    initial: 'Running',
    states: {
      Running: {
        description: 'It asks CodeDeploy what is to be done, and does it.',
        tags: ['ok'],
        on: {
          FilesChanged: { description: 'Files of the instance change.' },
          Installed: { description: 'A revision was installed.' },
          Prepared: { description: 'The environment of the next script is set.' },
          Uninstalled: { target: 'Gone', description: 'The agent is removed.' },
        },
      },
      Gone: { description: 'It does not run any more.', type: 'final' },
    },
  }),
  apply: {
    FilesChanged: (agent, event) => ({
      ...((event.data as { more?: Fields }).more ?? {}),
      written: { ...agent.written, ...(event.data as { changes: Agent['written'] }).changes },
    }),
    Installed: data,
    Prepared: data,
  },
})

/** The kinds of CodeDeploy. */
export const kinds = [
  recordKind<Application>({
    kind: APPLICATION,
    noun: 'an application',
    face: applicationFace,
    tell: { Created: (event, application) => `The application [${application?.name}](${event.to}) is made.` },
  }),
  recordKind<Group>({ kind: GROUP, noun: 'a deployment group', face: groupFace }),
  recordKind({ kind: CONFIG, noun: 'a deployment configuration' }),
  recordKind({ kind: ON_PREMISES, noun: 'an on-premises instance' }),
  deploymentKind,
  targetKind,
  agentKind,
]
