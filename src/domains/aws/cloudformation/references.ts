import type { Json } from '../../../kernel/index.ts'
import { functionOf, isObject, TemplateProblem } from './template.ts'

/** Everything that a part of a template names. */
export interface References {
  /** By `Ref` and by `${Name}`. */
  readonly refs: Set<string>
  /** Resources and the attribute, by `Fn::GetAtt` and `${Name.Attribute}`. */
  readonly attributes: Map<string, Set<string>>
  readonly conditions: Set<string>
  readonly mappings: Set<string>
}

const SUPPORTED =
  '[Fn::Base64, Fn::GetAtt, Fn::GetAZs, Fn::ImportValue, Fn::Join, Fn::Split, Fn::FindInMap, Fn::Select, Ref, Fn::Equals, Fn::If, Fn::Not, Condition, Fn::And, Fn::Or, Fn::Contains, Fn::EachMemberEquals, Fn::EachMemberIn, Fn::ValueOf, Fn::ValueOfAll, Fn::RefAll, Fn::Sub, Fn::Cidr]'
const KNOWN = new Set([...SUPPORTED.slice(1, -1).split(', '), 'Fn::Transform'])
/** Functions that need the transform AWS::LanguageExtensions. */
const EXTENDED = new Set(['Fn::Length', 'Fn::ToJsonString'])

/** Collects what a part of a template names, and checks the shape of every function in it. Throws `TemplateProblem`. */
export function referencesIn(value: Json | undefined, transforms: readonly string[] = []): References {
  const found: References = { refs: new Set(), attributes: new Map(), conditions: new Set(), mappings: new Set() }
  collect(value, found, transforms)
  return found
}

function collect(value: Json | undefined, found: References, transforms: readonly string[]): void {
  if (Array.isArray(value)) {
    for (const one of value as readonly Json[]) collect(one, found, transforms)
    return
  }
  if (!isObject(value)) return
  const call = functionOf(value)
  if (!call) {
    for (const one of Object.values(value)) collect(one as Json, found, transforms)
    return
  }
  const [name, argument] = call
  if (name.startsWith('Fn::') && !KNOWN.has(name) && transforms.length === 0)
    wrong(`Encountered unsupported function: ${name} Supported functions are: ${SUPPORTED}`)
  if (EXTENDED.has(name) || !(transforms.length > 0 && name.startsWith('Fn::ForEach'))) shape(name, argument, found)
  if (name === 'Ref' || name === 'Condition') return
  if (name === 'Fn::Sub') {
    const [, extra] = Array.isArray(argument) ? (argument as readonly Json[]) : [argument]
    collect(extra, found, transforms)
    return
  }
  if (name === 'Fn::GetAtt') return
  if (name === 'Fn::If' && Array.isArray(argument)) {
    collect((argument as readonly Json[]).slice(1), found, transforms)
    return
  }
  collect(argument, found, transforms)
}

function wrong(words: string): never {
  throw new TemplateProblem(`Template error: ${words}`)
}

const isText = (value: Json | undefined): value is string => typeof value === 'string'
const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)
const size = (value: Json): number => (isList(value) ? value.length : -1)

function shape(name: string, argument: Json, found: References): void {
  switch (name) {
    case 'Ref':
      if (!isText(argument) || argument === '') wrong('every Ref object must have a single String value.')
      found.refs.add(argument)
      return
    case 'Condition':
      if (isText(argument)) found.conditions.add(argument)
      return
    case 'Fn::GetAtt': {
      const words =
        'every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute'
      const parts = isText(argument) ? [argument.split('.')[0] ?? '', argument.split('.').slice(1).join('.')] : argument
      if (!isList(parts) || parts.length !== 2 || !isText(parts[0]) || parts[0] === '') wrong(words)
      if (!isText(parts[1]) && !isObject(parts[1])) wrong(words)
      if (parts[1] === '') wrong(words)
      const known = found.attributes.get(parts[0]) ?? new Set()
      if (isText(parts[1])) known.add(parts[1])
      found.attributes.set(parts[0], known)
      if (isObject(parts[1])) collect(parts[1], found, [])
      return
    }
    case 'Fn::Sub':
      sub(argument, found)
      return
    case 'Fn::Join':
      if (size(argument) !== 2 || !isList(argument) || !isText(argument[0]) || isText(argument[1]))
        wrong(
          'every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.',
        )
      return
    case 'Fn::Split':
      if (size(argument) !== 2 || !isList(argument) || !isText(argument[0]) || isList(argument[1]))
        wrong(
          'every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.',
        )
      return
    case 'Fn::Select':
      if (size(argument) !== 2)
        wrong('Fn::Select requires a list argument with two elements: an integer index and a list')
      return
    case 'Fn::FindInMap':
      if (!isList(argument) || argument.length < 3)
        wrong(
          'every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value',
        )
      if (isText(argument[0])) found.mappings.add(argument[0])
      return
    case 'Fn::If':
      if (!isList(argument) || argument.length !== 3 || !isText(argument[0]))
        wrong('Fn::If requires a list argument with three elements')
      found.conditions.add(argument[0])
      return
    case 'Fn::Equals':
      if (size(argument) !== 2) wrong('every Fn::Equals object requires a list of 2 string parameters.')
      return
    case 'Fn::Not':
      if (size(argument) !== 1) wrong('every Fn::Not object requires one boolean parameter.')
      return
    case 'Fn::And':
    case 'Fn::Or':
      if (size(argument) < 2 || size(argument) > 10)
        wrong(`every ${name} object requires a list of at least 2 and at most 10 boolean parameters.`)
      return
    case 'Fn::Base64':
      if (isList(argument)) wrong('every Fn::Base64 object must have a String-typed value.')
      return
    case 'Fn::ImportValue':
      if (isList(argument))
        wrong('the attribute in Fn::ImportValue must be a string or a function that returns a string')
  }
}

/** `${Name}`, `${Name.Attribute}`; `${!Literal}` is none. */
export const SUB_VARIABLE = /\$\{([^!${}][^{}]*)\}/g

function sub(argument: Json, found: References): void {
  const [text, values] = isList(argument) ? argument : [argument]
  const bad = isList(argument) ? argument.length !== 2 || !isObject(values) : false
  if (!isText(text) || bad)
    wrong(
      "One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string",
    )
  for (const [, inner = ''] of text.matchAll(SUB_VARIABLE)) {
    const name = inner.trim()
    if (isObject(values) && name in values) continue
    if (!/^[\w:.]+$/.test(name))
      wrong(
        'variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons',
      )
    const dot = name.indexOf('.')
    if (dot < 0) found.refs.add(name)
    else {
      const known = found.attributes.get(name.slice(0, dot)) ?? new Set()
      known.add(name.slice(dot + 1))
      found.attributes.set(name.slice(0, dot), known)
    }
  }
}
