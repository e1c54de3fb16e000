import type { LabClient } from '../../../host/client.ts'
import { toast } from '../../../ui/index.ts'
import { MOST_BYTES, readSaveFile } from '../../../workspace/saveFile.ts'
import { newKeptId, openWorld } from './openWorld.ts'

/** Opens a world from a file. What is wrong is said, and the present world stays as it is. */
export async function importFile(lab: LabClient, file: File): Promise<boolean> {
  const read =
    file.size > MOST_BYTES
      ? { wrong: 'The file is larger than 5 MB, so it was not read.' }
      : readSaveFile(await file.text())
  if ('wrong' in read) {
    toast({ status: 'err', text: read.wrong, detail: 'The present world is as it was.' })
    return false
  }
  try {
    await openWorld(lab, read.save, { title: read.title, kept: newKeptId(), playing: false })
    toast({ status: 'ok', text: `${read.title} is open.` })
    return true
  } catch (error) {
    toast({
      status: 'err',
      text: 'The world in the file does not run. The present one is as it was.',
      detail: error instanceof Error ? error.message.split('\n')[0] : undefined,
    })
    return false
  }
}
