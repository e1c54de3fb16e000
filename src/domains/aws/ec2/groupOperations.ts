import type { Emission, World } from '../../../kernel/index.ts'
import {
  ACCOUNT,
  type ApiAnswer,
  type ApiCall,
  arnOf,
  defineOperation,
  hexId,
  type Operation,
  refuse,
} from '../core/index.ts'
import { type Asked, describe } from './describing.ts'
import { filtered } from './filters.ts'
import { INSTANCE, type Instance } from './instance.ts'
import {
  ANYWHERE,
  defaultNetworkEmissions,
  type IpPermission,
  networkRecords,
  type SecurityGroup,
  type Vpc,
} from './network.ts'
import { tagsFor } from './tag.ts'
import type {
  AuthorizeSecurityGroupEgressRequest,
  AuthorizeSecurityGroupIngressRequest,
  CreateSecurityGroupRequest,
  DeleteSecurityGroupRequest,
} from './types.generated.ts'
import { plainRecord } from './vpcOperations.ts'

const KIND = 'aws.ec2.SecurityGroup'

/** Operations on security groups and their rules. */
export const groupOperations: readonly Operation[] = [
  defineOperation<CreateSecurityGroupRequest>('CreateSecurityGroup', (call) => {
    const { input, world, region } = call
    const vpcs = networkRecords<Vpc>(world, 'aws.ec2.Vpc', region)
    const vpc =
      input.VpcId === undefined
        ? vpcs.find(({ IsDefault }) => IsDefault)
        : vpcs.find(({ VpcId }) => VpcId === input.VpcId)
    if (!vpc) return refuse('InvalidVpcID.NotFound', `The vpc ID '${input.VpcId}' does not exist`)
    if (input.GroupName.startsWith('sg-'))
      return refuse(
        'InvalidParameterValue',
        `Value (${input.GroupName}) for parameter GroupName is invalid. Group names may not be in the format sg-*.`,
      )
    if (groupsIn(call).some(({ GroupName, VpcId }) => GroupName === input.GroupName && VpcId === vpc.VpcId))
      return refuse(
        'InvalidGroup.Duplicate',
        `The security group '${input.GroupName}' already exists for VPC '${vpc.VpcId}'`,
      )
    const GroupId = `sg-0${hexId(world, 16, 'group', input.GroupName)}`
    const group = {
      region,
      GroupId,
      GroupName: input.GroupName,
      Description: input.Description,
      VpcId: vpc.VpcId,
      OwnerId: ACCOUNT,
      IpPermissions: [],
      IpPermissionsEgress: [ANYWHERE],
      Tags: tagsFor(input.TagSpecifications, 'security-group'),
    }
    return {
      output: {
        GroupId,
        ...(group.Tags.length > 0 ? { Tags: group.Tags } : {}),
        SecurityGroupArn: arnOf('ec2', region, `security-group/${GroupId}`),
      },
      emit: [
        ...defaultNetworkEmissions(world, region),
        { to: `${KIND}/${region}/${GroupId}`, kind: KIND, type: 'Created', data: group },
      ],
    }
  }),
  defineOperation<Asked & { readonly GroupNames?: readonly string[] }>('DescribeSecurityGroups', (call) => {
    const { GroupNames } = call.input
    const all = groupsIn(call)
    const absent = GroupNames?.find((name) => !all.some(({ GroupName }) => GroupName === name))
    if (absent !== undefined) return refuse('InvalidGroup.NotFound', `The security group '${absent}' does not exist`)
    const list = all.filter(({ GroupName }) => !GroupNames?.length || GroupNames.includes(GroupName))
    return describe(call, list.map(groupOutput) as { GroupId: string }[], {
      output: 'SecurityGroups',
      ids: 'GroupIds',
      id: 'GroupId',
      names: {
        'ip-permission.from-port': 'IpPermissions.FromPort',
        'ip-permission.to-port': 'IpPermissions.ToPort',
        'ip-permission.protocol': 'IpPermissions.IpProtocol',
        'ip-permission.cidr': 'IpPermissions.IpRanges.CidrIp',
        'ip-permission.group-id': 'IpPermissions.UserIdGroupPairs.GroupId',
      },
      missing: (id) => ['InvalidGroup.NotFound', `The security group '${id}' does not exist`],
    })
  }),
  defineOperation<DeleteSecurityGroupRequest>('DeleteSecurityGroup', (call) => {
    const { input, world, region } = call
    const group = groupsIn(call).find(
      ({ GroupId, GroupName }) => GroupId === input.GroupId || GroupName === input.GroupName,
    )
    if (!group) return notThere(input)
    if (group.GroupName === 'default')
      return refuse(
        'CannotDelete',
        `the specified group: "${group.GroupId}" name: "default" cannot be deleted by a user`,
      )
    const inUse =
      [...world.all(INSTANCE)].some(
        (one) =>
          one.state !== 'terminated' &&
          (one as Instance).SecurityGroups.some(({ GroupId }) => GroupId === group.GroupId),
      ) ||
      groupsIn(call).some(
        (other) =>
          other.GroupId !== group.GroupId &&
          other.IpPermissions.some(({ UserIdGroupPairs = [] }) =>
            UserIdGroupPairs.some(({ GroupId }) => GroupId === group.GroupId),
          ),
      )
    if (inUse) return refuse('DependencyViolation', `resource ${group.GroupId} has a dependent object`)
    return {
      output: { Return: true, GroupId: group.GroupId },
      emit: [...defaultNetworkEmissions(world, region), { to: group.id, type: 'Deleted' }],
    }
  }),
  ...(['Ingress', 'Egress'] as const).flatMap((way) => [
    defineOperation<AuthorizeSecurityGroupIngressRequest>(`AuthorizeSecurityGroup${way}`, (call) =>
      authorize(call, way),
    ),
    defineOperation<AuthorizeSecurityGroupIngressRequest>(`RevokeSecurityGroup${way}`, (call) => revoke(call, way)),
  ]),
  defineOperation<Asked>('DescribeSecurityGroupRules', (call) => {
    const all = groupsIn(call).flatMap((group) => [
      ...group.IpPermissions.flatMap((one) => ruleOutputs(group, one, false)),
      ...group.IpPermissionsEgress.flatMap((one) => ruleOutputs(group, one, true)),
    ])
    const found = filtered(all, call.input.Filters)
    return 'error' in found ? found : { output: { SecurityGroupRules: found.kept } }
  }),
]

function groupsIn({ world, region }: Pick<ApiCall<never>, 'world' | 'region'>): readonly SecurityGroup[] {
  return networkRecords<SecurityGroup>(world, KIND, region)
}

function groupOutput(group: SecurityGroup): object {
  const { Tags, ...rest } = plainRecord(group) as SecurityGroup
  return {
    ...rest,
    ...(Tags.length > 0 ? { Tags } : {}),
    SecurityGroupArn: arnOf('ec2', group.region, `security-group/${group.GroupId}`),
  }
}

function notThere({
  GroupId,
  GroupName,
}: {
  readonly GroupId?: string | undefined
  readonly GroupName?: string | undefined
}) {
  return refuse('InvalidGroup.NotFound', `The security group '${GroupId ?? GroupName}' does not exist`)
}

type RuleRequest = AuthorizeSecurityGroupIngressRequest | AuthorizeSecurityGroupEgressRequest

function targetGroup(call: ApiCall<RuleRequest>): SecurityGroup | undefined {
  const { GroupId, GroupName } = call.input as AuthorizeSecurityGroupIngressRequest
  return groupsIn(call).find((group) =>
    GroupId === undefined ? group.GroupName === GroupName : group.GroupId === GroupId,
  )
}

/** The rules that a call names, by its list or by its single options, one for each source. */
function asked(call: ApiCall<RuleRequest>): readonly IpPermission[] {
  const input = call.input as AuthorizeSecurityGroupIngressRequest
  const listed = (input.IpPermissions ?? []) as readonly IpPermission[]
  const source = input.SourceSecurityGroupName
  const named =
    source === undefined
      ? undefined
      : groupsIn(call).find(({ GroupName, GroupId }) => GroupName === source || GroupId === source)
  const single: IpPermission[] =
    input.CidrIp === undefined && !named
      ? []
      : [
          {
            IpProtocol: input.IpProtocol ?? '-1',
            FromPort: input.FromPort,
            ToPort: input.ToPort,
            IpRanges: input.CidrIp === undefined ? [] : [{ CidrIp: input.CidrIp }],
            UserIdGroupPairs: named ? [{ GroupId: named.GroupId, UserId: ACCOUNT }] : [],
          },
        ]
  return [...listed, ...single].flatMap(apart)
}

/** One permission for each source. */
function apart(permission: IpPermission): readonly IpPermission[] {
  const { IpProtocol = '-1', FromPort, ToPort } = permission
  const ports = IpProtocol === '-1' ? {} : { FromPort, ToPort }
  const base = { IpProtocol, ...ports, IpRanges: [], Ipv6Ranges: [], UserIdGroupPairs: [], PrefixListIds: [] }
  return [
    ...(permission.IpRanges ?? []).map((one) => ({ ...base, IpRanges: [one] })),
    ...(permission.Ipv6Ranges ?? []).map((one) => ({ ...base, Ipv6Ranges: [one] })),
    ...(permission.UserIdGroupPairs ?? []).map((one) => ({ ...base, UserIdGroupPairs: [{ UserId: ACCOUNT, ...one }] })),
  ]
}

function sameRule(a: IpPermission, b: IpPermission): boolean {
  return keyOf(a) === keyOf(b)
}

function keyOf(one: IpPermission): string {
  const source = one.IpRanges?.[0]?.CidrIp ?? one.Ipv6Ranges?.[0]?.CidrIpv6 ?? one.UserIdGroupPairs?.[0]?.GroupId
  return `${one.IpProtocol} ${one.FromPort} ${one.ToPort} ${source}`
}

function authorize(call: ApiCall<RuleRequest>, way: 'Ingress' | 'Egress'): ApiAnswer {
  const group = targetGroup(call)
  if (!group) return notThere(call.input as never)
  const rules = asked(call)
  if (rules.length === 0) return refuse('MissingParameter', 'The request must contain the parameter ipPermissions')
  const there = (way === 'Ingress' ? group.IpPermissions : group.IpPermissionsEgress).flatMap(apart)
  const double = rules.find((rule) => there.some((other) => sameRule(rule, other)))
  if (double) {
    const source =
      double.IpRanges?.[0]?.CidrIp ?? double.UserIdGroupPairs?.[0]?.GroupId ?? double.Ipv6Ranges?.[0]?.CidrIpv6
    const ports =
      double.FromPort === undefined
        ? 'ALL'
        : `${double.IpProtocol?.toUpperCase()}, from port: ${double.FromPort}, to port: ${double.ToPort}`
    return refuse('InvalidPermission.Duplicate', `the specified rule "peer: ${source}, ${ports}, ALLOW" already exists`)
  }
  return {
    output: { Return: true, SecurityGroupRules: rules.flatMap((one) => ruleOutputs(group, one, way === 'Egress')) },
    emit: rulesSet(call, group, way, [...there, ...rules]),
  }
}

function revoke(call: ApiCall<RuleRequest>, way: 'Ingress' | 'Egress'): ApiAnswer {
  const group = targetGroup(call)
  if (!group) return notThere(call.input as never)
  const rules = asked(call)
  const there = (way === 'Ingress' ? group.IpPermissions : group.IpPermissionsEgress).flatMap(apart)
  const ids = (call.input as { readonly SecurityGroupRuleIds?: readonly string[] }).SecurityGroupRuleIds ?? []
  const goes = (one: IpPermission) =>
    rules.some((rule) => sameRule(rule, one)) || ids.includes(ruleId(group, one, way === 'Egress'))
  const kept = there.filter((one) => !goes(one))
  if (kept.length === there.length)
    return refuse('InvalidPermission.NotFound', 'The specified rule does not exist in this security group.')
  return { output: { Return: true }, emit: rulesSet(call, group, way, kept) }
}

/** Rules grouped as descriptions have them: one entry for a protocol and its ports. */
function rulesSet(
  { world, region }: { readonly world: World; readonly region: string },
  group: SecurityGroup,
  way: 'Ingress' | 'Egress',
  rules: readonly IpPermission[],
): readonly Emission[] {
  const byPorts = new Map<string, IpPermission>()
  for (const rule of rules) {
    const key = `${rule.IpProtocol} ${rule.FromPort} ${rule.ToPort}`
    const known = byPorts.get(key)
    byPorts.set(
      key,
      known
        ? {
            ...known,
            IpRanges: [...(known.IpRanges ?? []), ...(rule.IpRanges ?? [])],
            Ipv6Ranges: [...(known.Ipv6Ranges ?? []), ...(rule.Ipv6Ranges ?? [])],
            UserIdGroupPairs: [...(known.UserIdGroupPairs ?? []), ...(rule.UserIdGroupPairs ?? [])],
          }
        : rule,
    )
  }
  const data = { [way === 'Ingress' ? 'IpPermissions' : 'IpPermissionsEgress']: [...byPorts.values()] }
  return [...defaultNetworkEmissions(world, region), { to: group.id, type: 'Changed', data }]
}

function ruleId(group: SecurityGroup, rule: IpPermission, egress: boolean): string {
  let hash = 0
  for (const character of `${group.GroupId} ${keyOf(rule)} ${egress}`)
    hash = (Math.imul(hash, 31) + character.charCodeAt(0)) | 0
  return `sgr-0${(hash >>> 0).toString(16).padStart(8, '0')}${group.GroupId.slice(-8)}`
}

function ruleOutputs(group: SecurityGroup, permission: IpPermission, egress: boolean): readonly object[] {
  return apart(permission).map((rule) => {
    const pair = rule.UserIdGroupPairs?.[0]
    const range = rule.IpRanges?.[0]
    return {
      SecurityGroupRuleId: ruleId(group, rule, egress),
      GroupId: group.GroupId,
      GroupOwnerId: ACCOUNT,
      IsEgress: egress,
      IpProtocol: rule.IpProtocol,
      FromPort: rule.FromPort ?? -1,
      ToPort: rule.ToPort ?? -1,
      ...(range?.CidrIp === undefined ? {} : { CidrIpv4: range.CidrIp }),
      ...(range?.Description === undefined ? {} : { Description: range.Description }),
      ...(pair ? { ReferencedGroupInfo: { GroupId: pair.GroupId, UserId: ACCOUNT } } : {}),
      SecurityGroupRuleArn: arnOf('ec2', group.region, `security-group-rule/${ruleId(group, rule, egress)}`),
      Tags: [],
    }
  })
}
