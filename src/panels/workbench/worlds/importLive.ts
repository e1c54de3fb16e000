import type { LabClient } from '../../../host/client.ts'
import type { ExportedFile, FileHandler } from '../../../host/views/index.ts'
import { toast } from '../../../ui/index.ts'
import { runEdit, useLayout } from '../../../workspace/index.ts'
import { word, writeLine } from '../../../workspace/writeLine.ts'

const SCRIPT = 'up.sh'
const FOLDER = '/home/learner/live'

/**
 * Takes a folder of files in: writes them to the session's disk and runs the folder's own script, or, where it has none, gives each file to
 * whatever domain knows its sort. Paths that lead out of the folder are refused.
 */
export async function importLive(lab: LabClient, given: readonly ExportedFile[]): Promise<boolean> {
  const files = withoutTop(given)
  const odd = files.find(
    ({ path }) => !/^[\w@+.~-][\w@+.~ -]*(\/[\w@+.~-][\w@+.~ -]*)*$/.test(path) || /(^|\/)\.\.(\/|$)/.test(path),
  )
  if (files.length === 0 || odd) {
    toast({
      status: 'err',
      text: odd
        ? `The name ${odd.path} leads elsewhere, so nothing was taken.`
        : 'There are no texts in it, so nothing was taken.',
    })
    return false
  }
  useLayout.getState().openDock('terminal')
  const folders = [...new Set(files.map(({ path }) => folderOf(path)))].sort()
  const lines = [
    `mkdir -p ${folders.map(word).join(' ')}`,
    ...files.map(({ path, text }) => writeLine(`${FOLDER}/${path}`, text)),
  ]
  if (files.some(({ path }) => path === SCRIPT)) lines.push(`(cd ${FOLDER} && sh ${SCRIPT})`)
  else {
    const handlers = (await lab.ask('fileHandlers')) as readonly FileHandler[]
    for (const { path, text } of files) {
      const handler = handlerOf(handlers, path, text)
      if (handler) lines.push(handler.line.replace('FILE', word(`${FOLDER}/${path}`)))
    }
  }
  await runEdit(lab, lines, { by: 'canvas' })
  return true
}

/** Which domain takes a text in: by the end of its name and by what stands in it. */
export function handlerOf(handlers: readonly FileHandler[], path: string, text: string): FileHandler | undefined {
  const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase()
  return handlers.find(({ extensions, has }) => extensions.includes(extension) && new RegExp(has, 'm').test(text))
}

/** Files of a zip stand in a folder of its own, which is left away. */
function withoutTop(files: readonly ExportedFile[]): readonly ExportedFile[] {
  const top = files[0]?.path.split('/')[0]
  if (top === undefined || !files.every(({ path }) => path.startsWith(`${top}/`))) return files
  return files.map(({ path, text }) => ({ path: path.slice(top.length + 1), text }))
}

function folderOf(path: string): string {
  const cut = path.lastIndexOf('/')
  return cut < 0 ? FOLDER : `${FOLDER}/${path.slice(0, cut)}`
}
