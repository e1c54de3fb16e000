import type { World } from '../../../kernel/index.ts'
import { managedDocument, managedName } from './managedPolicies.ts'
import { documentOf, type PolicyDocument } from './policy/document.ts'
import { groupOf, type Holder, policyOf, roleOf, userOf } from './records.ts'

/** The policies that speak for somebody, with their names. */
export interface Permissions {
  readonly holder: Holder
  readonly names: readonly string[]
  readonly policies: readonly PolicyDocument[]
  readonly boundary?: PolicyDocument | undefined
}

const read = new Map<string, PolicyDocument>()

/** A document out of its text, read once. */
export function readDocument(text: string): PolicyDocument {
  const known = read.get(text)
  if (known) return known
  const made = documentOf(text)
  read.set(text, made)
  return made
}

/** The text of a managed policy's default version; undefined when there is none. */
export function policyText(world: World, arn: string): string | undefined {
  const own = policyOf(world, arn)
  return own ? own.versions[own.DefaultVersionId]?.text : managedDocument(arn)
}

/** The record behind a principal: a user, or the role of a session. */
export function holderOf(world: World, arn: string): Holder | undefined {
  const [, user] = /:user\/(?:.*\/)?([^/]+)$/.exec(arn) ?? []
  if (user !== undefined) return userOf(world, user)
  const [, session] = /:assumed-role\/([^/]+)\//.exec(arn) ?? []
  const [, role = session] = /:role\/(?:.*\/)?([^/]+)$/.exec(arn) ?? []
  return role === undefined ? undefined : roleOf(world, role)
}

/** All policies of a principal, a user's groups included; undefined for one that IAM does not know. */
export function permissionsOf(world: World, arn: string): Permissions | undefined {
  const holder = holderOf(world, arn)
  if (!holder) return undefined
  const groups = (('groups' in holder ? holder.groups : []) as readonly string[]).flatMap(
    (name) => groupOf(world, name) ?? [],
  )
  const names: string[] = []
  const policies: PolicyDocument[] = []
  for (const one of [holder, ...groups]) {
    for (const [name, text] of Object.entries(one.inline)) {
      names.push(name)
      policies.push(readDocument(text))
    }
    for (const policy of one.attached) {
      const text = policyText(world, policy)
      if (text === undefined) continue
      names.push(managedName(policy) ?? policyOf(world, policy)?.PolicyName ?? policy)
      policies.push(readDocument(text))
    }
  }
  const boundary = holder.boundary === undefined ? undefined : policyText(world, holder.boundary)
  return { holder, names, policies, boundary: boundary === undefined ? undefined : readDocument(boundary) }
}
