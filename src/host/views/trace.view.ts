import { clientKind, rateOf, type TrafficClient, traceRequest } from '../../domains/traffic/index.ts'
import type { Simulation, Tone } from '../../kernel/index.ts'
import { defineLabView } from '../labView.ts'
import { calledOf } from './telling.ts'

/** Someone who sends requests. */
export interface Sender {
  readonly id: string
  readonly name: string
  /** Requests per second now. */
  readonly rate: number
}

/** One hop: where it is, and what was decided there. */
export interface TraceHop {
  readonly at: string
  readonly name: string
  /** What sort of thing it is. */
  readonly label: string
  readonly pictogram: string
  /** Ids of the things that may stand for it on the canvas, from itself outwards: which of them is drawn depends on the zoom. */
  readonly places: readonly string[]
  readonly says: string
  /** Ms that it took, and that had passed before it. */
  readonly ms: number
  readonly before: number
}

/** One request from its sender to its answer. */
export interface Trace {
  readonly sender: Sender
  readonly url: string
  readonly hops: readonly TraceHop[]
  readonly tone: Tone
  /** How it ended, in words: `200 after 14 ms`. */
  readonly ended: string
  /** Ms of it that no hop took: on the wires between them. */
  readonly wire: number
}

export interface TracePicture {
  readonly senders: readonly Sender[]
  readonly trace?: Trace | undefined
}

/** Who sends requests, and one request of the sender asked for; `nth` gives others of the same moment. */
export const traceView = defineLabView<{ sender?: string; nth?: number }, TracePicture>({
  name: 'trace',
  reads: ['*', 'time'],
  selectLab({ simulation }, { sender, nth = 0 }) {
    const senders = sendersOf(simulation)
    const chosen = senders.find(({ id }) => id === sender) ?? senders[0]
    return { senders, trace: chosen && follow(simulation, chosen, nth) }
  },
})

function sendersOf(simulation: Simulation): readonly Sender[] {
  const { world } = simulation
  return ([...world.all(clientKind.kind)] as TrafficClient[])
    .map((client) => ({ id: client.id, name: calledOf(simulation, client.id), rate: rateOf(client, world.now) }))
    .sort((a, b) => b.rate - a.rate)
}

function follow(simulation: Simulation, sender: Sender, nth: number): Trace | undefined {
  const traced = traceRequest(simulation.world, sender.id, nth)
  if (!traced) return undefined
  const { url, outcome } = traced
  const start = hopAt(simulation, sender.id, `It sends GET ${url}.`, 0, 0)
  let before = 0
  const hops = traced.hops.map(({ at, says, ms }) => {
    const hop = hopAt(simulation, at, says, Number.isFinite(ms) ? ms : 0, before)
    before += hop.ms
    return hop
  })
  const answered = outcome.is === 'answered' ? outcome.answer.status : undefined
  const time = Number.isFinite(traced.ms) ? ` after ${spell(traced.ms)}` : ''
  return {
    wire: Number.isFinite(traced.ms) ? Math.max(0, traced.ms - before) : 0,
    sender,
    url,
    hops: [start, ...hops],
    tone: answered === undefined || answered >= 500 ? 'err' : answered >= 400 ? 'warn' : 'ok',
    ended: answered === undefined ? `${WORDS[outcome.is] ?? outcome.is}${time}` : `${answered}${time}`,
  }
}

const WORDS: { readonly [outcome: string]: string } = {
  'unknown host': 'Nobody knows the name',
  refused: 'Refused',
  unreachable: 'Out of reach',
  timeout: 'Timed out',
  silent: 'No answer',
}

function spell(ms: number): string {
  return ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms)} ms`
}

function hopAt(simulation: Simulation, at: string, says: string, ms: number, before: number): TraceHop {
  const entity = simulation.world.get(at)
  const face = entity && simulation.kind(entity.kind)?.face
  const places = placesOf(simulation, at)
  const standIn = face ? entity : simulation.world.get(places[0] ?? '')
  const shown = standIn && simulation.kind(standIn.kind)?.face
  return {
    at,
    name: calledOf(simulation, at),
    label: shown?.label ?? 'Outside',
    pictogram: shown?.pictogram ?? 'object',
    places,
    says,
    ms,
    before,
  }
}

/** The faced things that an entity is, belongs to or stands in, from itself outwards. */
function placesOf(simulation: Simulation, id: string): readonly string[] {
  const { world } = simulation
  const seen = new Set<string>()
  const places: string[] = []
  for (let at: string | undefined = id; at !== undefined && !seen.has(at); ) {
    seen.add(at)
    const entity = world.get(at)
    const face = entity && simulation.kind(entity.kind)?.face
    const within = entity && face?.within?.(entity, world)
    if (face && within !== null) places.push(at)
    at = within ?? entity?.owner
  }
  return places
}
