import type { Emission } from '../../../kernel/index.ts'
import {
  type ApiAnswer,
  type ApiCall,
  type ApiError,
  arnOf,
  defineOperation,
  hexId,
  type Operation,
  refuse,
} from '../core/index.ts'
import {
  contains,
  findInstance,
  interfacesByAddress,
  type NetworkInterface,
  networkRecord,
  networkRecords,
  type Subnet,
  type Vpc,
} from '../ec2/index.ts'
import { attributeList, changedAttributes, groupInUse, nameProblem, noBalancer } from './balancerOperations.ts'
import { groupOutput, healthOutput } from './descriptions.ts'
import {
  balancersOf,
  byArn,
  LOAD_BALANCER,
  type LoadBalancer,
  ofArn,
  TARGET,
  TARGET_GROUP,
  type Target,
  type TargetGroup,
  targetsOf,
} from './records.ts'
import type {
  AddTagsInput,
  CreateTargetGroupInput,
  DeleteTargetGroupInput,
  DeregisterTargetsInput,
  DescribeTagsInput,
  DescribeTargetGroupAttributesInput,
  DescribeTargetGroupsInput,
  DescribeTargetHealthInput,
  ModifyTargetGroupAttributesInput,
  ModifyTargetGroupInput,
  RegisterTargetsInput,
  RemoveTagsInput,
  Tag,
  TargetDescription,
} from './types.generated.ts'

const noGroup = (arn: string) =>
  /:targetgroup\//.test(arn)
    ? refuse('TargetGroupNotFound', 'One or more target groups not found')
    : refuse('ValidationError', `'${arn}' is not a valid target group ARN`)

const onGroup = ({ input }: { readonly input: { readonly TargetGroupArn: string } }) => ({
  resource: input.TargetGroupArn,
})

/** Operations on target groups, their targets, and tags. */
export const groupOperations: readonly Operation[] = [
  defineOperation<CreateTargetGroupInput>('CreateTargetGroup', createGroup, ({ input, region }) => ({
    resource: arnOf('elasticloadbalancing', region, `targetgroup/${input.Name}/*`),
  })),
  defineOperation<DescribeTargetGroupsInput>('DescribeTargetGroups', describeGroups),
  defineOperation<ModifyTargetGroupInput>(
    'ModifyTargetGroup',
    ({ world, input }) => {
      const group = ofArn<TargetGroup>(world, TARGET_GROUP, input.TargetGroupArn)
      if (!group) return noGroup(input.TargetGroupArn)
      const { TargetGroupArn: _arn, ...data } = input
      const problem = checkProblem({ ...group, ...data } as TargetGroup)
      if (problem) return problem
      const changed = { ...group, ...data } as TargetGroup
      return {
        output: { TargetGroups: [groupOutput(changed, world)] },
        emit: [{ to: group.id, type: 'Changed', data }],
      }
    },
    onGroup,
  ),
  defineOperation<DeleteTargetGroupInput>(
    'DeleteTargetGroup',
    ({ world, input }) => {
      const group = ofArn<TargetGroup>(world, TARGET_GROUP, input.TargetGroupArn)
      if (!group) return /:targetgroup\//.test(input.TargetGroupArn) ? { output: {} } : noGroup(input.TargetGroupArn)
      if (groupInUse(world, group.arn))
        return refuse('ResourceInUse', `Target group '${group.arn}' is currently in use by a listener or a rule`)
      return {
        output: {},
        emit: [
          ...targetsOf(world, group.id).map(({ id: to }): Emission => ({ to, type: 'Removed' })),
          { to: group.id, type: 'Deleted' },
        ],
      }
    },
    onGroup,
  ),
  defineOperation<DescribeTargetGroupAttributesInput>('DescribeTargetGroupAttributes', ({ world, input }) => {
    const group = ofArn<TargetGroup>(world, TARGET_GROUP, input.TargetGroupArn)
    return group ? { output: { Attributes: attributeList(group.attributes) } } : noGroup(input.TargetGroupArn)
  }),
  defineOperation<ModifyTargetGroupAttributesInput>(
    'ModifyTargetGroupAttributes',
    ({ world, input }) => {
      const group = ofArn<TargetGroup>(world, TARGET_GROUP, input.TargetGroupArn)
      if (!group) return noGroup(input.TargetGroupArn)
      const delay = input.Attributes.find(({ Key }) => Key === 'deregistration_delay.timeout_seconds')?.Value
      if (delay !== undefined && !(Number(delay) >= 0 && Number(delay) <= 3600))
        return refuse(
          'ValidationError',
          `'deregistration_delay.timeout_seconds' value '${delay}' must be between '0-3600' inclusive`,
        )
      const slow = input.Attributes.find(({ Key }) => Key === 'slow_start.duration_seconds')?.Value
      if (slow !== undefined && slow !== '0' && !(Number(slow) >= 30 && Number(slow) <= 900))
        return refuse(
          'ValidationError',
          `'slow_start.duration_seconds' value '${slow}' must be 0 or between '30-900' inclusive`,
        )
      const changed = changedAttributes(group.attributes, input.Attributes)
      if ('error' in changed)
        return refuse(
          'ValidationError',
          changed.error.message.replace('Load balancer attribute', 'Target group attribute'),
        )
      const { attributes } = changed
      return {
        output: { Attributes: attributeList(attributes) },
        emit: [{ to: group.id, type: 'Changed', data: { attributes } }],
      }
    },
    onGroup,
  ),
  defineOperation<RegisterTargetsInput>('RegisterTargets', registerTargets, onGroup),
  defineOperation<DeregisterTargetsInput>('DeregisterTargets', deregisterTargets, onGroup),
  defineOperation<DescribeTargetHealthInput>('DescribeTargetHealth', describeHealth),
  defineOperation<AddTagsInput>('AddTags', (call) =>
    retag(call, (tags) => [
      ...tags.filter(({ Key }) => !call.input.Tags.some((one) => one.Key === Key)),
      ...call.input.Tags,
    ]),
  ),
  defineOperation<RemoveTagsInput>('RemoveTags', (call) =>
    retag(call, (tags) => tags.filter(({ Key }) => !call.input.TagKeys.includes(Key))),
  ),
  defineOperation<DescribeTagsInput>('DescribeTags', ({ world, input }) => {
    const list = input.ResourceArns.map((arn) => world.lookup(byArn, arn)[0] as LoadBalancer | undefined)
    const absent = input.ResourceArns.find((_, i) => !list[i])
    if (absent !== undefined) return noBalancer(absent)
    return { output: { TagDescriptions: list.map((one) => ({ ResourceArn: one?.arn, Tags: one?.Tags ?? [] })) } }
  }),
]

function retag(
  call: ApiCall<{ readonly ResourceArns: readonly string[] }>,
  change: (tags: readonly Tag[]) => readonly Tag[],
): ApiAnswer {
  const emit: Emission[] = []
  for (const arn of call.input.ResourceArns) {
    const [found] = call.world.lookup(byArn, arn) as unknown as readonly LoadBalancer[]
    if (!found) return arn.includes(':targetgroup/') ? noGroup(arn) : noBalancer(arn)
    emit.push({ to: found.id, type: 'Changed', data: { Tags: change(found.Tags) } })
  }
  return { output: {}, emit }
}

/** Health check settings that a group gets unless told, by the protocol of the check: as the API reference gives them. */
function checkDefaults(protocol: string, type: string): Partial<TargetGroup> {
  const plain = protocol === 'TCP' || protocol === 'TLS' || protocol === 'UDP' || protocol === 'TCP_UDP'
  const checks = plain ? 'TCP' : 'HTTP'
  return {
    HealthCheckProtocol: checks,
    HealthCheckPort: 'traffic-port',
    HealthCheckEnabled: type !== 'lambda',
    HealthCheckIntervalSeconds: type === 'lambda' ? 35 : 30,
    HealthCheckTimeoutSeconds: type === 'lambda' ? 30 : plain ? 10 : 5,
    HealthyThresholdCount: 5,
    UnhealthyThresholdCount: 2,
    ...(plain ? {} : { HealthCheckPath: '/', Matcher: { HttpCode: '200' } }),
  }
}

const ATTRIBUTES: { readonly [key: string]: string } = {
  'stickiness.enabled': 'false',
  'deregistration_delay.timeout_seconds': '300',
  'stickiness.type': 'lb_cookie',
  'stickiness.lb_cookie.duration_seconds': '86400',
  'slow_start.duration_seconds': '0',
  'load_balancing.algorithm.type': 'round_robin',
  'load_balancing.cross_zone.enabled': 'use_load_balancer_configuration',
  'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count': '1',
  'target_group_health.dns_failover.minimum_healthy_targets.count': '1',
}

function createGroup(call: ApiCall<CreateTargetGroupInput>): ApiAnswer {
  const { input, world, region } = call
  const { Name } = input
  const type = (input.TargetType ?? 'instance') as TargetGroup['TargetType']
  const named = nameProblem(Name, 'Target group', 32)
  if (named) return named
  if (type !== 'lambda') {
    if (input.Protocol === undefined) return refuse('ValidationError', 'A protocol must be specified')
    if (input.Port === undefined) return refuse('ValidationError', 'A port must be specified')
    if (input.VpcId === undefined) return refuse('ValidationError', 'A VPC ID must be specified')
    if (!networkRecord<Vpc>(world, 'aws.ec2.Vpc', region, input.VpcId))
      return refuse('ValidationError', `The VPC ID '${input.VpcId}' is not found`)
  }
  const groups = [...world.all(TARGET_GROUP)].filter((one) => (one as TargetGroup).region === region) as TargetGroup[]
  const there = groups.find((one) => one.TargetGroupName === Name)
  if (there) {
    const same =
      there.Protocol === input.Protocol &&
      there.Port === input.Port &&
      there.VpcId === input.VpcId &&
      there.TargetType === type
    if (same) return { output: { TargetGroups: [groupOutput(there, world)] } }
    return refuse(
      'DuplicateTargetGroupName',
      `A target group with the same name '${Name}' exists, but with different settings`,
    )
  }
  const http = input.Protocol === 'HTTP' || input.Protocol === 'HTTPS'
  const checked = checkDefaults(input.HealthCheckProtocol ?? input.Protocol ?? 'HTTP', type)
  const given = Object.fromEntries(
    Object.entries(input).filter(
      ([key, value]) => (/^Health|^Unhealthy/.test(key) || key === 'Matcher') && value !== undefined,
    ),
  )
  const group = {
    region,
    arn: arnOf('elasticloadbalancing', region, `targetgroup/${Name}/${hexId(world, 16, 'group', Name)}`),
    TargetGroupName: Name,
    ...(type === 'lambda'
      ? {}
      : {
          Protocol: input.Protocol,
          Port: input.Port,
          VpcId: input.VpcId,
          ...(http ? { ProtocolVersion: input.ProtocolVersion ?? 'HTTP1' } : {}),
        }),
    TargetType: type,
    ...checked,
    ...given,
    IpAddressType: input.IpAddressType ?? 'ipv4',
    attributes: ATTRIBUTES,
    Tags: input.Tags ?? [],
  } as unknown as TargetGroup
  const problem = checkProblem(group)
  if (problem) return problem
  return {
    output: { TargetGroups: [groupOutput(group, world)] },
    emit: [{ to: `${TARGET_GROUP}/${region}/${Name}`, kind: TARGET_GROUP, type: 'Created', data: group }],
  }
}

function checkProblem(group: TargetGroup) {
  if (group.HealthCheckTimeoutSeconds >= group.HealthCheckIntervalSeconds && group.HealthCheckEnabled)
    return refuse('ValidationError', 'Health check timeout must be smaller than the interval')
  if (group.HealthCheckPath !== undefined && !group.HealthCheckPath.startsWith('/') && group.ProtocolVersion !== 'GRPC')
    return refuse(
      'ValidationError',
      `Health check path '${group.HealthCheckPath}' must begin with a '/' character, and can only contain printable ASCII characters, without spaces`,
    )
  return undefined
}

function describeGroups({ world, input, region }: ApiCall<DescribeTargetGroupsInput>): ApiAnswer {
  const all = [...world.all(TARGET_GROUP)].filter((one) => (one as TargetGroup).region === region) as TargetGroup[]
  if (input.LoadBalancerArn !== undefined) {
    const balancer = ofArn<LoadBalancer>(world, LOAD_BALANCER, input.LoadBalancerArn)
    if (!balancer) return noBalancer(input.LoadBalancerArn)
    const list = all.filter(({ arn }) => balancersOf(world, arn).some(({ id }) => id === balancer.id))
    return { output: { TargetGroups: list.map((one) => groupOutput(one, world)) } }
  }
  const absent =
    input.TargetGroupArns?.find((arn) => !all.some((one) => one.arn === arn)) ??
    input.Names?.find((name) => !all.some((one) => one.TargetGroupName === name))
  if (absent !== undefined) return refuse('TargetGroupNotFound', 'One or more target groups not found')
  const list = all.filter(
    (one) =>
      (!input.TargetGroupArns?.length || input.TargetGroupArns.includes(one.arn)) &&
      (!input.Names?.length || input.Names.includes(one.TargetGroupName)),
  )
  return { output: { TargetGroups: list.map((one) => groupOutput(one, world)) } }
}

function targetId(group: TargetGroup, { Id, Port }: TargetDescription): string {
  return `${TARGET}/${group.region}/${group.TargetGroupName}/${Id}${group.TargetType === 'lambda' ? '' : `:${Port ?? group.Port}`}`
}

function registerTargets(call: ApiCall<RegisterTargetsInput>): ApiAnswer {
  const { world, input } = call
  const group = ofArn<TargetGroup>(world, TARGET_GROUP, input.TargetGroupArn)
  if (!group) return noGroup(input.TargetGroupArn)
  const emit: Emission[] = []
  for (const wanted of input.Targets) {
    const place = placeOf(call, group, wanted)
    if ('error' in place) return place
    const to = targetId(group, wanted)
    const there = world.get(to)
    if (there && there.state !== 'draining') continue
    const data = {
      owner: group.id,
      region: group.region,
      group: group.id,
      Id: wanted.Id,
      ...(wanted.Port === undefined ? {} : { Port: wanted.Port }),
      ...place,
    }
    emit.push(there ? { to, type: 'Registered' } : { to, kind: TARGET, type: 'Registered', data })
  }
  return { output: {}, emit }
}

/** Address and zone of a target, or why it cannot be one. */
function placeOf(
  { world, region }: ApiCall<object>,
  group: TargetGroup,
  wanted: TargetDescription,
): { readonly error: ApiError } | { readonly address?: string; readonly AvailabilityZone?: string } {
  const { Id } = wanted
  if (group.TargetType === 'lambda')
    return Id.startsWith('arn:aws:lambda:')
      ? {}
      : refuse('InvalidTarget', `The following targets are not a valid lambda function ARN: '${Id}'`)
  if (group.TargetType === 'instance') {
    if (!Id.startsWith('i-')) return refuse('ValidationError', `Instance ID '${Id}' is not valid`)
    const instance = findInstance(world, region, Id)
    if (!instance || instance.state === 'terminated')
      return refuse(
        'InvalidTarget',
        `The following targets are not in a running state and cannot be registered: '${Id}'`,
      )
    if (instance.VpcId !== group.VpcId)
      return refuse('InvalidTarget', `The following targets are not in the target group VPC '${group.VpcId}': '${Id}'`)
    if (instance.state !== 'running')
      return refuse(
        'InvalidTarget',
        `The following targets are not in a running state and cannot be registered: '${Id}'`,
      )
    return { address: instance.PrivateIpAddress, AvailabilityZone: instance.Placement.AvailabilityZone }
  }
  if (!/^\d+\.\d+\.\d+\.\d+$/.test(Id))
    return refuse('ValidationError', `The IP address '${Id}' is not a valid IPv4 address`)
  const vpc = networkRecord<Vpc>(world, 'aws.ec2.Vpc', region, group.VpcId ?? '')
  const inside = vpc !== undefined && contains(vpc.CidrBlock, Id)
  if (!inside && wanted.AvailabilityZone !== 'all')
    return refuse(
      'ValidationError',
      `You must specify an Availability Zone or 'all' for target '${Id}', which is outside the target group VPC`,
    )
  const interfaceZone = (world.lookup(interfacesByAddress, Id)[0] as NetworkInterface | undefined)?.AvailabilityZone
  const zone =
    wanted.AvailabilityZone ??
    interfaceZone ??
    networkRecords<Subnet>(world, 'aws.ec2.Subnet', region).find(
      ({ VpcId, CidrBlock }) => VpcId === group.VpcId && contains(CidrBlock, Id),
    )?.AvailabilityZone
  return { address: Id, ...(zone === undefined ? {} : { AvailabilityZone: zone }) }
}

/** Targets that a call names: one without a port means all of that id. */
function named(list: readonly Target[], { Id, Port }: TargetDescription, group: TargetGroup): readonly Target[] {
  return list.filter((target) => target.Id === Id && (Port === undefined || (target.Port ?? group.Port) === Port))
}

function deregisterTargets({ world, input }: ApiCall<DeregisterTargetsInput>): ApiAnswer {
  const group = ofArn<TargetGroup>(world, TARGET_GROUP, input.TargetGroupArn)
  if (!group) return noGroup(input.TargetGroupArn)
  const targets = targetsOf(world, group.id)
  const leaving = input.Targets.flatMap((wanted) => named(targets, wanted, group))
  return {
    output: {},
    emit: leaving
      .filter(({ state }) => state !== 'draining')
      .map(({ id: to }): Emission => ({ to, type: 'Deregistered' })),
  }
}

function describeHealth({ world, input }: ApiCall<DescribeTargetHealthInput>): ApiAnswer {
  const group = ofArn<TargetGroup>(world, TARGET_GROUP, input.TargetGroupArn)
  if (!group) return noGroup(input.TargetGroupArn)
  const targets = targetsOf(world, group.id)
  if (!input.Targets?.length)
    return { output: { TargetHealthDescriptions: targets.map((target) => healthOutput(target, group, world.now)) } }
  const described = input.Targets.flatMap((wanted): readonly object[] => {
    const found = named(targets, wanted, group)
    if (found.length > 0) return found.map((target) => healthOutput(target, group, world.now))
    return [
      {
        Target: wanted,
        TargetHealth: {
          State: 'unused',
          Reason: 'Target.NotRegistered',
          Description: 'Target is not registered to the target group',
        },
      },
    ]
  })
  return { output: { TargetHealthDescriptions: described } }
}
