import type { LabClient } from '../../../host/client.ts'
import { toast } from '../../../ui/index.ts'
import { DAMAGED, unpackShare } from '../../../workspace/share.ts'
import { newKeptId, openWorld } from './openWorld.ts'

/** Opens the world of a link. A damaged one says so and leaves the present world alone. */
export async function openShare(lab: LabClient, link: string): Promise<boolean> {
  const read = unpackShare(link)
  if ('wrong' in read) {
    toast({ status: 'err', text: read.wrong, detail: 'Your own world is as it was.', stay: true })
    return false
  }
  try {
    await openWorld(lab, read.save, { title: read.title, kept: newKeptId(), playing: false })
    return true
  } catch {
    toast({ status: 'err', text: DAMAGED, detail: 'Your own world is as it was.', stay: true })
    return false
  }
}
