import type { Entity } from './entity.ts'
import { type RuleSet, rules } from './rule.ts'

/** Something else that a rule could say: a belief about a system that is not so. While it is in force, the world runs by it. */
export interface Replacement {
  /** Small letters and hyphens. It stands in command lines that people keep, so it never changes. */
  readonly id: string
  /** Id of the rule that it stands in for. */
  readonly rule: string
  /** What is believed, as a plain statement. */
  readonly says: string
  /** What is true, in one sentence. */
  readonly instead: string
  /** Stands in for the rule's own `decide`; as pure as that. */
  readonly decide: (input: never) => unknown
}

/** A rule about which something has been said in a world: the replacement by which it decides, while its state is `REPLACED`. */
export interface RuleInWorld extends Entity {
  readonly replacement: string
}

/** The kind of that entity, its id and its state in a world where the rule is replaced. */
export const RULE_KIND = 'lab.Rule'
export const REPLACED = 'Replaced'
export const ruleEntityId = (rule: string): string => `${RULE_KIND}/${rule}`

/** Enters a replacement in the registry; an id that is taken is a mistake of ours and throws. Its rule may be loaded later, or never. */
export function defineReplacement(replacement: Replacement): Replacement {
  if (registry.has(replacement.id)) throw new Error(`replacement ${replacement.id} is defined twice`)
  registry.set(replacement.id, replacement)
  return replacement
}

/** Those whose rule is loaded too, sorted by id. */
export function replacements(): readonly Replacement[] {
  return [...registry.values()].filter(({ rule }) => rules.has(rule)).sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** One by its id, if its rule is loaded. */
export function replacementOf(id: string): Replacement | undefined {
  const found = registry.get(id)
  return found && rules.has(found.rule) ? found : undefined
}

/**
 * `base` with what stands in for rules by these entities. Equal replacements give the very same set, so that whatever is kept for a set of
 * rules is found again after a seek.
 */
export function rulesOf(base: RuleSet, entities: Iterable<Entity>): RuleSet {
  const inForce: Replacement[] = []
  for (const entity of entities) {
    const replacement = entity.state === REPLACED ? replacementOf((entity as RuleInWorld).replacement) : undefined
    if (replacement) inForce.push(replacement)
  }
  if (inForce.length === 0) return base
  inForce.sort((a, b) => (a.id < b.id ? -1 : 1))
  const key = inForce.map(({ id }) => id).join(' ')
  const known = made.get(base) ?? new Map<string, RuleSet>()
  made.set(base, known)
  const rulesOfThese =
    known.get(key) ?? base.with(Object.fromEntries(inForce.map(({ rule, decide }) => [rule, decide] as const)))
  known.set(key, rulesOfThese)
  return rulesOfThese
}

const registry = new Map<string, Replacement>()
const made = new WeakMap<RuleSet, Map<string, RuleSet>>()
