import { drawText, type Emission, type Entity, EPOCH, type World } from '../../../kernel/index.ts'
import { ACCOUNT } from '../core/index.ts'
import { managedArn } from './managedPolicies.ts'

export interface Tag {
  readonly Key: string
  readonly Value: string
}

/** What may have policies: attached ones by ARN, inline ones by name with their text. */
export interface Holder extends Entity {
  readonly Path: string
  readonly Arn: string
  /** Ms since 1970. */
  readonly CreateDate: number
  readonly attached: readonly string[]
  readonly inline: { readonly [name: string]: string }
  readonly Tags?: readonly Tag[] | undefined
  /** ARN of a permissions boundary. */
  readonly boundary?: string | undefined
}

export interface User extends Holder {
  readonly UserName: string
  readonly UserId: string
  readonly groups: readonly string[]
  readonly login?: { readonly CreateDate: number; readonly PasswordResetRequired: boolean } | undefined
}

export interface Group extends Holder {
  readonly GroupName: string
  readonly GroupId: string
}

export interface Role extends Holder {
  readonly RoleName: string
  readonly RoleId: string
  /** The trust policy's text. */
  readonly trust: string
  readonly Description?: string | undefined
  readonly MaxSessionDuration: number
}

export interface ManagedPolicy extends Entity {
  readonly PolicyName: string
  readonly PolicyId: string
  readonly Arn: string
  readonly Path: string
  readonly Description?: string | undefined
  readonly CreateDate: number
  readonly UpdateDate: number
  readonly DefaultVersionId: string
  readonly versions: { readonly [id: string]: { readonly text: string; readonly CreateDate: number } }
  /** Number of the version made last. */
  readonly last: number
  readonly Tags?: readonly Tag[] | undefined
}

export interface InstanceProfile extends Entity {
  readonly InstanceProfileName: string
  readonly InstanceProfileId: string
  readonly Arn: string
  readonly Path: string
  readonly CreateDate: number
  readonly role?: string | undefined
  readonly Tags?: readonly Tag[] | undefined
}

export interface AccessKey extends Entity {
  readonly AccessKeyId: string
  readonly UserName: string
  readonly secret: string
  readonly Status: string
  readonly CreateDate: number
}

/** Something that a user or the account keeps beside: an MFA device, a public key, a certificate, an identity provider, a password for Git. */
export interface Credential extends Entity {
  readonly user?: string | undefined
  readonly fields: { readonly [name: string]: unknown }
  readonly Tags?: readonly Tag[] | undefined
}

/** The account's own settings. */
export interface Account extends Entity {
  readonly alias?: string | undefined
  readonly passwords?: { readonly [name: string]: unknown } | undefined
}

export const USER = 'aws.iam.User'
export const GROUP = 'aws.iam.Group'
export const ROLE = 'aws.iam.Role'
export const POLICY = 'aws.iam.Policy'
export const PROFILE = 'aws.iam.InstanceProfile'
export const KEY = 'aws.iam.AccessKey'
export const CREDENTIAL = 'aws.iam.Credential'
export const ACCOUNT_KIND = 'aws.iam.Account'

/** The one who learns: there from the beginning, although the journal has nothing of it until something happens to it. */
const LEARNER: Omit<User, keyof Entity> = {
  UserName: 'learner',
  UserId: 'AIDACKCEVSQ6C2LEARNER',
  Path: '/',
  Arn: `arn:aws:iam::${ACCOUNT}:user/learner`,
  CreateDate: EPOCH,
  attached: [managedArn('AdministratorAccess')],
  inline: {},
  groups: [],
}

const ENTITY = { state: 'Present', entry: 0, since: 0, born: -1 }

export function userOf(world: World, name: string): User | undefined {
  const found = world.get(`${USER}/${name}`) as User | undefined
  return found ?? (name === 'learner' ? { ...ENTITY, ...LEARNER, id: `${USER}/learner`, kind: USER } : undefined)
}

export function users(world: World): readonly User[] {
  const all = [...world.all(USER)] as User[]
  const learner = world.get(`${USER}/learner`) ? undefined : userOf(world, 'learner')
  return sorted(learner ? [...all, learner] : all)
}

export const groupOf = (world: World, name: string) => world.get(`${GROUP}/${name}`) as Group | undefined
export const roleOf = (world: World, name: string) => world.get(`${ROLE}/${name}`) as Role | undefined
export const policyOf = (world: World, arn: string) => world.get(`${POLICY}/${arn}`) as ManagedPolicy | undefined
export const profileOf = (world: World, name: string) => world.get(`${PROFILE}/${name}`) as InstanceProfile | undefined
export const accountOf = (world: World) => world.get(`${ACCOUNT_KIND}/${ACCOUNT}`) as Account | undefined

/** Records of a kind by id. */
export function sorted<E extends Entity>(entities: Iterable<E>): readonly E[] {
  return [...entities].sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** A change of a record; the learner's own comes into being with its first. */
export function change(entity: Entity, data: object): readonly Emission[] {
  return [...birth(entity), { to: entity.id, type: 'Changed', data }]
}

/** The event by which the learner comes into being, when it has not yet. */
export function birth(entity: Entity): readonly Emission[] {
  return entity.born === -1 ? [{ to: entity.id, kind: USER, type: 'Created', data: LEARNER }] : []
}

/** A unique id as IAM gives them: `AIDA` and 17 capitals and digits. */
export function uniqueId(world: World, prefix: string, name: string): string {
  return `${prefix}${drawText('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 17, world.seed, 'iam', name, world.revision)}`
}

/** Now, in ms since 1970, in whole seconds. */
export function nowOf(world: World): number {
  return EPOCH + Math.floor(world.now / 1000) * 1000
}
