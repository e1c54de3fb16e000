import type { LabClient } from '../../../host/client.ts'
import { toast } from '../../../ui/index.ts'
import { discard, type Kept, readShelf } from '../../../workspace/shelf.ts'
import { downloadText } from './download.ts'
import { openWorld } from './openWorld.ts'

/** Opens the world that was kept last, exactly where it was; false when there is none that can be opened. */
export async function resume(lab: LabClient): Promise<boolean> {
  const { kept, damaged } = await readShelf()
  if (damaged !== undefined) offerRescue(damaged)
  for (const one of kept) if (await openKept(lab, one)) return true
  return false
}

/** Opens one kept world; false, with a message that offers its text, when it does not run. */
export async function openKept(lab: LabClient, kept: Kept): Promise<boolean> {
  try {
    await openWorld(lab, kept.save, { ...kept, kept: kept.id })
    return true
  } catch (error) {
    offerRescue(JSON.stringify(kept, null, 1), error instanceof Error ? error.message : String(error), kept.id)
    return false
  }
}

function offerRescue(text: string, detail?: string, id?: string): void {
  toast({
    status: 'err',
    text: 'A kept world is damaged and cannot be opened. A fresh one was started.',
    detail: detail?.split('\n')[0],
    stay: true,
    action: {
      label: 'Download what is left of it',
      run: () => {
        downloadText('damaged.orrery.json', text)
        void discard(id)
      },
    },
  })
}
