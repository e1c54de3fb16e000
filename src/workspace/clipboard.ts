import type { LabClient } from '../host/client.ts'
import type { FileEntry, FileHandler, Source } from '../host/views/index.ts'
import { batchesOf, type Document, documentsOf, streamOf } from './documents.ts'
import { runEdit, sourcesOf } from './runEdit.ts'
import { word, writeLine } from './writeLine.ts'

/** What was taken in, and what nobody knew what to do with. */
export interface TakenIn {
  readonly taken: number
  readonly rest: readonly Document[]
}

/** The real files of some things as one text for the clipboard, and who has none. */
export async function copied(
  lab: LabClient,
  ids: readonly string[],
): Promise<{ readonly text: string; readonly with: readonly Source[]; readonly without: readonly Source[] }> {
  const sources = await sourcesOf(lab, ids)
  return {
    text: streamOf(sources),
    with: sources.filter(({ file }) => file !== undefined),
    without: sources.filter(({ file }) => file === undefined),
  }
}

/** Takes a text in: every document is written to a file of the session, and given to whoever knows its sort. */
export async function pasted(lab: LabClient, text: string): Promise<TakenIn> {
  return takeIn(lab, documentsOf(text), 'pasted')
}

/** Makes some things once more, under new names; what is copied together refers to each other. */
export async function duplicated(
  lab: LabClient,
  ids: readonly string[],
): Promise<TakenIn & { readonly names: readonly string[]; readonly without: readonly Source[] }> {
  const sources = await sourcesOf(lab, ids, true)
  const files = sources.filter(({ file }) => file !== undefined)
  const done = await takeIn(lab, documentsOf(streamOf(files)), 'copy')
  return {
    ...done,
    names: files.map(({ label, name }) => `${label} ${name}`),
    without: sources.filter(({ file }) => file === undefined),
  }
}

async function takeIn(lab: LabClient, documents: readonly Document[], stem: string): Promise<TakenIn> {
  const [handlers, files] = (await Promise.all([
    lab.ask('fileHandlers'),
    lab.ask('files', { session: 'main', under: HOME }),
  ])) as [readonly FileHandler[], readonly FileEntry[]]
  const { batches, rest } = batchesOf(documents, handlers)
  const taken = new Set(files.map(({ path }) => path))
  const lines: string[] = []
  for (const { language, text, line } of batches) {
    const path = freePath(stem, language, taken)
    taken.add(path)
    lines.push(writeLine(path, text), line.replace('FILE', word(path)))
  }
  await runEdit(lab, lines, { by: 'canvas' })
  return { taken: documents.length - rest.length, rest }
}

const HOME = '/home/learner'

function freePath(stem: string, extension: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n++) {
    const path = `${HOME}/${stem}-${n}.${extension}`
    if (!taken.has(path)) return path
  }
}
