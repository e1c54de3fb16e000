import type { FileProblem } from '../../kernel/index.ts'
import { defineLabView } from '../labView.ts'

export type { FileProblem } from '../../kernel/index.ts'

/** What the domains find wrong with a text under a path, before any tool is given it. */
export const lintView = defineLabView<{ path: string; text: string }, readonly FileProblem[]>({
  name: 'lint',
  reads: [],
  ofDomains: true,
  selectLab: (lab, { path, text }) =>
    lab.domains.flatMap((domain) => domain.lint?.(path, text, lab.simulation.world) ?? []),
})
