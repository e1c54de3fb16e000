import { type Entity, EPOCH, type World } from '../../../kernel/index.ts'
import { arnOf, parseArn } from '../core/index.ts'
import type { Tag } from './types.generated.ts'

export const PARAMETER = 'aws.ssm.Parameter'

/** The key that encrypts a SecureString when nobody names another. */
export const DEFAULT_KEY = 'alias/aws/ssm'

export type Tier = 'Standard' | 'Advanced'

/** A parameter with all versions of it that are kept. Its state is the tier of the newest. */
export interface StoredParameter extends Entity {
  readonly region: string
  readonly name: string
  readonly arn: string
  /** Oldest first; there is always one. */
  readonly versions: readonly Version[]
  readonly tags: readonly Tag[]
}

/** What one `PutParameter` left behind. */
export interface Version {
  readonly version: number
  readonly type: string
  /** As it was put, a SecureString's too: who may read it in clear is decided when it is read. */
  readonly value: string
  readonly keyId?: string | undefined
  /** ms since the world began. */
  readonly at: number
  /** ARN of who put it. */
  readonly user: string
  readonly description?: string | undefined
  readonly allowedPattern?: string | undefined
  readonly tier: Tier
  readonly dataType: string
  readonly labels: readonly string[]
  readonly policies: readonly Policy[]
}

/** A parameter policy, and whether it has done what it is for. */
export interface Policy {
  readonly type: string
  readonly text: string
  /** When it is due, in ms since the world began. */
  readonly due: number
  readonly status: 'Pending' | 'Finished'
}

/** Entity id of a parameter. */
export function parameterId(region: string, name: string): string {
  return `${PARAMETER}/${region}/${name}`
}

export function parameterArn(region: string, name: string): string {
  return arnOf('ssm', region, `parameter${name.startsWith('/') ? name : `/${name}`}`)
}

export function findParameter(world: World, region: string, name: string): StoredParameter | undefined {
  return world.get(parameterId(region, name)) as StoredParameter | undefined
}

/** Every parameter of a region, by name. */
export function parametersOf(world: World, region: string): readonly StoredParameter[] {
  const found = ([...world.all(PARAMETER)] as StoredParameter[]).filter((one) => one.region === region)
  return found.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

export function newestOf({ versions }: StoredParameter): Version {
  const newest = versions.at(-1)
  if (!newest) throw new Error('a parameter without a version')
  return newest
}

/** A name that may be an ARN and may end in `:version` or `:label`, taken apart. An ARN's name may be meant with or without its slash. */
export interface ParameterReference {
  readonly name: string
  /** The other name that the same ARN stands for. */
  readonly other?: string | undefined
  readonly selector?: string | undefined
}

/** Takes a reference apart; undefined for an ARN of something else. */
export function readReference(reference: string): ParameterReference | undefined {
  const arn = parseArn(reference)
  const [, resource] = arn?.service === 'ssm' ? (/^parameter\/(.+)$/.exec(arn.resource) ?? []) : []
  if (arn && resource === undefined) return undefined
  const whole = resource ?? reference.trim()
  const colon = whole.indexOf(':')
  const name = colon < 0 ? whole : whole.slice(0, colon)
  const selector = colon < 0 ? undefined : whole.slice(colon + 1)
  if (resource === undefined) return { name, selector }
  return { name: `/${name}`, ...(name.includes('/') ? {} : { other: name }), selector }
}

/** Time of an API's output. */
export const shownAt = (at: number): number => EPOCH + at
