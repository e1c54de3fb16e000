import { Document, isScalar, Scalar, visit } from 'yaml'
import type { Json, JsonObject, World } from '../../../kernel/index.ts'
import type { ExportedParameter, ExportedResource } from './exportedResource.ts'
import { referred } from './exportedResource.ts'
import { isObject } from './isObject.ts'
import { ACCOUNT } from './principal.ts'
import type { ResourceType } from './resourceType.ts'
import { services } from './service.ts'

/** A CloudFormation template of things of a world. */
export interface Template {
  readonly text: string
  /** Parameters that it asks for, besides `Services`. */
  readonly parameters: readonly ExportedParameter[]
  /** Whether some of it waits until images and sources are there: then it has the parameter `Services`. */
  readonly waits: boolean
}

/** What looks like no other text does: only such texts become references by themselves. */
const UNIQUE =
  /^arn:aws|^(vpc|subnet|sg|rtb|igw|nat|eipalloc|lt|i|acl|eni)-[0-9a-f]{8,}$|\.amazonaws\.com(\/|$)|^https:\/\/git-codecommit\.|^[0-9a-f]{8}-[0-9a-f]{4}-/

interface Placed {
  readonly id: string
  readonly resource: ExportedResource
  readonly type: ResourceType | undefined
}

/**
 * The template that makes these resources. ARNs, ids and names of each other become references as long as they make no circle; the account
 * and the region become pseudo parameters; what every account has becomes a parameter. `twice` makes what runs depend on the parameter `Services`.
 */
export function templateOf(
  all: readonly ExportedResource[],
  parameters: readonly ExportedParameter[],
  region: string,
  world: World,
  twice: boolean,
): Template {
  const types = new Map([...services.values()].flatMap(({ resources = [] }) => resources.map((one) => [one.type, one])))
  const there = new Set(all.filter(({ implied }) => !implied).map(keyOf))
  const resources = [...dedupe(all.filter((one) => !one.implied || !there.has(keyOf(one))))].sort(
    (a, b) => compared(a.type, b.type) || compared(a.name, b.name),
  )
  const ids = new Set<string>()
  const placed: readonly Placed[] = resources.map((resource) => {
    const base = `${pascal(resource.name)}${nounOf(resource.type)}`
    let id = base
    for (let n = 2; ids.has(id); n++) id = `${base}${n}`
    ids.add(id)
    return { id, resource, type: types.get(resource.type) }
  })
  const reading = new Reading(placed, parameters, region, world)
  const body = placed.map((one) => [one.id, reading.read(one)] as const)
  const conditional: ReadonlySet<string> = twice ? reading.conditional() : new Set()
  const used = parameters.filter(({ name }) => reading.used.has(name))
  const root = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'Made by Orrery',
    ...(used.length > 0 || conditional.size > 0
      ? {
          Parameters: {
            ...Object.fromEntries(used.map(({ name, type }) => [name, { Type: type }])),
            ...(conditional.size > 0
              ? {
                  Services: {
                    Type: 'String',
                    Description: 'Whether to have what needs images and sources to be there first',
                    AllowedValues: ['true', 'false'],
                    Default: 'true',
                  },
                }
              : {}),
          },
        }
      : {}),
    ...(conditional.size > 0 ? { Conditions: { Run: { 'Fn::Equals': [{ Ref: 'Services' }, 'true'] } } } : {}),
    Resources: Object.fromEntries(
      body.map(([id, { Type, ...rest }]) => [
        id,
        { Type, ...(conditional.has(id) ? { Condition: 'Run' } : {}), ...rest },
      ]),
    ),
  }
  return { text: yamlOf(root), parameters: used, waits: conditional.size > 0 }
}

/** Reads properties, and keeps what refers to what. */
class Reading {
  readonly used = new Set<string>()
  private readonly links = new Map<string, Set<string>>()
  private readonly byText = new Map<
    string,
    { readonly id: string; readonly expression: JsonObject; readonly sub: string }
  >()
  private readonly byKey = new Map<string, string>()
  private readonly placed: readonly Placed[]
  private readonly region: string

  constructor(placed: readonly Placed[], parameters: readonly ExportedParameter[], region: string, world: World) {
    this.placed = placed
    this.region = region
    for (const { name, value } of parameters)
      this.byText.set(value, { id: name, expression: { Ref: name }, sub: `\${${name}}` })
    for (const { id, resource, type } of placed) {
      this.byKey.set(keyOf(resource), id)
      this.links.set(id, new Set())
      const ref = type?.ref?.(resource.physicalId, world) ?? resource.physicalId
      if (UNIQUE.test(ref)) this.byText.set(ref, { id, expression: { Ref: id }, sub: `\${${id}}` })
      for (const [name, value] of Object.entries(type?.attributes?.(resource.physicalId, world) ?? {}))
        if (typeof value === 'string' && UNIQUE.test(value) && !this.byText.has(value))
          this.byText.set(value, { id, expression: { 'Fn::GetAtt': [id, name] }, sub: `\${${id}.${name}}` })
    }
  }

  read({ id, resource }: Placed): JsonObject {
    const after = (resource.after ?? []).flatMap(([type, physicalId]) => {
      const to = this.byKey.get(`${type} ${physicalId}`)
      return to !== undefined && this.link(id, to) ? [to] : []
    })
    const properties = this.value(id, resource.properties) as JsonObject
    return {
      Type: resource.type,
      ...(after.length > 0 ? { DependsOn: after.length === 1 ? (after[0] as string) : after } : {}),
      ...(Object.keys(properties).length > 0 ? { Properties: properties } : {}),
    }
  }

  /** Logical ids of what waits for images and sources, and of what refers to such a thing. */
  conditional(): ReadonlySet<string> {
    const found = new Set(this.placed.filter(({ resource }) => resource.runs).map(({ id }) => id))
    for (let size = -1; size !== found.size; ) {
      size = found.size
      for (const [from, to] of this.links) if ([...to].some((one) => found.has(one))) found.add(from)
    }
    return found
  }

  private value(id: string, value: Json): Json {
    if (typeof value === 'string') return this.text(id, value)
    if (Array.isArray(value)) return value.map((one) => this.value(id, one as Json))
    if (!isObject(value)) return value
    const named = referred(value)
    if (named) {
      const to = this.byKey.get(`${named[0]} ${named[1]}`)
      return to !== undefined && this.link(id, to) ? { Ref: to } : named[1]
    }
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, this.value(id, one as Json)]))
  }

  private text(id: string, text: string): Json {
    const whole = this.byText.get(text)
    if (whole && this.link(id, whole.id)) return whole.expression
    let sub = text.replaceAll('${', '${!')
    for (const [known, one] of this.byText)
      if (known.length > 12 && sub.includes(known) && this.link(id, one.id)) sub = sub.replaceAll(known, one.sub)
    if (text.includes(ACCOUNT) || text.startsWith('arn:aws')) {
      sub = sub
        .replaceAll(ACCOUNT, '${AWS::AccountId}')
        .replaceAll(`:${this.region}:`, ':${AWS::Region}:')
        .replaceAll(`.${this.region}.amazonaws.com`, '.${AWS::Region}.amazonaws.com')
    }
    return sub === text.replaceAll('${', '${!') ? text : { 'Fn::Sub': sub }
  }

  /** Notes that one refers to another; false where that would make a circle. */
  private link(from: string, to: string): boolean {
    const mine = this.links.get(from)
    const theirs = this.links.get(to)
    if (!mine) return false
    if (!theirs) {
      this.used.add(to)
      return true
    }
    if (from === to || this.reaches(to, from)) return false
    mine.add(to)
    return true
  }

  private reaches(from: string, to: string): boolean {
    const next = this.links.get(from)
    return next !== undefined && (next.has(to) || [...next].some((one) => this.reaches(one, to)))
  }
}

function keyOf({ type, physicalId }: ExportedResource): string {
  return `${type} ${physicalId}`
}

function compared(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function dedupe(resources: readonly ExportedResource[]): readonly ExportedResource[] {
  return [...new Map(resources.map((one) => [keyOf(one), one])).values()]
}

function pascal(name: string): string {
  const words = name.match(/[A-Za-z0-9]+/g) ?? []
  const text = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
  return /^[0-9]/.test(text) ? `N${text}` : text
}

const NOUNS: { readonly [type: string]: string } = {
  'AWS::ECR::Repository': 'Images',
  'AWS::CodeCommit::Repository': 'Source',
}

function nounOf(type: string): string {
  return NOUNS[type] ?? type.slice(type.lastIndexOf(':') + 1)
}

/** YAML with the short forms of functions: `!Ref`, `!GetAtt`, `!Sub`. */
function yamlOf(root: object): string {
  const document = new Document(root, { version: '1.1', aliasDuplicateObjects: false })
  visit(document, {
    Map(_key, map) {
      const [pair] = map.items
      if (map.items.length !== 1 || !pair || !isScalar(pair.key)) return undefined
      const value = (pair.value as { toJSON?: () => unknown } | null)?.toJSON?.()
      if (pair.key.value === 'Ref') return tagged('!Ref', String(value))
      if (pair.key.value === 'Fn::Sub' && typeof value === 'string') return tagged('!Sub', value)
      if (pair.key.value === 'Fn::GetAtt' && Array.isArray(value)) return tagged('!GetAtt', value.join('.'))
      return undefined
    },
  })
  return document.toString({ lineWidth: 0 })
}

function tagged(tag: string, value: string): Scalar {
  const scalar = new Scalar(value)
  scalar.tag = tag
  return scalar
}
