import { EPOCH, type World } from '../../../kernel/index.ts'
import type { Stride } from '../../../shell/process.ts'
import type { Container } from './container.ts'
import { launchOf, startOf } from './launch.ts'

/** One line that a container wrote, with its virtual time in ms. */
export interface LogLine {
  readonly at: number
  readonly stream: 'stdout' | 'stderr'
  readonly text: string
}

/**
 * What a container wrote in all of its lives since `since` (virtual ms). Written nowhere: the lines of servers follow from how they were
 * started and from the requests in the journal, those of commands from the journal's strides.
 * Models: moby daemon/logger/jsonfilelog
 */
export function logsOf(world: World, container: Container, since = container.createdAt): readonly LogLine[] {
  const lines: LogLine[] = []
  const parts = new Map<string, { text: string; at: number }>()
  const { journal } = world
  const { id } = container
  let startedAt: number | undefined
  for (let i = journal.after(Math.max(since, container.createdAt) - 1); i < journal.length; i++) {
    const event = journal.at(i)
    if (!event) continue
    if (event.to === id) {
      if (event.type === 'Started' || event.type === 'after.backOff') {
        startedAt = event.at
        if (container.runs === 'daemon') lines.push(...opening(world, container, event.at))
      } else if (event.type === 'Requested') {
        for (const text of (event.data as { log?: readonly string[] }).log ?? [])
          lines.push({ at: event.at, stream: 'stdout', text })
      } else if (event.into === 'exited') {
        if (container.runs === 'daemon' && startedAt !== undefined && event.type === 'Exited')
          lines.push(...closing(world, container, startedAt, event.at))
        flush(lines, parts)
      }
    } else if (event.kind === 'shell.Process') {
      const stride = event.data as Partial<Stride> | undefined
      if (stride?.host !== id || !stride.output || (stride.pid !== 1 && !event.to.startsWith(`${id}/`))) continue
      for (const { stream, text } of stride.output) {
        const rows = ((parts.get(stream)?.text ?? '') + text).split('\n')
        parts.set(stream, { text: rows.pop() ?? '', at: event.at })
        for (const row of rows) lines.push({ at: event.at, stream, text: row })
      }
    }
  }
  flush(lines, parts)
  return lines
}

function flush(lines: LogLine[], parts: Map<string, { text: string; at: number }>): void {
  for (const [stream, { text, at }] of parts)
    if (text !== '') lines.push({ at, stream: stream as LogLine['stream'], text })
  parts.clear()
}

/** What a server writes when it starts. */
function opening(world: World, container: Container, at: number): LogLine[] {
  const launch = launchOf(world, container)
  if (!launch?.server) return []
  const { daemon, argv } = launch.server
  const start = startOf(world, container, launch.image, argv)
  const ending = daemon.ends?.(start)
  if (ending && ending.after <= daemon.startMs) return []
  return (daemon.log?.(start, timeText(at)) ?? []).map((text) => ({ at, stream: 'stdout', text }))
}

/** What a server writes when it gives up. */
function closing(world: World, container: Container, startedAt: number, at: number): LogLine[] {
  const launch = launchOf(world, container)
  if (!launch?.server) return []
  const { daemon, argv } = launch.server
  const ending = daemon.ends?.(startOf(world, container, launch.image, argv))
  if (!ending || at - startedAt < ending.after) return []
  return (ending.log ?? []).map((text) => ({ at, stream: ending.exit === 0 ? 'stdout' : 'stderr', text }))
}

function timeText(at: number): string {
  return new Date(EPOCH + at).toISOString().replace(/\.\d+Z$/, 'Z')
}
