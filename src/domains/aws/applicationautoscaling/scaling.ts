import { type Emission, EPOCH, type JsonObject, type Rule, rules, type World } from '../../../kernel/index.ts'
import { type Alarm, alarmId } from '../cloudwatch/index.ts'
import { callService, type Message, type Received, refuse, servicePrincipal, uuid } from '../core/index.ts'
import { capacityOf, ecsNames, POLICY, type Policy, type ScalableTarget } from './target.ts'
import type { TargetTrackingScalingPolicyConfiguration } from './types.generated.ts'

/** The rules of scaling are those of EC2 Auto Scaling, found by their names: the services do not know each other. */
function decide<Out>(world: World, id: string, input: object): Out {
  const rule = rules.get(id) as unknown as Rule<object, Out> | undefined
  if (!rule) throw new Error(`no rule ${id}`)
  return world.decide(rule, input)
}

/** A policy's alarm has something to say: scales its target. Policies of EC2 groups are not its own. */
export function receives(arn: string, message: Message, world: World): Received {
  const found = /^arn:aws:autoscaling:([\w-]+):\d+:scalingPolicy:[\w-]+:resource\//.exec(arn)
  const policy = ([...world.all(POLICY)] as unknown as Policy[]).find(({ config }) => config.PolicyARN === arn)
  const target = policy && (world.get(policy.target) as ScalableTarget | undefined)
  if (!found || !policy || !target) return refuse('ObjectNotFoundException', `No scaling policy found for ${arn}`)
  const alarm = message.by === undefined ? undefined : (world.get(message.by) as Alarm | undefined)
  if (message.body.NewStateValue !== 'ALARM' || !alarm) return { emit: [] }
  return { emit: execute(world, target, policy, alarm) }
}

function execute(world: World, target: ScalableTarget, policy: Policy, alarm: Alarm): readonly Emission[] {
  const current = capacityOf(world, target)
  const metric = [...alarm.samples].reverse().find(({ value }) => value !== null)?.value
  if (current === undefined || metric === undefined || metric === null) return []
  const bounds = { min: target.MinCapacity, max: target.MaxCapacity }
  const tracking = policy.config.TargetTrackingScalingPolicyConfiguration
  const step = policy.config.StepScalingPolicyConfiguration
  let desired = current
  let rule = ''
  let inputs: object = {}
  if (tracking) {
    const high = alarm.config.AlarmName.includes('-AlarmHigh-')
    if (
      !high &&
      decide<{ readonly action: string }>(world, 'asg.multiPolicy', { policies: wishes(world, target) }).action !==
        'scaleIn'
    )
      return []
    rule = 'asg.targetTracking'
    inputs = { current, metric, target: tracking.TargetValue, ...bounds, scaleInEnabled: !tracking.DisableScaleIn }
    const tracked = decide<{ readonly desired: number }>(world, rule, inputs).desired
    desired = high ? Math.max(current, tracked) : Math.min(current, tracked)
  } else if (step) {
    rule = 'asg.stepScaling'
    inputs = {
      current,
      metric,
      threshold: alarm.config.Threshold ?? 0,
      adjustmentType: step.AdjustmentType ?? 'ChangeInCapacity',
      steps: (step.StepAdjustments ?? []).map((one) => ({
        lower: one.MetricIntervalLowerBound,
        upper: one.MetricIntervalUpperBound,
        adjustment: one.ScalingAdjustment,
      })),
      ...bounds,
      minAdjustmentMagnitude: step.MinAdjustmentMagnitude,
    }
    desired = decide<{ readonly desired: number }>(world, rule, inputs).desired
  }
  if (desired === current) return []
  const out = desired > current
  if (out ? target.SuspendedState.DynamicScalingOutSuspended : target.SuspendedState.DynamicScalingInSuspended)
    return []
  const cooldown = (tracking ? (out ? tracking.ScaleOutCooldown : tracking.ScaleInCooldown) : step?.Cooldown) ?? 300
  const last = out
    ? target.outAt
    : Math.max(target.inAt ?? Number.NEGATIVE_INFINITY, target.outAt ?? Number.NEGATIVE_INFINITY)
  if (last !== undefined && world.now - last < cooldown * 1000) return []
  const cause = `monitor alarm ${alarm.config.AlarmName} in state ALARM triggered policy ${policy.config.PolicyName}`
  return scale(world, target, desired, cause, {
    by: policy.id,
    rule,
    inputs,
    more: out ? { outAt: world.now } : { inAt: world.now },
  })
}

/** Sets the capacity of a target, and writes it down. */
export function scale(
  world: World,
  target: ScalableTarget,
  desired: number,
  cause: string,
  about: { readonly by?: string; readonly rule?: string; readonly inputs?: object; readonly more?: object } = {},
): readonly Emission[] {
  const names = ecsNames(target.ResourceId)
  if (!names) return []
  const answer = callService({
    world,
    service: 'ecs',
    operation: 'UpdateService',
    input: { cluster: names.cluster, service: names.service, desiredCount: desired },
    principal: servicePrincipal('ecs.application-autoscaling'),
    region: target.region,
  })
  const failed = 'error' in answer ? answer.error : undefined
  const now = EPOCH + world.now
  const activity = {
    ActivityId: uuid(world, 'activity', target.id),
    ServiceNamespace: target.ServiceNamespace,
    ResourceId: target.ResourceId,
    ScalableDimension: target.ScalableDimension,
    Description: `Setting desired count to ${desired}.`,
    Cause: cause,
    StartTime: now,
    EndTime: now,
    StatusCode: failed ? 'Failed' : 'Successful',
    StatusMessage: failed
      ? `Failed to set desired count to ${desired}. Reason: ${failed.message}`
      : `Successfully set desired count to ${desired}. Change successfully fulfilled by ecs.`,
  }
  const { by, rule, inputs, more } = about
  return [
    {
      to: target.id,
      type: 'Changed',
      ...(by === undefined ? {} : { by }),
      ...(rule ? { rule, inputs } : {}),
      data: { activities: [activity, ...target.activities].slice(0, 50), ...more },
    },
    ...('error' in answer ? [] : (answer.emit ?? [])),
  ]
}

/** What each target tracking policy of a target wants now. */
function wishes(world: World, target: ScalableTarget): readonly string[] {
  const policies = world.ownedBy(target.id) as unknown as readonly Policy[]
  return policies.flatMap(({ config, alarms, region }): readonly string[] => {
    const tracking = config.TargetTrackingScalingPolicyConfiguration
    if (!tracking) return []
    const fired = (part: string) =>
      alarms.some((name) => name.includes(part) && world.get(alarmId(region, name))?.state === 'ALARM')
    if (fired('-AlarmHigh-')) return ['out']
    if (tracking.DisableScaleIn) return []
    return [fired('-AlarmLow-') ? 'in' : 'none']
  })
}

/** The two alarms of a target tracking policy, made in CloudWatch. */
export function trackingAlarms(
  world: World,
  target: ScalableTarget,
  name: string,
  arn: string,
  tracking: TargetTrackingScalingPolicyConfiguration,
): { readonly alarms: readonly string[]; readonly emit: readonly Emission[] } {
  const metric = metricOf(target, tracking)
  const wanted = [
    {
      part: 'AlarmHigh',
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: tracking.TargetValue,
      EvaluationPeriods: 3,
    },
    ...(tracking.DisableScaleIn
      ? []
      : [
          {
            part: 'AlarmLow',
            ComparisonOperator: 'LessThanThreshold',
            Threshold: tracking.TargetValue * 0.9,
            EvaluationPeriods: 15,
          },
        ]),
  ]
  const alarms: string[] = []
  const emit: Emission[] = []
  for (const { part, ...more } of wanted) {
    const AlarmName = `TargetTracking-${target.ResourceId}-${part}-${uuid(world, target.id, name, part)}`
    alarms.push(AlarmName)
    const input = {
      AlarmName,
      AlarmDescription: `DO NOT EDIT OR DELETE. For TargetTrackingScaling policy ${arn}.`,
      AlarmActions: [arn],
      ActionsEnabled: true,
      Period: 60,
      Statistic: 'Average',
      ...metric,
      ...more,
    } as unknown as JsonObject
    const answer = callService({
      world,
      service: 'cloudwatch',
      operation: 'PutMetricAlarm',
      input,
      principal: servicePrincipal('application-autoscaling'),
      region: target.region,
    })
    if (!('error' in answer)) emit.push(...(answer.emit ?? []))
  }
  return { alarms, emit }
}

function metricOf(target: ScalableTarget, tracking: TargetTrackingScalingPolicyConfiguration): object {
  const own = tracking.CustomizedMetricSpecification
  if (own)
    return {
      Namespace: own.Namespace,
      MetricName: own.MetricName,
      Dimensions: own.Dimensions,
      ...(own.Statistic === undefined ? {} : { Statistic: own.Statistic }),
    }
  const { PredefinedMetricType: type = '', ResourceLabel = '' } = tracking.PredefinedMetricSpecification ?? {}
  if (type === 'ALBRequestCountPerTarget') {
    const [, LoadBalancer = '', TargetGroup = ''] = /^(.+)\/(targetgroup\/.+)$/.exec(ResourceLabel) ?? []
    const Dimensions = [
      { Name: 'LoadBalancer', Value: LoadBalancer },
      { Name: 'TargetGroup', Value: TargetGroup },
    ]
    return { Namespace: 'AWS/ApplicationELB', MetricName: 'RequestCountPerTarget', Statistic: 'Sum', Dimensions }
  }
  const names = ecsNames(target.ResourceId)
  return {
    Namespace: 'AWS/ECS',
    MetricName: type === 'ECSServiceAverageMemoryUtilization' ? 'MemoryUtilization' : 'CPUUtilization',
    Dimensions: [
      { Name: 'ClusterName', Value: names?.cluster ?? '' },
      { Name: 'ServiceName', Value: names?.service ?? '' },
    ],
  }
}

/** Deletes the alarms that a policy made for itself. */
export function dropAlarms(world: World, policy: Policy): readonly Emission[] {
  const there = policy.alarms.filter((name) => world.get(alarmId(policy.region, name)))
  if (there.length === 0) return []
  const input = { AlarmNames: there }
  const answer = callService({
    world,
    service: 'cloudwatch',
    operation: 'DeleteAlarms',
    input,
    principal: servicePrincipal('application-autoscaling'),
    region: policy.region,
  })
  return 'error' in answer ? [] : (answer.emit ?? [])
}
