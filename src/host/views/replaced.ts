import {
  type PastEvent,
  REPLACED,
  type Replacement,
  RULE_KIND,
  type RuleInWorld,
  replacementOf,
  replacements,
  ruleEntityId,
  type Simulation,
} from '../../kernel/index.ts'

/** Replacements of the rules that a cited rule stands for: itself, its parts, and for a decision all that filter or score. */
export function replacementsFor(rule: string): readonly Replacement[] {
  const [, stem] = /^(.*)\.(?:filter|score)$/.exec(rule) ?? []
  const heads = stem === undefined ? [`${rule}/`] : [`${stem}.filter/`, `${stem}.score/`]
  return replacements().filter((one) => one.rule === rule || heads.some((head) => one.rule.startsWith(head)))
}

/** By which replacement a rule was decided when an event happened; undefined when it really held. */
export function inForceAt({ world, journal }: Simulation, rule: string, event: PastEvent): Replacement | undefined {
  const id = ruleEntityId(rule)
  const entity = world.get(id) as RuleInWorld | undefined
  if (!entity || entity.kind !== RULE_KIND) return undefined
  for (let i = journal.position(event.id); i >= 0; i--) {
    const past = journal.at(i)
    if (past?.to !== id) continue
    return past.into === REPLACED ? replacementOf((past.data as { replacement: string }).replacement) : undefined
  }
  return undefined
}
