import { type Context, conditionHolds, filledIn } from './conditions.ts'
import { listed, type PolicyDocument, type Statement } from './document.ts'
import { arnMatches, globMatches } from './pattern.ts'

/** What is asked: an action on a resource. */
export interface Asked {
  readonly action: string
  readonly resource: string
  readonly context: Context
}

/** Why a statement does not apply, in a few words; undefined when it does. `trust` leaves the resource out: it is the role itself. */
export function misses(
  statement: Statement,
  { action, resource, context }: Asked,
  document: PolicyDocument,
  trust = false,
): string | undefined {
  const variables = document.Version === '2012-10-17'
  const { Action, NotAction, Resource, NotResource, Condition = {} } = statement
  if (Action === undefined && NotAction === undefined) return 'it names no action'
  const acts = (words: readonly string[]) => words.some((word) => globMatches(word, action, true))
  if (Action !== undefined && !acts(listed(Action))) return `it does not speak of ${action}`
  if (NotAction !== undefined && acts(listed(NotAction))) return `it leaves out ${action}`
  const lies = (words: readonly string[]) =>
    words.some((word) => {
      const filled = variables ? filledIn(word, context) : word
      return filled !== undefined && arnMatches(filled, resource)
    })
  if (Resource !== undefined && !lies(listed(Resource))) return `it does not reach ${resource}`
  if (NotResource !== undefined && lies(listed(NotResource))) return `it leaves out ${resource}`
  if (!trust && Resource === undefined && NotResource === undefined) return 'it names no resource'
  for (const [operator, keys] of Object.entries(Condition))
    for (const [key, values] of Object.entries(keys))
      if (!conditionHolds(operator, key, values, context, variables))
        return `its condition ${operator} ${key} does not hold`
  return undefined
}
