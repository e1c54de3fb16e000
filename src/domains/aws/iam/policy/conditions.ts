import { listed, type Values } from './document.ts'
import { insideCidr } from './ipAddress.ts'
import { arnMatches, globMatches, LITERAL_ASK, LITERAL_STAR } from './pattern.ts'

/** Condition keys of a request with their values; names are not case-sensitive. */
export type Context = { readonly [key: string]: string | number | boolean | readonly (string | number | boolean)[] }

/** A value of the context under a key; undefined when it has none. */
export function contextValues(context: Context, key: string): readonly string[] | undefined {
  const wanted = key.toLowerCase()
  const found = Object.entries(context).find(([name]) => name.toLowerCase() === wanted)?.[1]
  return found === undefined ? undefined : listed(found as Values).map(String)
}

/**
 * A text with its policy variables filled in: `${aws:username}`, `${key, 'default'}`, `${*}`. Undefined when one has no value.
 * What comes from a variable is no wildcard. Models: IAM user guide, policy variables.
 */
export function filledIn(text: string, context: Context): string | undefined {
  let missing = false
  const filled = text.replace(/\$\{([^}]*)\}/g, (_whole, inner: string) => {
    if (inner === '*') return LITERAL_STAR
    if (inner === '?') return LITERAL_ASK
    if (inner === '$') return '$'
    const [, name = inner, fallback] = /^\s*([^,]*?)\s*(?:,\s*'([^']*)'\s*)?$/.exec(inner) ?? []
    const values = contextValues(context, name)
    const value = values?.length === 1 ? values[0] : undefined
    if (value === undefined && fallback === undefined) missing = true
    return (value ?? fallback ?? '').replaceAll('*', LITERAL_STAR).replaceAll('?', LITERAL_ASK)
  })
  return missing ? undefined : filled
}

interface Family {
  /** Whether one value of the request matches one of the policy. */
  readonly matches: (given: string, wanted: string) => boolean
  readonly negated?: true
}

const number = (test: (a: number, b: number) => boolean): Family => ({
  matches: (given, wanted) => {
    const [a, b] = [Number(given), Number(wanted)]
    return !Number.isNaN(a) && !Number.isNaN(b) && given.trim() !== '' && test(a, b)
  },
})

const date = (test: (a: number, b: number) => boolean): Family => ({
  matches: (given, wanted) => {
    const [a, b] = [moment(given), moment(wanted)]
    return a !== undefined && b !== undefined && test(a, b)
  },
})

const plain = (text: string) => text.replaceAll(LITERAL_STAR, '*').replaceAll(LITERAL_ASK, '?')
const not = ({ matches }: Family): Family => ({ matches, negated: true })

const EQUAL: Family = { matches: (given, wanted) => given === plain(wanted) }
const SAME: Family = { matches: (given, wanted) => given.toLowerCase() === plain(wanted).toLowerCase() }
const LIKE: Family = { matches: (given, wanted) => globMatches(wanted, given) }
const ARN: Family = { matches: (given, wanted) => arnMatches(wanted, given) }
const ADDRESS: Family = { matches: (given, wanted) => insideCidr(given, wanted) }

const FAMILIES: { readonly [operator: string]: Family } = {
  stringequals: EQUAL,
  stringnotequals: not(EQUAL),
  stringequalsignorecase: SAME,
  stringnotequalsignorecase: not(SAME),
  stringlike: LIKE,
  stringnotlike: not(LIKE),
  numericequals: number((a, b) => a === b),
  numericnotequals: not(number((a, b) => a === b)),
  numericlessthan: number((a, b) => a < b),
  numericlessthanequals: number((a, b) => a <= b),
  numericgreaterthan: number((a, b) => a > b),
  numericgreaterthanequals: number((a, b) => a >= b),
  dateequals: date((a, b) => a === b),
  datenotequals: not(date((a, b) => a === b)),
  datelessthan: date((a, b) => a < b),
  datelessthanequals: date((a, b) => a <= b),
  dategreaterthan: date((a, b) => a > b),
  dategreaterthanequals: date((a, b) => a >= b),
  bool: SAME,
  binaryequals: EQUAL,
  ipaddress: ADDRESS,
  notipaddress: not(ADDRESS),
  arnequals: ARN,
  arnlike: ARN,
  arnnotequals: not(ARN),
  arnnotlike: not(ARN),
}

/** Whether IAM knows a condition operator, with its prefix and suffix. */
export function isOperator(text: string): boolean {
  const { name, set, ifExists } = operatorOf(text)
  if (name === 'null') return set === undefined && !ifExists
  return FAMILIES[name] !== undefined
}

function operatorOf(text: string) {
  const [, set, rest = text] = /^(ForAllValues|ForAnyValue):(.*)$/i.exec(text) ?? []
  const ifExists = /IfExists$/i.test(rest)
  return { set: set?.toLowerCase(), name: rest.replace(/IfExists$/i, '').toLowerCase(), ifExists }
}

/** Whether one operator holds for one key. `variables` says whether the document's version knows policy variables. */
export function conditionHolds(
  operator: string,
  key: string,
  wanted: Values,
  context: Context,
  variables: boolean,
): boolean {
  const { set, name, ifExists } = operatorOf(operator)
  const given = contextValues(context, key)
  if (name === 'null')
    return listed(wanted).some((value) => (String(value).toLowerCase() === 'true') === (given === undefined))
  const family = FAMILIES[name]
  if (!family) return false
  if (given === undefined || given.length === 0) {
    if (set === 'forallvalues') return true
    if (ifExists) return true
    if (set === 'foranyvalue') return false
    return family.negated === true
  }
  const values = listed(wanted).flatMap((value) => {
    const filled = variables ? filledIn(String(value), context) : String(value)
    return filled === undefined ? [] : [filled]
  })
  const one = (value: string) => values.some((policy) => family.matches(value, policy)) !== (family.negated === true)
  if (set === 'forallvalues') return given.every(one)
  if (set === 'foranyvalue') return given.some(one)
  return family.negated ? given.every(one) : given.some(one)
}

/** A moment as ISO 8601 or as seconds since 1970, in ms. */
function moment(text: string): number | undefined {
  if (/^-?\d+(\.\d+)?$/.test(text)) {
    const value = Number(text)
    return text.length <= 4 ? Date.UTC(value, 0, 1) : value * 1000
  }
  const iso = /^\d{4}-\d{2}(-\d{2}(T[\d:.]+)?)?$/.test(text) && text.includes('T') ? `${text}Z` : text
  const value = Date.parse(iso)
  return Number.isNaN(value) ? undefined : value
}
