import { factWords } from '../facts.ts'
import { defineLabView } from '../labView.ts'

/** Figures of the simulation in words, by name: what a text may say without ever going stale. */
export const factsView = defineLabView<null, Readonly<Record<string, string>>>({
  name: 'facts',
  reads: [],
  ofDomains: true,
  selectLab: ({ domains }) => factWords(domains),
})
