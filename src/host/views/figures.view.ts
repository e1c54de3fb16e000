import type { Lab } from '../lab.ts'
import { defineLabView } from '../labView.ts'
import { faced } from './scene.view.ts'

/** How one course of events fares at a moment, as those outside have it. */
export interface Figures {
  readonly at: number
  /** Requests per second that clients send. */
  readonly requests: number
  /** Share of them that fails, 0 to 1; absent while nobody sends any. */
  readonly errors?: number | undefined
  /** Slowest of the clients' 95th percentiles, in ms. */
  readonly p95?: number | undefined
}

/** Figures of two branches at the same moments, and how many things of each sort there are at the last of them: what they cost. */
export interface FigurePair {
  readonly a: readonly Figures[]
  readonly b: readonly Figures[]
  readonly counts: readonly { readonly label: string; readonly a: number; readonly b: number }[]
}

/** Moments that are looked at between the beginning and the end of a stretch. */
const MOMENTS = 12

/** Runs both branches through a stretch of time, reads how they fare, and comes back to where the world stood. To be asked, not looked at: it is dear. */
export const figuresView = defineLabView<{ a: number; b: number; from: number; to: number }, FigurePair>({
  name: 'figures',
  reads: ['journal'],
  selectLab(lab, { a, b, from, to }) {
    const { timeline } = lab
    const [branch, now] = [timeline.branch.id, timeline.now]
    try {
      const one = course(lab, a, from, to)
      const two = course(lab, b, from, to)
      const labels = [...new Set([...one.counts.keys(), ...two.counts.keys()])].sort()
      const counts = labels.map((label) => ({
        label,
        a: one.counts.get(label) ?? 0,
        b: two.counts.get(label) ?? 0,
      }))
      return { a: one.figures, b: two.figures, counts: counts.filter((row) => row.a !== row.b) }
    } finally {
      timeline.switchTo(branch, now)
    }
  },
})

function course({ timeline, simulation }: Lab, branch: number, from: number, to: number) {
  const figures: Figures[] = []
  for (let i = 0; i <= MOMENTS; i++) {
    const at = Math.round(from + ((to - from) * i) / MOMENTS)
    timeline.switchTo(branch, at)
    figures.push(figuresOf({ simulation, at }))
  }
  const counts = new Map<string, number>()
  for (const [face] of faced(simulation))
    if (face.shape !== 'part') counts.set(face.plural, (counts.get(face.plural) ?? 0) + 1)
  return { figures, counts }
}

/** What leaves those that nobody sends to: further hops would count a request twice. */
function figuresOf({ simulation, at }: { readonly simulation: Lab['simulation']; readonly at: number }): Figures {
  const sent = new Map<string, { rate: number; errors: number; p95: number }[]>()
  const reached = new Set<string>()
  for (const [face, entity] of faced(simulation))
    for (const { kind, to, rate = 0, errors = 0, p95 = 0 } of face.links?.(entity, simulation.world) ?? []) {
      if (kind !== 'traffic' || rate <= 0) continue
      reached.add(to)
      sent.set(entity.id, [...(sent.get(entity.id) ?? []), { rate, errors, p95 }])
    }
  const first = [...sent].filter(([id]) => !reached.has(id)).flatMap(([, links]) => links)
  const requests = first.reduce((sum, { rate }) => sum + rate, 0)
  if (requests === 0) return { at, requests }
  return {
    at,
    requests,
    errors: first.reduce((sum, { rate, errors }) => sum + rate * errors, 0) / requests,
    p95: Math.max(...first.map(({ p95 }) => p95)),
  }
}
