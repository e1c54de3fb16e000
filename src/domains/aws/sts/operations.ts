import type { Emission, Entity, World } from '../../../kernel/index.ts'
import {
  type ApiAnswer,
  type ApiCall,
  defineOperation,
  type Operation,
  type Principal,
  parseArn,
  refuse,
} from '../core/index.ts'
import { malformed, permissionsOf, type RoleFacts, roleFacts, trusts } from '../iam/index.ts'
import { newSession, SESSION, type StsSession } from './session.ts'
import type {
  AssumeRoleRequest,
  AssumeRoleWithWebIdentityRequest,
  GetAccessKeyInfoRequest,
  GetFederationTokenRequest,
  GetSessionTokenRequest,
} from './types.generated.ts'

const FREE = () => ({ free: true as const })

/** AWS Security Token Service. */
export const stsOperations: readonly Operation[] = [
  defineOperation(
    'GetCallerIdentity',
    ({ principal, world }) => ({
      output: { UserId: userId(principal, world), Account: principal.account, Arn: principal.arn },
    }),
    FREE,
  ),
  defineOperation<AssumeRoleRequest>('AssumeRole', assumeRole, ({ input, world }) => {
    const role = roleFacts(world, input.RoleArn)
    return { action: 'sts:AssumeRole', resource: input.RoleArn, resourcePolicy: role?.document as never }
  }),
  defineOperation<AssumeRoleWithWebIdentityRequest>(
    'AssumeRoleWithWebIdentity',
    ({ input, world }) => {
      const role = roleFacts(world, input.RoleArn)
      const provider = input.ProviderId ?? ''
      const allowed = role && trusts(role.document, provider, 'sts:AssumeRoleWithWebIdentity', {}).decision === 'allow'
      if (!role || !allowed) return refuse('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity')
      return given(world, role, input.RoleSessionName, input.DurationSeconds ?? 3600, input.Policy, {
        Provider: provider,
        Audience: 'sts.amazonaws.com',
        SubjectFromWebIdentityToken: input.RoleSessionName,
      })
    },
    FREE,
  ),
  defineOperation<GetSessionTokenRequest>(
    'GetSessionToken',
    ({ input, world, principal }) => {
      if (!/:user\//.test(principal.arn))
        return refuse('AccessDenied', 'Cannot call GetSessionToken with session credentials')
      const { fields, credentials } = newSession(world, principal.arn, input.DurationSeconds ?? 43_200, undefined)
      return { output: { Credentials: credentials }, emit: [made(fields)] }
    },
    FREE,
  ),
  defineOperation<GetFederationTokenRequest>('GetFederationToken', ({ input, world, principal }) => {
    if (!/:user\//.test(principal.arn))
      return refuse('AccessDenied', 'Cannot call GetFederationToken with session credentials')
    const wrong = input.Policy === undefined ? undefined : malformed(input.Policy, 'identity')
    if (wrong !== undefined) return refuse('MalformedPolicyDocument', wrong)
    const arn = `arn:aws:sts::${principal.account}:federated-user/${input.Name}`
    const { fields, credentials } = newSession(world, principal.arn, input.DurationSeconds ?? 43_200, input.Policy)
    return {
      output: {
        Credentials: credentials,
        FederatedUser: { FederatedUserId: `${principal.account}:${input.Name}`, Arn: arn },
        PackedPolicySize: packed(input.Policy),
      },
      emit: [made(fields)],
    }
  }),
  defineOperation<GetAccessKeyInfoRequest>('GetAccessKeyInfo', ({ principal }) => ({
    output: { Account: principal.account },
  })),
  defineOperation<{ readonly EncodedMessage: string }>('DecodeAuthorizationMessage', () =>
    refuse('InvalidAuthorizationMessageException', 'Message is not valid'),
  ),
]

function assumeRole({ input, world, principal }: ApiCall<AssumeRoleRequest>): ApiAnswer {
  const role = roleFacts(world, input.RoleArn)
  const who = principal.service ?? principal.arn
  const context = input.ExternalId === undefined ? {} : { 'sts:ExternalId': input.ExternalId }
  if (!role || trusts(role.document, who, 'sts:AssumeRole', context).decision !== 'allow')
    return refuse(
      'AccessDenied',
      `User: ${principal.arn} is not authorized to perform: sts:AssumeRole on resource: ${input.RoleArn}`,
    )
  const seconds = input.DurationSeconds ?? 3600
  if (seconds > role.MaxSessionDuration)
    return refuse('ValidationError', 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.')
  const wrong = input.Policy === undefined ? undefined : malformed(input.Policy, 'identity')
  if (wrong !== undefined) return refuse('MalformedPolicyDocument', wrong)
  return given(world, role, input.RoleSessionName, seconds, input.Policy, {})
}

function given(
  world: World,
  role: RoleFacts,
  session: string,
  seconds: number,
  policy: string | undefined,
  more: object,
): ApiAnswer {
  const account = parseArn(role.Arn)?.account ?? ''
  const arn = `arn:aws:sts::${account}:assumed-role/${role.RoleName}/${session}`
  const { fields, credentials } = newSession(world, arn, seconds, policy)
  return {
    output: {
      Credentials: credentials,
      AssumedRoleUser: { AssumedRoleId: `${role.RoleId}:${session}`, Arn: arn },
      ...(policy === undefined ? {} : { PackedPolicySize: packed(policy) }),
      ...more,
    },
    emit: [made(fields)],
  }
}

function made(fields: Omit<StsSession, keyof Entity>): Emission {
  return { to: `${SESSION}/${fields.AccessKeyId}`, kind: SESSION, type: 'Created', data: fields }
}

/** How much of the room for a session's policy is taken, in percent. */
function packed(policy: string | undefined): number {
  return policy === undefined ? 0 : Math.max(1, Math.ceil((policy.replace(/\s/g, '').length / 2048) * 100))
}

function userId(principal: Principal, world: World): string {
  const holder = permissionsOf(world, principal.arn)?.holder as { UserId?: string; RoleId?: string } | undefined
  const [, session] = /:assumed-role\/[^/]+\/(.+)$/.exec(principal.arn) ?? []
  return holder?.UserId ?? (holder?.RoleId === undefined ? principal.account : `${holder.RoleId}:${session ?? ''}`)
}
