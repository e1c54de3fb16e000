import type { Save } from '../host/save.ts'
import { readSave } from './saveSchema.ts'

/** A world as one file: `<title>.orrery.json`. */
export interface SaveFile {
  readonly orrery: 1
  readonly title: string
  readonly save: Save
}

/** Largest file that is read, in bytes. */
export const MOST_BYTES = 5_000_000

/** The text of a save's file. */
export function writeSaveFile(title: string, save: Save): string {
  return `${JSON.stringify({ orrery: 1, title, save } satisfies SaveFile, null, 1)}\n`
}

/** Reads a save's file; says in one sentence what is wrong with it otherwise. */
export function readSaveFile(text: string): SaveFile | { readonly wrong: string } {
  if (text.length > MOST_BYTES) return { wrong: 'The file is larger than 5 MB, so it was not read.' }
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch (error) {
    return { wrong: `The file is not JSON: ${error instanceof Error ? error.message : String(error)}` }
  }
  const { orrery, title, save } = (typeof data === 'object' && data !== null ? data : {}) as Partial<SaveFile>
  if (orrery !== 1) return { wrong: 'The file is not one of Orrery, or of a later version.' }
  const read = readSave(save)
  if ('wrong' in read) return { wrong: `The file is damaged: ${read.wrong}.` }
  return { orrery, title: typeof title === 'string' && title !== '' ? title.slice(0, 200) : 'A world', save: read.save }
}
