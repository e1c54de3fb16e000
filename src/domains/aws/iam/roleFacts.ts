import type { World } from '../../../kernel/index.ts'
import { readDocument } from './permissions.ts'
import type { PolicyDocument } from './policy/document.ts'
import { roleOf } from './records.ts'

/** What others need of a role. */
export interface RoleFacts {
  readonly Arn: string
  readonly RoleName: string
  readonly RoleId: string
  readonly MaxSessionDuration: number
  /** Its trust policy. */
  readonly document: PolicyDocument
}

/** A role by its ARN; undefined when there is none. */
export function roleFacts(world: World, arn: string): RoleFacts | undefined {
  const [, name] = /^arn:[\w-]+:iam::\d+:role\/(?:.*\/)?([^/]+)$/.exec(arn) ?? []
  const role = name === undefined ? undefined : roleOf(world, name)
  if (role?.Arn !== arn) return undefined
  const { Arn, RoleName, RoleId, MaxSessionDuration, trust } = role
  return { Arn, RoleName, RoleId, MaxSessionDuration, document: readDocument(trust) }
}
