import { defineKind } from '../../../kernel/index.ts'
import type { FileChanges } from '../../../shell/files.ts'
import { diskLifecycle } from './disk.lifecycle.ts'
import type { Disk } from './disk.ts'

/** What persistent volumes and folders of nodes hold. */
export const diskKind = defineKind<Disk>({
  kind: 'k8s.Disk',
  lifecycle: diskLifecycle,
  apply: {
    Written: ({ files }, event) => ({ files: { ...files, ...(event.data as { files: FileChanges }).files } }),
  },
  tell: {
    Created: (event) => `The first files are written on \`${event.to.slice('k8s.Disk/'.length)}\`.`,
    Written: (event) => `Files are written on \`${event.to.slice('k8s.Disk/'.length)}\`.`,
    Removed: (event) => `The data of \`${event.to.slice('k8s.Disk/'.length)}\` is gone.`,
  },
})
