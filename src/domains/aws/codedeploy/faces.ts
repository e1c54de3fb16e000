import type { Entity, Face, Tone, World } from '../../../kernel/index.ts'
import {
  type Application,
  DEPLOYMENT,
  type Deployment,
  type Group,
  groupsOf,
  isOver,
  type Target,
  targetsOf,
} from './records.ts'

const TONES: { readonly [state: string]: Tone } = {
  Succeeded: 'ok',
  Failed: 'err',
  Stopped: 'warn',
  Ready: 'pend',
  Pending: 'pend',
  Skipped: 'idle',
}
const toneOf = (state: string): Tone => TONES[state] ?? 'prog'
const WORDS: { readonly [state: string]: string } = { InProgress: 'In progress' }
const wordOf = (state: string) => WORDS[state] ?? state

function latest(group: Entity, world: World): Deployment | undefined {
  return world
    .ownedBy(group.id)
    .filter(({ kind }) => kind === DEPLOYMENT)
    .at(-1) as Deployment | undefined
}

/** An application: a frame around its deployment groups. */
export const applicationFace: Face<Application> = {
  label: 'Deployment application',
  plural: 'Deployment applications',
  pictogram: 'deploy',
  shape: 'frame',
  rank: 2,
  within: () => undefined,
  look: (application, world) => ({
    title: application.name,
    note: `CodeDeploy, ${application.platform}`,
    tone: 'ok',
    word: 'Present',
    figures: [`${groupsOf(world, application).length} groups`],
  }),
}

/** A deployment group with the deployment that was last. */
export const groupFace: Face<Group> = {
  label: 'Deployment group',
  plural: 'Deployment groups',
  pictogram: 'deploy',
  shape: 'host',
  within: (group) => group.owner,
  look: (group, world) => {
    const last = latest(group, world)
    return {
      title: group.name,
      note: group.settings.deploymentConfigName ?? 'CodeDeployDefault.OneAtATime',
      tone: last ? toneOf(last.state) : 'idle',
      word: last ? wordOf(last.state) : 'Not deployed yet',
    }
  },
  links: (group, world) => {
    const last = latest(group, world)
    return last?.ecs
      ? [{ to: `aws.ecs.Service/${group.region}/${last.ecs.cluster}/${last.ecs.service}`, kind: 'control' }]
      : []
  },
}

/** A deployment: a chip with a segment a lifecycle event. */
export const deploymentFace: Face<Deployment> = {
  label: 'Deployment',
  plural: 'Deployments',
  pictogram: 'deploy',
  shape: 'chip',
  within: (deployment, world) =>
    latest({ id: deployment.owner } as Entity, world)?.id === deployment.id ? deployment.owner : null,
  look: (deployment, world) => {
    const targets = targetsOf(world, deployment)
    const [first] = targets
    return {
      title: deployment.deploymentId,
      note: deployment.creator === 'codeDeployRollback' ? 'rollback' : undefined,
      tone: toneOf(deployment.state),
      word: wordOf(deployment.state),
      detail: deployment.error?.message,
      figures: deployment.ecs ? [`${deployment.ecs.weight}% new`] : [],
      segments:
        targets.length === 1 && first
          ? first.events.map(({ status }) => ({
              fill:
                status === 'Succeeded'
                  ? 'new'
                  : status === 'Failed'
                    ? 'failed'
                    : status === 'InProgress'
                      ? 'half'
                      : 'dashed',
            }))
          : targets.map(({ state }) => ({
              fill:
                state === 'Succeeded' ? 'new' : state === 'Failed' ? 'failed' : state === 'InProgress' ? 'half' : 'old',
            })),
      facts: (first?.events ?? []).map(({ name, status }) => [name, status] as const),
    }
  },
  actions: (deployment) => {
    const at = `--deployment-id ${deployment.deploymentId} --region ${deployment.region}`
    if (isOver(deployment)) return []
    return [
      ...(deployment.state === 'Ready'
        ? [
            {
              id: 'continue',
              label: 'Reroute traffic',
              line: `aws deploy continue-deployment ${at} --deployment-wait-type READY_WAIT`,
            },
          ]
        : []),
      {
        id: 'stop',
        label: 'Stop and roll back',
        line: `aws deploy stop-deployment ${at} --auto-rollback-enabled`,
        sort: 'danger',
      },
    ]
  },
  marks: { Created: 'deploy', Failed: 'alert', Stopped: 'alert' },
}

/** One instance, service or function in a deployment. */
export const targetFace: Face<Target> = {
  label: 'Deployment target',
  plural: 'Deployment targets',
  pictogram: 'target',
  shape: 'chip',
  within: () => null,
  look: (target) => ({
    title: target.targetId,
    note: target.label,
    tone: toneOf(target.state),
    word: wordOf(target.state),
    facts: target.events.map(({ name, status, diagnostics }) => [name, diagnostics?.message ?? status] as const),
  }),
}
