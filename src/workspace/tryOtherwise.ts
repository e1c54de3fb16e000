import type { LabClient } from '../host/client.ts'
import type { Clock } from '../host/views/index.ts'
import { useDialogs } from './dialogs.ts'

/** A line of a branch's history. */
interface Given {
  readonly at: number
  readonly line: string
  readonly session?: string | undefined
  readonly by?: string | undefined
}

/** One thing that is to be otherwise from a moment of the past on. */
export interface Otherwise {
  readonly line: string
  /** When it is given, or when to begin where it has to do with a line of the history. */
  readonly at: number
  /** The line in whose place it is given, or right behind which. */
  readonly insteadOf?: Given | undefined
  readonly behind?: Given | undefined
}

/** Least virtual ms that both courses run on after the moment, so that there is something to compare. */
const SPAN = 30_000

/**
 * Runs a branch on which one thing is otherwise, as far as the world itself has run and with every line that was given there since, then shows
 * both side by side. Two runs of one seed: whatever differs follows from that one thing.
 */
export async function tryOtherwise(lab: LabClient, { line, at, insteadOf, behind }: Otherwise): Promise<void> {
  await lab.pause()
  const { branch, end } = (await lab.ask('clock')) as Clock
  const until = Math.max(end, at + SPAN)
  if (end < until) await lab.seek(until)
  const history = (await lab.ask('history', { after: at })) as readonly Given[]
  const about = insteadOf ?? behind
  const own = { line, session: 'main', by: 'timeline' }
  await lab.seek(at)
  if (!about) await lab.command(own.line, own.session, own.by)
  for (const given of history) {
    const isThat = about?.at === given.at && about.line === given.line
    await lab.seek(given.at)
    if (!(isThat && insteadOf)) await lab.command(given.line, given.session, given.by)
    if (isThat) await lab.command(own.line, given.session, given.by)
  }
  await lab.seek(until)
  const { branch: made } = (await lab.ask('clock')) as Clock
  useDialogs.getState().compare({ other: branch, shown: made })
}
