import { defineRule } from '../../../kernel/index.ts'
import type { Context } from './policy/conditions.ts'
import { type PolicyDocument, statementsOf } from './policy/document.ts'
import { type Naming, named, roleOf } from './policy/principalMatch.ts'
import { misses } from './policy/statementMatch.ts'

/**
 * How IAM decides on one request.
 * Models: IAM user guide, reference_policies_evaluation-logic
 */
export const iamEvaluate = defineRule({
  id: 'iam.evaluate',
  says: 'Nothing is allowed unless a policy allows it, every policy that limits must allow it too, and one explicit deny ends it.',
  source: 'IAM user guide reference_policies_evaluation-logic',
  decide: evaluate,
})

/** Where a policy stands. */
export type Layer = 'identity' | 'resource' | 'boundary' | 'session' | 'scp' | 'rcp'

export interface EvaluateInput {
  readonly request: {
    /** ARN of a user, a role's session, an account's root; or the name of a service. */
    readonly principal: string
    readonly action: string
    readonly resource: string
    /** Account that owns the resource; the principal's own when absent. */
    readonly resourceAccount?: string | undefined
    readonly context?: Context | undefined
  }
  readonly identityPolicies: readonly PolicyDocument[]
  /** Names of the identity policies, in their order, for the table. */
  readonly identityNames?: readonly string[] | undefined
  readonly resourcePolicy?: PolicyDocument | undefined
  readonly permissionsBoundary?: PolicyDocument | undefined
  readonly sessionPolicy?: PolicyDocument | undefined
  readonly scps?: readonly PolicyDocument[] | undefined
  readonly rcps?: readonly PolicyDocument[] | undefined
}

/** One statement that was looked at. */
export interface StatementRow {
  readonly policy: string
  readonly layer: Layer
  readonly effect: 'Allow' | 'Deny'
  /** Why it does not apply; it applies when absent. */
  readonly misses?: string | undefined
}

export interface Evaluation {
  readonly decision: 'allow' | 'implicitDeny' | 'explicitDeny'
  /** The layer that denied, or that allowed nothing. */
  readonly layer?: Layer | undefined
  readonly rows: readonly StatementRow[]
}

interface Look {
  readonly allows: boolean
  readonly denies: boolean
  readonly naming?: Naming | undefined
}

export function evaluate(input: EvaluateInput): Evaluation {
  const { request } = input
  const account = request.principal.split(':')[4] ?? ''
  const own = request.resourceAccount === undefined || request.resourceAccount === account
  const rows: StatementRow[] = []
  const asked = { action: request.action, resource: request.resource, context: request.context ?? {} }

  const look = (document: PolicyDocument, layer: Layer, policy: string): Look => {
    let [allows, denies] = [false, false]
    let naming: Naming | undefined
    for (const [i, statement] of statementsOf(document).entries()) {
      const by = layer === 'resource' ? resourceNaming(statement, request.principal) : ('self' as const)
      const missed = by === undefined ? 'it names others' : misses(statement, asked, document, layer === 'resource')
      rows.push({
        policy: `${policy}${statement.Sid ? ` ${statement.Sid}` : statementsOf(document).length > 1 ? ` #${i + 1}` : ''}`,
        layer,
        effect: statement.Effect,
        ...(missed === undefined ? {} : { misses: missed }),
      })
      if (missed !== undefined) continue
      if (statement.Effect === 'Deny') denies = true
      else if (statement.Effect === 'Allow') {
        allows = true
        if (naming === undefined || by === 'self' || (by === 'role' && naming === 'account')) naming = by
      }
    }
    return { allows, denies, naming }
  }
  const all = (
    documents: readonly PolicyDocument[] | undefined,
    layer: Layer,
    names: readonly string[] = [],
  ): Look | undefined => {
    if (!documents) return undefined
    const looks = documents.map((document, i) => look(document, layer, names[i] ?? NAMES[layer]))
    return { allows: looks.some((one) => one.allows), denies: looks.some((one) => one.denies) }
  }
  const one = (document: PolicyDocument | undefined, layer: Layer) => document && look(document, layer, NAMES[layer])

  const scp = all(input.scps?.length ? input.scps : undefined, 'scp')
  const rcp = all(input.rcps?.length ? input.rcps : undefined, 'rcp')
  const resource = one(input.resourcePolicy, 'resource')
  const identity = all(input.identityPolicies, 'identity', input.identityNames) ?? { allows: false, denies: false }
  const boundary = one(input.permissionsBoundary, 'boundary')
  const session = one(input.sessionPolicy, 'session')

  const layers: readonly (readonly [Layer, Look | undefined])[] = [
    ['scp', scp],
    ['rcp', rcp],
    ['resource', resource],
    ['identity', identity],
    ['boundary', boundary],
    ['session', session],
  ]
  const deny = layers.find(([, found]) => found?.denies)
  if (deny) return { decision: 'explicitDeny', layer: deny[0], rows }
  const none = (layer: Layer): Evaluation => ({ decision: 'implicitDeny', layer, rows })
  if (scp && !scp.allows) return none('scp')
  if (rcp && !rcp.allows) return none('rcp')
  const granted = resource?.allows ?? false
  const root = /^arn:[\w-]+:iam::\d+:root$/.test(request.principal)
  if (own && granted && resource?.naming === 'self') return { decision: 'allow', rows }
  if (!own && !granted) return none(identity.allows || root ? 'resource' : 'identity')
  const byResource = own && granted && resource?.naming === 'role'
  if (!root && !identity.allows && !byResource) return none('identity')
  if (boundary && !boundary.allows) return none('boundary')
  if (session && !session.allows) return none('session')
  return { decision: 'allow', rows }
}

function resourceNaming(
  statement: { readonly Principal?: Parameters<typeof named>[0]; readonly NotPrincipal?: Parameters<typeof named>[0] },
  principal: string,
): Naming | undefined {
  if (statement.NotPrincipal !== undefined) {
    const role = roleOf(principal)
    const left = named(statement.NotPrincipal, principal)
    return left === undefined || (role === undefined && left === 'account') ? 'self' : undefined
  }
  return named(statement.Principal, principal)
}

const NAMES: { readonly [layer in Layer]: string } = {
  identity: 'identity-based policy',
  resource: 'resource-based policy',
  boundary: 'permissions boundary',
  session: 'session policy',
  scp: 'service control policy',
  rcp: 'resource control policy',
}

/** Why a request was not allowed, in IAM's words behind "on resource: ...". */
export function denialWords({ decision, layer = 'identity' }: Evaluation, action: string): string {
  const name = NAMES[layer]
  if (decision === 'explicitDeny') return `with an explicit deny in ${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`
  return `because no ${name} allows the ${action} action`
}

/** Whether a role's trust policy lets somebody do `action` (`sts:AssumeRole`): it must name who asks, and nothing may deny. */
export function trusts(
  document: PolicyDocument,
  principal: string,
  action: string,
  context: Context,
): {
  readonly decision: Evaluation['decision']
  readonly naming?: Naming | undefined
  readonly rows: readonly StatementRow[]
} {
  const rows: StatementRow[] = []
  let naming: Naming | undefined
  let denied = false
  for (const [i, statement] of statementsOf(document).entries()) {
    const by = resourceNaming(statement, principal)
    const missed =
      by === undefined ? 'it names others' : misses(statement, { action, resource: '*', context }, document, true)
    rows.push({
      policy: `trust policy${statement.Sid ? ` ${statement.Sid}` : ` #${i + 1}`}`,
      layer: 'resource',
      effect: statement.Effect,
      ...(missed === undefined ? {} : { misses: missed }),
    })
    if (missed !== undefined) continue
    if (statement.Effect === 'Deny') denied = true
    else naming = naming === 'self' || by === undefined ? naming : by
  }
  return { decision: denied ? 'explicitDeny' : naming ? 'allow' : 'implicitDeny', naming, rows }
}
