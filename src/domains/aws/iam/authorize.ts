import { DECLINED, type Emission, EPOCH, type World } from '../../../kernel/index.ts'
import type { Asked, Denial, Principal } from '../core/index.ts'
import { denialWords, type EvaluateInput, type Evaluation, iamEvaluate } from './evaluate.rule.ts'
import { type Permissions, permissionsOf, readDocument } from './permissions.ts'
import type { Context } from './policy/conditions.ts'
import type { PolicyDocument } from './policy/document.ts'
import { birth } from './records.ts'

/**
 * Judges one access of a principal. A refusal is told to who asked, with the statements that were looked at, for *why*.
 * Models: the authorization that every AWS service asks of IAM.
 */
export function authorize(principal: Principal, asked: Asked, world: World): Denial | undefined {
  const permissions = permissionsOf(world, principal.arn)
  const input = question(principal, asked, permissions, world)
  const evaluation = world.decide(iamEvaluate, input)
  if (evaluation.decision === 'allow') return undefined
  const because = denialWords(evaluation, asked.action)
  const on = asked.resource === '*' ? '' : ` on resource: ${asked.resource}`
  const message =
    asked.action === 'sts:AssumeRole'
      ? `User: ${principal.arn} is not authorized to perform: ${asked.action}${on}`
      : `User: ${principal.arn} is not authorized to perform: ${asked.action}${on} ${because}`
  return { message, emit: permissions ? told(permissions, asked, because, evaluation) : [] }
}

/** What IAM is asked about an access, with the condition keys that every request has. */
export function question(
  principal: Principal,
  asked: Asked,
  permissions: Permissions | undefined,
  world: World,
): EvaluateInput {
  const account = /^arn:[\w-]+:[\w-]*:[\w-]*:(\d{12}):/.exec(asked.resource)?.[1]
  return {
    request: {
      principal: principal.arn,
      action: asked.action,
      resource: asked.resource,
      resourceAccount: account ?? principal.account,
      context: { ...globalKeys(principal.arn, principal.account, permissions, world), ...asked.context },
    },
    identityPolicies: permissions?.policies ?? [],
    identityNames: permissions?.names,
    permissionsBoundary: permissions?.boundary,
    sessionPolicy: principal.sessionPolicy === undefined ? undefined : readDocument(principal.sessionPolicy),
    resourcePolicy: asked.resourcePolicy as PolicyDocument | undefined,
  }
}

/** Condition keys that hold for every request of a principal now. */
export function globalKeys(arn: string, account: string, permissions: Permissions | undefined, world: World): Context {
  const holder = permissions?.holder as
    | (Permissions['holder'] & { readonly UserId?: string; readonly RoleId?: string })
    | undefined
  const [, user] = /:user\/(?:.*\/)?([^/]+)$/.exec(arn) ?? []
  const [, session] = /:assumed-role\/[^/]+\/(.+)$/.exec(arn) ?? []
  const role = holder?.RoleId
  return {
    'aws:PrincipalArn': session === undefined ? arn : (holder?.Arn ?? arn),
    'aws:PrincipalAccount': account,
    'aws:PrincipalType': user !== undefined ? 'User' : session !== undefined ? 'AssumedRole' : 'Account',
    'aws:userid': holder?.UserId ?? (role === undefined ? account : `${role}:${session ?? ''}`),
    ...(user === undefined ? {} : { 'aws:username': user }),
    ...(session === undefined ? {} : { 'aws:MultiFactorAuthPresent': 'false' }),
    ...Object.fromEntries((holder?.Tags ?? []).map(({ Key, Value }) => [`aws:PrincipalTag/${Key}`, Value])),
    'aws:CurrentTime': new Date(EPOCH + world.now).toISOString(),
    'aws:EpochTime': String(Math.floor((EPOCH + world.now) / 1000)),
    'aws:SecureTransport': 'true',
    'aws:SourceIp': '203.0.113.12',
    'aws:UserAgent': 'aws-cli/2.34.3',
    'aws:ViaAWSService': 'false',
  }
}

function told(
  { holder }: Permissions,
  { action, resource }: Asked,
  because: string,
  { rows, decision }: Evaluation,
): readonly Emission[] {
  return [
    ...birth(holder),
    {
      to: holder.id,
      type: DECLINED,
      rule: iamEvaluate.id,
      inputs: {
        decision,
        action,
        resource,
        rows: (rows.length > 0 ? rows : [{ policy: 'no policy at all', effect: 'Allow', misses: 'there is none' }]).map(
          ({ policy, effect, misses }) =>
            misses === undefined && effect === 'Deny'
              ? { policy, refusedBy: 'explicit deny', reasons: [`it denies ${action}`] }
              : misses === undefined
                ? { policy, total: 1 }
                : { policy, refusedBy: effect === 'Deny' ? 'deny that does not apply' : 'no allow', reasons: [misses] },
        ),
      },
      data: { controller: 'iam', reason: `It may not ${action} on ${resource}, ${because}.` },
    },
  ]
}
