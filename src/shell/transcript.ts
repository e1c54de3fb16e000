import type { Journal } from '../kernel/journal.ts'
import type { Chunk } from './machine/place.ts'
import { isGesture } from './session.ts'

/** One thing that a terminal shows. */
export type TranscriptEntry =
  | {
      readonly is: 'line'
      readonly text: string
      /** `$` for a command, `>` for the rest of one, empty for input to what runs. */
      readonly prompt: '$' | '>' | ''
      /** `canvas` for what was not typed. */
      readonly by?: string | undefined
      readonly at: number
      /** Id of the journaled event. */
      readonly event: number
    }
  | { readonly is: 'interrupt'; readonly at: number; readonly event: number }
  | {
      readonly is: 'output'
      readonly stream: 'stdout' | 'stderr'
      readonly text: string
      readonly process: string
      readonly at: number
      readonly event: number
    }

/** What was typed in a session and what it printed, in order: a projection of the journal from position `from` on. */
export function transcript(journal: Journal, session: string, from = 0): readonly TranscriptEntry[] {
  const entries: TranscriptEntry[] = []
  let partial = false
  for (let position = from; position < journal.length; position++) {
    const event = journal.at(position)
    if (!event) continue
    const { at, id } = event
    if (event.to === session) {
      if (event.type === 'Commanded') {
        const prompt = event.from === 'Busy' && !isGesture(event.by) ? '' : partial ? '>' : '$'
        entries.push({ is: 'line', text: (event.data as { line: string }).line, prompt, by: event.by, at, event: id })
      } else if (event.type === 'Interrupted') {
        entries.push({ is: 'interrupt', at, event: id })
        partial = false
      } else if (event.type === 'Continued') partial = true
      else if (event.type === 'Began' || event.type === 'Refused') partial = false
    }
    const data = event.data as { terminal?: string; output?: readonly Chunk[] } | undefined
    if (data?.terminal !== session || !data.output) continue
    for (const { stream, text } of data.output)
      entries.push({ is: 'output', stream, text, process: event.to, at, event: id })
  }
  return entries
}

/** A transcript as the text on a screen, without what was typed. */
export function outputText(entries: readonly TranscriptEntry[]): string {
  return entries.map((entry) => (entry.is === 'output' ? entry.text : '')).join('')
}
