import type { Answer, Controller, Emission, JsonObject, World } from '../../../kernel/index.ts'
import type { Stride } from '../../../shell/index.ts'
import { callService, parseArn, services } from '../core/index.ts'
import { ecsPass } from './ecsPass.ts'
import { lambdaPass } from './lambdaPass.ts'
import {
  AGENT,
  type Application,
  busyDeployments,
  DEPLOYMENT,
  type Deployment,
  findDeployment,
  type Group,
  groupPrincipal,
  isOver,
  TARGET,
  type Target,
  targetsOf,
} from './records.ts'
import { scriptEnded, serverPass } from './serverPass.ts'
import { startDeployment } from './starting.ts'

const ALARM_MESSAGE =
  'One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, and the affected deployments have been stopped. Activated alarms: '

/**
 * Takes deployments through their lifecycle events, stops them when an alarm goes off, and rolls back what failed.
 * Models: AWS CodeDeploy User Guide, "Deployments in CodeDeploy", "Redeploy and roll back a deployment"
 */
export const deploymentsController: Controller = {
  name: 'codedeploy',
  watches: {
    [DEPLOYMENT]: '*',
    [TARGET]: '*',
    'shell.Process': ['Exited'],
    'aws.ecs.TaskSet': '*',
    'aws.elbv2.Target': '*',
    'aws.cloudwatch.Alarm': '*',
  },
  wakes(event, world) {
    if (event.kind === DEPLOYMENT) return event.to
    if (event.kind === TARGET) return world.get(event.to)?.owner
    if (event.kind === 'shell.Process') {
      const { host, exitCode, output } = event.data as Stride
      if (!host.startsWith(`${AGENT}/`)) return undefined
      const text = output
        .map(({ text: one }) => one)
        .join('')
        .slice(-1000)
      const busy = world.lookup(busyDeployments, 'busy')
      const found = busy.find((one) => targetsOf(world, one as Deployment).some(({ process }) => process === event.to))
      return found && `${found.id}\n${event.to}\n${exitCode}\n${text}`
    }
    if (event.kind === 'aws.cloudwatch.Alarm' && event.type === 'Sampled') return undefined
    const busy = world.lookup(busyDeployments, 'busy')
    return busy.length === 0 ? undefined : busy.map(({ id }) => id)
  },
  delay: (id, world) => (world.get(id)?.state === 'Queued' ? 1000 : 0),
  reconcile(id, world) {
    const [to = '', process, code, ...text] = id.split('\n')
    const deployment = world.get(to) as Deployment | undefined
    const group = deployment && (world.get(deployment.owner) as Group | undefined)
    if (!deployment || !group) return undefined
    if (process !== undefined) {
      const target = targetsOf(world, deployment).find((one) => one.process === process)
      return target && scriptEnded(target, deployment, group, process, Number(code), text.join('\n'), world)
    }
    if (isOver(deployment)) return afterwards(deployment, group, world)
    if (deployment.state === 'Queued') return dequeue(deployment, group, world)
    if (deployment.state !== 'InProgress' && deployment.state !== 'Ready') return undefined
    const alarms = activeAlarms(deployment, world)
    if (alarms.length > 0)
      return [
        {
          to: deployment.id,
          type: 'Stopped',
          by: `aws.cloudwatch.Alarm/${deployment.region}/${alarms[0] ?? ''}`,
          data: { error: { code: 'ALARM_ACTIVE', message: `${ALARM_MESSAGE}<${alarms.join(', ')}>` } },
        },
      ]
    return deployment.state === 'Ready' ? undefined : pass(deployment, group, world)
  },
}

function pass(deployment: Deployment, group: Group, world: World): readonly Answer[] | undefined {
  const answers =
    deployment.platform === 'ECS'
      ? ecsPass(deployment, world)
      : deployment.platform === 'Lambda'
        ? lambdaPass(deployment, world)
        : serverPass(deployment, group, world)
  return answers.length > 0 ? answers : undefined
}

/** Only one deployment of a group runs at a time. */
function dequeue(deployment: Deployment, group: Group, world: World): readonly Answer[] {
  const others = world
    .ownedBy(group.id)
    .filter((one) => one.kind === DEPLOYMENT && one.id !== deployment.id && !isOver(one))
  const before = others.find((one) => one.state === 'InProgress' || one.state === 'Ready' || one.born < deployment.born)
  if (before)
    return [
      {
        decline: `The deployment ${(before as Deployment).deploymentId} of the same group is still under way.`,
        to: deployment.id,
      },
      { again: 10_000 },
    ]
  return [{ to: deployment.id, type: 'Began', data: { started: world.now } }]
}

/** Names of the group's alarms that are in state ALARM. */
function activeAlarms(deployment: Deployment, world: World): readonly string[] {
  const config = deployment.input.overrideAlarmConfiguration ?? deployment.settings.alarmConfiguration
  if (!config?.enabled || deployment.rollbackOf !== undefined) return []
  const AlarmNames = (config.alarms ?? []).flatMap(({ name }) => name ?? [])
  const answer = callService({
    world,
    service: 'cloudwatch',
    operation: 'DescribeAlarms',
    input: { AlarmNames },
    principal: groupPrincipal(deployment.settings),
    region: deployment.region,
  })
  if (!('output' in answer)) return []
  const { MetricAlarms = [], CompositeAlarms = [] } = answer.output as {
    readonly [list: string]: readonly JsonObject[] | undefined
  }
  return [...MetricAlarms, ...CompositeAlarms]
    .filter((one) => one['StateValue'] === 'ALARM')
    .map((one) => String(one['AlarmName']))
}

/** What follows the end of a deployment: the group learns of it, topics are told, and what failed is rolled back. */
function afterwards(deployment: Deployment, group: Group, world: World): readonly Answer[] | undefined {
  const answers: Answer[] = []
  for (const target of targetsOf(world, deployment))
    if (target.state === 'Pending' || target.state === 'InProgress') {
      if (target.process !== undefined && world.get(target.process))
        answers.push({ to: target.process, type: 'Signalled', data: { signal: 'KILL' }, by: deployment.id })
      answers.push({
        to: target.id,
        type: 'Skipped',
        data: { events: skipped(target), process: undefined, updated: world.now },
      })
    }
  if (deployment.state === 'Succeeded') {
    if (
      group.lastSuccessful !== deployment.deploymentId &&
      (findDeployment(world, group.region, group.lastSuccessful)?.completed ?? -1) <= (deployment.completed ?? 0)
    )
      answers.push(
        { to: group.id, type: 'Changed', data: { lastSuccessful: deployment.deploymentId } },
        ...notify(deployment, 'DeploymentSuccess', world),
      )
    return answers
  }
  if (
    deployment.rollback === undefined &&
    deployment.rollbackMessage === undefined &&
    deployment.rollbackOf === undefined
  )
    answers.push(
      ...rollBack(deployment, group, world),
      ...notify(deployment, deployment.state === 'Failed' ? 'DeploymentFailure' : 'DeploymentStop', world),
    )
  return answers
}

function skipped(target: Target): Target['events'] {
  return target.events.map((one) =>
    one.status === 'Pending' || one.status === 'InProgress' ? { ...one, status: 'Skipped' } : one,
  )
}

/** A new deployment of what was there before, where the group or the deployment says so. */
function rollBack(deployment: Deployment, group: Group, world: World): readonly Emission[] {
  const config = deployment.input.autoRollbackConfiguration ?? deployment.settings.autoRollbackConfiguration
  const event =
    deployment.error?.code === 'ALARM_ACTIVE'
      ? 'DEPLOYMENT_STOP_ON_ALARM'
      : deployment.state === 'Failed'
        ? 'DEPLOYMENT_FAILURE'
        : 'DEPLOYMENT_STOP_ON_REQUEST'
  const isAsked = deployment.error?.code === 'MANUAL_STOP_ROLLBACK'
  const isWanted = isAsked || (config?.enabled && (config.events ?? ['DEPLOYMENT_FAILURE']).includes(event))
  const none = (message: string): readonly Emission[] => [
    { to: deployment.id, type: 'RolledBack', data: { rollbackMessage: message } },
  ]
  if (!isWanted) return none('')
  const application = world.get(group.owner) as Application | undefined
  const { ecs } = deployment
  const isThere = ecs?.blue !== undefined && ecs.green !== undefined && !ecs.terminated
  const good = findDeployment(world, group.region, group.lastSuccessful)
  const revision = good?.revision ?? (isThere ? deployment.revision : undefined)
  if (!application || !revision)
    return none('The deployment could not be rolled back because there is no last known successful revision.')
  if (deployment.platform === 'ECS' && !isThere && !ecs?.green) return none('')
  const { id, emit } = startDeployment(world, application, group, {
    input: {
      applicationName: application.name,
      deploymentGroupName: group.name,
      deploymentConfigName: deployment.config,
      fileExistsBehavior: 'OVERWRITE',
      description: `Automatic rollback of deployment ${deployment.deploymentId}`,
    },
    revision,
    creator: 'codeDeployRollback',
    rollbackOf: deployment,
    ...(good?.files ? { files: good.files } : {}),
  })
  const [created, ...rest] = emit
  const restored =
    created && isThere ? [{ ...created, data: { ...(created.data as object), ecs } }] : created ? [created] : []
  return [
    ...restored,
    ...rest,
    {
      to: deployment.id,
      type: 'RolledBack',
      data: {
        rollback: id,
        rollbackMessage: `Deployment ${deployment.deploymentId} ${deployment.state === 'Failed' ? 'failed' : 'was stopped'}. A rollback to the last successful revision was started with deployment ${id}.`,
      },
    },
  ]
}

/** Tells the topics of the group's triggers. */
function notify(deployment: Deployment, event: string, world: World): readonly Emission[] {
  return (deployment.settings.triggerConfigurations ?? []).flatMap((trigger): readonly Emission[] => {
    const arn = trigger.triggerTargetArn ?? ''
    if (!trigger.triggerEvents?.includes(event)) return []
    const body = {
      deploymentId: deployment.deploymentId,
      status: deployment.state.toUpperCase(),
      applicationName: deployment.application,
      deploymentGroupName: deployment.group,
      eventTriggerName: trigger.triggerName ?? '',
    }
    const received = services
      .get(parseArn(arn)?.service ?? '')
      ?.receives?.(arn, { from: 'codedeploy.amazonaws.com', body, by: deployment.id }, world)
    return received && 'emit' in received ? received.emit : []
  })
}
