import { EPOCH } from '../../../kernel/index.ts'
import { type ApiError, refuse } from '../core/index.ts'
import type { Policy } from './parameter.ts'

const HOURS = { Hours: 1, Days: 24 } as const
const HOUR = 3_600_000

/** A policy as it is written. */
interface Written {
  readonly Type?: unknown
  readonly Version?: unknown
  readonly Attributes?: { readonly [name: string]: unknown }
}

/**
 * Reads the `Policies` of a request, for a version put at `now` (ms since the world began): an empty list takes all policies away.
 * Models: AWS Systems Manager User Guide, "Assigning parameter policies in Parameter Store"
 */
export function readPolicies(
  text: string,
  now: number,
): { readonly policies: readonly Policy[] } | { readonly error: ApiError } {
  let list: unknown
  try {
    list = JSON.parse(text)
  } catch {
    list = undefined
  }
  if (!Array.isArray(list)) return attribute('The policies must be a JSON array.')
  const written = (list as readonly Written[]).filter((one) => Object.keys(one ?? {}).length > 0)
  if (written.length > 10)
    return refuse(
      'PoliciesLimitExceededException',
      'You specified more than the maximum number of allowed policies for the parameter. The maximum is 10.',
    )
  const expiration = written.find(({ Type }) => Type === 'Expiration')
  if (written.filter(({ Type }) => Type === 'Expiration').length > 1)
    return refuse(
      'IncompatiblePolicyException',
      "There is a conflict in the policies specified for this parameter. You can't, for example, specify two Expiration policies for a parameter. Review your policies, and try again.",
    )
  const expires = expiration ? timestampOf(expiration) : undefined
  const policies: Policy[] = []
  for (const one of written) {
    const due = dueOf(one, now, expires)
    if (typeof due !== 'number') return due
    policies.push({ type: String(one.Type), text: JSON.stringify(one), due, status: 'Pending' })
  }
  return { policies }
}

/** The policies of a version that follows another: all are kept, and what counts from the last change counts anew. */
export function keptPolicies(policies: readonly Policy[], now: number): readonly Policy[] {
  return policies.map((policy) => {
    if (policy.type !== 'NoChangeNotification') return policy
    const due = dueOf(JSON.parse(policy.text) as Written, now, undefined)
    return typeof due === 'number' ? { ...policy, due, status: 'Pending' } : policy
  })
}

function dueOf(one: Written, now: number, expires: number | undefined): number | { readonly error: ApiError } {
  const { Type, Attributes = {} } = one
  switch (Type) {
    case 'Expiration':
      return timestampOf(one) ?? attribute('Expiration policies need a Timestamp in ISO format.')
    case 'ExpirationNotification': {
      const before = spanOf(Attributes['Before'], Attributes['Unit'])
      if (before === undefined) return attribute('ExpirationNotification policies need Before and Unit.')
      if (expires === undefined)
        return refuse(
          'IncompatiblePolicyException',
          'An ExpirationNotification policy needs an Expiration policy for the same parameter.',
        )
      return Math.max(now, expires - before)
    }
    case 'NoChangeNotification': {
      const after = spanOf(Attributes['After'], Attributes['Unit'])
      return after === undefined ? attribute('NoChangeNotification policies need After and Unit.') : now + after
    }
    default:
      return refuse(
        'InvalidPolicyTypeException',
        "The policy type isn't supported. Parameter Store supports the following policy types: Expiration, ExpirationNotification, and NoChangeNotification.",
      )
  }
}

function timestampOf({ Attributes = {} }: Written): number | undefined {
  const at = Date.parse(String(Attributes['Timestamp']))
  return Number.isNaN(at) ? undefined : at - EPOCH
}

function spanOf(count: unknown, unit: unknown): number | undefined {
  const hours = HOURS[unit as keyof typeof HOURS]
  return /^\d+$/.test(String(count)) && hours !== undefined ? Number(count) * hours * HOUR : undefined
}

function attribute(why: string) {
  return refuse('InvalidPolicyAttributeException', `A policy attribute or its value is invalid. ${why}`)
}
