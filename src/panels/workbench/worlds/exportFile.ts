import type { LabClient } from '../../../host/client.ts'
import { withBookmarks } from '../../../workspace/bookmarks.ts'
import { useWorld } from '../../../workspace/index.ts'
import { writeSaveFile } from '../../../workspace/saveFile.ts'
import { downloadText, fileName } from './download.ts'

/** Saves the present world as one file, with all its branches. */
export async function exportFile(lab: LabClient): Promise<void> {
  const { title } = useWorld.getState()
  downloadText(`${fileName(title)}.orrery.json`, writeSaveFile(title, withBookmarks(await lab.save())))
}
