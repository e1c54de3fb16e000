import type { Journal, PastEvent, World } from '../../../kernel/index.ts'
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
 * and of requests. `back` 0 is the present life, 1 the one before; undefined when there was no such life. What was read before is
 * remembered, since those who follow ask again at every line.
 */
export function containerLog(world: World, container: Container, back = 0): readonly LogLine[] | undefined {
  const { journal } = world
  let read = readings.get(journal)?.get(container.id)
  if (read?.born !== container.born || journal.at(read.to - 1) !== read.last) {
    read = { born: container.born, to: journal.after(journalStart(container) - 1), last: undefined, lives: [] }
    readings.set(journal, (readings.get(journal) ?? new Map()).set(container.id, read))
  }
  for (; read.to < journal.length; read.to++) readEvent(world, container, read.lives, journal.at(read.to) as PastEvent)
  read.last = journal.at(read.to - 1)
  const life = read.lives[read.lives.length - 1 - back]
  return life?.lines
}

/** The lines of one life so far, and whether the last of them goes on. */
interface Life {
  readonly lines: { at: number; text: string }[]
  open: boolean
}

/** How far the journal has been read for a container: up to (not with) a position, `last` being the event before it. */
interface Reading {
  readonly born: number
  to: number
  last: PastEvent | undefined
  readonly lives: Life[]
}

const readings = new WeakMap<Journal, Map<string, Reading>>()

function readEvent(world: World, container: Container, lives: Life[], event: PastEvent): void {
  if (event.to === container.id) {
    if (event.id < container.born) return
    if (event.type === 'after.create') lives.push(startLife(world, container, event.at))
    else if (event.type === 'CreateFailed') lives.push({ lines: [], open: false })
    if (event.type !== 'Requested') return
    for (const line of (event.data as { log?: readonly string[] } | undefined)?.log ?? [])
      write(lives.at(-1), event.at, `${line}\n`)
    return
  }
  if (event.kind !== 'shell.Process') return
  const data = event.data as { host?: string; pid?: number; output?: readonly { text: string }[] } | undefined
  if (data?.host !== container.id || data.pid !== 1 || !data.output) return
  for (const { text } of data.output) write(lives.at(-1), event.at, text)
}

function journalStart(container: Container): number {
  return Math.min(
    container.since,
    container.startedAt ?? container.since,
    container.last?.startedAt ?? container.since,
    container.ended?.startedAt ?? container.since,
  )
}

function startLife(world: World, container: Container, at: number): Life {
  const life: Life = { lines: [], open: false }
  const launch = launchOf(world, container.spec, container.env)
  if (!launch?.server) return life
  const { daemon, argv } = launch.server
  const start = startOf(world, container, launch.image, argv)
  for (const line of daemon.log?.(start, timestamp(at)) ?? []) write(life, at, `${line}\n`)
  return life
}

function write(life: Life | undefined, at: number, text: string): void {
  if (!life) return
  const parts = text.split('\n')
  for (const [i, part] of parts.entries()) {
    const last = i === parts.length - 1
    if (last && part === '') break
    const line = life.lines.at(-1)
    if (life.open && line) line.text += part
    else life.lines.push({ at, text: part })
    life.open = last
  }
}
