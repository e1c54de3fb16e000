import { type Flow, flows } from '../../domains/traffic/index.ts'
import type { Entity, Face, Meter, Simulation, Tone } from '../../kernel/index.ts'
import { defineLabView } from '../labView.ts'
import { faced } from './scene.view.ts'

/** How loaded one thing is now. What it has no figure for is absent. */
export interface Load {
  readonly id: string
  readonly title: string
  readonly label: string
  readonly tone: Tone
  readonly word: string
  /** Requests per second that reach it. */
  readonly rate?: number | undefined
  /** Ms within which 95 of 100 are answered, and the share that fails. */
  readonly p95?: number | undefined
  readonly errors?: number | undefined
  /** Demand over capacity; above 1 it cannot follow. */
  readonly busy?: number | undefined
  readonly meters: readonly Meter[]
  /** 0 (idle) to 4 (it cannot follow, or loses requests), and the reason in a few words. */
  readonly heat: 0 | 1 | 2 | 3 | 4
  readonly why: string
}

/** Everything that carries load, at one moment; the worst of it first in `worst`. */
export interface Loads {
  readonly at: number
  readonly things: readonly Load[]
  /** Id of the hottest thing, where anything is warm at all. */
  readonly worst?: string | undefined
}

/** Most things that are told of. */
const MOST = 600

/** Requests, answers and use of everything that has a face and carries some load. */
export const loadsView = defineLabView<null, Loads>({
  name: 'loads',
  reads: ['*', 'time'],
  selectLab({ simulation }) {
    const { world } = simulation
    const flow = flows(world)
    const arriving = arrivalsOf(flow)
    const scored: { readonly load: Load; readonly score: number }[] = []
    for (const [face, entity] of faced(simulation)) {
      if (scored.length >= MOST) break
      const found = loadOf(face, entity, simulation, flow, arriving.get(entity.id))
      if (found) scored.push(found)
    }
    const worst = scored.reduce<(typeof scored)[number] | undefined>(
      (best, one) => (one.load.heat > 0 && (!best || one.score > best.score) ? one : best),
      undefined,
    )
    return { at: world.now, things: scored.map(({ load }) => load), worst: worst?.load.id }
  },
})

interface Arrival {
  rate: number
  p95: number
  failed: number
}

function arrivalsOf({ edges }: Flow): ReadonlyMap<string, Arrival> {
  const arriving = new Map<string, Arrival>()
  for (const { to, rate, p95, errors } of edges) {
    const known = arriving.get(to) ?? { rate: 0, p95: 0, failed: 0 }
    arriving.set(to, { rate: known.rate + rate, p95: Math.max(known.p95, p95), failed: known.failed + rate * errors })
  }
  return arriving
}

function loadOf(
  face: Face,
  entity: Entity,
  { world }: Simulation,
  flow: Flow,
  arrival: Arrival | undefined,
): { readonly load: Load; readonly score: number } | undefined {
  const station = flow.load.get(entity.id)
  if (face.within?.(entity, world) === null || (!arrival && !station && face.shape !== 'host' && face.shape !== 'card'))
    return undefined
  const { title, tone, word, meters = [] } = face.look(entity, world)
  if (!arrival && !station && meters.length === 0) return undefined
  const errors = arrival && arrival.rate > 0 ? arrival.failed / arrival.rate : undefined
  const fullest = meters.reduce<Meter | undefined>(
    (best, one) => (one.of > 0 && (!best || one.used / one.of > best.used / best.of) ? one : best),
    undefined,
  )
  const used = fullest ? fullest.used / fullest.of : 0
  const { heat, why } = heatOf({ busy: station?.utilisation, errors, p95: arrival?.p95, used, of: fullest?.label })
  return {
    load: {
      id: entity.id,
      title,
      label: face.label,
      tone,
      word,
      rate: arrival?.rate,
      p95: arrival?.p95,
      errors,
      busy: station?.utilisation,
      meters,
      heat,
      why,
    },
    // Where it queues is worse than where its failures are only passed on.
    score: (station ? 2 : 0) * heat + Math.max(station?.utilisation ?? 0, used) + (errors ?? 0) + heat / 10,
  }
}

/** What makes something a bottleneck, as a step and in words. */
export function heatOf({
  busy = 0,
  errors = 0,
  p95,
  used,
  of,
}: {
  readonly busy?: number | undefined
  readonly errors?: number | undefined
  readonly p95?: number | undefined
  readonly used: number
  readonly of?: string | undefined
}): Pick<Load, 'heat' | 'why'> {
  const full = Math.max(busy, used)
  const byUse = full >= 0.9 ? 4 : full >= 0.7 ? 3 : full >= 0.5 ? 2 : full >= 0.25 ? 1 : 0
  const byLoss = errors >= 0.05 ? 4 : errors > 0.001 ? 3 : 0
  const parts: string[] = []
  if (busy > 0)
    parts.push(
      `${percent(busy)} of what it can do${busy > 1 ? ', so it cannot follow' : busy > 0.7 ? ', so requests queue' : ''}`,
    )
  else if (used > 0 && of !== undefined) parts.push(`${percent(used)} of its ${of} in use`)
  if (errors > 0.001) parts.push(`${(errors * 100).toFixed(1)}% of its requests fail`)
  if (p95 !== undefined && p95 > 0)
    parts.push(`p95 ${p95 >= 1000 ? `${(p95 / 1000).toFixed(1)} s` : `${Math.round(p95)} ms`}`)
  return { heat: Math.max(byUse, byLoss) as Load['heat'], why: parts.join('; ') }
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`
}
