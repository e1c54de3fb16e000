import type { LabClient } from '../../../host/client.ts'
import type { FileHandler } from '../../../host/views/index.ts'
import { toast } from '../../../ui/index.ts'
import { runEdit, useLayout } from '../../../workspace/index.ts'
import { writeLine } from '../../../workspace/writeLine.ts'
import { type Dropped, readFolder } from './dropped.ts'

/** Largest file that is taken into a session, in bytes. */
const MOST = 1_000_000
const MOST_ZIP = 5_000_000

/** Files and folders dropped on the canvas: all are written to the session's disk, and taken in by whatever domain knows their sort. */
export async function dropFiles(lab: LabClient, { files, folders }: Dropped): Promise<void> {
  for (const folder of folders) {
    const read = await readFolder(folder)
    if ('wrong' in read) toast({ status: 'err', text: read.wrong, detail: 'The world is as it was.' })
    else await (await import('./importLive.ts')).importLive(lab, read.files)
  }
  const handlers = (await lab.ask('fileHandlers')) as readonly FileHandler[]
  for (const file of files) {
    if (/\.orrery\.json$/.test(file.name)) {
      await (await import('./importFile.ts')).importFile(lab, file)
      continue
    }
    if (/\.zip$/i.test(file.name)) {
      await dropZip(lab, file)
      continue
    }
    const path = await uploadFile(lab, file, 'canvas')
    if (path === undefined) continue
    const extension = file.name.slice(file.name.lastIndexOf('.') + 1).toLowerCase()
    const known = handlers.filter(({ extensions }) => extensions.includes(extension))
    const text = await file.text()
    const handler = known.find(({ has }) => new RegExp(has, 'm').test(text)) ?? known.find(({ otherwise }) => otherwise)
    useLayout.getState().openDock('terminal')
    if (handler) await runEdit(lab, [handler.line.replace('FILE', path)], { by: 'canvas' })
    else toast({ text: `${file.name} is in your files now; nothing here takes it in by itself.` })
  }
}

async function dropZip(lab: LabClient, file: File): Promise<void> {
  if (file.size > MOST_ZIP) {
    toast({ status: 'err', text: `${file.name} is larger than 5 MB, so it was not taken.` })
    return
  }
  const { readZip } = await import('./liveZip.ts')
  const read = readZip(new Uint8Array(await file.arrayBuffer()))
  if ('wrong' in read) toast({ status: 'err', text: read.wrong, detail: 'The world is as it was.' })
  else await (await import('./importLive.ts')).importLive(lab, read.files)
}

/** Writes a file to the session's disk; undefined, with the reason said, when it is refused. */
export async function uploadFile(lab: LabClient, file: File, by: string): Promise<string | undefined> {
  if (file.size > MOST) {
    toast({ status: 'err', text: `${file.name} is larger than 1 MB, so it was not taken.` })
    return undefined
  }
  const text = await file.text()
  if (text.includes('\u0000') || text.includes('\ufffd')) {
    toast({ status: 'err', text: `${file.name} is not text, so it was not taken.` })
    return undefined
  }
  const path = `/home/learner/${file.name.replace(/[^A-Za-z0-9._-]/g, '-')}`
  await lab.command(writeLine(path, text), 'main', by)
  return path
}
