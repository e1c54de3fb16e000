import type { ExportedFile } from '../../kernel/index.ts'
import { defineLabView } from '../labView.ts'
import { liveFiles } from '../live/liveFiles.ts'

export type { ExportedFile } from '../../kernel/index.ts'

/** What was built, as files that run on the real thing; empty where nothing was. */
export const liveView = defineLabView<null, readonly ExportedFile[]>({
  name: 'live',
  reads: ['journal'],
  ofDomains: true,
  selectLab: ({ domains, simulation }) => liveFiles(domains, simulation.world),
})
