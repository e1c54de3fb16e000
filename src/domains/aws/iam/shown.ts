import type { World } from '../../../kernel/index.ts'
import { EPOCH } from '../../../kernel/index.ts'
import { MANAGED, managedArn } from './managedPolicies.ts'
import {
  GROUP,
  type Group,
  type Holder,
  type InstanceProfile,
  type ManagedPolicy,
  POLICY,
  policyOf,
  ROLE,
  type Role,
  roleOf,
  sorted,
  USER,
  type User,
  users,
} from './records.ts'

/** Records as the API shows them. `full` adds what only single gets show. */
export function shownUser(user: User, full = false): object {
  const { Path, UserName, UserId, Arn, CreateDate, Tags, boundary } = user
  return {
    Path,
    UserName,
    UserId,
    Arn,
    CreateDate,
    ...(full && boundary ? { PermissionsBoundary: shownBoundary(boundary) } : {}),
    ...(full && Tags?.length ? { Tags } : {}),
  }
}

export function shownGroup({ Path, GroupName, GroupId, Arn, CreateDate }: Group): object {
  return { Path, GroupName, GroupId, Arn, CreateDate }
}

export function shownRole(role: Role, full = false): object {
  const { Path, RoleName, RoleId, Arn, CreateDate, trust, Description, MaxSessionDuration, Tags, boundary } = role
  return {
    Path,
    RoleName,
    RoleId,
    Arn,
    CreateDate,
    AssumeRolePolicyDocument: trust,
    Description,
    MaxSessionDuration,
    ...(full && boundary ? { PermissionsBoundary: shownBoundary(boundary) } : {}),
    ...(full && Tags?.length ? { Tags } : {}),
    ...(full ? { RoleLastUsed: {} } : {}),
  }
}

function shownBoundary(arn: string): object {
  return { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: arn }
}

export function shownProfile(profile: InstanceProfile, world: World): object {
  const { InstanceProfileName, InstanceProfileId, Arn, Path, CreateDate, role, Tags } = profile
  const found = role === undefined ? undefined : roleOf(world, role)
  return {
    Path,
    InstanceProfileName,
    InstanceProfileId,
    Arn,
    CreateDate,
    Roles: found ? [shownRole(found)] : [],
    ...(Tags?.length ? { Tags } : {}),
  }
}

/** Everyone who has policies. */
export function holders(world: World): readonly Holder[] {
  return [...users(world), ...sorted([...world.all(GROUP)] as Group[]), ...sorted([...world.all(ROLE)] as Role[])]
}

/** How many have a policy attached. */
export function attachments(world: World, arn: string): number {
  return holders(world).filter((holder) => holder.attached.includes(arn)).length
}

/** A managed policy as lists and gets show it; undefined when there is none of that ARN. */
export function shownPolicy(world: World, arn: string, full = false): object | undefined {
  const own = policyOf(world, arn)
  const name = own ? own.PolicyName : Object.keys(MANAGED).find((one) => managedArn(one) === arn)
  if (name === undefined) return undefined
  const { Path, PolicyId, DefaultVersionId, CreateDate, UpdateDate, Description, Tags } = own ?? awsOwn(name)
  return {
    PolicyName: name,
    PolicyId,
    Arn: arn,
    Path,
    DefaultVersionId,
    AttachmentCount: attachments(world, arn),
    PermissionsBoundaryUsageCount: holders(world).filter((holder) => holder.boundary === arn).length,
    IsAttachable: true,
    ...(full && Description ? { Description } : {}),
    CreateDate,
    UpdateDate,
    ...(full ? { Tags: Tags ?? [] } : {}),
  }
}

function awsOwn(
  name: string,
): Pick<
  ManagedPolicy,
  'Path' | 'PolicyId' | 'DefaultVersionId' | 'CreateDate' | 'UpdateDate' | 'Description' | 'Tags'
> {
  return {
    Path: MANAGED[name]?.path ?? '/',
    PolicyId: `ANPA${name
      .toUpperCase()
      .replace(/[^A-Z]/g, '')
      .padEnd(17, 'X')
      .slice(0, 17)}`,
    DefaultVersionId: 'v1',
    CreateDate: EPOCH,
    UpdateDate: EPOCH,
    Description: MANAGED[name]?.says,
    Tags: [],
  }
}

/** ARNs of all managed policies, the account's own first. */
export function policyArns(world: World, scope: string): readonly string[] {
  const own = sorted([...world.all(POLICY)] as ManagedPolicy[]).map(({ Arn }) => Arn)
  const aws = Object.keys(MANAGED).sort().map(managedArn)
  return scope === 'Local' ? own : scope === 'AWS' ? aws : [...own, ...aws]
}

/** The noun of a holder, as messages write it. */
export function nounOf(kind: string): 'user' | 'group' | 'role' {
  return kind === USER ? 'user' : kind === GROUP ? 'group' : 'role'
}
