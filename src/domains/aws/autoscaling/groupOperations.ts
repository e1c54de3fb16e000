import { type Emission, EPOCH } from '../../../kernel/index.ts'
import {
  type ApiAnswer,
  type ApiCall,
  type ApiError,
  arnOf,
  defineOperation,
  type Operation,
  refuse,
  uuid,
} from '../core/index.ts'
import { findInstance, subnetOf } from '../ec2/index.ts'
import { ofArn, TARGET_GROUP } from '../elbv2/index.ts'
import { type Activity, beginActivity, momentText } from './activity.ts'
import { terminate } from './group.controller.ts'
import { GROUP, type Group, groupId, MEMBER, type Member, memberId, membersOf } from './group.ts'
import { orderOf } from './launching.ts'
import type {
  AttachInstancesQuery,
  AttachLoadBalancerTargetGroupsType,
  AutoScalingGroupNamesType,
  CreateAutoScalingGroupType,
  DeleteAutoScalingGroupType,
  DescribeAutoScalingInstancesType,
  DescribeScalingActivitiesType,
  DetachInstancesQuery,
  EnterStandbyQuery,
  SetDesiredCapacityType,
  SetInstanceHealthQuery,
  SetInstanceProtectionQuery,
  TerminateInstanceInAutoScalingGroupType,
  UpdateAutoScalingGroupType,
} from './types.generated.ts'

type Place = Pick<ApiCall<never>, 'world' | 'region'>

/** Refusal for a group that there is not. */
export function noGroup(name: string) {
  return refuse('ValidationError', `AutoScalingGroup name not found - AutoScalingGroup ${name} not found`)
}

/** A group by its name. */
export function findGroup({ world, region }: Place, name: string): Group | undefined {
  const group = world.get(groupId(region, name)) as Group | undefined
  return group?.deleting ? undefined : group
}

/** An operation on one group that there must be. */
export function onGroup<In extends { readonly AutoScalingGroupName: string }>(
  name: string,
  run: (call: ApiCall<In>, group: Group) => ApiAnswer,
): Operation {
  return defineOperation<In>(
    name,
    (call) => {
      const group = findGroup(call, call.input.AutoScalingGroupName)
      return group ? run(call, group) : noGroup(call.input.AutoScalingGroupName)
    },
    ({ input, region }) => ({
      resource: arnOf('autoscaling', region, `autoScalingGroup:*:autoScalingGroupName/${input.AutoScalingGroupName}`),
    }),
  )
}

/** A change of a group's record. */
export const changed = ({ id: to }: Group, data: object): Emission => ({ to, type: 'Changed', data })

function all({ world, region }: Place): readonly Group[] {
  return [...world.all(GROUP)].filter((one) => (one as Group).region === region) as Group[]
}

function memberOutput(member: Member): object {
  const {
    InstanceId,
    InstanceType,
    AvailabilityZone,
    HealthStatus,
    ProtectedFromScaleIn,
    LaunchTemplate,
    LaunchConfigurationName,
  } = member
  return {
    InstanceId,
    InstanceType,
    AvailabilityZone,
    LifecycleState: member.state,
    HealthStatus,
    ...(LaunchTemplate ? { LaunchTemplate } : LaunchConfigurationName === undefined ? {} : { LaunchConfigurationName }),
    ProtectedFromScaleIn,
  }
}

function groupOutput(call: Place, group: Group): object {
  return {
    AutoScalingGroupName: group.AutoScalingGroupName,
    AutoScalingGroupARN: group.AutoScalingGroupARN,
    ...(group.LaunchTemplate
      ? { LaunchTemplate: group.LaunchTemplate }
      : { LaunchConfigurationName: group.LaunchConfigurationName }),
    MinSize: group.MinSize,
    MaxSize: group.MaxSize,
    DesiredCapacity: group.DesiredCapacity,
    DefaultCooldown: group.DefaultCooldown,
    AvailabilityZones: group.AvailabilityZones,
    LoadBalancerNames: [],
    TargetGroupARNs: group.TargetGroupARNs,
    HealthCheckType: group.HealthCheckType,
    HealthCheckGracePeriod: group.HealthCheckGracePeriod,
    Instances: membersOf(call.world, group.id).map(memberOutput),
    CreatedTime: EPOCH + group.made,
    SuspendedProcesses: group.suspended.map((ProcessName) => ({
      ProcessName,
      SuspensionReason: `User suspended at ${momentText(group.made)}`,
    })),
    VPCZoneIdentifier: group.VPCZoneIdentifier,
    EnabledMetrics: group.enabledMetrics.map((Metric) => ({ Metric, Granularity: '1Minute' })),
    ...(group.deleting ? { Status: 'Delete in progress' } : {}),
    Tags: group.Tags,
    TerminationPolicies: group.TerminationPolicies,
    NewInstancesProtectedFromScaleIn: group.NewInstancesProtectedFromScaleIn,
    ServiceLinkedRoleARN:
      'arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling',
    ...(group.DefaultInstanceWarmup === undefined ? {} : { DefaultInstanceWarmup: group.DefaultInstanceWarmup }),
    TrafficSources: group.TargetGroupARNs.map((Identifier) => ({ Identifier, Type: 'elbv2' })),
  }
}

function activityOutput(activity: Activity, name: string): object {
  const over = activity.state !== 'InProgress'
  return {
    ActivityId: activity.ActivityId,
    AutoScalingGroupName: name,
    Description: activity.Description,
    Cause: activity.Cause,
    StartTime: EPOCH + activity.startedAt,
    ...(activity.endedAt === undefined ? {} : { EndTime: EPOCH + activity.endedAt }),
    StatusCode: activity.state,
    ...(activity.StatusMessage === undefined ? {} : { StatusMessage: activity.StatusMessage }),
    Progress: over ? 100 : 50,
    Details: activity.Details,
  }
}

/** Operations on groups and their instances. */
export const groupOperations: readonly Operation[] = [
  defineOperation<CreateAutoScalingGroupType>('CreateAutoScalingGroup', createGroup),
  defineOperation<AutoScalingGroupNamesType>('DescribeAutoScalingGroups', (call) => {
    const { AutoScalingGroupNames: names, Filters = [] } = call.input
    const list = all(call).filter(
      (group) =>
        (!names?.length || names.includes(group.AutoScalingGroupName)) &&
        Filters.every(({ Name = '', Values = [] }) => {
          const key = /^tag:(.+)$/.exec(Name)?.[1]
          return group.Tags.some(({ Key = '', Value = '' }) =>
            key === undefined
              ? Values.includes(Name === 'tag-value' ? Value : Key)
              : Key === key && Values.includes(Value),
          )
        }),
    )
    return { output: { AutoScalingGroups: list.map((group) => groupOutput(call, group)) } }
  }),
  onGroup<UpdateAutoScalingGroupType>('UpdateAutoScalingGroup', (call, group) => {
    const { AutoScalingGroupName: _name, LaunchTemplate, LaunchConfigurationName, ...rest } = call.input
    const known = [
      'MinSize',
      'MaxSize',
      'DesiredCapacity',
      'DefaultCooldown',
      'AvailabilityZones',
      'HealthCheckType',
      'HealthCheckGracePeriod',
      'VPCZoneIdentifier',
      'TerminationPolicies',
      'NewInstancesProtectedFromScaleIn',
      'DefaultInstanceWarmup',
    ]
    const data: { [field: string]: unknown } = Object.fromEntries(
      Object.entries(rest).filter(([key, value]) => known.includes(key) && value !== undefined),
    )
    if (LaunchTemplate || LaunchConfigurationName !== undefined) {
      const order = orderOf(call.world, { region: call.region, LaunchTemplate, LaunchConfigurationName })
      if ('error' in order) return order
      data.LaunchTemplate = order.version
        ? { ...order.version, Version: LaunchTemplate?.Version ?? '$Default' }
        : undefined
      data.LaunchConfigurationName = LaunchConfigurationName
    }
    const zones = rest.VPCZoneIdentifier === undefined ? undefined : zonesIn(call, rest.VPCZoneIdentifier)
    if (zones && 'error' in zones) return zones
    if (zones) data.AvailabilityZones = zones
    const min = rest.MinSize ?? group.MinSize
    const max = rest.MaxSize ?? group.MaxSize
    const sizes = sizeProblem(min, max, rest.DesiredCapacity)
    if (sizes) return sizes
    const DesiredCapacity = Math.min(max, Math.max(min, rest.DesiredCapacity ?? group.DesiredCapacity))
    const cause = `At ${momentText(call.world.now)} a user request update of AutoScalingGroup constraints to min: ${min}, max: ${max}, desired: ${DesiredCapacity} changing the desired capacity from ${group.DesiredCapacity} to ${DesiredCapacity}.`
    return {
      output: {},
      emit: [
        changed(group, { ...data, DesiredCapacity, ...(DesiredCapacity === group.DesiredCapacity ? {} : { cause }) }),
      ],
    }
  }),
  onGroup<SetDesiredCapacityType>('SetDesiredCapacity', ({ input, world }, group) => {
    const { DesiredCapacity } = input
    if (DesiredCapacity > group.MaxSize)
      return refuse(
        'ValidationError',
        `New SetDesiredCapacity value ${DesiredCapacity} is above max value ${group.MaxSize} for the AutoScalingGroup.`,
      )
    if (DesiredCapacity < group.MinSize)
      return refuse(
        'ValidationError',
        `New SetDesiredCapacity value ${DesiredCapacity} is below min value ${group.MinSize} for the AutoScalingGroup.`,
      )
    if (
      input.HonorCooldown &&
      group.scaledAt !== undefined &&
      world.now - group.scaledAt < group.DefaultCooldown * 1000
    )
      return refuse(
        'ScalingActivityInProgress',
        `Scaling activity ${group.AutoScalingGroupName} is in progress and blocks this action`,
      )
    if (DesiredCapacity === group.DesiredCapacity) return { output: {} }
    const cause = `At ${momentText(world.now)} a user request explicitly set group desired capacity changing the desired capacity from ${group.DesiredCapacity} to ${DesiredCapacity}.`
    return { output: {}, emit: [changed(group, { DesiredCapacity, cause })] }
  }),
  onGroup<DeleteAutoScalingGroupType>('DeleteAutoScalingGroup', ({ input, world }, group) => {
    const members = membersOf(world, group.id)
    if (members.length > 0 && !input.ForceDelete)
      return refuse(
        'ResourceInUse',
        'You cannot delete an AutoScalingGroup while there are instances or pending Spot instance request(s) still in the group.',
      )
    const cause = `At ${momentText(world.now)} an instance was taken out of service in response to a user request to delete the group.`
    return {
      output: {},
      emit: [
        changed(group, { deleting: true, MinSize: 0, DesiredCapacity: 0, hooks: [], suspended: [] }),
        ...members
          .filter(({ state }) => !state.startsWith('Terminating'))
          .flatMap((member, i) => terminate(world, group, member, cause, i)),
      ],
    }
  }),
  defineOperation<DescribeAutoScalingInstancesType>('DescribeAutoScalingInstances', ({ input, world, region }) => {
    const members = [...world.all(MEMBER)].filter((one) => (one as Member).region === region) as Member[]
    const list = members.filter(
      ({ InstanceId }) => !input.InstanceIds?.length || input.InstanceIds.includes(InstanceId),
    )
    return {
      output: {
        AutoScalingInstances: list.map((member) => ({
          ...memberOutput(member),
          AutoScalingGroupName: member.group.slice(member.group.lastIndexOf('/') + 1),
          HealthStatus: member.HealthStatus.toUpperCase(),
        })),
      },
    }
  }),
  defineOperation<DescribeScalingActivitiesType>('DescribeScalingActivities', (call) => {
    const { AutoScalingGroupName: name, ActivityIds: ids } = call.input
    if (name !== undefined && !call.world.get(groupId(call.region, name))) return noGroup(name)
    const groups = all(call).filter(({ AutoScalingGroupName }) => name === undefined || AutoScalingGroupName === name)
    const list = groups.flatMap((group) =>
      (call.world.ownedBy(group.id).filter(({ kind }) => kind === 'aws.autoscaling.Activity') as unknown as Activity[])
        .filter(({ ActivityId }) => !ids?.length || ids.includes(ActivityId))
        .map((activity) => [activity.born, activityOutput(activity, group.AutoScalingGroupName)] as const),
    )
    return { output: { Activities: list.sort((a, b) => b[0] - a[0]).map(([, output]) => output) } }
  }),
  defineOperation<TerminateInstanceInAutoScalingGroupType>('TerminateInstanceInAutoScalingGroup', (call) => {
    const found = memberOf(call, call.input.InstanceId)
    if ('error' in found) return found
    const { member, group } = found
    const fewer = call.input.ShouldDecrementDesiredCapacity
    if (fewer && group.DesiredCapacity - 1 < group.MinSize)
      return refuse(
        'ValidationError',
        `Currently, desiredSize equals minSize (${group.MinSize}). Terminating instance without replacement will violate group's min size constraint. Either set shouldDecrementDesiredCapacity flag to false or lower group's min size.`,
      )
    const cause = `At ${momentText(call.world.now)} instance ${member.InstanceId} was taken out of service in response to a user request${fewer ? `, shrinking the capacity from ${group.DesiredCapacity} to ${group.DesiredCapacity - 1}` : ''}.`
    const [begun, ...rest] = terminate(call.world, group, member, cause, 'user')
    if (!begun) return { output: {} }
    const activity = { ...(begun.data as Activity), state: 'InProgress' }
    return {
      output: { Activity: { ...activityOutput(activity, group.AutoScalingGroupName), Progress: 0 } },
      emit: [...(fewer ? [changed(group, { DesiredCapacity: group.DesiredCapacity - 1 })] : []), begun, ...rest],
    }
  }),
  onGroup<DetachInstancesQuery>('DetachInstances', ({ input, world }, group) => {
    const members = membersOf(world, group.id).filter(({ InstanceId }) => input.InstanceIds?.includes(InstanceId))
    const absent = input.InstanceIds?.find((id) => !members.some(({ InstanceId }) => InstanceId === id))
    if (absent !== undefined)
      return refuse(
        'ValidationError',
        `The instance ${absent} is not part of Auto Scaling group ${group.AutoScalingGroupName}.`,
      )
    return leave(world, group, members, input.ShouldDecrementDesiredCapacity, 'Detaching', 'detached', 'Detached')
  }),
  onGroup<EnterStandbyQuery>('EnterStandby', ({ input, world }, group) => {
    const members = membersOf(world, group.id).filter(
      ({ InstanceId, state }) => state === 'InService' && input.InstanceIds?.includes(InstanceId),
    )
    const absent = input.InstanceIds?.find((id) => !members.some(({ InstanceId }) => InstanceId === id))
    if (absent !== undefined) return refuse('ValidationError', `The instance ${absent} is not in InService.`)
    return leave(
      world,
      group,
      members,
      input.ShouldDecrementDesiredCapacity,
      'Moving',
      'moved to standby',
      'StandbyEntered',
    )
  }),
  onGroup<{ readonly AutoScalingGroupName: string; readonly InstanceIds?: readonly string[] }>(
    'ExitStandby',
    ({ input, world }, group) => {
      const members = membersOf(world, group.id).filter(
        ({ InstanceId, state }) => state === 'Standby' && input.InstanceIds?.includes(InstanceId),
      )
      const DesiredCapacity = group.DesiredCapacity + members.length
      if (DesiredCapacity > group.MaxSize)
        return refuse(
          'ValidationError',
          `AutoScalingGroup ${group.AutoScalingGroupName} has min-size=${group.MinSize}, max-size=${group.MaxSize}, and desired-size=${group.DesiredCapacity}. To place into service ${members.length} instance(s), please update the AutoScalingGroup sizes appropriately.`,
        )
      return {
        output: { Activities: [] },
        emit: [
          changed(group, { DesiredCapacity }),
          ...members.map(({ id: to }): Emission => ({ to, type: 'StandbyExited' })),
        ],
      }
    },
  ),
  onGroup<AttachInstancesQuery>('AttachInstances', ({ input, world, region }, group) => {
    const ids = input.InstanceIds ?? []
    const instances = ids.map((id) => findInstance(world, region, id))
    const bad = ids.find((_, i) => instances[i]?.state !== 'running')
    if (bad !== undefined) return refuse('ValidationError', `Invalid Instance ID(s) [${bad}] specified`)
    const DesiredCapacity = group.DesiredCapacity + ids.length
    if (DesiredCapacity > group.MaxSize)
      return refuse(
        'ValidationError',
        `AutoScalingGroup ${group.AutoScalingGroupName} has min-size=${group.MinSize}, max-size=${group.MaxSize}, and desired-size=${group.DesiredCapacity}. To attach ${ids.length} more instance, please update the AutoScalingGroup sizes appropriately.`,
      )
    const emit = instances.flatMap((instance): readonly Emission[] =>
      instance
        ? [
            {
              to: memberId(region, instance.InstanceId),
              kind: MEMBER,
              type: 'Launched',
              data: {
                owner: group.id,
                region,
                group: group.id,
                InstanceId: instance.InstanceId,
                InstanceType: instance.InstanceType,
                AvailabilityZone: instance.Placement.AvailabilityZone,
                HealthStatus: 'Healthy',
                ProtectedFromScaleIn: group.NewInstancesProtectedFromScaleIn,
                registered: [],
              },
            },
          ]
        : [],
    )
    return { output: {}, emit: [changed(group, { DesiredCapacity }), ...emit] }
  }),
  defineOperation<SetInstanceHealthQuery>('SetInstanceHealth', (call) => {
    const found = memberOf(call, call.input.InstanceId)
    if ('error' in found) return found
    return {
      output: {},
      emit: call.input.HealthStatus === 'Unhealthy' ? [{ to: found.member.id, type: 'MarkedUnhealthy' }] : [],
    }
  }),
  onGroup<SetInstanceProtectionQuery>('SetInstanceProtection', ({ input, region }) => ({
    output: {},
    emit: input.InstanceIds.map(
      (id): Emission => ({
        to: memberId(region, id),
        type: 'ProtectionSet',
        data: { ProtectedFromScaleIn: input.ProtectedFromScaleIn },
      }),
    ),
  })),
  onGroup<AttachLoadBalancerTargetGroupsType>('AttachLoadBalancerTargetGroups', ({ input, world }, group) => {
    const bad = input.TargetGroupARNs.find((arn) => !ofArn(world, TARGET_GROUP, arn))
    if (bad !== undefined)
      return refuse(
        'ValidationError',
        `Provided Target Groups may not be valid. Please ensure they exist and try again.`,
      )
    return {
      output: {},
      emit: [changed(group, { TargetGroupARNs: [...new Set([...group.TargetGroupARNs, ...input.TargetGroupARNs])] })],
    }
  }),
  onGroup<AttachLoadBalancerTargetGroupsType>('DetachLoadBalancerTargetGroups', ({ input }, group) => ({
    output: {},
    emit: [
      changed(group, { TargetGroupARNs: group.TargetGroupARNs.filter((arn) => !input.TargetGroupARNs.includes(arn)) }),
    ],
  })),
  onGroup<{ readonly AutoScalingGroupName: string }>('DescribeLoadBalancerTargetGroups', ({ world }, group) => {
    const members = membersOf(world, group.id).filter(({ state }) => state === 'InService')
    return {
      output: {
        LoadBalancerTargetGroups: group.TargetGroupARNs.map((LoadBalancerTargetGroupARN) => ({
          LoadBalancerTargetGroupARN,
          State: members.every(({ registered }) => registered.includes(LoadBalancerTargetGroupARN))
            ? members.length > 0
              ? 'InService'
              : 'Added'
            : 'Adding',
        })),
      },
    }
  }),
]

function memberOf(
  call: Place,
  id: string,
): { readonly member: Member; readonly group: Group } | { readonly error: ApiError } {
  const member = call.world.get(memberId(call.region, id)) as Member | undefined
  const group = member && (call.world.get(member.group) as Group | undefined)
  return member && group
    ? { member, group }
    : refuse('ValidationError', `Instance Id not found - No managed instance found for instance ID: ${id}`)
}

/** Members that go out of the group or into standby, with what is told of it. */
function leave(
  world: ApiCall<never>['world'],
  group: Group,
  members: readonly Member[],
  fewer: boolean,
  verb: string,
  done: string,
  type: string,
): ApiAnswer {
  const to = group.DesiredCapacity - (fewer ? members.length : 0)
  if (to < group.MinSize)
    return refuse(
      'ValidationError',
      `AutoScalingGroup ${group.AutoScalingGroupName} has min-size=${group.MinSize}, max-size=${group.MaxSize}, and desired-size=${group.DesiredCapacity}. To ${verb === 'Moving' ? 'place into standby' : 'detach'} ${members.length} more instance(s), please update the AutoScalingGroup sizes appropriately.`,
    )
  const begun = members.map((member, i) => ({
    member,
    activity: beginActivity(
      world,
      group,
      verb === 'Moving'
        ? `Moving EC2 instance to Standby: ${member.InstanceId}`
        : `Detaching EC2 instance: ${member.InstanceId}`,
      `At ${momentText(world.now)} instance ${member.InstanceId} was ${done} in response to a user request${fewer ? `, shrinking the capacity from ${group.DesiredCapacity} to ${to}` : ''}.`,
      member.AvailabilityZone,
      `${verb} ${i}`,
    ),
  }))
  return {
    output: {
      Activities: begun.map(({ activity }) =>
        activityOutput({ ...(activity.emit.data as Activity), state: 'InProgress' }, group.AutoScalingGroupName),
      ),
    },
    emit: [
      ...(fewer ? [changed(group, { DesiredCapacity: to })] : []),
      ...begun.flatMap(({ member, activity }): readonly Emission[] => [
        activity.emit,
        { to: member.id, type },
        { to: activity.id, type: 'Succeeded' },
      ]),
    ],
  }
}

function sizeProblem(min: number, max: number, desired: number | undefined) {
  if (min > max)
    return refuse('ValidationError', `Max bound, ${max}, must be greater than or equal to min bound, ${min}`)
  if (desired !== undefined && (desired < min || desired > max))
    return refuse(
      'ValidationError',
      desired < min
        ? `Desired capacity:${desired} must be between the specified min size:${min} and max size:${max}`
        : `Desired capacity:${desired} must be between the specified min size:${min} and max size:${max}`,
    )
  return undefined
}

function zonesIn({ world, region }: Place, identifier: string): readonly string[] | { readonly error: ApiError } {
  const zones: string[] = []
  for (const id of identifier
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')) {
    const subnet = subnetOf(world, region, id)
    if (!subnet) return refuse('ValidationError', `The subnet ID '${id}' does not exist`)
    if (!zones.includes(subnet.AvailabilityZone)) zones.push(subnet.AvailabilityZone)
  }
  return zones
}

function createGroup(call: ApiCall<CreateAutoScalingGroupType>): ApiAnswer {
  const { input, world, region } = call
  const { AutoScalingGroupName: name, MinSize, MaxSize } = input
  if (findGroup(call, name))
    return refuse(
      'AlreadyExists',
      `AutoScalingGroup by this name already exists - A group with the name ${name} already exists`,
    )
  const specification = input.LaunchTemplate ?? input.MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification
  if (!specification && input.LaunchConfigurationName === undefined)
    return refuse(
      'ValidationError',
      'Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter.',
    )
  const sizes = sizeProblem(MinSize, MaxSize, input.DesiredCapacity)
  if (sizes) return sizes
  const order = orderOf(world, {
    region,
    LaunchTemplate: specification,
    LaunchConfigurationName: input.LaunchConfigurationName,
  })
  if ('error' in order) return order
  const VPCZoneIdentifier = input.VPCZoneIdentifier ?? ''
  const zones = VPCZoneIdentifier === '' ? (input.AvailabilityZones ?? []) : zonesIn(call, VPCZoneIdentifier)
  if ('error' in zones) return zones
  if (zones.length === 0) return refuse('ValidationError', 'At least one Availability Zone or VPC Subnet is required.')
  const bad = input.TargetGroupARNs?.find((arn) => !ofArn(world, TARGET_GROUP, arn))
  if (bad !== undefined)
    return refuse('ValidationError', 'Provided Target Groups may not be valid. Please ensure they exist and try again.')
  const DesiredCapacity = input.DesiredCapacity ?? MinSize
  const group = {
    region,
    AutoScalingGroupName: name,
    AutoScalingGroupARN: arnOf(
      'autoscaling',
      region,
      `autoScalingGroup:${uuid(world, 'group', name)}:autoScalingGroupName/${name}`,
    ),
    ...(order.version
      ? { LaunchTemplate: { ...order.version, Version: specification?.Version ?? '$Default' } }
      : { LaunchConfigurationName: input.LaunchConfigurationName }),
    MinSize,
    MaxSize,
    DesiredCapacity,
    DefaultCooldown: input.DefaultCooldown ?? 300,
    ...(input.DefaultInstanceWarmup === undefined ? {} : { DefaultInstanceWarmup: input.DefaultInstanceWarmup }),
    AvailabilityZones: zones,
    VPCZoneIdentifier,
    TargetGroupARNs: input.TargetGroupARNs ?? [],
    HealthCheckType: input.HealthCheckType ?? 'EC2',
    HealthCheckGracePeriod: input.HealthCheckGracePeriod ?? 0,
    TerminationPolicies: input.TerminationPolicies ?? ['Default'],
    NewInstancesProtectedFromScaleIn: input.NewInstancesProtectedFromScaleIn ?? false,
    suspended: [],
    hooks: (input.LifecycleHookSpecificationList ?? []).map((hook) => ({
      GlobalTimeout: (hook.HeartbeatTimeout ?? 3600) * 100,
      HeartbeatTimeout: 3600,
      DefaultResult: 'ABANDON',
      AutoScalingGroupName: name,
      ...hook,
    })),
    scheduled: [],
    enabledMetrics: [],
    Tags: (input.Tags ?? []).map(({ Key, Value = '', PropagateAtLaunch = false }) => ({
      ResourceId: name,
      ResourceType: 'auto-scaling-group',
      Key,
      Value,
      PropagateAtLaunch,
    })),
    made: world.now,
    cause: `At ${momentText(world.now)} a user request created an AutoScalingGroup changing the desired capacity from 0 to ${DesiredCapacity}.`,
  }
  return { output: {}, emit: [{ to: groupId(region, name), kind: GROUP, type: 'Created', data: group }] }
}
