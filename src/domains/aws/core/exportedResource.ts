import type { JsonObject, World } from '../../../kernel/index.ts'

/** A thing of a world as a template declares it. */
export interface ExportedResource {
  /** `AWS::ECS::Service`. */
  readonly type: string
  /** What its logical id is made of: its natural name. */
  readonly name: string
  readonly physicalId: string
  /**
   * In the template's own words, without what is default. ARNs and ids of other things stand in them as they are and become references; a
   * plain name that refers to one is given by `refer`.
   */
  readonly properties: JsonObject
  /** Set for what needs images and sources to be there first. */
  readonly runs?: true | undefined
  /** Type and physical id of what must be there before it, although no property says so. */
  readonly after?: readonly (readonly [type: string, physicalId: string])[] | undefined
  /** Left out where something of the same type and id is exported: what the lab takes for granted and an account does not. */
  readonly implied?: true | undefined
}

/** Something that every account has, under an id of its own: a template asks for it as a parameter. */
export interface ExportedParameter {
  readonly name: string
  /** `AWS::EC2::VPC::Id`. */
  readonly type: string
  /** Its id in this world. */
  readonly value: string
  /** The shell expression that gives it on any account. */
  readonly expression: string
}

/** What a service gives of one region for the real thing. */
export interface ServiceExport {
  readonly resources?: readonly ExportedResource[] | undefined
  readonly parameters?: readonly ExportedParameter[] | undefined
  readonly files?: readonly { readonly path: string; readonly text: string }[] | undefined
  readonly steps?: readonly {
    readonly order: number
    readonly says: string
    readonly lines: readonly string[]
    readonly lab?: boolean
  }[]
  /** Texts that are others on another account, and the shell expression for them: see `Exported`. */
  readonly elsewhere?: readonly { readonly text: string; readonly expression: string }[] | undefined
}

/** Region and world give what a service exports. */
export type ServiceExporter = (region: string, world: World) => ServiceExport

const REFER = 'Orrery::Refer'

/** A property's value that names another thing by its plain name. */
export function refer(type: string, physicalId: string): JsonObject {
  return { [REFER]: [type, physicalId] }
}

/** What a value made by `refer` names. */
export function referred(value: JsonObject): readonly [string, string] | undefined {
  return value[REFER] as readonly [string, string] | undefined
}

/** An API's record as a template writes it: members begin with a capital, but for the keys of maps that are a person's own. */
export function capitals(value: unknown, maps: ReadonlySet<string> = new Set(), key = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => capitals(one, maps))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) =>
      one === undefined
        ? []
        : [[maps.has(key) ? name : name.charAt(0).toUpperCase() + name.slice(1), capitals(one, maps, name)]],
    ),
  )
}

/** An object without members that are absent, empty lists or empty objects. */
export function lean(object: { readonly [key: string]: unknown }): JsonObject {
  return Object.fromEntries(
    Object.entries(object).filter(
      ([, value]) =>
        value !== undefined &&
        value !== null &&
        !(Array.isArray(value) && value.length === 0) &&
        !(typeof value === 'object' && !Array.isArray(value) && Object.keys(value as object).length === 0),
    ),
  ) as JsonObject
}

/** Tags as a template lists them, without those that AWS sets. */
export function templateTags(tags: unknown): readonly object[] | undefined {
  const list = Array.isArray(tags)
    ? (tags as readonly { readonly [key: string]: string }[]).map((tag) => ({
        Key: tag['Key'] ?? tag['key'] ?? '',
        Value: tag['Value'] ?? tag['value'] ?? '',
      }))
    : Object.entries((tags ?? {}) as { readonly [key: string]: string }).map(([Key, Value]) => ({ Key, Value }))
  const own = list.filter(({ Key }) => !Key.startsWith('aws:') && Key !== 'AmazonECSManaged')
  return own.length > 0 ? own : undefined
}
