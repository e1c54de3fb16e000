import { type Emission, EPOCH } from '../../../kernel/index.ts'
import { type ApiAnswer, arnOf, defineOperation, type Operation, refuse, uuid } from '../core/index.ts'
import type { LaunchOrder } from '../ec2/index.ts'
import { momentText } from './activity.ts'
import {
  CONFIGURATION,
  GROUP,
  type Group,
  MEMBER,
  type Member,
  membersOf,
  POLICY,
  type Policy,
  REFRESH,
  type Refresh,
} from './group.ts'
import { changed, findGroup, noGroup, onGroup } from './groupOperations.ts'
import { orderOf } from './launching.ts'
import { replaceable } from './refresh.controller.ts'
import { alarmOutput, dropAlarms, execute, policyOutput, trackingAlarms } from './scaling.ts'
import { nextRun } from './scheduled.ts'
import type {
  CompleteLifecycleActionType,
  CreateLaunchConfigurationType,
  CreateOrUpdateTagsType,
  DeletePolicyType,
  DescribeInstanceRefreshesType,
  DescribePoliciesType,
  ExecutePolicyType,
  LaunchConfigurationNamesType,
  LifecycleHook,
  PutLifecycleHookType,
  PutScalingPolicyType,
  PutScheduledUpdateGroupActionType,
  ScalingProcessQuery,
  StartInstanceRefreshType,
} from './types.generated.ts'

type Named = { readonly AutoScalingGroupName: string }

const PROCESSES = [
  'AZRebalance',
  'AddToLoadBalancer',
  'AlarmNotification',
  'HealthCheck',
  'InstanceRefresh',
  'Launch',
  'ReplaceUnhealthy',
  'ScheduledActions',
  'Terminate',
]
const METRICS = [
  'GroupMinSize',
  'GroupMaxSize',
  'GroupDesiredCapacity',
  'GroupInServiceInstances',
  'GroupPendingInstances',
  'GroupStandbyInstances',
  'GroupTerminatingInstances',
  'GroupTotalInstances',
]
const POLICIES = [
  'ClosestToNextInstanceHour',
  'Default',
  'NewestInstance',
  'OldestInstance',
  'OldestLaunchConfiguration',
  'OldestLaunchTemplate',
  'AllocationStrategy',
]

interface Configuration {
  readonly id: string
  readonly region: string
  readonly arn: string
  readonly made: number
  readonly config: CreateLaunchConfigurationType
}

/** Operations on policies, processes, hooks, schedules, refreshes, launch configurations and tags. */
export const policyOperations: readonly Operation[] = [
  onGroup<PutScalingPolicyType>('PutScalingPolicy', ({ input, world, region }, group) => {
    const { PolicyName, PolicyType = 'SimpleScaling' } = input
    const to = `${POLICY}/${region}/${group.AutoScalingGroupName}/${PolicyName}`
    const there = world.get(to) as Policy | undefined
    if (PolicyType === 'StepScaling' && !input.StepAdjustments?.length)
      return refuse('ValidationError', 'You must specify at least one step adjustment')
    if (PolicyType === 'SimpleScaling' && input.ScalingAdjustment === undefined)
      return refuse('ValidationError', 'You must specify a scaling adjustment.')
    if (PolicyType !== 'TargetTrackingScaling' && input.AdjustmentType === undefined)
      return refuse('ValidationError', 'You must specify an adjustment type.')
    if (PolicyType === 'TargetTrackingScaling' && !input.TargetTrackingConfiguration)
      return refuse(
        'ValidationError',
        'TargetTrackingConfiguration must be specified for policy type TargetTrackingScaling',
      )
    const PolicyARN =
      there?.config.PolicyARN ??
      arnOf(
        'autoscaling',
        region,
        `scalingPolicy:${uuid(world, to)}:autoScalingGroupName/${group.AutoScalingGroupName}:policyName/${PolicyName}`,
      )
    const tracking = input.TargetTrackingConfiguration
    const made = tracking ? trackingAlarms(world, group, PolicyName, PolicyARN, tracking) : { alarms: [], emit: [] }
    const { AutoScalingGroupName } = group
    const config = { Enabled: true, StepAdjustments: [], ...input, PolicyType, AutoScalingGroupName, PolicyARN }
    const data = { owner: group.id, region, group: group.id, config, alarms: made.alarms }
    return {
      output: { PolicyARN, Alarms: made.alarms.map((name) => alarmOutput(region, name)) },
      emit: [
        ...(there ? dropAlarms(world, there) : []),
        there
          ? { to, type: 'Changed', data: { config, alarms: made.alarms } }
          : { to, kind: POLICY, type: 'Created', data },
        ...made.emit,
      ],
    }
  }),
  defineOperation<DescribePoliciesType>('DescribePolicies', (call) => {
    const { AutoScalingGroupName: name, PolicyNames: names, PolicyTypes: types } = call.input
    if (name !== undefined && !findGroup(call, name)) return noGroup(name)
    const list = ([...call.world.all(POLICY)] as unknown as Policy[]).filter(
      ({ region, config }) =>
        region === call.region &&
        (name === undefined || config.AutoScalingGroupName === name) &&
        (!names?.length || names.includes(config.PolicyName ?? '') || names.includes(config.PolicyARN ?? '')) &&
        (!types?.length || types.includes(config.PolicyType ?? '')),
    )
    return { output: { ScalingPolicies: list.map(policyOutput) } }
  }),
  defineOperation<DeletePolicyType>('DeletePolicy', (call) => {
    const policy = findPolicy(call, call.input)
    if (!policy) return refuse('ValidationError', `Policy ${call.input.PolicyName} not found.`)
    return { output: {}, emit: [...dropAlarms(call.world, policy), { to: policy.id, type: 'Deleted' }] }
  }),
  defineOperation<ExecutePolicyType>('ExecutePolicy', (call) => {
    const policy = findPolicy(call, call.input)
    const group = policy && (call.world.get(policy.group) as Group | undefined)
    if (!policy || !group) return refuse('ValidationError', `Policy ${call.input.PolicyName} not found.`)
    const { MetricValue: metric, BreachThreshold: threshold, HonorCooldown = false } = call.input
    const given = metric === undefined || threshold === undefined ? undefined : { metric, threshold }
    return { output: {}, emit: execute(call.world, group, policy, undefined, given, HonorCooldown) }
  }),
  onGroup<ScalingProcessQuery>('SuspendProcesses', ({ input }, group) => {
    const bad = input.ScalingProcesses?.find((one) => !PROCESSES.includes(one))
    if (bad !== undefined) return refuse('ValidationError', `Invalid Process Type: ${bad}`)
    const more = input.ScalingProcesses?.length ? input.ScalingProcesses : PROCESSES
    return { output: {}, emit: [changed(group, { suspended: [...new Set([...group.suspended, ...more])] })] }
  }),
  onGroup<ScalingProcessQuery>('ResumeProcesses', ({ input }, group) => ({
    output: {},
    emit: [
      changed(group, {
        suspended: input.ScalingProcesses?.length
          ? group.suspended.filter((one) => !input.ScalingProcesses?.includes(one))
          : [],
      }),
    ],
  })),
  defineOperation<object>('DescribeScalingProcessTypes', () => ({
    output: { Processes: PROCESSES.map((ProcessName) => ({ ProcessName })) },
  })),
  defineOperation<object>('DescribeAdjustmentTypes', () => ({
    output: {
      AdjustmentTypes: ['ChangeInCapacity', 'ExactCapacity', 'PercentChangeInCapacity'].map((AdjustmentType) => ({
        AdjustmentType,
      })),
    },
  })),
  defineOperation<object>('DescribeTerminationPolicyTypes', () => ({ output: { TerminationPolicyTypes: POLICIES } })),
  defineOperation<object>('DescribeLifecycleHookTypes', () => ({
    output: { LifecycleHookTypes: ['autoscaling:EC2_INSTANCE_LAUNCHING', 'autoscaling:EC2_INSTANCE_TERMINATING'] },
  })),
  defineOperation<object>('DescribeAutoScalingNotificationTypes', () => ({
    output: {
      AutoScalingNotificationTypes: [
        'EC2_INSTANCE_LAUNCH',
        'EC2_INSTANCE_LAUNCH_ERROR',
        'EC2_INSTANCE_TERMINATE',
        'EC2_INSTANCE_TERMINATE_ERROR',
        'TEST_NOTIFICATION',
      ].map((one) => `autoscaling:${one}`),
    },
  })),
  defineOperation<object>('DescribeMetricCollectionTypes', () => ({
    output: { Metrics: METRICS.map((Metric) => ({ Metric })), Granularities: [{ Granularity: '1Minute' }] },
  })),
  defineOperation<object>('DescribeAccountLimits', ({ world }) => ({
    output: {
      MaxNumberOfAutoScalingGroups: 500,
      MaxNumberOfLaunchConfigurations: 200,
      NumberOfAutoScalingGroups: world.count(GROUP),
      NumberOfLaunchConfigurations: world.count(CONFIGURATION),
    },
  })),
  onGroup<Named & { readonly Metrics?: readonly string[] }>('EnableMetricsCollection', ({ input }, group) => ({
    output: {},
    emit: [
      changed(group, {
        enabledMetrics: [...new Set([...group.enabledMetrics, ...(input.Metrics?.length ? input.Metrics : METRICS)])],
      }),
    ],
  })),
  onGroup<Named & { readonly Metrics?: readonly string[] }>('DisableMetricsCollection', ({ input }, group) => ({
    output: {},
    emit: [
      changed(group, {
        enabledMetrics: input.Metrics?.length
          ? group.enabledMetrics.filter((one) => !input.Metrics?.includes(one))
          : [],
      }),
    ],
  })),
  onGroup<PutLifecycleHookType>('PutLifecycleHook', ({ input }, group) => {
    const before = group.hooks.find(({ LifecycleHookName }) => LifecycleHookName === input.LifecycleHookName)
    if (!before && input.LifecycleTransition === undefined)
      return refuse('ValidationError', 'When creating a new LifecycleHook, a LifecycleTransition must be specified')
    const HeartbeatTimeout = input.HeartbeatTimeout ?? before?.HeartbeatTimeout ?? 3600
    const hook: LifecycleHook = {
      DefaultResult: 'ABANDON',
      ...before,
      ...input,
      HeartbeatTimeout,
      GlobalTimeout: Math.min(172_800, HeartbeatTimeout * 100),
    }
    return { output: {}, emit: [changed(group, { hooks: [...group.hooks.filter((one) => one !== before), hook] })] }
  }),
  onGroup<Named & { readonly LifecycleHookNames?: readonly string[] }>(
    'DescribeLifecycleHooks',
    ({ input }, group) => ({
      output: {
        LifecycleHooks: group.hooks.filter(
          ({ LifecycleHookName = '' }) =>
            !input.LifecycleHookNames?.length || input.LifecycleHookNames.includes(LifecycleHookName),
        ),
      },
    }),
  ),
  onGroup<Named & { readonly LifecycleHookName: string }>('DeleteLifecycleHook', ({ input, world }, group) => {
    const hooks = group.hooks.filter(({ LifecycleHookName }) => LifecycleHookName !== input.LifecycleHookName)
    if (hooks.length === group.hooks.length)
      return refuse('ValidationError', `No Lifecycle Hook found with name: ${input.LifecycleHookName}`)
    const waiting = membersOf(world, group.id).filter(({ hook }) => hook === input.LifecycleHookName)
    return {
      output: {},
      emit: [changed(group, { hooks }), ...waiting.map(({ id: to }): Emission => ({ to, type: 'Continued' }))],
    }
  }),
  onGroup<CompleteLifecycleActionType>('CompleteLifecycleAction', (call, group) => {
    const member = waiting(membersOf(call.world, group.id), call.input)
    if (!member) return noAction(call.input)
    const giveUp = call.input.LifecycleActionResult === 'ABANDON' && member.state === 'Pending:Wait'
    return { output: {}, emit: [{ to: member.id, type: giveUp ? 'TerminationBegan' : 'Continued' }] }
  }),
  onGroup<CompleteLifecycleActionType>('RecordLifecycleActionHeartbeat', (call, group) => {
    const member = waiting(membersOf(call.world, group.id), call.input)
    return member ? { output: {}, emit: [{ to: member.id, type: 'Heartbeat' }] } : noAction(call.input)
  }),
  onGroup<PutScheduledUpdateGroupActionType>('PutScheduledUpdateGroupAction', ({ input, world, region }, group) => {
    const now = EPOCH + world.now
    const StartTime =
      input.StartTime ?? input.Time ?? (input.Recurrence === undefined ? undefined : nextRun(input.Recurrence, now))
    if (StartTime === undefined)
      return refuse(
        'ValidationError',
        input.Recurrence === undefined
          ? 'Either Start Time or Recurrence Rule must be specified.'
          : `Given recurrence string: ${input.Recurrence} is invalid`,
      )
    if (StartTime < now) return refuse('ValidationError', 'Given start time is in the past')
    const { ScheduledActionName } = input
    const ScheduledActionARN = arnOf(
      'autoscaling',
      region,
      `scheduledUpdateGroupAction:${uuid(world, group.id, ScheduledActionName)}:autoScalingGroupName/${group.AutoScalingGroupName}:scheduledActionName/${ScheduledActionName}`,
    )
    const action = { ...input, ScheduledActionARN, StartTime, Time: StartTime }
    return {
      output: {},
      emit: [
        changed(group, {
          scheduled: [...group.scheduled.filter((one) => one.ScheduledActionName !== ScheduledActionName), action],
        }),
      ],
    }
  }),
  defineOperation<{ readonly AutoScalingGroupName?: string; readonly ScheduledActionNames?: readonly string[] }>(
    'DescribeScheduledActions',
    ({ input, world, region }) => ({
      output: {
        ScheduledUpdateGroupActions: ([...world.all(GROUP)] as Group[])
          .filter(
            (group) =>
              group.region === region &&
              (input.AutoScalingGroupName === undefined || group.AutoScalingGroupName === input.AutoScalingGroupName),
          )
          .flatMap(({ scheduled }) =>
            scheduled.filter(
              ({ ScheduledActionName = '' }) =>
                !input.ScheduledActionNames?.length || input.ScheduledActionNames.includes(ScheduledActionName),
            ),
          ),
      },
    }),
  ),
  onGroup<Named & { readonly ScheduledActionName: string }>('DeleteScheduledAction', ({ input }, group) => {
    const scheduled = group.scheduled.filter(
      ({ ScheduledActionName }) => ScheduledActionName !== input.ScheduledActionName,
    )
    if (scheduled.length === group.scheduled.length) return refuse('ValidationError', `Scheduled action name not found`)
    return { output: {}, emit: [changed(group, { scheduled })] }
  }),
  onGroup<StartInstanceRefreshType>('StartInstanceRefresh', ({ input, world, region }, group) => {
    const busy = refreshes(world, group).find(({ state }) => state === 'Pending' || state === 'InProgress')
    if (busy)
      return refuse(
        'InstanceRefreshInProgress',
        `An Instance Refresh is already in progress and blocks the execution of this Instance Refresh.`,
      )
    const wanted = input.DesiredConfiguration?.LaunchTemplate
    const order = orderOf(
      world,
      wanted ? { region, LaunchTemplate: wanted, LaunchConfigurationName: undefined } : group,
    )
    if ('error' in order) return order
    const skip = input.Preferences?.SkipMatching === true
    const old = membersOf(world, group.id)
      .filter(({ LaunchTemplate }) => !skip || LaunchTemplate?.Version !== order.version?.Version)
      .map(({ InstanceId }) => `${region}/${InstanceId}`)
    const InstanceRefreshId = uuid(world, 'refresh', group.id)
    const data = {
      owner: group.id,
      region,
      group: group.id,
      InstanceRefreshId,
      preferences: input.Preferences ?? {},
      old,
      startedAt: world.now,
    }
    return {
      output: { InstanceRefreshId },
      emit: [
        ...(wanted && order.version
          ? [changed(group, { LaunchTemplate: { ...order.version, Version: wanted.Version ?? '$Default' } })]
          : []),
        { to: `${REFRESH}/${region}/${InstanceRefreshId}`, kind: REFRESH, type: 'Created', data },
      ],
    }
  }),
  onGroup<DescribeInstanceRefreshesType>('DescribeInstanceRefreshes', ({ input, world }, group) => ({
    output: {
      InstanceRefreshes: refreshes(world, group)
        .filter(
          ({ InstanceRefreshId }) =>
            !input.InstanceRefreshIds?.length || input.InstanceRefreshIds.includes(InstanceRefreshId),
        )
        .reverse()
        .map((refresh) => refreshOutput(world, group, refresh)),
    },
  })),
  onGroup<Named>('CancelInstanceRefresh', ({ world }, group) => {
    const busy = refreshes(world, group).find(({ state }) => state === 'Pending' || state === 'InProgress')
    if (!busy)
      return refuse(
        'ActiveInstanceRefreshNotFound',
        `No in progress or pending Instance Refresh found for Auto Scaling group ${group.AutoScalingGroupName}`,
      )
    return { output: { InstanceRefreshId: busy.InstanceRefreshId }, emit: [{ to: busy.id, type: 'Cancelled' }] }
  }),
  defineOperation<CreateLaunchConfigurationType>('CreateLaunchConfiguration', ({ input, world, region }) => {
    const name = input.LaunchConfigurationName
    const to = `${CONFIGURATION}/${region}/${name}`
    if (world.get(to))
      return refuse(
        'AlreadyExists',
        `Launch Configuration by this name already exists - A launch configuration already exists with the name ${name}`,
      )
    if (input.ImageId === undefined && input.InstanceId === undefined)
      return refuse(
        'ValidationError',
        'Valid requests must contain either the InstanceID parameter or both the ImageId and InstanceType parameters.',
      )
    const profile = input.IamInstanceProfile
    const order: LaunchOrder = {
      ImageId: input.ImageId,
      InstanceType: input.InstanceType,
      KeyName: input.KeyName,
      SecurityGroupIds: input.SecurityGroups,
      UserData: input.UserData,
      ...(profile === undefined
        ? {}
        : { IamInstanceProfile: profile.startsWith('arn:') ? { Arn: profile } : { Name: profile } }),
      ...(input.SpotPrice === undefined ? {} : { InstanceMarketOptions: { MarketType: 'spot' } }),
    }
    const arn = arnOf('autoscaling', region, `launchConfiguration:${uuid(world, to)}:launchConfigurationName/${name}`)
    return {
      output: {},
      emit: [
        { to, kind: CONFIGURATION, type: 'Created', data: { region, arn, made: world.now, config: input, order } },
      ],
    }
  }),
  defineOperation<LaunchConfigurationNamesType>('DescribeLaunchConfigurations', ({ input, world, region }) => {
    const list = ([...world.all(CONFIGURATION)] as unknown as Configuration[]).filter(
      (one) =>
        one.region === region &&
        (!input.LaunchConfigurationNames?.length ||
          input.LaunchConfigurationNames.includes(one.config.LaunchConfigurationName)),
    )
    return {
      output: {
        LaunchConfigurations: list.map(({ arn, config, made }) => ({
          LaunchConfigurationName: config.LaunchConfigurationName,
          LaunchConfigurationARN: arn,
          ImageId: config.ImageId,
          KeyName: config.KeyName ?? '',
          SecurityGroups: config.SecurityGroups ?? [],
          ClassicLinkVPCSecurityGroups: [],
          UserData: config.UserData ?? '',
          InstanceType: config.InstanceType,
          KernelId: '',
          RamdiskId: '',
          BlockDeviceMappings: config.BlockDeviceMappings ?? [],
          InstanceMonitoring: config.InstanceMonitoring ?? { Enabled: true },
          CreatedTime: EPOCH + made,
          EbsOptimized: config.EbsOptimized ?? false,
          ...(config.IamInstanceProfile === undefined ? {} : { IamInstanceProfile: config.IamInstanceProfile }),
        })),
      },
    }
  }),
  defineOperation<{ readonly LaunchConfigurationName: string }>(
    'DeleteLaunchConfiguration',
    ({ input, world, region }) => {
      const to = `${CONFIGURATION}/${region}/${input.LaunchConfigurationName}`
      if (!world.get(to))
        return refuse(
          'ValidationError',
          `Launch configuration name not found - Launch configuration ${input.LaunchConfigurationName} not found`,
        )
      if (
        ([...world.all(GROUP)] as Group[]).some(
          (group) => group.LaunchConfigurationName === input.LaunchConfigurationName,
        )
      )
        return refuse(
          'ResourceInUse',
          `Cannot delete launch configuration ${input.LaunchConfigurationName} because it is attached to an AutoScalingGroup`,
        )
      return { output: {}, emit: [{ to, type: 'Deleted' }] }
    },
  ),
  defineOperation<CreateOrUpdateTagsType>('CreateOrUpdateTags', (call): ApiAnswer => {
    const emit: Emission[] = []
    for (const { ResourceId = '', Key, Value = '', PropagateAtLaunch = false } of call.input.Tags) {
      const group = findGroup(call, ResourceId)
      if (!group) return noGroup(ResourceId)
      const Tags = [
        ...group.Tags.filter((one) => one.Key !== Key),
        { ResourceId, ResourceType: 'auto-scaling-group', Key, Value, PropagateAtLaunch },
      ]
      emit.push(changed(group, { Tags }))
    }
    return { output: {}, emit }
  }),
  defineOperation<CreateOrUpdateTagsType>('DeleteTags', (call): ApiAnswer => {
    const emit: Emission[] = []
    for (const { ResourceId = '', Key } of call.input.Tags) {
      const group = findGroup(call, ResourceId)
      if (!group) return noGroup(ResourceId)
      emit.push(changed(group, { Tags: group.Tags.filter((one) => one.Key !== Key) }))
    }
    return { output: {}, emit }
  }),
  defineOperation<object>('DescribeTags', ({ world, region }) => ({
    output: {
      Tags: ([...world.all(GROUP)] as Group[]).filter((group) => group.region === region).flatMap(({ Tags }) => Tags),
    },
  })),
]

function findPolicy(
  { world, region }: Parameters<typeof findGroup>[0],
  {
    AutoScalingGroupName: group,
    PolicyName,
  }: { readonly AutoScalingGroupName?: string | undefined; readonly PolicyName: string },
): Policy | undefined {
  return ([...world.all(POLICY)] as unknown as Policy[]).find(
    ({ config, region: place }) =>
      place === region &&
      (config.PolicyName === PolicyName || config.PolicyARN === PolicyName) &&
      (group === undefined || config.AutoScalingGroupName === group),
  )
}

function waiting(
  members: readonly Member[],
  { LifecycleActionToken: token, InstanceId, LifecycleHookName }: CompleteLifecycleActionType,
): Member | undefined {
  return members.find(
    (member) =>
      member.kind === MEMBER &&
      member.state.endsWith(':Wait') &&
      member.hook === LifecycleHookName &&
      (token === undefined ? member.InstanceId === InstanceId : member.token === token),
  )
}

function noAction({ LifecycleActionToken, InstanceId }: CompleteLifecycleActionType) {
  return refuse(
    'ValidationError',
    LifecycleActionToken === undefined
      ? `No active Lifecycle Action found with instance ID ${InstanceId}`
      : `No active Lifecycle Action found with token ${LifecycleActionToken}`,
  )
}

function refreshes(world: Parameters<typeof findGroup>[0]['world'], group: Group): readonly Refresh[] {
  return world.ownedBy(group.id).filter(({ kind }) => kind === REFRESH) as unknown as readonly Refresh[]
}

function refreshOutput(world: Parameters<typeof findGroup>[0]['world'], group: Group, refresh: Refresh): object {
  const left = refresh.state === 'Successful' ? 0 : replaceable(world, refresh).length
  const total = refresh.old.length
  return {
    InstanceRefreshId: refresh.InstanceRefreshId,
    AutoScalingGroupName: group.AutoScalingGroupName,
    Status: refresh.state,
    ...(refresh.state === 'InProgress' && left < total
      ? { StatusReason: `Waiting for instances to warm up before continuing. For example: ${momentText(world.now)}.` }
      : {}),
    StartTime: EPOCH + refresh.startedAt,
    ...(refresh.endedAt === undefined ? {} : { EndTime: EPOCH + refresh.endedAt }),
    PercentageComplete: total === 0 ? 100 : Math.floor(((total - left) / total) * 100),
    InstancesToUpdate: left,
    Preferences: { MinHealthyPercentage: 90, SkipMatching: false, ...refresh.preferences },
  }
}
