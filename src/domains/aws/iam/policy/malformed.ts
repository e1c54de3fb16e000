import type { Json, JsonObject } from '../../../../kernel/index.ts'
import { isObject } from '../../core/index.ts'
import { isOperator } from './conditions.ts'

/** What a document is meant for: it decides which elements it must and must not have. */
export type PolicySort = 'identity' | 'resource' | 'trust'

const STATEMENT = new Set([
  'Sid',
  'Effect',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Principal',
  'NotPrincipal',
  'Condition',
])

/**
 * What IAM says of a policy document that it does not take: the message of MalformedPolicyDocument; undefined for a good one.
 * Models: IAM user guide, the grammar of the policy language, and the words of the real service.
 */
export function malformed(text: string, sort: PolicySort): string | undefined {
  let value: Json
  try {
    value = JSON.parse(text) as Json
  } catch {
    return sort === 'trust' ? 'This policy contains invalid Json' : 'Syntax errors in policy.'
  }
  if (!isObject(value)) return 'Syntax errors in policy.'
  for (const key of Object.keys(value))
    if (!['Version', 'Id', 'Statement'].includes(key)) return 'Syntax errors in policy.'
  const { Version, Id, Statement } = value
  if (Version !== undefined && Version !== '2012-10-17' && Version !== '2008-10-17') return 'Syntax errors in policy.'
  if (Id !== undefined && typeof Id !== 'string') return 'Syntax errors in policy.'
  const statements = Array.isArray(Statement) ? Statement : Statement === undefined ? [] : [Statement]
  if (statements.length === 0) return 'Syntax errors in policy.'
  const sids = new Set<string>()
  for (const statement of statements as readonly Json[]) {
    if (!isObject(statement)) return 'Syntax errors in policy.'
    const wrong = wrongStatement(statement, sort, Version === '2012-10-17')
    if (wrong !== undefined) return wrong
    const { Sid } = statement
    if (typeof Sid === 'string' && Sid !== '') {
      if (sids.has(Sid)) return 'Statement IDs (SID) in a single policy must be unique.'
      sids.add(Sid)
    }
  }
  return undefined
}

function wrongStatement(statement: JsonObject, sort: PolicySort, current: boolean): string | undefined {
  for (const key of Object.keys(statement)) if (!STATEMENT.has(key)) return 'Syntax errors in policy.'
  const { Sid, Effect, Action, NotAction, Resource, NotResource, Principal, NotPrincipal, Condition } = statement
  if (Sid !== undefined && (typeof Sid !== 'string' || (sort !== 'resource' && !/^[0-9A-Za-z]*$/.test(Sid))))
    return 'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*'
  if (Effect === undefined) return 'Missing required field Effect'
  if (Effect !== 'Allow' && Effect !== 'Deny') return `Invalid effect: ${String(Effect)}`
  if (Action !== undefined && NotAction !== undefined) return 'Syntax errors in policy.'
  const acts = words(Action ?? NotAction)
  if (acts === undefined) return 'Syntax errors in policy.'
  if (acts.length === 0)
    return sort === 'trust' ? 'Missing required field Action' : 'Policy statement must contain actions.'
  for (const act of acts)
    if (act !== '*' && !/^[a-zA-Z0-9-]+:[a-zA-Z0-9*?]+$/.test(act))
      return act.split(':').length > 2
        ? 'Actions/Condition can contain only one colon.'
        : act.includes(':')
          ? 'Syntax errors in policy.'
          : 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.'
  if (sort === 'trust') {
    if (Resource !== undefined || NotResource !== undefined) return 'Has prohibited field Resource'
    if (Principal === undefined && NotPrincipal === undefined) return 'Missing required field Principal'
    if (acts.some((act) => act !== '*' && !/^sts:/i.test(act)))
      return 'AssumeRole policy may only specify STS AssumeRole actions.'
  }
  if (sort === 'identity') {
    if (Principal !== undefined || NotPrincipal !== undefined) return 'Policy document should not specify a principal.'
    if (Resource !== undefined && NotResource !== undefined) return 'Syntax errors in policy.'
    const on = words(Resource ?? NotResource)
    if (on === undefined) return 'Syntax errors in policy.'
    if (on.length === 0) return 'Policy statement must contain resources.'
    for (const resource of on) {
      const wrong = wrongResource(resource, current)
      if (wrong !== undefined) return wrong
    }
  }
  if (sort === 'resource' && Principal === undefined && NotPrincipal === undefined)
    return 'Missing required field Principal'
  if (Principal !== undefined || NotPrincipal !== undefined) {
    const wrong = wrongPrincipal(Principal ?? NotPrincipal)
    if (wrong !== undefined) return wrong
  }
  return Condition === undefined ? undefined : wrongCondition(Condition)
}

function wrongResource(resource: string, current: boolean): string | undefined {
  if (resource === '*' || (current && resource.startsWith('${'))) return undefined
  if (!resource.startsWith('arn:')) return `Resource ${resource} must be in ARN format or "*".`
  const parts = resource.split(':')
  const [, partition = '', service = '', region = ''] = parts
  if (!/^(aws(-[a-z]+)*|\*|aws\*|\$\{.*)$/.test(partition))
    return `Partition "${partition}" is not valid for resource "${resource}".`
  if (parts.length < 6 && !resource.includes('*')) return 'The policy failed legacy parsing'
  if (service === 'iam' && region !== '' && region !== '*')
    return `IAM resource ${resource} cannot contain region information.`
  return undefined
}

function wrongPrincipal(principal: Json | undefined): string | undefined {
  if (principal === '*') return undefined
  if (!isObject(principal)) return `Invalid principal in policy: "STAR" : "${String(principal)}"`
  for (const [type, value] of Object.entries(principal)) {
    if (!['AWS', 'Service', 'Federated', 'CanonicalUser'].includes(type))
      return `Invalid principal in policy: "${type}"`
    const list = words(value)
    if (list === undefined || list.length === 0) return 'Syntax errors in policy.'
    for (const word of list) {
      if (
        type === 'AWS' &&
        !/^(\*|\d{12}|A[A-Z0-9]{15,}|arn:[\w-]+:(iam|sts)::(\d{12}|cloudfront|[A-Z_0-9]*):.+|arn:.*\$\{.*)$/.test(word)
      )
        return `Invalid principal in policy: "AWS":"${word}"`
      if (type === 'Service' && !/^[\w*.-]+\.(amazonaws\.com(\.cn)?|aws\.internal|amazon\.com|aws)$/.test(word))
        return `Invalid principal in policy: "SERVICE":"${word}"`
    }
  }
  return undefined
}

function wrongCondition(condition: Json): string | undefined {
  if (!isObject(condition)) return 'Syntax errors in policy.'
  for (const [operator, keys] of Object.entries(condition)) {
    if (!isOperator(operator)) return `Invalid Condition type : ${operator}.`
    if (!isObject(keys)) return 'Syntax errors in policy.'
    for (const [key, values] of Object.entries(keys)) {
      if (!key.includes(':')) return 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.'
      const list = Array.isArray(values) ? values : [values]
      if (list.some((one: Json | undefined) => one === null || typeof one === 'object'))
        return 'Syntax errors in policy.'
    }
  }
  return undefined
}

function words(value: Json | undefined): readonly string[] | undefined {
  if (value === undefined) return []
  const list = Array.isArray(value) ? value : [value]
  return list.every((one: Json) => typeof one === 'string') ? (list as readonly string[]) : undefined
}

/** For whom a document seems to be written: one that names principals is a resource's, one for STS alone is a role's trust policy. */
export function sortOf(text: string): PolicySort {
  try {
    const value = JSON.parse(text) as { Statement?: unknown }
    const list = (Array.isArray(value.Statement) ? value.Statement : [value.Statement]) as (JsonObject | undefined)[]
    if (!list.some((one) => one?.['Principal'] !== undefined || one?.['NotPrincipal'] !== undefined)) return 'identity'
    const acts = list.flatMap((one) => words(one?.['Action']) ?? [])
    const bare = list.every((one) => one?.['Resource'] === undefined && one?.['NotResource'] === undefined)
    return bare && acts.every((act) => act.startsWith('sts:')) ? 'trust' : 'resource'
  } catch {
    return 'identity'
  }
}
