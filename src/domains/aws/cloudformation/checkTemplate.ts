import type { Json, JsonObject } from '../../../kernel/index.ts'
import { cloudformationOrder } from './order.rule.ts'
import { readTemplate } from './readTemplate.ts'
import { type References, referencesIn } from './references.ts'
import {
  isObject,
  type OutputSpec,
  type ParameterSpec,
  PSEUDO,
  type ResourceSpec,
  type Template,
  TemplateProblem,
} from './template.ts'

const SECTIONS = new Set([
  'AWSTemplateFormatVersion',
  'Description',
  'Metadata',
  'Parameters',
  'Rules',
  'Mappings',
  'Conditions',
  'Transform',
  'Resources',
  'Outputs',
  'Hooks',
])
const ATTRIBUTES = new Set([
  'Type',
  'Properties',
  'DependsOn',
  'Condition',
  'DeletionPolicy',
  'UpdateReplacePolicy',
  'UpdatePolicy',
  'CreationPolicy',
  'Metadata',
  'Description',
  'Version',
])
const PARAMETER_TYPE =
  /^(String|Number|CommaDelimitedList|List<(String|Number|AWS::[\w:]+)>|AWS::EC2::[\w:]+|AWS::Route53::HostedZone::Id|AWS::SSM::Parameter::(Name|Value<.+>))$/
const RESOURCE_TYPE = /^(\w+::\w+::\w+(::\w+)*|Custom::[\w@-]+)$/
const POLICIES = new Set(['Delete', 'Retain', 'Snapshot', 'RetainExceptOnCreate'])

/** Reads and checks a template. Throws `TemplateProblem` with the words of the real service. */
export function parseTemplate(text: string): Template {
  if (text.trim() === '') format('unsupported structure.')
  return checkTemplate(readTemplate(text))
}

function format(words: string): never {
  throw new TemplateProblem(`Template format error: ${words}`)
}

/** Checks the structure of a template. Models: the answers of CloudFormation's ValidateTemplate and CreateStack */
export function checkTemplate(root: Json): Template {
  if (!isObject(root)) format('unsupported structure.')
  const transforms = transformsOf(root['Transform'])
  const strange = Object.keys(root).filter((key) => !SECTIONS.has(key) && !(transforms.length > 0 && key === 'Globals'))
  if (strange.length > 0) throw new TemplateProblem(`Invalid template property or properties [${strange.join(', ')}]`)
  const version = root['AWSTemplateFormatVersion']
  if (version !== undefined && version !== '2010-09-09')
    format(
      typeof version === 'string'
        ? `Unsupported template version ${version}.`
        : `[/AWSTemplateFormatVersion] 'null' values are not allowed in templates`,
    )
  if (transforms.length === 0) for (const [section, value] of Object.entries(root)) nulls(value as Json, `/${section}`)
  const { Description: description } = root
  if (description !== undefined && typeof description !== 'string') format('Description must be a string.')
  const parameters = section<ParameterSpec>(root, 'Parameters', parameter)
  const mappings = section<JsonObject>(root, 'Mappings', (name, value) => mapping(name, value, transforms))
  const conditions = section<Json>(root, 'Conditions', (name, value) => {
    if (!isObject(value)) format(`Every Conditions member must be a function: ${name}`)
    return value
  })
  const written = root['Resources']
  if (!isObject(written) || Object.keys(written).length === 0) format('At least one Resources member must be defined.')
  const template: Template = {
    ...(typeof description === 'string' ? { description } : {}),
    ...(root['Metadata'] === undefined ? {} : { metadata: root['Metadata'] as Json }),
    transforms,
    parameters,
    mappings,
    conditions,
    resources: section<ResourceSpec>(root, 'Resources', (name, value) => resource(name, value, transforms)),
    outputs: section<OutputSpec>(root, 'Outputs', output),
  }
  if (transforms.length === 0) checkReferences(template, root)
  return template
}

function nulls(value: Json, path: string): void {
  if (value === null) format(`[${path}] 'null' values are not allowed in templates`)
  if (Array.isArray(value)) for (const [i, one] of value.entries()) nulls(one as Json, `${path}/${i}`)
  else if (isObject(value)) for (const [key, one] of Object.entries(value)) nulls(one as Json, `${path}/${key}`)
}

function transformsOf(value: Json | undefined): readonly string[] {
  if (value === undefined) return []
  const list = Array.isArray(value) ? (value as readonly Json[]) : [value]
  return list.map((one) => (isObject(one) ? String(one['Name'] ?? '') : String(one)))
}

function section<T>(
  root: JsonObject,
  name: string,
  read: (name: string, value: Json) => T,
): { readonly [name: string]: T } {
  const value = root[name]
  if (value === undefined || value === null) return {}
  if (!isObject(value)) format(`[/${name}] expected a map of members`)
  const members: Record<string, T> = {}
  for (const [key, one] of Object.entries(value)) {
    if (!/^[A-Za-z0-9]+$/.test(key) && name !== 'Mappings' && !key.startsWith('Fn::'))
      format(
        name === 'Resources'
          ? `Resource name ${key} is non alphanumeric.`
          : name === 'Parameters'
            ? `Parameter name ${key} is non alphanumeric.`
            : `${name} name '${key}' is non alphanumeric.`,
      )
    if (key.startsWith('Fn::')) {
      if (key === 'Fn::Transform' || transformsOf(root['Transform']).length > 0) continue
      format(`Resource name ${key} is non alphanumeric.`)
    }
    members[key] = read(key, one as Json)
  }
  return members
}

function parameter(name: string, value: Json): ParameterSpec {
  if (!isObject(value)) format('Every Parameters member must be an object.')
  const type = value['Type']
  if (typeof type !== 'string') format('Every Parameters object must contain a Type member.')
  if (!PARAMETER_TYPE.test(type)) format(`Unrecognized parameter type: ${type}`)
  const spec = value as unknown as ParameterSpec
  if (Array.isArray(spec.Default) || isObject(spec.Default)) format(`Every Default member must be a string.`)
  const allowed = spec.AllowedValues
  if (allowed !== undefined && !Array.isArray(allowed)) format(`Every AllowedValues member must be a list.`)
  const preset = spec.Default
  if (allowed && preset !== undefined && !type.includes('List') && !allowed.map(String).includes(String(preset)))
    format(`Parameter ${name} default value ${String(preset)} not in allowed values.`)
  return spec
}

function mapping(name: string, value: Json, transforms: readonly string[]): JsonObject {
  if (!isObject(value)) format(`Every Mappings member ${name} must be a map`)
  if (transforms.length > 0) return value
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'Fn::Transform') continue
    if (!isObject(inner)) format(`Every Mappings attribute must be a String or a List.`)
    for (const one of Object.values(inner))
      if (isObject(one)) format('Every Mappings attribute must be a String or a List.')
  }
  return value
}

function resource(name: string, value: Json, transforms: readonly string[]): ResourceSpec {
  if (!isObject(value)) format(`[/Resources/${name}] resource definition is malformed`)
  const type = value['Type']
  if (type === undefined) format(`[/Resources/${name}] Every Resources object must contain a Type member.`)
  if (typeof type !== 'string') format(`[/Resources/${name}/Type] Every Type member must be a string.`)
  const strange = Object.keys(value).find((key) => !ATTRIBUTES.has(key))
  if (strange !== undefined && transforms.length === 0)
    throw new TemplateProblem(`Invalid template resource property '${strange}'`)
  if (
    (transforms.length === 0 && !RESOURCE_TYPE.test(type)) ||
    (transforms.length === 0 && type.startsWith('AWS::Serverless::'))
  )
    format(`Unrecognized resource types: [${type}]`)
  const properties = value['Properties'] ?? {}
  if (!isObject(properties)) format(`[/Resources/${name}/Properties] 'Properties' must be an object`)
  const depends = value['DependsOn']
  const list = depends === undefined ? [] : Array.isArray(depends) ? (depends as readonly Json[]) : [depends as Json]
  if (list.some((one) => typeof one !== 'string')) format('DependsOn must be a string or list of strings.')
  for (const key of ['DeletionPolicy', 'UpdateReplacePolicy'] as const) {
    const policy = value[key]
    if (policy === undefined || isObject(policy)) continue
    if (typeof policy !== 'string') format(`Every ${key} member must be a string.`)
    if (!POLICIES.has(policy)) format(`Unrecognized ${key} ${policy} for resource ${name}`)
  }
  const condition = value['Condition']
  if (condition !== undefined && typeof condition !== 'string') format('Every Condition member must be a string.')
  return {
    ...(value as unknown as ResourceSpec),
    Properties: properties,
    dependsOn: list as readonly string[],
  }
}

function output(name: string, value: Json): OutputSpec {
  if (!isObject(value)) format(`Every Outputs member must be an object: ${name}`)
  if (value['Value'] === undefined) format('Every Outputs member must contain a Value object')
  return value as unknown as OutputSpec
}

/** That everything that is named is there, and nothing waits for itself. */
function checkReferences(template: Template, root: JsonObject): void {
  const names = new Set(Object.keys(template.resources))
  const parameters = new Set(Object.keys(template.parameters))
  const isKnown = (name: string) => names.has(name) || parameters.has(name) || PSEUDO.has(name)
  for (const [, value] of Object.entries(template.conditions)) {
    const found = referencesIn(value)
    const unknown = [...found.refs, ...found.attributes.keys()].filter(
      (one) => !parameters.has(one) && !PSEUDO.has(one),
    )
    if (unknown.length > 0)
      format(
        `Unresolved dependencies [${unknown.join(', ')}]. Cannot reference resources in the Conditions block of the template`,
      )
    unknownCondition(found, template, 'Conditions')
    unknownMapping(found, template)
  }
  const unresolved = new Set<string>()
  const edges: Record<string, readonly string[]> = {}
  for (const [name, spec] of Object.entries(template.resources)) {
    const found = referencesIn({
      Properties: spec.Properties,
      ...(spec.Metadata === undefined ? {} : { Metadata: spec.Metadata }),
    })
    for (const one of [...found.refs, ...spec.dependsOn]) if (!isKnown(one)) unresolved.add(one)
    for (const one of found.attributes.keys()) if (!names.has(one)) unresolved.add(one)
    if (spec.Condition !== undefined) found.conditions.add(spec.Condition)
    unknownCondition(found, template, 'Resources')
    unknownMapping(found, template)
    const own = [...new Set([...spec.dependsOn, ...found.refs, ...found.attributes.keys()])].filter((one) =>
      names.has(one),
    )
    edges[name] = own
    ;(template.resources as Record<string, ResourceSpec>)[name] = { ...spec, dependsOn: own }
  }
  if (unresolved.size > 0)
    format(`Unresolved resource dependencies [${[...unresolved].join(', ')}] in the Resources block of the template`)
  if (cloudformationOrder.decide({ dependsOn: edges }).error)
    throw new TemplateProblem(`Circular dependency between resources: [${inCircle(edges).join(', ')}]`)
  for (const spec of Object.values(template.outputs)) {
    const found = referencesIn(spec as unknown as Json)
    const unknown = [
      ...[...found.refs].filter((one) => !isKnown(one)),
      ...[...found.attributes.keys()].filter((one) => !names.has(one)),
    ]
    if (unknown.length > 0)
      format(`Unresolved resource dependencies [${unknown.join(', ')}] in the Outputs block of the template`)
    if (spec.Condition !== undefined) found.conditions.add(spec.Condition)
    unknownCondition(found, template, 'Outputs')
    unknownMapping(found, template)
  }
  referencesIn(root['Rules'] as Json | undefined)
}

function unknownCondition({ conditions }: References, template: Template, block: string): void {
  const unknown = [...conditions].filter((one) => !(one in template.conditions))
  if (unknown.length > 0)
    format(`Unresolved condition dependencies [${unknown.join(', ')}] in the ${block} block of the template`)
}

function unknownMapping({ mappings }: References, template: Template): void {
  for (const one of mappings)
    if (!(one in template.mappings))
      throw new TemplateProblem(
        `Template error: Mapping named '${one}' is not present in the 'Mappings' section of template.`,
      )
}

/** What is left when everything that can be made has been. */
function inCircle(edges: { readonly [name: string]: readonly string[] }): readonly string[] {
  const left = new Set(Object.keys(edges))
  for (let changed = true; changed; ) {
    changed = false
    for (const name of left)
      if (!edges[name]?.some((other) => left.has(other))) {
        left.delete(name)
        changed = true
      }
  }
  return [...left]
}
