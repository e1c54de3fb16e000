import type { Inspection } from '../../host/views/index.ts'
import { type ChartWay, type Layered, layered } from './layered.ts'
import { hubsOf, ranksOf } from './ranks.ts'

/** How a way stands to the present: the last step, possible now, taken before, or none of these. */
export type WayRole = 'last' | 'now' | 'been' | 'none'

/** What is written on one way: an event type and what it means. */
export interface WayEvent {
  readonly type: string
  readonly description: string
  /** The delay, for a timer. */
  readonly delay?: string | undefined
  readonly times: number
}

/** One way of the drawn machine, with all events that lead along it. */
export interface DrawnWay extends ChartWay {
  readonly role: WayRole
  readonly timer: boolean
  readonly events: readonly WayEvent[]
}

/** A lifecycle as it is drawn for one entity. */
export interface Chart {
  readonly drawing: Layered
  readonly ways: readonly DrawnWay[]
  /** States that can be reached from almost anywhere: ways to them are drawn only from here, or where they were taken. */
  readonly hubs: ReadonlySet<string>
  readonly been: ReadonlySet<string>
  /** How many events' ways are left out. */
  readonly left: number
}

/** Size of a state's box, of the present one's, and of one line on a way, in px. */
export const BOX = 52
export const NOW = { width: 300, height: 104 } as const
const STILL = 76
const MINI = { height: 30, now: 46 } as const
const LINE = 24
/** What a hub's box says. */
export const HUB_WORDS = 'from almost anywhere'
/** A machine of more ways than this is not drawn whole at once. */
const MANY = 16

/**
 * Draws the lifecycle of an entity; `mini` leaves out what is written on the ways, for a narrow panel. In a machine of many ways those that were
 * never taken, do not start here and do not lead one row on are left out too, unless `everything` is asked for.
 */
export function chartOf(inspection: Inspection, mini: boolean, everything = false): Chart {
  const { lifecycle, state, taken, history } = inspection
  const all: { from: string; to: string; event: WayEvent }[] = []
  for (const [from, is] of Object.entries(lifecycle.states)) {
    const add = (type: string, target: string | undefined, description: string, delay?: string) => {
      if (target === undefined) return
      const times = taken[`${from} ${type} ${target}`] ?? 0
      all.push({ from, to: target, event: { type, description, delay, times } })
    }
    for (const [type, { target, description }] of Object.entries(is.on ?? {})) add(type, target, description)
    for (const [delay, { target, description }] of Object.entries(is.after ?? {}))
      add(`after.${delay}`, target, description, delay)
    if (is.type !== 'final')
      for (const [type, { target, description }] of Object.entries(lifecycle.on ?? {})) add(type, target, description)
  }
  const hubs = hubsOf(all, lifecycle.initial)
  const last = history.at(-1)
  const ids = Object.keys(lifecycle.states)
  const finals = new Set(Object.entries(lifecycle.states).flatMap(([id, { type }]) => (type === 'final' ? [id] : [])))
  const rank = ranksOf(ids, all, lifecycle.initial, finals)
  const many = new Set(all.map(({ from, to }) => `${from} ${to}`)).size > MANY
  let left = 0
  const ways = new Map<string, { from: string; to: string; timer: boolean; events: WayEvent[] }>()
  for (const { from, to, event } of all) {
    const rare = hubs.has(to) || (many && (rank.get(to) ?? 0) !== (rank.get(from) ?? 0) + 1)
    if (rare && !everything && from !== state && event.times === 0) {
      left++
      continue
    }
    const timer = event.delay !== undefined
    const id = `${from} ${to}${timer ? ' timer' : ''}`
    const way = ways.get(id)
    if (way) way.events.push(event)
    else ways.set(id, { from, to, timer, events: [event] })
  }
  const drawn = [...ways].map(([id, { from, to, timer, events }]): DrawnWay => {
    const isLast = last?.from === from && last.into === to && events.some(({ type }) => type === last.type)
    const role = isLast ? 'last' : from === state ? 'now' : events.some(({ times }) => times > 0) ? 'been' : 'none'
    const width = Math.max(
      ...events.map(({ type, times }) => labelText(type).length * 6.7 + 18 + (times > 0 || timer ? 34 : 0)),
    )
    return {
      id,
      from,
      to,
      timer,
      events,
      role,
      label: mini ? { width: 8, height: 0 } : { width, height: events.length * LINE },
    }
  })
  const boxes = Object.entries(lifecycle.states).map(([id, { description }]) => ({
    id,
    ...(mini
      ? { width: Math.max(70, id.length * 7.6 + 46), height: id === state ? MINI.now : MINI.height }
      : id === state
        ? { width: NOW.width, height: inspection.timers.length > 0 ? NOW.height : STILL }
        : {
            width: Math.max(
              120,
              id.length * 7.6 + 46,
              (hubs.has(id) ? HUB_WORDS : clauseOf(description)).length * 5.6 + 30,
            ),
            height: BOX,
          }),
  }))
  return {
    drawing: layered(boxes, drawn, rank),
    ways: drawn,
    left,
    hubs,
    been: new Set(history.map(({ into }) => into)),
  }
}

/** An event type as it is written on a way: `after crashBackOff`. */
export function labelText(type: string): string {
  return type.replace(/^after\./, 'after ')
}

/** The first clause of a description where it is short enough for a box, else nothing: text is hidden, not cut. */
export function clauseOf(description: string): string {
  const clause = description.split(/[.,;:]/)[0] ?? ''
  return clause.length > 32 ? '' : clause
}
