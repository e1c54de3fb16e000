import { labFacts } from '../composition.ts'
import { factText } from '../facts.ts'
import { defineLabView } from '../labView.ts'

/** Figures of the simulation in words, by name: what a text may say without ever going stale. */
export const factsView = defineLabView<null, Readonly<Record<string, string>>>({
  name: 'facts',
  reads: [],
  selectLab: () => factWords,
})

/** The same, for Node. */
export const factWords: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(labFacts).map(([name, fact]) => [name, factText(fact)]),
)
