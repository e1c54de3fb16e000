import type { Answer, Emission, JsonObject, World } from '../../../kernel/index.ts'
import { callService } from '../core/index.ts'
import type { EcsSpec } from './appSpec.ts'
import { beginEvent, currentEvent, endEvent, failEvent, pending } from './events.ts'
import { hookEvent } from './hookFunctions.ts'
import { codedeployHooks } from './hooks.rule.ts'
import {
  type Deployment,
  type EcsSet,
  type EcsWork,
  groupPrincipal,
  TARGET,
  type Target,
  targetsOf,
} from './records.ts'
import { codedeployTraffic } from './traffic.rule.ts'
import { shareNow, trafficConfig } from './trafficOf.ts'

type Answered =
  | { readonly output: JsonObject; readonly emit: readonly Emission[] }
  | { readonly error: { readonly message: string } }

class Refused extends Error {}

/** Calls as the group's service role; a refusal ends what is being done. */
function caller(deployment: Deployment, world: World) {
  const ask = (service: string, operation: string, input: object): Answered => {
    const principal = groupPrincipal(deployment.settings)
    const answer = callService({
      world,
      service,
      operation,
      input: input as JsonObject,
      principal,
      region: deployment.region,
    })
    if ('error' in answer) return { error: answer.error }
    return {
      output: answer.output as JsonObject,
      emit: (answer.emit ?? []).map((one) => ({ by: deployment.id, ...one })),
    }
  }
  const must = (service: string, operation: string, input: object) => {
    const answer = ask(service, operation, input)
    if ('error' in answer) throw new Refused(answer.error.message)
    return answer
  }
  return { ask, must }
}

const list = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? (value as readonly JsonObject[]) : [])

/** One look at a deployment of an ECS service by two target groups. */
export function ecsPass(deployment: Deployment, world: World): readonly Answer[] {
  const [target] = targetsOf(world, deployment)
  try {
    if (!target) return begin(deployment, world)
    if (target.state === 'Pending') return [{ to: target.id, type: 'Began', data: { updated: world.now } }]
    if (target.state === 'Failed') {
      const failed = target.events.find(({ status }) => status === 'Failed')
      return [
        fail(
          deployment,
          'ECS_UPDATE_ERROR',
          failed?.diagnostics?.message ?? 'A lifecycle event has failed.',
          failed?.diagnostics?.scriptName ? 'HOOK_EXECUTION_FAILURE' : undefined,
        ),
      ]
    }
    if (target.state === 'Succeeded') return terminate(deployment, world)
    return step(target, deployment, world)
  } catch (problem) {
    if (!(problem instanceof Refused)) throw problem
    const event = target && currentEvent(target)
    if (target && event?.status === 'InProgress')
      return failEvent(target, event.name, world, {
        errorCode: 'UnknownError',
        scriptName: '',
        message: problem.message,
        logTail: '',
      })
    return [fail(deployment, 'ECS_UPDATE_ERROR', problem.message)]
  }
}

function fail(deployment: Deployment, code: string, message: string, other?: string): Emission {
  return { to: deployment.id, type: 'Failed', data: { error: { code: other ?? code, message } } }
}

/** Finds the service and its present task set, and makes the target. */
function begin(deployment: Deployment, world: World): readonly Answer[] {
  const { settings, region, spec } = deployment
  const [named] = settings.ecsServices ?? []
  const cluster = named?.clusterName ?? 'default'
  const service = named?.serviceName ?? ''
  if (spec?.platform !== 'ECS' && deployment.rollbackOf === undefined)
    return [
      fail(
        deployment,
        'INVALID_REVISION',
        deployment.error?.message ??
          'The AppSpec file cannot be located in the specified S3 bucket. Verify your AppSpec file is present and that the name and key value pair specified for your AppSpec file are correct. The S3 bucket must be in your current region',
      ),
    ]
  const { must } = caller(deployment, world)
  const { output } = must('ecs', 'DescribeServices', { cluster, services: [service] })
  const [found] = list(output['services'])
  if (found?.['status'] !== 'ACTIVE')
    return [
      fail(
        deployment,
        'INVALID_ECS_SERVICE',
        `The ECS service cannot be updated due to an unexpected error: Service ${service} was not found or is not active.`,
      ),
    ]
  if ((found['deploymentController'] as JsonObject | undefined)?.['type'] !== 'CODE_DEPLOY')
    return [
      fail(
        deployment,
        'INVALID_ECS_SERVICE',
        'Primary taskset target group must be behind listener: the service must have the CODE_DEPLOY deployment controller.',
      ),
    ]
  const sets = list(found['taskSets'])
  const restored = deployment.ecs
  const primary = sets.find((one) => one['status'] === 'PRIMARY')
  const blue = restored?.blue ?? (primary && setOf(primary))
  const ecs: EcsWork = {
    cluster,
    service,
    weight: restored?.weight ?? 0,
    ...(blue ? { blue } : {}),
    ...(restored?.green ? { green: restored.green } : {}),
  }
  const { hooks } = codedeployHooks.decide({ platform: 'ECS', type: 'BLUE_GREEN' })
  const events = restored ? pending(['AllowTraffic']) : pending(hooks)
  const data = {
    owner: deployment.id,
    region,
    targetId: `${cluster}:${service}`,
    type: 'ECSTarget',
    events,
    script: 0,
    updated: world.now,
  }
  return [
    { to: deployment.id, type: 'Moved', data: { ecs } },
    { to: `${TARGET}/${region}/${deployment.deploymentId}/${cluster}:${service}`, kind: TARGET, type: 'Created', data },
  ]
}

function setOf(set: JsonObject): EcsSet {
  const [balancer] = list(set['loadBalancers'])
  return { taskSet: String(set['taskSetArn'] ?? set['id']), targetGroup: String(balancer?.['targetGroupArn'] ?? '') }
}

/** What is next in the target's lifecycle event. */
function step(target: Target, deployment: Deployment, world: World): readonly Answer[] {
  const event = currentEvent(target)
  const { spec } = deployment
  const ecs = deployment.ecs
  if (!event || !ecs) return []
  const hooks: { readonly [event: string]: string } =
    spec?.platform === 'ECS' && deployment.rollbackOf === undefined ? spec.hooks : {}
  switch (event.name) {
    case 'Install':
      if (event.status === 'Pending') return [beginEvent(target, event.name, world)]
      return spec?.platform === 'ECS' ? install(target, deployment, spec, ecs, event.began ?? world.now, world) : []
    case 'TestTraffic':
      if (event.status === 'Pending') return [beginEvent(target, event.name, world)]
      return testTraffic(target, deployment, ecs, world)
    case 'AllowTraffic':
      if (event.status === 'Pending') {
        const ready = deployment.settings.blueGreenDeploymentConfiguration?.deploymentReadyOption
        if (ready?.actionOnTimeout === 'STOP_DEPLOYMENT' && !deployment.goesOn && deployment.rollbackOf === undefined)
          return [{ to: deployment.id, type: 'BecameReady' }]
        return [beginEvent(target, event.name, world)]
      }
      return deployment.rollbackOf !== undefined && deployment.ecs?.green && target.events.length === 1
        ? restore(target, deployment, ecs, world)
        : allowTraffic(target, deployment, ecs, world)
    default:
      return hookEvent(target, event, hooks[event.name], deployment, world)
  }
}

/** The two target groups' ARNs, in the group's order. */
function pairOf(deployment: Deployment, world: World): readonly string[] {
  const [pair] = deployment.settings.loadBalancerInfo?.targetGroupPairInfoList ?? []
  const names = (pair?.targetGroups ?? []).flatMap(({ name }) => name ?? [])
  const { output } = caller(deployment, world).must('elasticloadbalancing', 'DescribeTargetGroups', { Names: names })
  const found = list(output['TargetGroups'])
  return names.flatMap((name) =>
    found.filter((one) => one['TargetGroupName'] === name).map((one) => String(one['TargetGroupArn'])),
  )
}

const HOUR = 3_600_000

/** The replacement task set is made, and waited for until it is steady. */
function install(
  target: Target,
  deployment: Deployment,
  spec: EcsSpec,
  ecs: EcsWork,
  began: number,
  world: World,
): readonly Answer[] {
  const { must } = caller(deployment, world)
  if (!ecs.green) {
    const groups = pairOf(deployment, world)
    const targetGroup = groups.find((arn) => arn !== ecs.blue?.targetGroup) ?? groups[1]
    if (targetGroup === undefined)
      throw new Refused('The deployment group has no target group for the replacement task set.')
    const network = spec.networkConfiguration as JsonObject | undefined
    const answer = must('ecs', 'CreateTaskSet', {
      cluster: ecs.cluster,
      service: ecs.service,
      externalId: deployment.deploymentId,
      taskDefinition: spec.taskDefinition,
      loadBalancers: [
        { targetGroupArn: targetGroup, containerName: spec.containerName, containerPort: spec.containerPort },
      ],
      scale: { value: 100, unit: 'PERCENT' },
      ...(spec.platformVersion === undefined ? {} : { platformVersion: spec.platformVersion }),
      ...(network ? { networkConfiguration: lowered(network) } : {}),
    })
    const set = answer.output['taskSet'] as JsonObject
    const green = { taskSet: String(set['taskSetArn']), targetGroup }
    return [...answer.emit, { to: deployment.id, type: 'Moved', data: { ecs: { ...ecs, green } } }]
  }
  // The managed policy AWSCodeDeployRoleForECS lets the service be described, not its task sets alone.
  const { output } = must('ecs', 'DescribeServices', { cluster: ecs.cluster, services: [ecs.service] })
  const [service] = list(output['services'])
  const set = list(service?.['taskSets']).find((one) => one['taskSetArn'] === ecs.green?.taskSet)
  if (set?.['stabilityStatus'] === 'STEADY_STATE') return endEvent(target, 'Install', world)
  if (world.now - began >= HOUR)
    throw new Refused(
      'The deployment timed out while waiting for the replacement task set to become healthy. This time out period is 60 minutes.',
    )
  return [{ again: 10_000 }]
}

/** AppSpec writes `AwsvpcConfiguration`; the API's names begin small. */
function lowered(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key.slice(0, 1).toLowerCase() + key.slice(1),
      typeof one === 'object' && one !== null && !Array.isArray(one) ? lowered(one as JsonObject) : (one ?? null),
    ]),
  )
}

function testTraffic(target: Target, deployment: Deployment, ecs: EcsWork, world: World): readonly Answer[] {
  const [pair] = deployment.settings.loadBalancerInfo?.targetGroupPairInfoList ?? []
  const arns = pair?.testTrafficRoute?.listenerArns ?? []
  if (arns.length === 0 || !ecs.green)
    return endEvent(target, 'TestTraffic', world, arns.length === 0 ? 'Skipped' : 'Succeeded')
  return [...route(deployment, arns, ecs, 100, world), ...endEvent(target, 'TestTraffic', world)]
}

/** Sends so much of what listeners get to the new version, by their weighted forward action and those of their rules. */
function route(
  deployment: Deployment,
  listeners: readonly string[],
  ecs: EcsWork,
  percent: number,
  world: World,
): readonly Emission[] {
  const { must, ask } = caller(deployment, world)
  const { blue, green } = ecs
  if (!green) return []
  const targetGroups = [
    ...(blue && percent < 100 && blue.targetGroup !== ''
      ? [{ TargetGroupArn: blue.targetGroup, Weight: 100 - percent }]
      : []),
    ...(percent > 0 ? [{ TargetGroupArn: green.targetGroup, Weight: percent }] : []),
  ]
  const [only] = targetGroups
  const actions = [
    targetGroups.length === 1 && only
      ? { Type: 'forward', TargetGroupArn: only.TargetGroupArn }
      : { Type: 'forward', ForwardConfig: { TargetGroups: targetGroups } },
  ]
  const ours = new Set([blue?.targetGroup, green.targetGroup])
  const isOurs = (action: JsonObject): boolean => {
    const many = list((action['ForwardConfig'] as JsonObject | undefined)?.['TargetGroups'])
    return ours.has(String(action['TargetGroupArn'])) || many.some((one) => ours.has(String(one['TargetGroupArn'])))
  }
  return listeners.flatMap((ListenerArn): readonly Emission[] => {
    const answer = ask('elasticloadbalancing', 'DescribeRules', { ListenerArn })
    const rules = 'error' in answer ? [] : list(answer.output['Rules'])
    const own = rules.filter((rule) => rule['IsDefault'] !== true && list(rule['Actions']).some(isOurs))
    const whole = must('elasticloadbalancing', 'ModifyListener', { ListenerArn, DefaultActions: actions })
    const parts = own.flatMap(
      (rule) => must('elasticloadbalancing', 'ModifyRule', { RuleArn: rule['RuleArn'], Actions: actions }).emit,
    )
    return [...whole.emit, ...parts]
  })
}

/** Traffic goes over to the new version as the deployment's configuration says. */
function allowTraffic(target: Target, deployment: Deployment, ecs: EcsWork, world: World): readonly Answer[] {
  const [pair] = deployment.settings.loadBalancerInfo?.targetGroupPairInfoList ?? []
  const listeners = pair?.prodTrafficRoute?.listenerArns ?? []
  const began = ecs.shiftBegan ?? world.now
  const config = trafficConfig(deployment, world)
  const { percent, next } = shareNow(config, world.now - began, world)
  const answers: Answer[] = []
  if (percent !== ecs.weight)
    answers.push(...route(deployment, listeners, ecs, percent, world), {
      to: deployment.id,
      type: 'Shifted',
      data: { ecs: { ...ecs, weight: percent, shiftBegan: began } },
      rule: codedeployTraffic.id,
      inputs: { config: deployment.config, minute: Math.floor((world.now - began) / 60_000), greenPercent: percent },
    })
  if (percent < 100) return [...answers, { again: next }]
  if (answers.length > 0) return answers
  if (ecs.primary !== 'green' && ecs.green) {
    const promoted = caller(deployment, world).must('ecs', 'UpdateServicePrimaryTaskSet', {
      cluster: ecs.cluster,
      service: ecs.service,
      primaryTaskSet: ecs.green.taskSet,
    })
    return [...promoted.emit, { to: deployment.id, type: 'Moved', data: { ecs: { ...ecs, primary: 'green' } } }]
  }
  return endEvent(target, 'AllowTraffic', world)
}

/** A rollback while the old task set is there: traffic goes back to it, and the new one ends. */
function restore(target: Target, deployment: Deployment, ecs: EcsWork, world: World): readonly Answer[] {
  const { must, ask } = caller(deployment, world)
  const [pair] = deployment.settings.loadBalancerInfo?.targetGroupPairInfoList ?? []
  const listeners = [...(pair?.prodTrafficRoute?.listenerArns ?? []), ...(pair?.testTrafficRoute?.listenerArns ?? [])]
  const back = route(deployment, listeners, ecs, 0, world)
  const primary = ecs.blue
    ? must('ecs', 'UpdateServicePrimaryTaskSet', {
        cluster: ecs.cluster,
        service: ecs.service,
        primaryTaskSet: ecs.blue.taskSet,
      }).emit
    : []
  const ended = ask('ecs', 'DeleteTaskSet', {
    cluster: ecs.cluster,
    service: ecs.service,
    taskSet: ecs.green?.taskSet,
    force: true,
  })
  return [
    ...back,
    ...primary,
    ...('error' in ended ? [] : ended.emit),
    { to: deployment.id, type: 'Shifted', data: { ecs: { ...ecs, weight: 0, terminated: true } } },
    ...endEvent(target, 'AllowTraffic', world),
  ]
}

/** The old task set is kept for as long as the group says, and then deleted. */
function terminate(deployment: Deployment, world: World): readonly Answer[] {
  const { ecs, settings } = deployment
  if (!ecs?.blue || ecs.terminated) return [{ to: deployment.id, type: 'Succeeded' }]
  const option = settings.blueGreenDeploymentConfiguration?.terminateBlueInstancesOnDeploymentSuccess
  if (deployment.terminating === undefined)
    return [{ to: deployment.id, type: 'TerminationWaits', data: { terminating: world.now } }]
  const left = deployment.terminating + (option?.terminationWaitTimeInMinutes ?? 0) * 60_000 - world.now
  if (left > 0 && !deployment.terminatesNow) return [{ again: left }]
  const ended = caller(deployment, world).ask('ecs', 'DeleteTaskSet', {
    cluster: ecs.cluster,
    service: ecs.service,
    taskSet: ecs.blue.taskSet,
    force: true,
  })
  return [
    ...('error' in ended ? [] : ended.emit),
    { to: deployment.id, type: 'Moved', data: { ecs: { ...ecs, terminated: true } } },
    { to: deployment.id, type: 'Succeeded' },
  ]
}
