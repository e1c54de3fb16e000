import type { Emission, JsonObject, World } from '../../../kernel/index.ts'
import { ALARM, type Alarm, alarmId } from '../cloudwatch/index.ts'
import { callService, type Message, type Received, refuse, servicePrincipal, uuid } from '../core/index.ts'
import { momentText } from './activity.ts'
import { type Group, groupId, membersOf, POLICY, type Policy, warmup } from './group.ts'
import { multiPolicy, type Wish } from './multiPolicy.rule.ts'
import { adjusted, stepScaling } from './stepScaling.rule.ts'
import { targetTracking } from './targetTracking.rule.ts'
import type { ScalingPolicy, TargetTrackingConfiguration } from './types.generated.ts'

/** A policy's alarm has something to say: scales its group. The body is that of a notification of CloudWatch. */
export function receives(arn: string, message: Message, world: World): Received {
  const [, region = '', group = '', name = ''] =
    /^arn:aws:autoscaling:([\w-]+):\d+:scalingPolicy:[\w-]+:autoScalingGroupName\/(.+):policyName\/(.+)$/.exec(arn) ??
    []
  const policy = world.get(`${POLICY}/${region}/${group}/${name}`) as Policy | undefined
  const target = world.get(groupId(region, group)) as Group | undefined
  if (!policy || !target) return refuse('ValidationError', `Policy ${arn} not found.`)
  const alarm = message.by === undefined ? undefined : (world.get(message.by) as Alarm | undefined)
  if (message.body.NewStateValue !== 'ALARM' || !alarm) return { emit: [] }
  if (target.suspended.includes('AlarmNotification')) return { emit: [] }
  return { emit: execute(world, target, policy, alarm) }
}

/** What executing a policy comes to; `metric` and `threshold` stand in for an alarm when someone executes it by hand. */
export function execute(
  world: World,
  group: Group,
  policy: Policy,
  alarm?: Alarm,
  given?: { readonly metric: number; readonly threshold: number },
  honor = true,
): readonly Emission[] {
  const { config } = policy
  const bounds = { min: group.MinSize, max: group.MaxSize }
  const metric = given?.metric ?? newest(alarm)
  const members = membersOf(world, group.id)
  const warm = members.filter(
    ({ state, inServiceAt }) => state === 'InService' && world.now - (inServiceAt ?? 0) >= warmup(group) * 1000,
  ).length
  const warming = members.some(
    ({ state, inServiceAt }) =>
      state.startsWith('Pending') || (state === 'InService' && world.now - (inServiceAt ?? 0) < warmup(group) * 1000),
  )
  const current = group.DesiredCapacity
  let desired = current
  let rule: string | undefined
  let inputs: object = {}
  if (config.PolicyType === 'TargetTrackingScaling' && config.TargetTrackingConfiguration) {
    if (metric === undefined) return []
    const { TargetValue: target, DisableScaleIn } = config.TargetTrackingConfiguration
    const high = alarm?.config.AlarmName.includes('AlarmHigh') ?? metric > target
    if (!high && (warming || world.decide(multiPolicy, { policies: wishes(world, group) }).action !== 'scaleIn'))
      return []
    inputs = {
      current: high && warming ? Math.max(1, warm) : current,
      metric,
      target,
      ...bounds,
      scaleInEnabled: !DisableScaleIn,
    }
    rule = targetTracking.id
    const tracked = world.decide(targetTracking, inputs as Parameters<typeof targetTracking.decide>[0]).desired
    desired = high ? Math.max(current, tracked) : Math.min(current, tracked)
  } else if (config.PolicyType === 'StepScaling') {
    const threshold = given?.threshold ?? alarm?.config.Threshold
    if (metric === undefined || threshold === undefined) return []
    const base = warming && warm > 0 ? warm : current
    inputs = {
      current: base,
      metric,
      threshold,
      adjustmentType: config.AdjustmentType,
      steps: (config.StepAdjustments ?? []).map((step) => ({
        lower: step.MetricIntervalLowerBound,
        upper: step.MetricIntervalUpperBound,
        adjustment: step.ScalingAdjustment,
      })),
      ...bounds,
      minAdjustmentMagnitude: config.MinAdjustmentMagnitude,
    }
    rule = stepScaling.id
    const stepped = world.decide(stepScaling, inputs as Parameters<typeof stepScaling.decide>[0]).desired
    // Those that warm up count as capacity that is on its way: no more is added than a step asks for, and nothing is taken away meanwhile.
    desired = stepped >= base ? Math.max(current, stepped) : warming ? current : stepped
  } else {
    const cooldown = (config.Cooldown ?? group.DefaultCooldown) * 1000
    if (honor && group.scaledAt !== undefined && world.now - group.scaledAt < cooldown) return []
    const type = (config.AdjustmentType ?? 'ChangeInCapacity') as Parameters<typeof adjusted>[1]
    desired = Math.min(
      bounds.max,
      Math.max(bounds.min, adjusted(current, type, config.ScalingAdjustment ?? 0, config.MinAdjustmentMagnitude)),
    )
  }
  if (desired === current) return []
  const who =
    alarm === undefined
      ? 'a user request executed'
      : `a monitor alarm ${alarm.config.AlarmName} in state ALARM triggered`
  const cause = `At ${momentText(world.now)} ${who} policy ${config.PolicyName} changing the desired capacity from ${current} to ${desired}.`
  return [
    {
      to: group.id,
      type: 'Changed',
      by: policy.id,
      ...(rule === undefined ? {} : { rule, inputs }),
      data: { DesiredCapacity: desired, cause, scaledAt: world.now },
    },
  ]
}

function newest(alarm: Alarm | undefined): number | undefined {
  for (const { value } of [...(alarm?.samples ?? [])].reverse()) if (value !== null) return value
  return undefined
}

/** What each target tracking policy of a group wants now; those that never scale in have no say in it. */
function wishes(world: World, group: Group): readonly Wish[] {
  const policies = world.ownedBy(group.id).filter(({ kind }) => kind === POLICY) as unknown as readonly Policy[]
  return policies.flatMap(({ config, alarms, region }): readonly Wish[] => {
    if (config.PolicyType !== 'TargetTrackingScaling') return []
    const fired = (part: string) =>
      alarms.some((name) => name.includes(part) && world.get(alarmId(region, name))?.state === 'ALARM')
    if (fired('AlarmHigh')) return ['out']
    if (config.TargetTrackingConfiguration?.DisableScaleIn) return []
    return [fired('AlarmLow') ? 'in' : 'none']
  })
}

/** The two alarms of a target tracking policy, made in CloudWatch. */
export function trackingAlarms(
  world: World,
  group: Group,
  name: string,
  arn: string,
  tracking: TargetTrackingConfiguration,
): { readonly alarms: readonly string[]; readonly emit: readonly Emission[] } {
  const metric = metricOf(group, tracking)
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
            Threshold: tracking.TargetValue * (metric.MetricName === 'CPUUtilization' ? 0.7 : 0.9),
            EvaluationPeriods: 15,
          },
        ]),
  ]
  const alarms: string[] = []
  const emit: Emission[] = []
  for (const { part, ...more } of wanted) {
    const AlarmName = `TargetTracking-${group.AutoScalingGroupName}-${part}-${uuid(world, group.id, name, part)}`
    alarms.push(AlarmName)
    const AlarmDescription = `DO NOT EDIT OR DELETE. For TargetTrackingScaling policy ${arn}.`
    const input = {
      AlarmName,
      AlarmDescription,
      AlarmActions: [arn],
      Period: 60,
      Statistic: 'Average',
      ActionsEnabled: true,
      ...metric,
      ...more,
    }
    const answer = callService({
      world,
      service: 'cloudwatch',
      operation: 'PutMetricAlarm',
      input: input as unknown as JsonObject,
      principal: servicePrincipal('autoscaling'),
      region: group.region,
    })
    if (!('error' in answer)) emit.push(...(answer.emit ?? []))
  }
  return { alarms, emit }
}

/** The metric that a policy follows. */
function metricOf(group: Group, tracking: TargetTrackingConfiguration) {
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
    return {
      Namespace: 'AWS/ApplicationELB',
      MetricName: 'RequestCountPerTarget',
      Statistic: 'Sum',
      Dimensions: [
        { Name: 'TargetGroup', Value: TargetGroup },
        { Name: 'LoadBalancer', Value: LoadBalancer },
      ],
    }
  }
  const MetricName =
    type === 'ASGAverageNetworkIn' ? 'NetworkIn' : type === 'ASGAverageNetworkOut' ? 'NetworkOut' : 'CPUUtilization'
  return {
    Namespace: 'AWS/EC2',
    MetricName,
    Dimensions: [{ Name: 'AutoScalingGroupName', Value: group.AutoScalingGroupName }],
  }
}

/** Deletes the alarms of a policy. */
export function dropAlarms(world: World, policy: Policy): readonly Emission[] {
  return policy.alarms.flatMap((name) => {
    const to = alarmId(policy.region, name)
    if (world.get(to)?.kind !== ALARM) return []
    const answer = callService({
      world,
      service: 'cloudwatch',
      operation: 'DeleteAlarms',
      input: { AlarmNames: [name] },
      principal: servicePrincipal('autoscaling'),
      region: policy.region,
    })
    return 'error' in answer ? [] : (answer.emit ?? [])
  })
}

/** A policy as the API describes it. */
export function policyOutput(policy: Policy): object {
  const { config, alarms, region } = policy
  return { ...config, Alarms: alarms.map((AlarmName) => alarmOutput(region, AlarmName)) } satisfies ScalingPolicy
}

export function alarmOutput(region: string, AlarmName: string) {
  return { AlarmName, AlarmARN: `arn:aws:cloudwatch:${region}:123456789012:alarm:${AlarmName}` }
}
