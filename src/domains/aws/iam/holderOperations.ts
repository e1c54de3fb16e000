import type { World } from '../../../kernel/index.ts'
import type { Operation } from '../core/index.ts'
import { must, op, refused } from './answer.ts'
import { checked } from './checked.ts'
import { managedName } from './managedPolicies.ts'
import { policyText } from './permissions.ts'
import { change, groupOf, type Holder, policyOf, roleOf, type Tag, userOf } from './records.ts'

interface In {
  readonly UserName?: string
  readonly GroupName?: string
  readonly RoleName?: string
  readonly PolicyArn: string
  readonly PolicyName: string
  readonly PolicyDocument: string
  readonly PermissionsBoundary: string
  readonly PathPrefix?: string
  readonly Tags: readonly Tag[]
  readonly TagKeys: readonly string[]
}

const FIND = { User: userOf, Group: groupOf, Role: roleOf } as const
type Noun = keyof typeof FIND

/** A user, group or role by the name in an input. */
export function holder(noun: Noun, input: Pick<In, 'UserName' | 'GroupName' | 'RoleName'>, world: World): Holder {
  const name = input[`${noun}Name`] ?? ''
  return must(
    FIND[noun](world, name) as Holder | undefined,
    `The ${noun.toLowerCase()} with name ${name} cannot be found.`,
  )
}

const arnIn = (noun: Noun) => (input: In, world: World) =>
  (FIND[noun](world, input[`${noun}Name`] ?? '') as Holder | undefined)?.Arn

/** What is the same for users, groups and roles: attached and inline policies; for users and roles also tags and boundaries. */
export const holderOperations: readonly Operation[] = (['User', 'Group', 'Role'] as const).flatMap((noun) => [
  op<In>(
    `Attach${noun}Policy`,
    (input, world) => {
      const to = holder(noun, input, world)
      if (policyText(world, input.PolicyArn) === undefined)
        refused('NoSuchEntity', `Policy ${input.PolicyArn} does not exist or is not attachable.`)
      if (to.attached.includes(input.PolicyArn)) return {}
      if (to.attached.length >= 10) refused('LimitExceeded', `Cannot exceed quota for PoliciesPer${noun}: 10`)
      return { emit: change(to, { attached: [...to.attached, input.PolicyArn] }) }
    },
    arnIn(noun),
  ),
  op<In>(
    `Detach${noun}Policy`,
    (input, world) => {
      const from = holder(noun, input, world)
      if (!from.attached.includes(input.PolicyArn)) refused('NoSuchEntity', `Policy ${input.PolicyArn} was not found.`)
      return { emit: change(from, { attached: from.attached.filter((arn) => arn !== input.PolicyArn) }) }
    },
    arnIn(noun),
  ),
  op<In>(
    `ListAttached${noun}Policies`,
    (input, world) => {
      const { attached } = holder(noun, input, world)
      return {
        output: {
          AttachedPolicies: attached.map((arn) => ({
            PolicyName: managedName(arn) ?? policyOf(world, arn)?.PolicyName ?? arn.slice(arn.lastIndexOf('/') + 1),
            PolicyArn: arn,
          })),
          IsTruncated: false,
        },
      }
    },
    arnIn(noun),
  ),
  op<In>(
    `Put${noun}Policy`,
    (input, world) => {
      const to = holder(noun, input, world)
      const text = checked(input.PolicyDocument, 'identity')
      return { emit: change(to, { inline: { ...to.inline, [input.PolicyName]: text } }) }
    },
    arnIn(noun),
  ),
  op<In>(
    `Get${noun}Policy`,
    (input, world) => {
      const { inline } = holder(noun, input, world)
      const text = must(
        inline[input.PolicyName],
        `The ${noun.toLowerCase()} policy with name ${input.PolicyName} cannot be found.`,
      )
      return {
        output: { [`${noun}Name`]: input[`${noun}Name`], PolicyName: input.PolicyName, PolicyDocument: text },
      }
    },
    arnIn(noun),
  ),
  op<In>(
    `Delete${noun}Policy`,
    (input, world) => {
      const from = holder(noun, input, world)
      const { [input.PolicyName]: gone, ...inline } = from.inline
      must(gone, `The ${noun.toLowerCase()} policy with name ${input.PolicyName} cannot be found.`)
      return { emit: change(from, { inline }) }
    },
    arnIn(noun),
  ),
  op<In>(
    `List${noun}Policies`,
    (input, world) => ({
      output: { PolicyNames: Object.keys(holder(noun, input, world).inline).sort(), IsTruncated: false },
    }),
    arnIn(noun),
  ),
  ...(noun === 'Group'
    ? []
    : [
        op<In>(
          `Tag${noun}`,
          (input, world) => {
            const to = holder(noun, input, world)
            const keys = input.Tags.map(({ Key }) => Key)
            return {
              emit: change(to, { Tags: [...(to.Tags ?? []).filter(({ Key }) => !keys.includes(Key)), ...input.Tags] }),
            }
          },
          arnIn(noun),
        ),
        op<In>(
          `Untag${noun}`,
          (input, world) => {
            const to = holder(noun, input, world)
            return { emit: change(to, { Tags: (to.Tags ?? []).filter(({ Key }) => !input.TagKeys.includes(Key)) }) }
          },
          arnIn(noun),
        ),
        op<In>(
          `List${noun}Tags`,
          (input, world) => ({
            output: { Tags: holder(noun, input, world).Tags ?? [], IsTruncated: false },
          }),
          arnIn(noun),
        ),
        op<In>(
          `Put${noun}PermissionsBoundary`,
          (input, world) => {
            const to = holder(noun, input, world)
            if (policyText(world, input.PermissionsBoundary) === undefined)
              refused('NoSuchEntity', `Policy ${input.PermissionsBoundary} does not exist.`)
            return { emit: change(to, { boundary: input.PermissionsBoundary }) }
          },
          arnIn(noun),
        ),
        op<In>(
          `Delete${noun}PermissionsBoundary`,
          (input, world) => {
            const to = holder(noun, input, world)
            if (to.boundary === undefined)
              refused('NoSuchEntity', `${noun} ${input[`${noun}Name`]} does not have a permissions boundary.`)
            return { emit: change(to, { boundary: undefined }) }
          },
          arnIn(noun),
        ),
      ]),
])
