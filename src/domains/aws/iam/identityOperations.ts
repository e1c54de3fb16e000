import type { World } from '../../../kernel/index.ts'
import { ACCOUNT, arnOf, type Operation } from '../core/index.ts'
import { created, deleted, must, op, refused } from './answer.ts'
import { checked } from './checked.ts'
import { holder } from './holderOperations.ts'
import {
  type AccessKey,
  CREDENTIAL,
  type Credential,
  change,
  GROUP,
  type Group,
  groupOf,
  type Holder,
  type InstanceProfile,
  KEY,
  nowOf,
  PROFILE,
  profileOf,
  ROLE,
  type Role,
  roleOf,
  sorted,
  type Tag,
  USER,
  type User,
  uniqueId,
  userOf,
  users,
} from './records.ts'
import { shownGroup, shownProfile, shownRole, shownUser } from './shown.ts'

interface In {
  readonly UserName: string
  readonly GroupName: string
  readonly RoleName: string
  readonly InstanceProfileName: string
  readonly Path?: string
  readonly PathPrefix?: string
  readonly NewUserName?: string
  readonly NewGroupName?: string
  readonly NewPath?: string
  readonly AssumeRolePolicyDocument: string
  readonly PolicyDocument: string
  readonly Description?: string
  readonly MaxSessionDuration?: number
  readonly PermissionsBoundary?: string
  readonly AWSServiceName: string
  readonly CustomSuffix?: string
  readonly Tags?: readonly Tag[]
  readonly TagKeys: readonly string[]
}

const below = (prefix: string | undefined) => (one: { readonly Path: string }) => one.Path.startsWith(prefix ?? '/')
const user = (input: In, world: World) => holder('User', input, world) as User
const group = (input: In, world: World) => holder('Group', input, world) as Group
const role = (input: In, world: World) => holder('Role', input, world) as Role
const profile = (input: In, world: World) =>
  must(profileOf(world, input.InstanceProfileName), `Instance Profile ${input.InstanceProfileName} cannot be found.`)
const allProfiles = (world: World) => sorted([...world.all(PROFILE)] as InstanceProfile[])
const userArn = (input: In, world: World) =>
  userOf(world, input.UserName)?.Arn ?? arnOf('iam', '', `user/${input.UserName}`)
const roleArn = (input: In, world: World) =>
  roleOf(world, input.RoleName)?.Arn ?? arnOf('iam', '', `role/${input.RoleName}`)
const groupArn = (input: In) => arnOf('iam', '', `group/${input.GroupName}`)
const profileArn = (input: In) => arnOf('iam', '', `instance-profile/${input.InstanceProfileName}`)

function bare({ attached, inline }: Holder): void {
  if (attached.length > 0) refused('DeleteConflict', 'Cannot delete entity, must detach all policies first.')
  if (Object.keys(inline).length > 0) refused('DeleteConflict', 'Cannot delete entity, must delete policies first.')
}

function caller(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}

/** Users, groups, roles and instance profiles. */
export const identityOperations: readonly Operation[] = [
  op<In>(
    'CreateUser',
    (input, world) => {
      if (userOf(world, input.UserName))
        refused('EntityAlreadyExists', `User with name ${input.UserName} already exists.`)
      const { UserName, Path = '/', Tags, PermissionsBoundary: boundary } = input
      const fields = {
        UserName,
        Path,
        UserId: uniqueId(world, 'AIDA', UserName),
        Arn: arnOf('iam', '', `user${Path}${UserName}`),
        CreateDate: nowOf(world),
        attached: [],
        inline: {},
        groups: [],
        ...(Tags ? { Tags } : {}),
        ...(boundary ? { boundary } : {}),
      }
      return {
        output: { User: shownUser(fields as unknown as User, true) },
        emit: [created(`${USER}/${UserName}`, USER, fields)],
      }
    },
    userArn,
  ),
  op<In>(
    'GetUser',
    (input, world, { principal }) => {
      const name = input.UserName ?? caller(principal.arn)
      return { output: { User: shownUser(user({ ...input, UserName: name }, world), true) } }
    },
    userArn,
  ),
  op<In>('ListUsers', (input, world) => ({
    output: {
      Users: users(world)
        .filter(below(input.PathPrefix))
        .map((one) => shownUser(one)),
      IsTruncated: false,
    },
  })),
  op<In>(
    'UpdateUser',
    (input, world) => {
      const one = user(input, world)
      const name = input.NewUserName ?? one.UserName
      const path = input.NewPath ?? one.Path
      if (name !== one.UserName && userOf(world, name))
        refused('EntityAlreadyExists', `User with name ${name} already exists.`)
      const { id: _id, kind: _kind, state: _state, entry: _entry, since: _since, born: _born, ...fields } = one
      const next = { ...fields, UserName: name, Path: path, Arn: arnOf('iam', '', `user${path}${name}`) }
      if (name === one.UserName) return { emit: change(one, next) }
      const keys = ([...world.all(KEY)] as AccessKey[]).filter((key) => key.UserName === one.UserName)
      return {
        emit: [
          ...(one.born === -1 ? [] : [deleted(one)]),
          created(`${USER}/${name}`, USER, next),
          ...keys.map((key) => ({ to: key.id, type: 'Changed', data: { UserName: name } })),
        ],
      }
    },
    userArn,
  ),
  op<In>(
    'DeleteUser',
    (input, world) => {
      const one = user(input, world)
      if ([...world.all(KEY)].some((key) => (key as AccessKey).UserName === one.UserName))
        refused('DeleteConflict', 'Cannot delete entity, must delete access keys first.')
      if (one.login) refused('DeleteConflict', 'Cannot delete entity, must delete login profile first.')
      if (one.groups.length > 0) refused('DeleteConflict', 'Cannot delete entity, must remove users from group first.')
      if ([...world.all(CREDENTIAL)].some((key) => (key as Credential).user === one.UserName))
        refused('DeleteConflict', 'Cannot delete entity, must delete credentials first.')
      bare(one)
      return { emit: one.born === -1 ? [...change(one, {}), deleted(one)] : [deleted(one)] }
    },
    userArn,
  ),
  op<In>(
    'CreateGroup',
    (input, world) => {
      const { GroupName, Path = '/' } = input
      if (groupOf(world, GroupName)) refused('EntityAlreadyExists', `Group with name ${GroupName} already exists.`)
      const fields = {
        GroupName,
        Path,
        GroupId: uniqueId(world, 'AGPA', GroupName),
        Arn: arnOf('iam', '', `group${Path}${GroupName}`),
        CreateDate: nowOf(world),
        attached: [],
        inline: {},
      }
      return {
        output: { Group: shownGroup(fields as unknown as Group) },
        emit: [created(`${GROUP}/${GroupName}`, GROUP, fields)],
      }
    },
    groupArn,
  ),
  op<In>(
    'GetGroup',
    (input, world) => {
      const one = group(input, world)
      const members = users(world).filter(({ groups }) => groups.includes(one.GroupName))
      return { output: { Group: shownGroup(one), Users: members.map((each) => shownUser(each)), IsTruncated: false } }
    },
    groupArn,
  ),
  op<In>('ListGroups', (input, world) => ({
    output: {
      Groups: sorted([...world.all(GROUP)] as Group[])
        .filter(below(input.PathPrefix))
        .map(shownGroup),
      IsTruncated: false,
    },
  })),
  op<In>(
    'ListGroupsForUser',
    (input, world) => ({
      output: {
        Groups: user(input, world)
          .groups.flatMap((name) => groupOf(world, name) ?? [])
          .map(shownGroup),
        IsTruncated: false,
      },
    }),
    userArn,
  ),
  op<In>(
    'DeleteGroup',
    (input, world) => {
      const one = group(input, world)
      if (users(world).some(({ groups }) => groups.includes(one.GroupName)))
        refused('DeleteConflict', 'Cannot delete entity, must remove users from group first.')
      bare(one)
      return { emit: [deleted(one)] }
    },
    groupArn,
  ),
  op<In>(
    'AddUserToGroup',
    (input, world) => {
      const { GroupName } = group(input, world)
      const one = user(input, world)
      return one.groups.includes(GroupName) ? {} : { emit: change(one, { groups: [...one.groups, GroupName] }) }
    },
    groupArn,
  ),
  op<In>(
    'RemoveUserFromGroup',
    (input, world) => {
      const { GroupName } = group(input, world)
      const one = user(input, world)
      if (!one.groups.includes(GroupName))
        refused('NoSuchEntity', `User ${one.UserName} is not a member of group ${GroupName}.`)
      return { emit: change(one, { groups: one.groups.filter((name) => name !== GroupName) }) }
    },
    groupArn,
  ),
  op<In>(
    'CreateRole',
    (input, world) => {
      const {
        RoleName,
        Path = '/',
        Description,
        MaxSessionDuration = 3600,
        Tags,
        PermissionsBoundary: boundary,
      } = input
      if (roleOf(world, RoleName)) refused('EntityAlreadyExists', `Role with name ${RoleName} already exists.`)
      const trust = checked(input.AssumeRolePolicyDocument, 'trust')
      const fields = roleFields(world, { RoleName, Path, trust, Description, MaxSessionDuration, Tags, boundary })
      const {
        MaxSessionDuration: _max,
        RoleLastUsed: _used,
        ...shown
      } = shownRole(fields as unknown as Role, true) as {
        MaxSessionDuration?: number
        RoleLastUsed?: object
      }
      return {
        output: { Role: input.MaxSessionDuration === undefined ? shown : { ...shown, MaxSessionDuration } },
        emit: [created(`${ROLE}/${RoleName}`, ROLE, fields)],
      }
    },
    roleArn,
  ),
  op<In>('CreateServiceLinkedRole', (input, world) => {
    const { AWSServiceName: service, Description, CustomSuffix } = input
    const RoleName = `AWSServiceRoleFor${linkedName(service)}${CustomSuffix ? `_${CustomSuffix}` : ''}`
    if (roleOf(world, RoleName))
      refused(
        'InvalidInput',
        `Service role name ${RoleName} has been taken in this account, please try a different suffix.`,
      )
    const trust = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Action: ['sts:AssumeRole'], Effect: 'Allow', Principal: { Service: [service] } }],
    })
    const Path = `/aws-service-role/${service}/`
    const fields = roleFields(world, { RoleName, Path, trust, Description, MaxSessionDuration: 3600 })
    const { MaxSessionDuration: _max, ...shown } = shownRole(fields as unknown as Role) as {
      MaxSessionDuration?: number
    }
    return { output: { Role: shown }, emit: [created(`${ROLE}/${RoleName}`, ROLE, fields)] }
  }),
  op<In>(
    'DeleteServiceLinkedRole',
    (input, world) => {
      const one = role(input, world)
      const task = `task${one.Path}${one.RoleName}/${uniqueId(world, '', one.RoleName).toLowerCase()}`
      return { output: { DeletionTaskId: task }, emit: [deleted(one)] }
    },
    roleArn,
  ),
  op<In & { DeletionTaskId: string }>('GetServiceLinkedRoleDeletionStatus', ({ DeletionTaskId }, world) => {
    const [, name = ''] = /\/([^/]+)\/[^/]+$/.exec(DeletionTaskId) ?? []
    return { output: { Status: roleOf(world, name) ? 'FAILED' : 'SUCCEEDED' } }
  }),
  op<In>('GetRole', (input, world) => ({ output: { Role: shownRole(role(input, world), true) } }), roleArn),
  op<In>('ListRoles', (input, world) => ({
    output: {
      Roles: sorted([...world.all(ROLE)] as Role[])
        .filter(below(input.PathPrefix))
        .map((one) => shownRole(one)),
      IsTruncated: false,
    },
  })),
  op<In>(
    'UpdateRole',
    (input, world) => ({
      emit: change(role(input, world), {
        ...(input.Description === undefined ? {} : { Description: input.Description }),
        ...(input.MaxSessionDuration === undefined ? {} : { MaxSessionDuration: input.MaxSessionDuration }),
      }),
    }),
    roleArn,
  ),
  op<In>(
    'UpdateRoleDescription',
    (input, world) => {
      const one = role(input, world)
      return {
        output: { Role: shownRole({ ...one, Description: input.Description }) },
        emit: change(one, { Description: input.Description }),
      }
    },
    roleArn,
  ),
  op<In>(
    'UpdateAssumeRolePolicy',
    (input, world) => ({
      emit: change(role(input, world), { trust: checked(input.PolicyDocument, 'trust') }),
    }),
    roleArn,
  ),
  op<In>(
    'DeleteRole',
    (input, world) => {
      const one = role(input, world)
      if (allProfiles(world).some((each) => each.role === one.RoleName))
        refused('DeleteConflict', 'Cannot delete entity, must remove roles from instance profile first.')
      bare(one)
      return { emit: [deleted(one)] }
    },
    roleArn,
  ),
  op<In>(
    'CreateInstanceProfile',
    (input, world) => {
      const { InstanceProfileName, Path = '/', Tags } = input
      if (profileOf(world, InstanceProfileName))
        refused('EntityAlreadyExists', `Instance Profile ${InstanceProfileName} already exists.`)
      const fields = {
        InstanceProfileName,
        Path,
        InstanceProfileId: uniqueId(world, 'AIPA', InstanceProfileName),
        Arn: arnOf('iam', '', `instance-profile${Path}${InstanceProfileName}`),
        CreateDate: nowOf(world),
        ...(Tags ? { Tags } : {}),
      }
      return {
        output: { InstanceProfile: shownProfile(fields as unknown as InstanceProfile, world) },
        emit: [created(`${PROFILE}/${InstanceProfileName}`, PROFILE, fields)],
      }
    },
    profileArn,
  ),
  op<In>(
    'GetInstanceProfile',
    (input, world) => ({
      output: { InstanceProfile: shownProfile(profile(input, world), world) },
    }),
    profileArn,
  ),
  op<In>('ListInstanceProfiles', (input, world) => ({
    output: {
      InstanceProfiles: allProfiles(world)
        .filter(below(input.PathPrefix))
        .map((one) => shownProfile(one, world)),
      IsTruncated: false,
    },
  })),
  op<In>(
    'ListInstanceProfilesForRole',
    (input, world) => {
      const one = role(input, world)
      const found = allProfiles(world).filter((each) => each.role === one.RoleName)
      return { output: { InstanceProfiles: found.map((each) => shownProfile(each, world)), IsTruncated: false } }
    },
    roleArn,
  ),
  op<In>(
    'AddRoleToInstanceProfile',
    (input, world) => {
      const one = profile(input, world)
      const { RoleName } = role(input, world)
      if (one.role !== undefined)
        refused('LimitExceeded', 'Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1')
      return { emit: change(one, { role: RoleName }) }
    },
    profileArn,
  ),
  op<In>(
    'RemoveRoleFromInstanceProfile',
    (input, world) => {
      const one = profile(input, world)
      if (one.role !== input.RoleName) refused('NoSuchEntity', `The role with name ${input.RoleName} cannot be found.`)
      return { emit: change(one, { role: undefined }) }
    },
    profileArn,
  ),
  op<In>(
    'DeleteInstanceProfile',
    (input, world) => {
      const one = profile(input, world)
      if (one.role !== undefined)
        refused('DeleteConflict', 'Cannot delete entity, must remove roles from instance profile first.')
      return { emit: [deleted(one)] }
    },
    profileArn,
  ),
  op<In>(
    'TagInstanceProfile',
    (input, world) => {
      const one = profile(input, world)
      const keys = (input.Tags ?? []).map(({ Key }) => Key)
      return {
        emit: change(one, {
          Tags: [...(one.Tags ?? []).filter(({ Key }) => !keys.includes(Key)), ...(input.Tags ?? [])],
        }),
      }
    },
    profileArn,
  ),
  op<In>(
    'UntagInstanceProfile',
    (input, world) => {
      const one = profile(input, world)
      return { emit: change(one, { Tags: (one.Tags ?? []).filter(({ Key }) => !input.TagKeys.includes(Key)) }) }
    },
    profileArn,
  ),
  op<In>(
    'ListInstanceProfileTags',
    (input, world) => ({
      output: { Tags: profile(input, world).Tags ?? [], IsTruncated: false },
    }),
    profileArn,
  ),
]

function roleFields(
  world: World,
  {
    RoleName,
    Path,
    ...rest
  }: {
    RoleName: string
    Path: string
    trust: string
    Description?: string | undefined
    MaxSessionDuration: number
    Tags?: readonly Tag[] | undefined
    boundary?: string | undefined
  },
): object {
  return {
    RoleName,
    Path,
    RoleId: uniqueId(world, 'AROA', RoleName),
    Arn: `arn:aws:iam::${ACCOUNT}:role${Path}${RoleName}`,
    CreateDate: nowOf(world),
    attached: [],
    inline: {},
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
  }
}

/** `ecs.amazonaws.com` makes `ECS`, as AWS spells its services in role names. */
function linkedName(service: string): string {
  const word = service.replace(/\.amazonaws\.com$/, '')
  return (
    LINKED[word] ??
    word
      .split(/[.-]/)
      .map((part) => part.slice(0, 1).toUpperCase() + part.slice(1))
      .join('')
  )
}

const LINKED: { readonly [word: string]: string } = {
  ecs: 'ECS',
  autoscaling: 'AutoScaling',
  elasticloadbalancing: 'ElasticLoadBalancing',
  'ecs.application-autoscaling': 'ApplicationAutoScaling_ECSService',
  lex: 'LexBots',
  eks: 'AmazonEKS',
  spot: 'EC2Spot',
  elasticbeanstalk: 'ElasticBeanstalk',
}
