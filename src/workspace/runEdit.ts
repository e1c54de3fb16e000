import type { LabClient } from '../host/client.ts'
import type { FileHandler, Made, Source } from '../host/views/index.ts'
import type { FaceAction } from '../kernel/index.ts'
import { useEdits } from './edits.ts'
import { word, writeLine } from './writeLine.ts'

/** What an edit is about, so that it can be taken back. */
export interface About {
  readonly by: string
  /** Ids of what the lines take away. */
  readonly removes?: readonly string[] | undefined
  /** Ids of what the lines may change. */
  readonly changes?: readonly string[] | undefined
  /** Whether the lines break something on purpose. */
  readonly fault?: boolean | undefined
  /** What it is called, where its lines are too many to speak for themselves. */
  readonly title?: string | undefined
  /** Who is given the lines; `main` when absent. */
  readonly session?: string | undefined
}

/** Gives lines to the world one after another, and remembers how to take them back. */
export async function runEdit(lab: LabClient, lines: readonly string[], about: About): Promise<void> {
  if (lines.length === 0) return
  const { by, removes = [], changes = [], fault, title, session = 'main' } = about
  const [gone, changed, { end }] = await Promise.all([sourcesOf(lab, removes), sourcesOf(lab, changes), endOf(lab)])
  for (const line of lines) await lab.command(line, session, by)
  useEdits.getState().add({ sort: 'command', lines, by, since: end, gone, changed, fault, title })
}

/** Does what a face offers to be done with a thing: its line, given by whatever panel offers it, and remembered so that it can be taken back. */
export function runAction(lab: LabClient, id: string, { line, sort }: FaceAction, by: string): Promise<void> {
  if (sort === 'fault') return runEdit(lab, [line], { by: 'fault', fault: true })
  return runEdit(lab, [line], { by, [sort === 'danger' ? 'removes' : 'changes']: [id] })
}

/** The files of things as they are now. */
export async function sourcesOf(lab: LabClient, ids: readonly string[], copy = false): Promise<readonly Source[]> {
  if (ids.length === 0) return []
  return (await lab.ask('sources', { ids: [...ids], copy })) as readonly Source[]
}

/** The lines that take a text in as a file of the session: written, then given to whoever knows its sort. Undefined when nobody does. */
export function takeInLines(
  path: string,
  text: string,
  handlers: readonly FileHandler[],
): readonly [write: string, take: string] | undefined {
  const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase()
  const handler = handlers.find(
    ({ extensions, has }) => extensions.includes(extension) && new RegExp(has, 'm').test(text),
  )
  return handler && [writeLine(path, text), handler.line.replace('FILE', word(path))]
}

export async function endOf(lab: LabClient): Promise<Made> {
  return (await lab.ask('made', { lines: [], since: Number.MAX_SAFE_INTEGER })) as Made
}
