import type { World } from '../../../kernel/index.ts'
import type { Stride } from '../../../shell/process.ts'
import type { Container, Ended } from './container.ts'
import { launchOf, startOf } from './serving.ts'
import { timeText } from './words.ts'

/** One line that a container wrote, with its virtual time in ms. */
export interface LogLine {
  readonly at: number
  readonly stream: 'stdout' | 'stderr'
  readonly text: string
}

/** One life of a container: when it began and ended, in ms. */
interface Life {
  readonly startedAt: number
  readonly finishedAt: number | undefined
}

/**
 * What a container wrote in its present life (the last one when none is under way), or with `previous` in the one before. Undefined when
 * there is no such life. Written nowhere: the lines of servers follow from how they started and from the requests in the journal, those of
 * commands from the journal's strides. Unlike Kubernetes, requests of probes are not among them.
 * Models: pkg/kubelet/kuberuntime/logs
 */
export function logsOf(world: World, container: Container, previous = false): readonly LogLine[] | undefined {
  const life = lifeOf(container, previous)
  if (!life) return undefined
  const lines = container.runs === 'daemon' ? serverLines(world, container, life) : []
  const parts = new Map<string, string>()
  const { journal } = world
  const prefix = `${container.id}/`
  for (let i = journal.after(life.startedAt - 1); i < journal.length; i++) {
    const event = journal.at(i)
    if (!event || event.at > (life.finishedAt ?? Number.POSITIVE_INFINITY)) break
    if (event.to === container.id && event.type === 'Requested') {
      for (const text of (event.data as { log?: readonly string[] }).log ?? [])
        lines.push({ at: event.at, stream: 'stdout', text })
    } else if (event.kind === 'shell.Process' && event.to.startsWith(prefix)) {
      for (const { stream, text } of (event.data as Partial<Stride> | undefined)?.output ?? []) {
        const whole = (parts.get(stream) ?? '') + text
        const rows = whole.split('\n')
        parts.set(stream, rows.pop() ?? '')
        for (const row of rows) lines.push({ at: event.at, stream, text: row })
      }
    }
  }
  const end = life.finishedAt ?? world.now
  for (const [stream, text] of parts)
    if (text !== '') lines.push({ at: end, stream: stream as LogLine['stream'], text })
  return lines.sort((a, b) => a.at - b.at)
}

function lifeOf(container: Container, previous: boolean): Life | undefined {
  const alive = container.state === 'Running' || container.state === 'Stopping'
  if (previous) return begun(container.last)
  if (alive && container.startedAt !== undefined) return { startedAt: container.startedAt, finishedAt: undefined }
  return begun(container.ended ?? container.last)
}

function begun(ended: Ended | undefined): Life | undefined {
  if (ended?.startedAt === undefined) return undefined
  return { startedAt: ended.startedAt, finishedAt: ended.finishedAt }
}

/** What a server writes when it starts, and when it gives up. */
function serverLines(world: World, container: Container, life: Life): LogLine[] {
  const launch = launchOf(world, container.spec, container.env)
  if (!launch?.server) return []
  const { daemon, argv } = launch.server
  const start = startOf(world, container, launch.image, argv)
  const ending = daemon.ends?.(start)
  const lines: LogLine[] = []
  if (!ending || ending.after > daemon.startMs)
    for (const text of daemon.log?.(start, timeText(life.startedAt)) ?? [])
      lines.push({ at: life.startedAt, stream: 'stdout', text })
  if (ending && life.finishedAt !== undefined && life.finishedAt - life.startedAt >= ending.after)
    for (const text of ending.log ?? [])
      lines.push({ at: life.finishedAt, stream: ending.exit === 0 ? 'stdout' : 'stderr', text })
  return lines
}
