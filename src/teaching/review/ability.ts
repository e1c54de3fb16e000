import { type Outcome, SKILLS, type Skill } from './outcome.ts'

/** What a learner has shown of a concept, by skill: not tried, tried without success, or shown (the latest try was right). */
export type Ability = Readonly<Record<Skill, 'untried' | 'tried' | 'shown'>>

/** The map of concepts: can predict, can build, can debug. The latest outcome of a skill counts. */
export function abilitiesOf(outcomes: readonly Outcome[]): ReadonlyMap<string, Ability> {
  const found = new Map<string, Record<Skill, 'untried' | 'tried' | 'shown'>>()
  for (const { concepts, skill, right } of [...outcomes].sort((a, b) => a.at - b.at))
    for (const concept of concepts) {
      const own = found.get(concept) ?? { predict: 'untried', build: 'untried', debug: 'untried' }
      own[skill] = right ? 'shown' : 'tried'
      found.set(concept, own)
    }
  return found
}

/** How many concepts were shown, by skill. */
export function shownCounts(abilities: ReadonlyMap<string, Ability>): Readonly<Record<Skill, number>> {
  const counts: Record<Skill, number> = { predict: 0, build: 0, debug: 0 }
  for (const ability of abilities.values()) for (const skill of SKILLS) if (ability[skill] === 'shown') counts[skill]++
  return counts
}
