import { defineRule } from '../../../kernel/index.ts'

/**
 * How a capacity provider strategy shares out tasks.
 * Models: ECS API CapacityProviderStrategyItem
 */
export const capacityProviders = defineRule({
  id: 'ecs.capacityProviders',
  says: 'The base is filled first; what is left is shared out in proportion to the weights, and a weight of 0 gets none of it.',
  source: 'ECS API CapacityProviderStrategyItem',
  decide: shareOut,
  vector: (input: StrategyInput) => {
    const { placed, error } = shareOut(input)
    return error === undefined ? { placed } : { error: true }
  },
})

export interface StrategyItem {
  readonly capacityProvider: string
  readonly base?: number | undefined
  readonly weight?: number | undefined
}

export interface StrategyInput {
  readonly strategy: readonly StrategyItem[]
  readonly count: number
  /** Tasks that run already, by provider: they count, so that a service keeps its proportions as it grows. */
  readonly running?: { readonly [provider: string]: number } | undefined
}

/** How many more tasks each provider gets, or the service's own words for a strategy that it does not take. */
export function shareOut({ strategy, count, running = {} }: StrategyInput): {
  readonly placed: { readonly [provider: string]: number }
  readonly error?: string
} {
  const error = strategyProblem(strategy)
  if (error !== undefined) return { placed: {}, error }
  const placed: Record<string, number> = Object.fromEntries(
    strategy.map(({ capacityProvider }) => [capacityProvider, 0]),
  )
  const total = ({ capacityProvider }: StrategyItem) =>
    (running[capacityProvider] ?? 0) + (placed[capacityProvider] ?? 0)
  for (let i = 0; i < count; i++) {
    const short = strategy.find((item) => total(item) < (item.base ?? 0))
    const next = short ?? neediest(strategy, total)
    placed[next.capacityProvider] = (placed[next.capacityProvider] ?? 0) + 1
  }
  return { placed }
}

/** The one that would be least above its share with one task more; the first of equals. */
function neediest(strategy: readonly StrategyItem[], total: (item: StrategyItem) => number): StrategyItem {
  const load = (item: StrategyItem) =>
    (item.weight ?? 0) === 0 ? Number.POSITIVE_INFINITY : (total(item) - (item.base ?? 0) + 1) / (item.weight ?? 0)
  return strategy.reduce((best, item) => (load(item) < load(best) - 1e-12 ? item : best))
}

/** Why the service refuses a strategy, in its words; undefined when it is a good one. */
export function strategyProblem(strategy: readonly StrategyItem[]): string | undefined {
  if (strategy.length === 0) return 'The capacity provider strategy cannot be empty.'
  if (strategy.length > 20) return 'The capacity provider strategy cannot contain more than 20 capacity providers.'
  if (strategy.filter(({ base = 0 }) => base > 0).length > 1)
    return 'The capacity provider strategy cannot contain more than one capacity provider with a non-zero base value.'
  if (strategy.every(({ weight = 0 }) => weight === 0))
    return 'The specified capacity provider strategy cannot contain only capacity providers with a weight of 0. Specify a capacity provider with a weight greater than 0 and try again.'
  if (new Set(strategy.map(({ capacityProvider }) => capacityProvider)).size < strategy.length)
    return 'The specified capacity provider strategy cannot contain duplicate capacity providers. Remove the duplicate capacity provider and try again.'
  return undefined
}
