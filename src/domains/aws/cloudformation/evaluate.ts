import type { Json } from '../../../kernel/index.ts'
import { base64Of } from '../core/index.ts'
import { cidrBlocks } from './cidrBlocks.ts'
import { SUB_VARIABLE } from './references.ts'
import { functionOf, isObject, type Template, TemplateProblem } from './template.ts'

/** What functions of a template are worked out with. */
export interface Scope {
  readonly template: Template
  readonly region: string
  readonly account: string
  readonly stackName: string
  readonly stackId: string
  readonly notificationArns: readonly string[]
  readonly zones: readonly string[]
  /** Values of the parameters: text, or a list of text. */
  readonly parameters: { readonly [name: string]: Json }
  /** What `Ref` and `Fn::GetAtt` give for a resource. */
  readonly ref: (name: string) => Json | undefined
  readonly attribute: (name: string, attribute: string) => Json | undefined
  /** The value of another stack's export. */
  readonly exported: (name: string) => string | undefined
  /** A dynamic reference: `ssm`, `/shop/db`. */
  readonly dynamic: (service: string, key: string) => string
}

const NO_VALUE = Symbol('AWS::NoValue')
type Found = Json | typeof NO_VALUE

/** Works a value of a template out: no function is left in it. Throws `TemplateProblem`. */
export function evaluate(value: Json, scope: Scope): Json | undefined {
  const found = worked(value, scope)
  return found === NO_VALUE ? undefined : found
}

/** Whether a condition holds. */
export function conditionHolds(name: string | undefined, scope: Scope): boolean {
  if (name === undefined) return true
  const written = scope.template.conditions[name]
  return written !== undefined && truth(written, scope)
}

function truth(value: Json, scope: Scope): boolean {
  const call = functionOf(value)
  if (!call) return value === true || value === 'true'
  const [name, argument] = call
  const list = Array.isArray(argument) ? (argument as readonly Json[]) : [argument]
  switch (name) {
    case 'Condition':
      return conditionHolds(String(argument), scope)
    case 'Fn::Not':
      return !truth(list[0] ?? false, scope)
    case 'Fn::And':
      return list.every((one) => truth(one, scope))
    case 'Fn::Or':
      return list.some((one) => truth(one, scope))
    case 'Fn::Equals': {
      const [a, b] = [worked(list[0] ?? '', scope), worked(list[1] ?? '', scope)]
      return typeof a === 'object' || typeof b === 'object'
        ? JSON.stringify(a) === JSON.stringify(b)
        : String(a) === String(b)
    }
    default: {
      const found = worked(value, scope)
      return found === true || found === 'true'
    }
  }
}

function worked(value: Json, scope: Scope): Found {
  if (typeof value === 'string') return dynamic(value, scope)
  if (Array.isArray(value))
    return (value as readonly Json[]).flatMap((one): readonly Json[] => {
      const found = worked(one, scope)
      return found === NO_VALUE ? [] : [found]
    })
  if (!isObject(value)) return value
  const call = functionOf(value)
  if (call && !(call[0] === 'Condition' && typeof call[1] !== 'string')) return called(call[0], call[1], scope)
  const object: Record<string, Json> = {}
  for (const [key, one] of Object.entries(value)) {
    const found = worked(one as Json, scope)
    if (found !== NO_VALUE) object[key] = found
  }
  return object
}

function dynamic(text: string, scope: Scope): string {
  if (!text.includes('{{resolve:')) return text
  return text.replace(
    /\{\{resolve:(ssm|ssm-secure|secretsmanager):([^}]+)\}\}/g,
    (_whole, service: string, key: string) => scope.dynamic(service, key),
  )
}

function fail(words: string): never {
  throw new TemplateProblem(`Template error: ${words}`)
}

function text(value: Json, scope: Scope, where: string): string {
  const found = worked(value, scope)
  if (found === NO_VALUE) return ''
  if (typeof found === 'object') fail(`every ${where} object must have a String-typed value.`)
  return String(found)
}

function list(value: Json, scope: Scope): readonly Json[] {
  const found = worked(value, scope)
  if (Array.isArray(found)) return found as readonly Json[]
  return found === NO_VALUE ? [] : [found]
}

function called(name: string, argument: Json, scope: Scope): Found {
  const args = Array.isArray(argument) ? (argument as readonly Json[]) : [argument]
  const [first = '', second = '', third = ''] = args
  switch (name) {
    case 'Ref':
      return reference(String(argument), scope)
    case 'Condition':
      return { Condition: argument }
    case 'Fn::GetAtt': {
      const [resource = '', ...rest] = typeof argument === 'string' ? argument.split('.') : [String(first)]
      return attribute(resource, typeof argument === 'string' ? rest.join('.') : text(second, scope, name), scope)
    }
    case 'Fn::Sub':
      return substituted(String(first), isObject(second) ? second : {}, scope)
    case 'Fn::Join':
      return list(second, scope)
        .map((one) => (typeof one === 'object' && one !== null ? JSON.stringify(one) : String(one)))
        .join(String(first))
    case 'Fn::Split':
      return text(second, scope, name).split(String(first))
    case 'Fn::Select': {
      const index = Number(text(first, scope, name))
      const from = list(second, scope)
      if (!Number.isInteger(index) || index < 0 || index >= from.length)
        fail(`Fn::Select cannot select nonexistent value at index ${index}`)
      return from[index] ?? ''
    }
    case 'Fn::FindInMap': {
      const [map, top, key] = [text(first, scope, name), text(second, scope, name), text(third, scope, name)]
      const mapping = scope.template.mappings[map]
      if (!mapping) fail(`Mapping named '${map}' is not present in the 'Mappings' section of template.`)
      const found = (mapping[top] as { readonly [key: string]: Json } | undefined)?.[key]
      if (found === undefined) fail(`Unable to get mapping for ${map}::${top}::${key}`)
      return found
    }
    case 'Fn::If':
      return worked(conditionHolds(String(first), scope) ? second : third, scope)
    case 'Fn::Equals':
    case 'Fn::Not':
    case 'Fn::And':
    case 'Fn::Or':
      return truth({ [name]: argument }, scope)
    case 'Fn::Base64':
      return base64Of(text(argument, scope, name))
    case 'Fn::GetAZs': {
      const region = text(first, scope, name)
      return region === '' || region === scope.region
        ? scope.zones
        : scope.zones.map((zone) => zone.replace(scope.region, region))
    }
    case 'Fn::Cidr':
      return cidrBlocks(
        text(first, scope, name),
        Number(text(second, scope, name)),
        third === '' ? 8 : Number(text(third, scope, name)),
      )
    case 'Fn::ImportValue': {
      const wanted = text(argument, scope, name)
      const found = scope.exported(wanted)
      if (found === undefined) throw new TemplateProblem(`No export named ${wanted} found.`)
      return found
    }
    case 'Fn::Transform':
      throw new TemplateProblem(`No transform named ${String(isObject(argument) ? argument['Name'] : argument)} found.`)
    default:
      return fail(`Encountered unsupported function: ${name}`)
  }
}

function reference(name: string, scope: Scope): Found {
  switch (name) {
    case 'AWS::AccountId':
      return scope.account
    case 'AWS::Region':
      return scope.region
    case 'AWS::StackName':
      return scope.stackName
    case 'AWS::StackId':
      return scope.stackId
    case 'AWS::Partition':
      return 'aws'
    case 'AWS::URLSuffix':
      return 'amazonaws.com'
    case 'AWS::NotificationARNs':
      return scope.notificationArns
    case 'AWS::NoValue':
      return NO_VALUE
  }
  const value = name in scope.parameters ? scope.parameters[name] : scope.ref(name)
  if (value === undefined) fail(`Unresolved resource dependencies [${name}]`)
  return value
}

function attribute(resource: string, name: string, scope: Scope): Json {
  if (!(resource in scope.template.resources)) fail(`instance of Fn::GetAtt references undefined resource ${resource}`)
  const found = scope.attribute(resource, name)
  if (found === undefined) {
    throw new TemplateProblem(
      `Template error: resource ${resource} does not support attribute type ${name} in Fn::GetAtt`,
    )
  }
  return found
}

function substituted(written: string, values: { readonly [name: string]: Json | undefined }, scope: Scope): string {
  const filled = written
    .replace(SUB_VARIABLE, (_whole, inner: string) => {
      const name = inner.trim()
      const own = values[name]
      if (own !== undefined) return text(own, scope, 'Fn::Sub')
      const dot = name.indexOf('.')
      const found = dot < 0 ? reference(name, scope) : attribute(name.slice(0, dot), name.slice(dot + 1), scope)
      if (found === NO_VALUE) return ''
      if (Array.isArray(found)) return found.join(',')
      return String(found)
    })
    .replace(/\$\{!([^}]*)\}/g, (_whole, literal: string) => `\${${literal}}`)
  return dynamic(filled, scope)
}
