import { type ProgressData, readProgress } from './progressSchema.ts'
import { MOST_BYTES } from './saveFile.ts'

/** The text of a file that holds all of one's progress: `progress.orrery.json`. */
export function writeProgressFile({ outcomes, lessons }: ProgressData): string {
  return `${JSON.stringify({ orreryProgress: 1, outcomes, lessons }, null, 1)}\n`
}

/** Reads such a file; says in one sentence what is wrong with it otherwise. */
export function readProgressFile(text: string): ProgressData | { readonly wrong: string } {
  if (text.length > MOST_BYTES) return { wrong: 'The file is larger than 5 MB, so it was not read.' }
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch (error) {
    return { wrong: `The file is not JSON: ${error instanceof Error ? error.message : String(error)}` }
  }
  const { orreryProgress, ...rest } = (typeof data === 'object' && data !== null ? data : {}) as Record<string, unknown>
  if (orreryProgress !== 1)
    return { wrong: 'The file does not hold the progress of Orrery, or it is of a later version.' }
  const read = readProgress(rest)
  return 'wrong' in read ? { wrong: `The file is damaged: ${read.wrong}.` } : read
}
