import type { PastEvent, World } from '../../../kernel/index.ts'
import type { Container } from '../kubelet/container.ts'
import { launchOf, startOf } from '../kubelet/serving.ts'
import { timestamp } from '../object/object.ts'

/** One line that a container wrote, and when (ms since the world began). */
export interface LogLine {
  readonly at: number
  readonly text: string
}

/**
 * What one life of a container wrote, read back from the journal: its main process's output, and what the server in it says at its start
 * and of requests. `back` 0 is the present life, 1 the one before; undefined when there was no such life.
 */
export function containerLog(world: World, container: Container, back = 0): readonly LogLine[] | undefined {
  const lives: { at: number; pieces: { at: number; text: string }[] }[] = []
  const { journal } = world
  for (let i = journal.after(journalStart(world, container) - 1); i < journal.length; i++) {
    const event = journal.at(i) as PastEvent
    if (event.to === container.id) {
      if (event.id < container.born) continue
      if (event.type === 'after.create') lives.push({ at: event.at, pieces: startText(world, container, event.at) })
      else if (event.type === 'CreateFailed') lives.push({ at: event.at, pieces: [] })
      const { log } = (event.data ?? {}) as { log?: readonly string[] }
      if (log && event.type === 'Requested')
        lives.at(-1)?.pieces.push(...log.map((line) => ({ at: event.at, text: `${line}\n` })))
      continue
    }
    const data = event.data as { host?: string; pid?: number; output?: readonly { text: string }[] } | undefined
    if (data?.host !== container.id || data.pid !== 1 || !data.output) continue
    for (const { text } of data.output) lives.at(-1)?.pieces.push({ at: event.at, text })
  }
  const life = lives[lives.length - 1 - back]
  return life && linesOf(life.pieces)
}

function journalStart(_world: World, container: Container): number {
  return Math.min(
    container.since,
    container.startedAt ?? container.since,
    container.last?.startedAt ?? container.since,
    container.ended?.startedAt ?? container.since,
  )
}

function startText(world: World, container: Container, at: number): { at: number; text: string }[] {
  const launch = launchOf(world, container.spec, container.env)
  if (!launch?.server) return []
  const { daemon, argv } = launch.server
  const start = startOf(world, container, launch.image, argv)
  return (daemon.log?.(start, timestamp(at)) ?? []).map((line) => ({ at, text: `${line}\n` }))
}

function linesOf(pieces: readonly { readonly at: number; readonly text: string }[]): readonly LogLine[] {
  const lines: { at: number; text: string }[] = []
  let open = false
  for (const { at, text } of pieces) {
    const parts = text.split('\n')
    for (const [i, part] of parts.entries()) {
      const last = i === parts.length - 1
      if (last && part === '') break
      const line = lines.at(-1)
      if (open && line) line.text += part
      else lines.push({ at, text: part })
      open = last
    }
  }
  return lines
}
