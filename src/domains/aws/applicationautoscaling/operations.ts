import { type Emission, EPOCH } from '../../../kernel/index.ts'
import { ACCOUNT, type ApiCall, arnOf, defineOperation, hexId, type Operation, refuse, uuid } from '../core/index.ts'
import { dropAlarms, trackingAlarms } from './scaling.ts'
import { nextDue } from './schedule.controller.ts'
import { capacityOf, ecsNames, POLICY, type Policy, type ScalableTarget, TARGET, targetId } from './target.ts'
import type {
  DeleteScalingPolicyRequest,
  DeleteScheduledActionRequest,
  DeregisterScalableTargetRequest,
  DescribeScalableTargetsRequest,
  DescribeScalingActivitiesRequest,
  DescribeScalingPoliciesRequest,
  DescribeScheduledActionsRequest,
  ListTagsForResourceRequest,
  PutScalingPolicyRequest,
  PutScheduledActionRequest,
  RegisterScalableTargetRequest,
  TagResourceRequest,
  UntagResourceRequest,
} from './types.generated.ts'

type Named = { readonly ServiceNamespace: string; readonly ResourceId: string; readonly ScalableDimension: string }
type Place = Pick<ApiCall<never>, 'world' | 'region'>

const ROLES: { readonly [namespace: string]: string } = {
  ecs: 'ECSService',
  dynamodb: 'DynamoDBTable',
  appstream: 'ApplicationAutoScaling_AppStreamFleet',
}

function find({ world, region }: Place, named: Named): ScalableTarget | undefined {
  return world.get(targetId(region, named)) as ScalableTarget | undefined
}

function noTarget({ ServiceNamespace, ResourceId, ScalableDimension }: Named) {
  return refuse(
    'ObjectNotFoundException',
    `No scalable target registered for service namespace: ${ServiceNamespace}, resource ID: ${ResourceId}, scalable dimension: ${ScalableDimension}`,
  )
}

function targetsIn({ world, region }: Place): readonly ScalableTarget[] {
  return ([...world.all(TARGET)] as ScalableTarget[]).filter((target) => target.region === region)
}

function fits(
  one: Named,
  wanted: {
    readonly ServiceNamespace: string
    readonly ResourceId?: string | undefined
    readonly ScalableDimension?: string | undefined
  },
): boolean {
  return (
    one.ServiceNamespace === wanted.ServiceNamespace &&
    (wanted.ResourceId === undefined || one.ResourceId === wanted.ResourceId) &&
    (wanted.ScalableDimension === undefined || one.ScalableDimension === wanted.ScalableDimension)
  )
}

const alarmOutput = (region: string) => (AlarmName: string) => ({
  AlarmName,
  AlarmARN: arnOf('cloudwatch', region, `alarm:${AlarmName}`),
})

/** Operations of Application Auto Scaling. */
export const operations: readonly Operation[] = [
  defineOperation<RegisterScalableTargetRequest>('RegisterScalableTarget', (call) => {
    const { input, world, region } = call
    const there = find(call, input)
    const MinCapacity = input.MinCapacity ?? there?.MinCapacity
    const MaxCapacity = input.MaxCapacity ?? there?.MaxCapacity
    if (MinCapacity === undefined || MaxCapacity === undefined) {
      if (input.ServiceNamespace === 'ecs' || !input.SuspendedState)
        return refuse(
          'ValidationException',
          'Minimum capacity and maximum capacity must be specified when registering a new scalable target.',
        )
    } else if (MinCapacity > MaxCapacity)
      return refuse('ValidationException', `Maximum capacity cannot be less than minimum capacity`)
    if (input.ServiceNamespace === 'ecs' && capacityOf(world, { region, ResourceId: input.ResourceId }) === undefined)
      return refuse(
        'ValidationException',
        ecsNames(input.ResourceId)
          ? `ECS service doesn't exist: ${input.ResourceId}`
          : `Unsupported service namespace, resource type or scalable dimension`,
      )
    const to = targetId(region, input)
    const before = there?.SuspendedState ?? {
      DynamicScalingInSuspended: false,
      DynamicScalingOutSuspended: false,
      ScheduledScalingSuspended: false,
    }
    const fields = {
      MinCapacity: MinCapacity ?? 0,
      MaxCapacity: MaxCapacity ?? 0,
      SuspendedState: { ...before, ...input.SuspendedState },
    }
    const ScalableTargetARN =
      there?.ScalableTargetARN ?? arnOf('application-autoscaling', region, `scalable-target/${hexId(world, 36, to)}`)
    const data = {
      region,
      ServiceNamespace: input.ServiceNamespace,
      ResourceId: input.ResourceId,
      ScalableDimension: input.ScalableDimension,
      ...fields,
      RoleARN:
        input.RoleARN ??
        `arn:aws:iam::${ACCOUNT}:role/aws-service-role/${input.ServiceNamespace}.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_${ROLES[input.ServiceNamespace] ?? input.ServiceNamespace}`,
      ScalableTargetARN,
      made: world.now,
      tags: input.Tags ?? {},
      scheduled: [],
      activities: [],
    }
    return {
      output: { ScalableTargetARN },
      emit: [there ? { to, type: 'Changed', data: fields } : { to, kind: TARGET, type: 'Created', data }],
    }
  }),
  defineOperation<DescribeScalableTargetsRequest>('DescribeScalableTargets', (call) => {
    const { input } = call
    const list = targetsIn(call).filter(
      (one) =>
        fits(one, { ServiceNamespace: input.ServiceNamespace, ScalableDimension: input.ScalableDimension }) &&
        (!input.ResourceIds?.length || input.ResourceIds.includes(one.ResourceId)),
    )
    return {
      output: {
        ScalableTargets: list.map((one) => ({
          ServiceNamespace: one.ServiceNamespace,
          ResourceId: one.ResourceId,
          ScalableDimension: one.ScalableDimension,
          MinCapacity: one.MinCapacity,
          MaxCapacity: one.MaxCapacity,
          RoleARN: one.RoleARN,
          CreationTime: EPOCH + one.made,
          SuspendedState: one.SuspendedState,
          ScalableTargetARN: one.ScalableTargetARN,
        })),
      },
    }
  }),
  defineOperation<DeregisterScalableTargetRequest>('DeregisterScalableTarget', (call) => {
    const target = find(call, call.input)
    if (!target) return noTarget(call.input)
    const policies = call.world.ownedBy(target.id) as unknown as readonly Policy[]
    return {
      output: {},
      emit: [
        ...policies.flatMap((policy): readonly Emission[] => [
          ...dropAlarms(call.world, policy),
          { to: policy.id, type: 'Deleted' },
        ]),
        { to: target.id, type: 'Deleted' },
      ],
    }
  }),
  defineOperation<PutScalingPolicyRequest>('PutScalingPolicy', (call) => {
    const { input, world, region } = call
    const target = find(call, input)
    if (!target) return noTarget(input)
    const tracking = input.TargetTrackingScalingPolicyConfiguration
    const PolicyType = input.PolicyType ?? (tracking ? 'TargetTrackingScaling' : 'StepScaling')
    if (PolicyType === 'StepScaling' && !input.StepScalingPolicyConfiguration)
      return refuse(
        'ValidationException',
        'Step scaling policy configuration must be specified for policies of type StepScaling',
      )
    if (PolicyType === 'TargetTrackingScaling' && !tracking)
      return refuse(
        'ValidationException',
        'Target tracking policy configuration must be specified for policies of type TargetTrackingScaling',
      )
    const to = `${POLICY}/${region}/${input.ResourceId}/${input.ScalableDimension}/${input.PolicyName}`
    const there = world.get(to) as Policy | undefined
    const PolicyARN =
      there?.config.PolicyARN ??
      arnOf(
        'autoscaling',
        region,
        `scalingPolicy:${uuid(world, to)}:resource/${input.ServiceNamespace}/${input.ResourceId}:policyName/${input.PolicyName}`,
      )
    const made = tracking
      ? trackingAlarms(world, target, input.PolicyName, PolicyARN, tracking)
      : { alarms: [], emit: [] }
    const config = { ...input, PolicyType, PolicyARN }
    return {
      output: { PolicyARN, Alarms: made.alarms.map(alarmOutput(region)) },
      emit: [
        ...(there ? dropAlarms(world, there) : []),
        there
          ? { to, type: 'Changed', data: { config, alarms: made.alarms } }
          : {
              to,
              kind: POLICY,
              type: 'Created',
              data: { owner: target.id, region, target: target.id, config, alarms: made.alarms, made: world.now },
            },
        ...made.emit,
      ],
    }
  }),
  defineOperation<DescribeScalingPoliciesRequest>('DescribeScalingPolicies', ({ input, world, region }) => {
    const list = ([...world.all(POLICY)] as unknown as Policy[]).filter(
      (one) =>
        one.region === region &&
        fits(one.config, input) &&
        (!input.PolicyNames?.length || input.PolicyNames.includes(one.config.PolicyName)),
    )
    return {
      output: {
        ScalingPolicies: list.map(({ config, alarms, made }) => ({
          ...config,
          Alarms: alarms.map(alarmOutput(region)),
          CreationTime: EPOCH + made,
        })),
      },
    }
  }),
  defineOperation<DeleteScalingPolicyRequest>('DeleteScalingPolicy', ({ input, world, region }) => {
    const policy = world.get(
      `${POLICY}/${region}/${input.ResourceId}/${input.ScalableDimension}/${input.PolicyName}`,
    ) as Policy | undefined
    if (!policy)
      return refuse(
        'ObjectNotFoundException',
        `No scaling policy found for service namespace: ${input.ServiceNamespace}, resource ID: ${input.ResourceId}, scalable dimension: ${input.ScalableDimension}, policy name: ${input.PolicyName}`,
      )
    return { output: {}, emit: [...dropAlarms(world, policy), { to: policy.id, type: 'Deleted' }] }
  }),
  defineOperation<DescribeScalingActivitiesRequest>('DescribeScalingActivities', (call) => ({
    output: {
      ScalingActivities: targetsIn(call)
        .filter((one) => fits(one, call.input))
        .flatMap(({ activities }) => activities),
    },
  })),
  defineOperation<PutScheduledActionRequest>('PutScheduledAction', (call) => {
    const { input, world, region } = call
    const target = find(call, input)
    if (!target) return noTarget(input)
    const before = target.scheduled.find(({ ScheduledActionName }) => ScheduledActionName === input.ScheduledActionName)
    const Schedule = input.Schedule ?? before?.Schedule
    if (Schedule === undefined)
      return refuse('ValidationException', 'Schedule must be specified for a new scheduled action.')
    const due = nextDue({ Schedule, StartTime: input.StartTime, EndTime: input.EndTime }, EPOCH + world.now)
    if (due === undefined)
      return refuse('ValidationException', `Scheduled action is invalid: the schedule ${Schedule} has no time to come.`)
    const action = {
      ...before,
      ...input,
      Schedule,
      ScheduledActionARN: arnOf(
        'autoscaling',
        region,
        `scheduledAction:${uuid(world, target.id, input.ScheduledActionName)}:resource/${input.ServiceNamespace}/${input.ResourceId}:scheduledActionName/${input.ScheduledActionName}`,
      ),
      CreationTime: EPOCH + world.now,
      due,
    }
    return {
      output: {},
      emit: [
        {
          to: target.id,
          type: 'Changed',
          data: { scheduled: [...target.scheduled.filter((one) => one !== before), action] },
        },
      ],
    }
  }),
  defineOperation<DescribeScheduledActionsRequest>('DescribeScheduledActions', (call) => ({
    output: {
      ScheduledActions: targetsIn(call)
        .filter((one) => fits(one, call.input))
        .flatMap(({ scheduled }) => scheduled)
        .filter(
          ({ ScheduledActionName }) =>
            !call.input.ScheduledActionNames?.length || call.input.ScheduledActionNames.includes(ScheduledActionName),
        )
        .map(({ due: _due, ...action }) => action),
    },
  })),
  defineOperation<DeleteScheduledActionRequest>('DeleteScheduledAction', (call) => {
    const target = find(call, call.input)
    const scheduled = target?.scheduled.filter(
      ({ ScheduledActionName }) => ScheduledActionName !== call.input.ScheduledActionName,
    )
    if (!target || !scheduled || scheduled.length === target.scheduled.length)
      return refuse(
        'ObjectNotFoundException',
        `No scheduled action found for service namespace: ${call.input.ServiceNamespace}, resource ID: ${call.input.ResourceId}, scheduled action name: ${call.input.ScheduledActionName}`,
      )
    return { output: {}, emit: [{ to: target.id, type: 'Changed', data: { scheduled } }] }
  }),
  defineOperation<TagResourceRequest>('TagResource', (call) =>
    retag(call, call.input.ResourceARN, (tags) => ({ ...tags, ...call.input.Tags })),
  ),
  defineOperation<UntagResourceRequest>('UntagResource', (call) =>
    retag(call, call.input.ResourceARN, (tags) =>
      Object.fromEntries(Object.entries(tags).filter(([key]) => !call.input.TagKeys.includes(key))),
    ),
  ),
  defineOperation<ListTagsForResourceRequest>('ListTagsForResource', (call) => {
    const target = targetsIn(call).find(({ ScalableTargetARN }) => ScalableTargetARN === call.input.ResourceARN)
    return target ? { output: { Tags: target.tags } } : noArn(call.input.ResourceARN)
  }),
]

function noArn(arn: string) {
  return refuse('ResourceNotFoundException', `The specified resource ${arn} does not exist.`)
}

function retag(
  call: Place,
  arn: string,
  change: (tags: { readonly [key: string]: string }) => { readonly [key: string]: string },
) {
  const target = targetsIn(call).find(({ ScalableTargetARN }) => ScalableTargetARN === arn)
  return target
    ? { output: {}, emit: [{ to: target.id, type: 'Changed', data: { tags: change(target.tags) } }] }
    : noArn(arn)
}
