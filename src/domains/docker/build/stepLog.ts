import type { World } from '../../../kernel/index.ts'
import type { Stride } from '../../../shell/process.ts'

/** One line that a step wrote; `after` is ms since it began. */
export interface StepLine {
  readonly after: number
  readonly text: string
}

/** What the command of a step wrote, out of the journal from a virtual time on. */
export function stepLog(world: World, step: string, since: number): readonly StepLine[] {
  const lines: StepLine[] = []
  const { journal } = world
  let rest = ''
  let at = since
  for (let i = journal.after(since - 1); i < journal.length; i++) {
    const event = journal.at(i)
    if (event?.kind !== 'shell.Process') continue
    const stride = event.data as Partial<Stride> | undefined
    if (stride?.host !== step || !stride.output) continue
    for (const { text } of stride.output) {
      const rows = (rest + text).split('\n')
      rest = rows.pop() ?? ''
      at = event.at
      for (const row of rows) lines.push({ after: at - since, text: row })
    }
  }
  if (rest !== '') lines.push({ after: at - since, text: rest })
  return lines
}
