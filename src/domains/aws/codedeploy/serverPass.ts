import type { Answer, Emission, Entity, JsonObject, World } from '../../../kernel/index.ts'
import { callService } from '../core/index.ts'
import {
  agentEmission,
  findAgent,
  hooksOf,
  installed,
  scriptEnvironment,
  scriptsOf,
  startScript,
  unpacked,
} from './agent.ts'
import { codedeployEc2Outcome } from './ec2Outcome.rule.ts'
import { beginEvent, currentEvent, endEvent, failEvent, pending } from './events.ts'
import { codedeployHooks } from './hooks.rule.ts'
import { type Found, instancesOf } from './instances.ts'
import { codedeployMinimumHealthy, type MinimumHealthyHosts } from './minimumHealthy.rule.ts'
import {
  agentId,
  CONFIG,
  type Config,
  type Deployment,
  type Group,
  groupPrincipal,
  TARGET,
  type Target,
  targetsOf,
} from './records.ts'

const NO_INSTANCES =
  'The deployment failed because no instances were found for your deployment group. Check your deployment group settings to make sure the tags for your Amazon EC2 instances or Auto Scaling groups correctly identify the instances you want to deploy to, and then try again.'
const UNHEALTHY =
  'The overall deployment failed because too many individual instances failed deployment, too few healthy instances are available for deployment, or some instances in your deployment group are experiencing problems.'

const isBlueGreen = ({ settings }: Deployment) => settings.deploymentStyle?.deploymentType === 'BLUE_GREEN'
const hasBalancer = ({ settings }: Deployment) =>
  settings.deploymentStyle?.deploymentOption === 'WITH_TRAFFIC_CONTROL' &&
  (settings.loadBalancerInfo?.targetGroupInfoList?.length ?? 0) > 0

/** One look at a deployment to instances. */
export function serverPass(deployment: Deployment, group: Group, world: World): readonly Answer[] {
  const targets = targetsOf(world, deployment)
  if (targets.length === 0) return chooseTargets(deployment, world)
  const first = targets.filter(({ label }) => label !== 'Blue')
  const originals = targets.filter(({ label }) => label === 'Blue')
  const answers = first
    .filter(({ state }) => state === 'InProgress')
    .flatMap((one) => advance(one, deployment, group, world))
  if (answers.length > 0) return answers
  const isDone = first.every(({ state }) => state === 'Succeeded' || state === 'Failed' || state === 'Skipped')
  if (!isDone) return next(first, deployment, group, world)
  const verdict = outcome(first, deployment, world)
  if (verdict) return verdict
  return originals.length > 0
    ? retire(originals, deployment, group, world)
    : [{ to: deployment.id, type: 'Succeeded', rule: codedeployEc2Outcome.id }]
}

/** Finds the instances, and makes a target of each. */
function chooseTargets(deployment: Deployment, world: World): readonly Answer[] {
  const { settings, region, input } = deployment
  const asking = { world, region, principal: groupPrincipal(settings) }
  const own = instancesOf(settings, asking)
  const blueGreen = isBlueGreen(deployment)
  if (
    blueGreen &&
    settings.blueGreenDeploymentConfiguration?.greenFleetProvisioningOption?.action === 'COPY_AUTO_SCALING_GROUP'
  )
    return [
      failed(
        deployment,
        'AUTO_SCALING_CONFIGURATION',
        'The lab does not copy Auto Scaling groups for blue/green deployments.',
      ),
    ]
  const wanted = blueGreen ? (input.targetInstances ?? {}) : undefined
  const green = wanted
    ? instancesOf(
        {
          ec2TagFilters: wanted.tagFilters,
          ec2TagSet: wanted.ec2TagSet,
          autoScalingGroups: wanted.autoScalingGroups,
        },
        asking,
      )
    : own
  if (green.length === 0) return [failed(deployment, 'NO_INSTANCES', NO_INSTANCES)]
  const hooks = (instances: 'original' | 'replacement') =>
    codedeployHooks.decide({
      platform: 'Server',
      type: blueGreen ? 'BLUE_GREEN' : 'IN_PLACE',
      loadBalancer: hasBalancer(deployment),
      instances,
    }).hooks
  const originals = blueGreen ? own.filter(({ id }) => !green.some((one) => one.id === id)) : []
  return [
    ...green.flatMap((one) =>
      targetEmissions(deployment, one, hooks('replacement'), blueGreen ? 'Green' : undefined, world),
    ),
    ...originals.flatMap((one) => targetEmissions(deployment, one, hooks('original'), 'Blue', world)),
  ]
}

function targetEmissions(
  deployment: Deployment,
  found: Found,
  hooks: readonly string[],
  label: string | undefined,
  world: World,
): readonly Emission[] {
  const data = {
    owner: deployment.id,
    region: deployment.region,
    targetId: found.id,
    type: 'InstanceTarget',
    events: pending(hooks),
    script: 0,
    updated: world.now,
    ...(label === undefined ? {} : { label }),
  }
  return [
    ...agentEmission(world, deployment.region, found.id, world.get(found.entity) ? found.entity : undefined),
    {
      to: `${TARGET}/${deployment.region}/${deployment.deploymentId}/${found.id}`,
      kind: TARGET,
      type: 'Created',
      data,
    },
  ]
}

function failed(deployment: Deployment, code: string, message: string): Emission {
  return { to: deployment.id, type: 'Failed', data: { error: { code, message } } }
}

function minimum(deployment: Deployment, instances: number, world: World): MinimumHealthyHosts {
  const { config, region } = deployment
  if (config === 'CodeDeployDefault.AllAtOnce') return { type: 'HOST_COUNT', value: 0 }
  if (config === 'CodeDeployDefault.HalfAtATime') return { type: 'FLEET_PERCENT', value: 50 }
  const own = (world.get(`${CONFIG}/${region}/${config}`) as Config | undefined)?.info.minimumHealthyHosts
  if (own?.type === 'HOST_COUNT' || own?.type === 'FLEET_PERCENT') return { type: own.type, value: own.value ?? 0 }
  return { type: 'HOST_COUNT', value: Math.max(0, instances - 1) }
}

/** Begins as many of the waiting targets as may be missing at once, or ends the deployment. */
function next(targets: readonly Target[], deployment: Deployment, group: Group, world: World): readonly Answer[] {
  const waiting = targets.filter(({ state }) => state === 'Pending')
  const running = targets.filter(({ state }) => state === 'InProgress')
  const bad = targets.filter(({ state }) => state === 'Failed')
  const hosts = minimum(deployment, targets.length, world)
  const verdict = world.decide(codedeployMinimumHealthy, { instances: targets.length, minimumHealthyHosts: hosts })
  const isLastOne = waiting.length === 1 && running.length === 0 && targets.length > 1 && bad.length === 0
  const room = isLastOne ? 1 : verdict.maxConcurrent - running.length - bad.length
  if (room > 0)
    return waiting.slice(0, room).map((one) => ({
      to: one.id,
      type: 'Began',
      data: { updated: world.now },
      rule: codedeployMinimumHealthy.id,
      inputs: { instances: targets.length, minimumHealthyHosts: hosts, ...verdict },
    }))
  if (running.length > 0) return running.flatMap((one) => pollOf(one, deployment, group, world))
  return [
    ...waiting.map((one) => ({ to: one.id, type: 'Skipped', data: { updated: world.now } })),
    { ...failed(deployment, 'HEALTH_CONSTRAINTS', UNHEALTHY), rule: codedeployMinimumHealthy.id, inputs: verdict },
  ]
}

function pollOf(target: Target, deployment: Deployment, group: Group, world: World): readonly Answer[] {
  const answers = advance(target, deployment, group, world)
  return answers.length > 0 ? answers : [{ again: 1000 }]
}

function outcome(targets: readonly Target[], deployment: Deployment, world: World): readonly Answer[] | undefined {
  const succeeded = targets.filter(({ state }) => state === 'Succeeded').length
  const own = (world.get(`${CONFIG}/${deployment.region}/${deployment.config}`) as Config | undefined)?.info
    .minimumHealthyHosts
  const config = own ? minimum(deployment, targets.length, world) : deployment.config
  const input = { instances: targets.length, config, instancesSucceeded: succeeded }
  if (world.decide(codedeployEc2Outcome, input).status === 'Succeeded') return undefined
  return [{ ...failed(deployment, 'HEALTH_CONSTRAINTS', UNHEALTHY), rule: codedeployEc2Outcome.id, inputs: input }]
}

/** After the replacement instances have taken over: traffic leaves the original ones, and they end or stay. */
function retire(originals: readonly Target[], deployment: Deployment, group: Group, world: World): readonly Answer[] {
  const { settings } = deployment
  const option = settings.blueGreenDeploymentConfiguration
  const waits = option?.deploymentReadyOption?.actionOnTimeout === 'STOP_DEPLOYMENT'
  if (waits && !deployment.goesOn) return [{ to: deployment.id, type: 'BecameReady' }]
  const waiting = originals.filter(({ state }) => state === 'Pending')
  if (waiting.length > 0) return waiting.map((one) => ({ to: one.id, type: 'Began', data: { updated: world.now } }))
  const running = originals.filter(({ state }) => state === 'InProgress')
  if (running.length > 0) return running.flatMap((one) => pollOf(one, deployment, group, world))
  const end = option?.terminateBlueInstancesOnDeploymentSuccess
  if (end?.action === 'KEEP_ALIVE') return [{ to: deployment.id, type: 'Succeeded' }]
  if (deployment.terminating === undefined)
    return [{ to: deployment.id, type: 'TerminationWaits', data: { terminating: world.now } }]
  const left = deployment.terminating + (end?.terminationWaitTimeInMinutes ?? 60) * 60_000 - world.now
  if (left > 0 && !deployment.terminatesNow) return [{ again: left }]
  const answer = call(
    deployment,
    'ec2',
    'TerminateInstances',
    { InstanceIds: originals.map(({ targetId }) => targetId) },
    world,
  )
  return [...('emit' in answer ? answer.emit : []), { to: deployment.id, type: 'Succeeded' }]
}

type Called =
  | { readonly output: JsonObject; readonly emit: readonly Emission[] }
  | { readonly error: { readonly message: string } }

function call(deployment: Deployment, service: string, operation: string, input: object, world: World): Called {
  const principal = groupPrincipal(deployment.settings)
  const answer = callService({
    world,
    service,
    operation,
    input: input as JsonObject,
    principal,
    region: deployment.region,
  })
  return 'error' in answer
    ? { error: answer.error }
    : { output: answer.output as JsonObject, emit: (answer.emit ?? []).map((one) => ({ by: deployment.id, ...one })) }
}

/** What is next for one target. */
export function advance(target: Target, deployment: Deployment, group: Group, world: World): readonly Answer[] {
  const event = currentEvent(target)
  if (!event) return []
  const { name } = event
  if (event.status === 'Pending') return [beginEvent(target, name, world)]
  const instance = world.get(`aws.ec2.Instance/${deployment.region}/${target.targetId}`)
  const fail = (errorCode: string, message: string, scriptName = '') =>
    failEvent(target, name, world, { errorCode, scriptName, message, logTail: '' })
  if (instance && instance.state !== 'running')
    return fail(
      'UnknownError',
      'CodeDeploy agent was not able to receive the lifecycle event. Check the CodeDeploy agent logs on your host and make sure the agent is running and can connect to the CodeDeploy server.',
    )
  const age = world.now - (event.began ?? world.now)
  switch (name) {
    case 'DownloadBundle':
      return age < 2000 ? [{ again: 2000 - age }] : download(target, deployment, group, world)
    case 'Install':
      return age < 1000 ? [{ again: 1000 - age }] : install(target, deployment, world)
    case 'BlockTraffic':
    case 'AllowTraffic':
      return traffic(target, deployment, name, age, world)
    default:
      return scripts(target, deployment, group, event, world)
  }
}

function download(target: Target, deployment: Deployment, group: Group, world: World): readonly Answer[] {
  const { files, revision } = deployment
  const fail = (message: string) =>
    failEvent(target, 'DownloadBundle', world, { errorCode: 'UnknownError', scriptName: '', message, logTail: '' })
  if (!files)
    return fail(
      revision.gitHubLocation ? 'Could not download the revision: 404 Not Found' : 'The specified key does not exist.',
    )
  if (!deployment.spec) return fail(deployment.error?.message ?? 'The AppSpec file is not valid.')
  const archive = `/opt/codedeploy-agent/deployment-root/${group.groupId}/${deployment.deploymentId}/deployment-archive`
  return [
    {
      to: agentId(deployment.region, target.targetId),
      type: 'FilesChanged',
      by: deployment.id,
      data: { changes: unpacked(files, archive, world.now) },
    },
    ...endEvent(target, 'DownloadBundle', world),
  ]
}

function install(target: Target, deployment: Deployment, world: World): readonly Answer[] {
  const { spec, files } = deployment
  if (spec?.platform !== 'Server' || !files) return []
  const agent = findAgent(world, deployment.region, target.targetId)
  const behavior = deployment.input.fileExistsBehavior ?? spec.behavior ?? 'DISALLOW'
  const done = installed(agent, spec, files, behavior, world.now)
  if ('error' in done)
    return failEvent(target, 'Install', world, {
      errorCode: 'UnknownError',
      scriptName: '',
      message: done.error,
      logTail: '',
    })
  return [
    {
      to: agentId(deployment.region, target.targetId),
      type: 'FilesChanged',
      by: deployment.id,
      data: { changes: done.changes, more: { cleanup: done.cleanup } },
    },
    ...endEvent(target, 'Install', world),
  ]
}

/** Takes an instance out of its target groups, or brings it back and waits until it is healthy. */
function traffic(target: Target, deployment: Deployment, name: string, age: number, world: World): readonly Answer[] {
  const names = (deployment.settings.loadBalancerInfo?.targetGroupInfoList ?? []).flatMap((one) => one.name ?? [])
  if (!hasBalancer(deployment) || names.length === 0) return endEvent(target, name, world)
  const found = call(deployment, 'elasticloadbalancing', 'DescribeTargetGroups', { Names: names }, world)
  const fail = (message: string) =>
    failEvent(target, name, world, { errorCode: 'UnknownError', scriptName: '', message, logTail: '' })
  if ('error' in found) return fail(found.error.message)
  const arns = (found.output['TargetGroups'] as readonly JsonObject[]).map((one) => String(one['TargetGroupArn']))
  const health = arns.map((arn) => {
    const answer = call(deployment, 'elasticloadbalancing', 'DescribeTargetHealth', { TargetGroupArn: arn }, world)
    const list = ('error' in answer ? [] : answer.output['TargetHealthDescriptions']) as readonly JsonObject[]
    const own = list.find((one) => (one['Target'] as JsonObject | undefined)?.['Id'] === target.targetId)
    return own ? String((own['TargetHealth'] as JsonObject)['State']) : 'unused'
  })
  const isBlock = name === 'BlockTraffic'
  const isDone = health.every((state) => (isBlock ? state === 'unused' : state === 'healthy'))
  if (isDone) return endEvent(target, name, world)
  if (age >= 3_600_000) return fail('The load balancer did not report the instance as expected within one hour.')
  const open = arns.filter((_arn, i) =>
    isBlock ? health[i] !== 'draining' && health[i] !== 'unused' : health[i] === 'unused' || health[i] === 'draining',
  )
  const operation = isBlock ? 'DeregisterTargets' : 'RegisterTargets'
  const emits = open.flatMap((TargetGroupArn): readonly Answer[] => {
    const answer = call(
      deployment,
      'elasticloadbalancing',
      operation,
      { TargetGroupArn, Targets: [{ Id: target.targetId }] },
      world,
    )
    return 'error' in answer ? fail(answer.error.message) : answer.emit
  })
  return [...emits, { again: 5000 }]
}

/** Runs the scripts of a lifecycle event one after another. */
function scripts(
  target: Target,
  deployment: Deployment,
  group: Group,
  event: NonNullable<ReturnType<typeof currentEvent>>,
  world: World,
): readonly Answer[] {
  const { name } = event
  const agent = findAgent(world, deployment.region, target.targetId)
  const source = scriptsOf(agent, deployment, group, name)
  const list = hooksOf(source?.spec, name)
  const script = list[target.script]
  if (!script || !source || !agent) {
    const isLast =
      currentEvent({ ...target, events: target.events.slice(target.events.indexOf(event) + 1) }) === undefined
    const keeps: readonly Answer[] =
      isLast && target.label !== 'Blue' && deployment.spec && deployment.files && agent
        ? [
            {
              to: agent.id,
              type: 'Installed',
              data: {
                installed: { deployment: deployment.deploymentId, files: deployment.files, spec: deployment.spec },
              },
            },
          ]
        : []
    return [...keeps, ...endEvent(target, name, world)]
  }
  const diagnostics = (errorCode: string, message: string) =>
    failEvent(target, name, world, { errorCode, scriptName: script.location, message, logTail: '' })
  if (target.process !== undefined) {
    const process: Entity | undefined = world.get(target.process)
    if (!process) return []
    const left = process.since + script.timeout * 1000 - world.now
    if (left > 0) return [{ again: Math.min(left, 60_000) }]
    return [
      { to: target.process, type: 'Signalled', data: { signal: 'KILL' }, by: deployment.id },
      ...diagnostics(
        'ScriptTimedOut',
        `Script at specified location: ${script.location} failed to complete in ${script.timeout} seconds`,
      ),
    ]
  }
  const path = script.location.replace(/^\.?\/+/, '')
  const text = source.files[path]
  if (text === undefined) {
    if (name === 'ApplicationStop' && deployment.input.ignoreApplicationStopFailures)
      return endEvent(target, name, world)
    return diagnostics('ScriptMissing', `Script does not exist at specified location: ${source.archive}/${path}`)
  }
  const started = startScript(agent, `${source.archive}/${path}`, text, scriptEnvironment(deployment, group, name))
  return [
    ...started.emit.map((one) => ({ ...one, by: target.id })),
    { to: target.id, type: 'ScriptBegan', data: { process: started.process, updated: world.now } },
  ]
}

/** A script has ended: the next one, or the end of the event. */
export function scriptEnded(
  target: Target,
  deployment: Deployment,
  group: Group,
  process: string,
  exitCode: number,
  output: string,
  world: World,
): readonly Answer[] {
  const event = currentEvent(target)
  if (!event || target.process !== process) return []
  const agent = findAgent(world, deployment.region, target.targetId)
  const script = hooksOf(scriptsOf(agent, deployment, group, event.name)?.spec, event.name)[target.script]
  const isForgiven = event.name === 'ApplicationStop' && deployment.input.ignoreApplicationStopFailures
  if (exitCode !== 0 && script && !isForgiven)
    return failEvent(target, event.name, world, {
      errorCode: 'ScriptFailed',
      scriptName: script.location,
      message: `Script at specified location: ${script.location} failed with exit code ${exitCode}`,
      logTail: `LifecycleEvent - ${event.name}\nScript - ${script.location}\n${output}`,
    })
  return [
    { to: target.id, type: 'ScriptEnded', data: { script: target.script + 1, process: undefined, updated: world.now } },
  ]
}
