import type { Emission, Entity, Json, JsonObject, World } from '../../../kernel/index.ts'
import { callService } from './callService.ts'
import { isObject } from './isObject.ts'
import type { ResourceAnswer, ResourceCall, ResourceType } from './resourceType.ts'
import { services } from './service.ts'
import type { ServiceApi } from './serviceApi.ts'

/** A resource type by the operations of its service. Inputs are fitted to the operation's shape: names, numbers and booleans. */
export interface AdaptedResource {
  /** `AWS::CodeBuild::Project`. */
  readonly type: string
  /** The service's name: `codebuild`. */
  readonly service: string
  readonly required?: readonly string[] | undefined
  readonly replaces?: readonly string[] | undefined
  /** The property that names it, filled with the generated name when it is absent. */
  readonly name?: string | undefined
  readonly watches: readonly string[]
  readonly create: {
    readonly operation: string
    readonly input?: ((properties: JsonObject, call: ResourceCall) => object) | undefined
    /** The physical id. */
    readonly id: (output: JsonObject, input: JsonObject, call: ResourceCall) => string
    /** What is to happen besides. */
    readonly also?: ((id: string, properties: JsonObject, call: ResourceCall) => readonly Emission[]) | undefined
  }
  readonly update?:
    | {
        readonly operation: string
        readonly input?: ((id: string, properties: JsonObject, call: ResourceCall) => object) | undefined
        readonly also?:
          | ((id: string, properties: JsonObject, before: JsonObject, call: ResourceCall) => readonly Emission[])
          | undefined
      }
    | undefined
  readonly remove: {
    readonly operation: string
    readonly input: (id: string, properties: JsonObject) => object
  }
  /** The entity behind a physical id. */
  readonly entity: (id: string, world: World) => Entity | undefined
  /** Whether it is there yet; as soon as it exists when absent. */
  readonly state?: ((entity: Entity) => ReturnType<ResourceType['state']>) | undefined
  readonly ref?: ((entity: Entity, id: string) => string) | undefined
  readonly attributes?: ((entity: Entity, id: string) => { readonly [name: string]: Json }) | undefined
}

/** Makes a CloudFormation resource type of a service's operations. */
export function resourceOf(adapted: AdaptedResource): ResourceType {
  const { type, service, required = [], replaces = [], name, watches, create, update, remove, entity } = adapted
  const ask = (operation: string, input: object, { world, principal, region }: ResourceCall) =>
    callService({
      world,
      service,
      operation,
      principal,
      region,
      input: fitted(service, operation, input as JsonObject),
    })
  const named = (properties: JsonObject, call: ResourceCall): JsonObject =>
    name === undefined || properties[name] !== undefined ? properties : { ...properties, [name]: call.generatedName }
  return {
    type,
    required,
    replaces: name === undefined ? replaces : [name, ...replaces],
    create: (properties, call): ResourceAnswer => {
      const given = named(properties, call)
      const input = (create.input?.(given, call) ?? given) as JsonObject
      const answer = ask(create.operation, input, call)
      if ('error' in answer) return answer
      const physicalId = create.id(answer.output as JsonObject, given, call)
      return { physicalId, emit: [...(answer.emit ?? []), ...(create.also?.(physicalId, properties, call) ?? [])] }
    },
    ...(update
      ? {
          update: (physicalId, properties, before, call): ResourceAnswer => {
            const answer = ask(update.operation, update.input?.(physicalId, properties, call) ?? properties, call)
            if ('error' in answer) return answer
            return {
              physicalId,
              emit: [...(answer.emit ?? []), ...(update.also?.(physicalId, properties, before, call) ?? [])],
            }
          },
        }
      : {}),
    remove: (physicalId, properties, call): ResourceAnswer => {
      const answer = ask(remove.operation, remove.input(physicalId, properties), call)
      return 'error' in answer ? answer : { physicalId, emit: answer.emit ?? [] }
    },
    state: (physicalId, world) => {
      const found = entity(physicalId, world)
      if (!found) return 'gone'
      return adapted.state?.(found) ?? 'ready'
    },
    watches,
    ...(adapted.ref
      ? {
          ref: (physicalId, world) => {
            const found = entity(physicalId, world)
            return found ? (adapted.ref?.(found, physicalId) ?? physicalId) : physicalId
          },
        }
      : {}),
    ...(adapted.attributes
      ? {
          attributes: (physicalId, world) => {
            const found = entity(physicalId, world)
            return found ? (adapted.attributes?.(found, physicalId) ?? {}) : {}
          },
        }
      : {}),
  }
}

/** A template's properties as an operation's input: members by their name whatever its first letter, text as numbers where those are meant. */
function fitted(service: string, operation: string, input: JsonObject): JsonObject {
  const api = services.get(service)?.api
  const shape = api?.operations[operation]?.in
  return api && shape !== undefined ? (fit(input, shape, api) as JsonObject) : input
}

function fit(value: Json, name: string, api: ServiceApi): Json {
  const shape = api.shapes[name]
  if (!shape) return value
  switch (shape.is) {
    case 'structure': {
      if (!isObject(value)) return value
      const members = new Map(Object.keys(shape.members).map((member) => [member.toLowerCase(), member]))
      return Object.fromEntries(
        Object.entries(value).flatMap(([key, one]) => {
          const member = members.get(key.toLowerCase())
          return member === undefined || one === undefined ? [] : [[member, fit(one, shape.members[member] ?? '', api)]]
        }),
      )
    }
    case 'list':
      return Array.isArray(value)
        ? (value as readonly Json[]).map((one) => fit(one, shape.of, api))
        : [fit(value, shape.of, api)]
    case 'map':
      return isObject(value)
        ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fit(one as Json, shape.of, api)]))
        : value
    case 'string':
      return typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value)
    case 'boolean':
      return typeof value === 'string' ? value === 'true' : value
    case 'timestamp':
    case 'blob':
      return value
    default:
      return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value
  }
}
