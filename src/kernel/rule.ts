/**
 * Everything decided is decided by a named rule: a pure function with an id, one sentence and a source.
 * A rule's id is also the `kind` of its conformance vectors, where it has any of its own.
 */
export interface Rule<In = never, Out = unknown> {
  /** Dotted name, for instance `k8s.pod.qos`, or `k8s.scheduler.filter/NodeResourcesFit` for one part of a rule. */
  readonly id: string
  /** One sentence that a learner can read. */
  readonly says: string
  /** The real system's document or source file that the rule restates. */
  readonly source: string
  /** Returns the verdict, and the table that led to it where there is one. Must be pure: no clock, no chance, no mutation of `input`. */
  readonly decide: (input: In) => Out
  /**
   * Answers one conformance case of kind `id` in the words of the vectors: takes the case (its `input` where it has one, else the
   * whole case) and returns what is compared with `expect`. Absent when `decide` already speaks those words.
   */
  readonly vector?: (input: never) => unknown
}

/** Declares a rule and enters it in the registry; a second rule with the same id is a mistake of ours and throws. */
export function defineRule<In, Out>(rule: Rule<In, Out>): Rule<In, Out> {
  if (registry.has(rule.id)) throw new Error(`rule ${rule.id} is defined twice`)
  registry.set(rule.id, rule as Rule)
  return rule
}

const registry = new Map<string, Rule>()

/** Every rule that the loaded domains have defined, by id. */
export const rules: ReadonlyMap<string, Rule> = registry

/** The rules of one simulation: the real ones, with those of `overrides` replaced (how a misconception is made to come true). */
export class RuleSet {
  private readonly overrides: ReadonlyMap<string, (input: never) => unknown>

  constructor(overrides: Readonly<Record<string, (input: never) => unknown>> = {}) {
    for (const id of Object.keys(overrides)) if (!registry.has(id)) throw new Error(`no rule ${id} to override`)
    this.overrides = new Map(Object.entries(overrides))
  }

  /** Decides by `rule`, or by what stands in for it in this simulation. */
  decide<In, Out>(rule: Rule<In, Out>, input: In): Out {
    if (this.overrides.size === 0) return rule.decide(input)
    const other = this.overrides.get(rule.id)
    return other ? (other as unknown as (input: In) => Out)(input) : rule.decide(input)
  }

  /** These rules with those of `overrides` replaced too. */
  with(overrides: Readonly<Record<string, (input: never) => unknown>>): RuleSet {
    return new RuleSet({ ...Object.fromEntries(this.overrides), ...overrides })
  }

  /** Ids of the replaced rules, sorted: part of what makes a run what it is. */
  get replaced(): readonly string[] {
    return [...this.overrides.keys()].sort()
  }
}
