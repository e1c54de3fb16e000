import type { Emission, World } from '../../../kernel/index.ts'
import { placeEmissions } from '../../places/index.ts'
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
  defaultNetworkEmissions,
  freeAddresses,
  networkRecord,
  networkRecords,
  publicAddress,
  type SecurityGroup,
  type Subnet,
  subnetOf,
} from '../ec2/index.ts'
import { balancerOutput, zoneOutput } from './descriptions.ts'
import {
  below,
  LOAD_BALANCER,
  type LoadBalancer,
  type LoadBalancerNode,
  ofArn,
  sendersTo,
  weightsOf,
} from './records.ts'
import { rulesOf } from './serving.ts'
import type {
  CreateLoadBalancerInput,
  DeleteLoadBalancerInput,
  DescribeLoadBalancerAttributesInput,
  DescribeLoadBalancersInput,
  ModifyLoadBalancerAttributesInput,
  SetIpAddressTypeInput,
  SetSecurityGroupsInput,
  SetSubnetsInput,
  SubnetMapping,
} from './types.generated.ts'

const ATTRIBUTES: { readonly [type: string]: { readonly [key: string]: string } } = {
  application: {
    'access_logs.s3.enabled': 'false',
    'access_logs.s3.bucket': '',
    'access_logs.s3.prefix': '',
    'idle_timeout.timeout_seconds': '60',
    'deletion_protection.enabled': 'false',
    'routing.http2.enabled': 'true',
    'routing.http.drop_invalid_header_fields.enabled': 'false',
    'routing.http.xff_client_port.enabled': 'false',
    'routing.http.preserve_host_header.enabled': 'false',
    'routing.http.xff_header_processing.mode': 'append',
    'load_balancing.cross_zone.enabled': 'true',
    'routing.http.desync_mitigation_mode': 'defensive',
    'client_keep_alive.seconds': '3600',
    'waf.fail_open.enabled': 'false',
    'routing.http.x_amzn_tls_version_and_cipher_suite.enabled': 'false',
    'zonal_shift.config.enabled': 'false',
    'connection_logs.s3.enabled': 'false',
    'connection_logs.s3.bucket': '',
    'connection_logs.s3.prefix': '',
  },
  network: {
    'access_logs.s3.enabled': 'false',
    'access_logs.s3.bucket': '',
    'access_logs.s3.prefix': '',
    'deletion_protection.enabled': 'false',
    'load_balancing.cross_zone.enabled': 'false',
    'dns_record.client_routing_policy': 'any_availability_zone',
    'zonal_shift.config.enabled': 'false',
  },
  gateway: { 'deletion_protection.enabled': 'false', 'load_balancing.cross_zone.enabled': 'false' },
}

/** Hosted zones of load balancers' names, by region. */
const ZONES: { readonly [region: string]: readonly [application: string, network: string] } = {
  'us-east-1': ['Z35SXDOTRQ7X7K', 'Z26RNL4JYFTOTI'],
  'us-east-2': ['Z3AADJGX6KTTL2', 'ZLMOA37VPKANP'],
  'us-west-1': ['Z368ELLRRE2KJ0', 'Z24FKFUX50B4VW'],
  'us-west-2': ['Z1H1FL5HABSF5', 'Z18D5FSROUN65G'],
  'eu-west-1': ['Z32O12XQLNTSW2', 'Z2IFOLAFXWLO4F'],
  'eu-central-1': ['Z215JYRZR1TBD5', 'Z3F0SRJ5LGBH90'],
}

/** Refusal for an ARN that names no load balancer. */
export function noBalancer(arn: string) {
  return /^arn:[\w-]+:elasticloadbalancing:[\w-]*:\d*:loadbalancer\/(app|net|gwy)\//.test(arn)
    ? refuse('LoadBalancerNotFound', `Load balancer '${arn}' not found`)
    : refuse('ValidationError', `'${arn}' is not a valid load balancer ARN`)
}

function balancers({ world, region }: Pick<ApiCall<never>, 'world' | 'region'>): readonly LoadBalancer[] {
  return [...world.all(LOAD_BALANCER)].filter((one) => (one as LoadBalancer).region === region) as LoadBalancer[]
}

const onBalancer = ({ input }: { readonly input: { readonly LoadBalancerArn: string } }) => ({
  resource: input.LoadBalancerArn,
})

/** Operations on load balancers themselves. */
export const balancerOperations: readonly Operation[] = [
  defineOperation<CreateLoadBalancerInput>('CreateLoadBalancer', createBalancer, ({ input, region }) => ({
    resource: arnOf('elasticloadbalancing', region, `loadbalancer/app/${input.Name}/*`),
  })),
  defineOperation<DescribeLoadBalancersInput>('DescribeLoadBalancers', (call) => {
    const { LoadBalancerArns: arns, Names: names } = call.input
    const all = balancers(call)
    const badArn = arns?.find((arn) => !all.some((one) => one.arn === arn))
    if (badArn !== undefined)
      return arns && arns.length > 1
        ? refuse('LoadBalancerNotFound', `One or more load balancers not found`)
        : noBalancer(badArn)
    const badName = names?.find((name) => !all.some((one) => one.LoadBalancerName === name))
    if (badName !== undefined) return refuse('LoadBalancerNotFound', `Load balancers '[${badName}]' not found`)
    const list = all.filter(
      (one) => (!arns?.length || arns.includes(one.arn)) && (!names?.length || names.includes(one.LoadBalancerName)),
    )
    return { output: { LoadBalancers: list.map((one) => balancerOutput(one, call.world)) } }
  }),
  defineOperation<DeleteLoadBalancerInput>(
    'DeleteLoadBalancer',
    ({ world, input }) => {
      const balancer = ofArn<LoadBalancer>(world, LOAD_BALANCER, input.LoadBalancerArn)
      if (!balancer) return { output: {} }
      if (balancer.attributes['deletion_protection.enabled'] === 'true')
        return refuse(
          'OperationNotPermitted',
          `Load balancer '${balancer.arn}' cannot be deleted because deletion protection is enabled`,
        )
      return { output: {}, emit: deleteBalancer(world, balancer) }
    },
    onBalancer,
  ),
  defineOperation<DescribeLoadBalancerAttributesInput>('DescribeLoadBalancerAttributes', ({ world, input }) => {
    const balancer = ofArn<LoadBalancer>(world, LOAD_BALANCER, input.LoadBalancerArn)
    return balancer ? { output: { Attributes: attributeList(balancer.attributes) } } : noBalancer(input.LoadBalancerArn)
  }),
  defineOperation<ModifyLoadBalancerAttributesInput>(
    'ModifyLoadBalancerAttributes',
    ({ world, input }) => {
      const balancer = ofArn<LoadBalancer>(world, LOAD_BALANCER, input.LoadBalancerArn)
      if (!balancer) return noBalancer(input.LoadBalancerArn)
      const changed = changedAttributes(balancer.attributes, input.Attributes)
      if ('error' in changed) return changed
      const { attributes } = changed
      return {
        output: { Attributes: attributeList(attributes) },
        emit: [{ to: balancer.id, type: 'Changed', data: { attributes } }],
      }
    },
    onBalancer,
  ),
  defineOperation<SetSubnetsInput>('SetSubnets', (call) => {
    const { world, input, region } = call
    const balancer = ofArn<LoadBalancer>(world, LOAD_BALANCER, input.LoadBalancerArn)
    if (!balancer) return noBalancer(input.LoadBalancerArn)
    const wanted = input.SubnetMappings ?? (input.Subnets ?? []).map((SubnetId) => ({ SubnetId }))
    const nodes = nodesIn(world, region, balancer.LoadBalancerName, wanted, balancer.Scheme, balancer.Type)
    if ('error' in nodes) return nodes
    const kept = nodes.map((node) => balancer.nodes.find(({ SubnetId }) => SubnetId === node.SubnetId) ?? node)
    return {
      output: { AvailabilityZones: kept.map(zoneOutput), IpAddressType: balancer.IpAddressType },
      emit: [{ to: balancer.id, type: 'Changed', data: { nodes: kept } }],
    }
  }),
  defineOperation<SetSecurityGroupsInput>('SetSecurityGroups', (call) => {
    const { world, input, region } = call
    const balancer = ofArn<LoadBalancer>(world, LOAD_BALANCER, input.LoadBalancerArn)
    if (!balancer) return noBalancer(input.LoadBalancerArn)
    const absent = input.SecurityGroups.find((id) => !networkRecord(world, 'aws.ec2.SecurityGroup', region, id))
    if (absent !== undefined) return refuse('InvalidSecurityGroup', `Security group '${absent}' does not exist`)
    return {
      output: { SecurityGroupIds: input.SecurityGroups },
      emit: [{ to: balancer.id, type: 'Changed', data: { SecurityGroups: input.SecurityGroups } }],
    }
  }),
  defineOperation<SetIpAddressTypeInput>('SetIpAddressType', ({ world, input }) => {
    const balancer = ofArn<LoadBalancer>(world, LOAD_BALANCER, input.LoadBalancerArn)
    if (!balancer) return noBalancer(input.LoadBalancerArn)
    return {
      output: { IpAddressType: input.IpAddressType },
      emit: [{ to: balancer.id, type: 'Changed', data: { IpAddressType: input.IpAddressType } }],
    }
  }),
]

/** Attributes as the API lists them. */
export function attributeList(attributes: { readonly [key: string]: string }): readonly object[] {
  return Object.entries(attributes).map(([Key, Value]) => ({ Key, Value }))
}

/** Attributes with some changed; one that there is not is refused. */
export function changedAttributes(
  attributes: { readonly [key: string]: string },
  changes: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[],
): { readonly attributes: { readonly [key: string]: string } } | { readonly error: ApiError } {
  const result = { ...attributes }
  for (const { Key = '', Value = '' } of changes) {
    if (!(Key in attributes)) return refuse('ValidationError', `Load balancer attribute key '${Key}' is not recognized`)
    result[Key] = Value
  }
  return { attributes: result }
}

function createBalancer(call: ApiCall<CreateLoadBalancerInput>): ApiAnswer {
  const { input, world, region } = call
  const type = (input.Type ?? 'application') as LoadBalancer['Type']
  const { Name } = input
  const problem = nameProblem(Name, 'Load balancer', 32)
  if (problem) return problem
  if (Name.startsWith('internal-'))
    return refuse('ValidationError', `The load balancer name '${Name}' cannot begin with 'internal-'`)
  const subnets: readonly SubnetMapping[] =
    input.SubnetMappings ?? (input.Subnets ?? []).map((SubnetId) => ({ SubnetId }))
  const scheme = (input.Scheme ?? 'internet-facing') as LoadBalancer['Scheme']
  const nodes = nodesIn(world, region, Name, subnets, scheme, type)
  if ('error' in nodes) return nodes
  const [first] = nodes
  const vpc = first ? (subnetOf(world, region, first.SubnetId)?.VpcId ?? '') : ''
  const groups = input.SecurityGroups ?? (type === 'application' ? defaultGroup(world, region, vpc) : [])
  const absent = groups.find((id) => !networkRecord(world, 'aws.ec2.SecurityGroup', region, id))
  if (absent !== undefined) return refuse('InvalidSecurityGroup', `Security group '${absent}' does not exist`)
  const there = balancers(call).find((one) => one.LoadBalancerName === Name)
  if (there) {
    const same =
      there.Scheme === scheme &&
      there.Type === type &&
      there.nodes.map(({ SubnetId }) => SubnetId).join() === nodes.map(({ SubnetId }) => SubnetId).join()
    if (same) return { output: { LoadBalancers: [balancerOutput(there)] } }
    return refuse('DuplicateLoadBalancerName', 'A load balancer with the same name exists, but with different settings')
  }
  const hex = hexId(world, 16, 'balancer', Name)
  const digits = String(1_000_000_000 + Math.floor(world.draw('balancer', Name, world.revision) * 1_100_000_000))
  const short = { application: 'app', network: 'net', gateway: 'gwy' }[type]
  const prefix = scheme === 'internal' ? 'internal-' : ''
  const zones = ZONES[region] ?? [
    `Z${hexId(world, 13, region).toUpperCase()}`,
    `Z${hexId(world, 12, region).toUpperCase()}`,
  ]
  const balancer = {
    region,
    arn: arnOf('elasticloadbalancing', region, `loadbalancer/${short}/${Name}/${hex}`),
    LoadBalancerName: Name,
    DNSName:
      type === 'network'
        ? `${prefix}${Name}-${hex}.elb.${region}.amazonaws.com`
        : `${prefix}${Name}-${digits}.${region}.elb.amazonaws.com`,
    CanonicalHostedZoneId: zones[type === 'network' ? 1 : 0],
    Scheme: scheme,
    Type: type,
    VpcId: vpc,
    IpAddressType: input.IpAddressType ?? 'ipv4',
    SecurityGroups: groups,
    nodes,
    made: world.now,
    attributes: ATTRIBUTES[type] ?? {},
    Tags: input.Tags ?? [],
  }
  return {
    output: { LoadBalancers: [balancerOutput({ ...balancer, state: 'provisioning' })] },
    emit: [
      ...defaultNetworkEmissions(world, region),
      ...openPlaces(world, region, nodes),
      { to: `${LOAD_BALANCER}/${region}/${Name}`, kind: LOAD_BALANCER, type: 'Created', data: balancer },
    ],
  }
}

/** The zones of its nodes, each opened once and their region with the first. */
function openPlaces(world: World, region: string, nodes: readonly LoadBalancerNode[]): readonly Emission[] {
  const seen = new Set<string>()
  return nodes
    .flatMap(({ ZoneName }) => placeEmissions(world, region, ZoneName))
    .filter(({ to }) => !seen.has(to) && seen.add(to))
}

/** Names of load balancers and target groups: letters, digits and hyphens. */
export function nameProblem(name: string, what: string, longest: number): { readonly error: ApiError } | undefined {
  if (name.length > longest)
    return refuse('ValidationError', `${what} name '${name}' cannot be longer than '${longest}' characters`)
  if (!/^[a-zA-Z0-9-]+$/.test(name))
    return refuse(
      'ValidationError',
      `${what} name '${name}' can only contain characters that are alphanumeric characters and hyphens(-)`,
    )
  if (name.startsWith('-') || name.endsWith('-'))
    return refuse('ValidationError', `${what} name '${name}' cannot begin or end with '-'`)
  return undefined
}

function defaultGroup(world: World, region: string, vpc: string): readonly string[] {
  return networkRecords<SecurityGroup>(world, 'aws.ec2.SecurityGroup', region)
    .filter(({ GroupName, VpcId }) => GroupName === 'default' && VpcId === vpc)
    .map(({ GroupId }) => GroupId)
}

function nodesIn(
  world: World,
  region: string,
  name: string,
  mappings: readonly SubnetMapping[],
  scheme: LoadBalancer['Scheme'],
  type: LoadBalancer['Type'],
): readonly LoadBalancerNode[] | { readonly error: ApiError } {
  const found: Subnet[] = []
  for (const { SubnetId = '' } of mappings) {
    const subnet = subnetOf(world, region, SubnetId)
    if (!subnet) return refuse('SubnetNotFound', `The subnet ID '${SubnetId}' does not exist`)
    if (found.some(({ AvailabilityZone }) => AvailabilityZone === subnet.AvailabilityZone))
      return refuse(
        'InvalidConfigurationRequest',
        'A load balancer cannot be attached to multiple subnets in the same Availability Zone',
      )
    found.push(subnet)
  }
  if (found.length === 0 || (type === 'application' && found.length < 2))
    return type === 'application'
      ? refuse('ValidationError', 'At least two subnets in two different Availability Zones must be specified')
      : refuse('ValidationError', 'At least one subnet must be specified')
  if (found.some(({ VpcId }) => VpcId !== found[0]?.VpcId))
    return refuse('InvalidConfigurationRequest', 'All subnets must belong to the same VPC')
  return found.map((subnet, i) => {
    const privateIp = freeAddresses(world, subnet, 1, ['elb', name])[0] ?? '0.0.0.0'
    const allocation = mappings[i]?.AllocationId
    const given =
      allocation === undefined
        ? undefined
        : (world.get(`aws.ec2.Address/${region}/${allocation}`) as { readonly PublicIp?: string } | undefined)?.PublicIp
    return {
      ZoneName: subnet.AvailabilityZone,
      SubnetId: subnet.SubnetId,
      ip: scheme === 'internal' ? privateIp : (given ?? publicAddress(world, 'elb', name, subnet.SubnetId)),
      privateIp,
      ...(allocation === undefined ? {} : { allocation }),
    }
  })
}

/** Deletes a load balancer with its listeners and their rules; their groups hear that they are out of use. */
function deleteBalancer(world: World, balancer: LoadBalancer): readonly Emission[] {
  const emissions: Emission[] = []
  for (const listener of world.lookup(below, balancer.id)) emissions.push(...deleteListener(world, listener.id))
  return [...emissions, { to: balancer.id, type: 'Deleted' }]
}

/** Deletes a listener with its rules. */
export function deleteListener(world: World, id: string): readonly Emission[] {
  const rules = rulesOf(world, id)
  return [
    ...rules.map(({ id: to, Actions }): Emission => ({ to, type: 'Deleted', data: { groups: groupsOf(Actions) } })),
    {
      to: id,
      type: 'Deleted',
      data: {
        groups: groupsOf((world.get(id) as { readonly DefaultActions?: never } | undefined)?.DefaultActions ?? []),
      },
    },
  ]
}

/** ARNs of the target groups of actions. */
export function groupsOf(actions: readonly Parameters<typeof weightsOf>[0][]): readonly string[] {
  return [...new Set(actions.flatMap((action) => weightsOf(action).map(({ arn }) => arn)))]
}

/** Whether any listener or rule sends requests to a target group. */
export function groupInUse(world: World, arn: string): boolean {
  return world.lookup(sendersTo, arn).length > 0
}
