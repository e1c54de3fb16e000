import { type Branch, type PastEvent, REPLACED, RULE_KIND, replacementOf, type Tone } from '../../kernel/index.ts'
import type { Lab } from '../lab.ts'
import { defineLabView } from '../labView.ts'
import { type MarkSort, markOf, type TimelineMark } from './marks.ts'
import { nameOf, toneOf } from './telling.ts'

/** One of two branches, from where they part. */
export interface Side {
  readonly branch: number
  readonly name: string
  readonly end: number
  readonly events: number
  readonly sorts: { readonly [sort in MarkSort]?: number }
  /** The first line that the other branch does not have, where one was given before anything else differs. */
  readonly line?: string | undefined
  /** What it believes instead of what really holds, by the lines given since they parted. */
  readonly believes: readonly string[]
  /** Marks that the other branch does not have. */
  readonly marks: readonly TimelineMark[]
}

/** Something that stands otherwise on the two branches at the compared moment; absent where it does not exist. */
export interface Difference {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly a?: { readonly state: string; readonly tone?: Tone | undefined } | undefined
  readonly b?: { readonly state: string; readonly tone?: Tone | undefined } | undefined
}

/** Two branches side by side, from where they part to where the shorter one ends. */
export interface Comparison {
  readonly from: number
  readonly to: number
  readonly a: Side
  readonly b: Side
  readonly differences: readonly Difference[]
  /** How many differences were left out. */
  readonly left: number
}

const MOST = 60

/** Compares two branches by what happened on each since they parted. */
export const compareView = defineLabView<{ a: number; b: number }, Comparison>({
  name: 'compare',
  reads: ['journal'],
  selectLab(lab, { a, b }) {
    const [first, second] = [branch(lab, a), branch(lab, b)]
    const from = parting(lab, a, b)
    const to = Math.min(first.end, second.end)
    const pasts = [pastSince(lab, a, from, to), pastSince(lab, b, from, to)] as const
    const marks = pasts.map((past) => past.flatMap((event) => markOf(lab.simulation, event) ?? []))
    const keys = marks.map((list) => new Set(list.map(keyOf)))
    const side = (i: 0 | 1, { id, name, end }: Branch): Side => ({
      branch: id,
      name,
      end,
      events: pasts[i].length,
      sorts: tally(marks[i] ?? []),
      line: ownLine(i === 0 ? first : second, i === 0 ? second : first),
      believes: believed(pasts[i]),
      marks: (marks[i] ?? []).filter((mark) => !keys[1 - i]?.has(keyOf(mark))).slice(0, MOST),
    })
    const all = differences(lab, pasts[0], pasts[1])
    return {
      from,
      to,
      a: side(0, first),
      b: side(1, second),
      differences: all.slice(0, MOST),
      left: Math.max(0, all.length - MOST),
    }
  },
})

function branch({ timeline }: Lab, id: number) {
  return timeline.branches.find((other) => other.id === id) ?? timeline.branch
}

function ownLine({ history }: Branch, other: Branch): string | undefined {
  const at = history.findIndex(({ at, line }, i) => at !== other.history[i]?.at || line !== other.history[i]?.line)
  return history[at]?.line
}

/** What is said of each rule at the end of a stretch, where it is something else than what really holds. */
function believed(past: readonly PastEvent[]): readonly string[] {
  const says = new Map<string, string>()
  for (const { kind, to, into, data } of past) {
    if (kind !== RULE_KIND) continue
    const replacement = into === REPLACED ? replacementOf((data as { replacement: string }).replacement) : undefined
    if (replacement) says.set(to, replacement.says)
    else says.delete(to)
  }
  return [...says.values()]
}

/** The time at which two branches part: the earlier one of those at which they leave the branch that both come from. */
function parting(lab: Lab, a: number, b: number): number {
  const left = new Map<number, number>()
  for (let at: number | undefined = a, time = Number.POSITIVE_INFINITY; at !== undefined; ) {
    left.set(at, time)
    const one = branch(lab, at)
    time = Math.min(time, one.forkedAt)
    at = one.parent
  }
  for (let at: number | undefined = b, time = Number.POSITIVE_INFINITY; at !== undefined; ) {
    const other = left.get(at)
    if (other !== undefined) return Math.min(other, time, branch(lab, at).end)
    const one = branch(lab, at)
    time = Math.min(time, one.forkedAt)
    at = one.parent
  }
  return 0
}

/** What happened on a branch between two times, also where it was still one with its parent. */
function pastSince(lab: Lab, id: number, from: number, to: number): readonly PastEvent[] {
  const { parent, forkedAt } = branch(lab, id)
  const own = lab.timeline.pastOf(id).filter((event) => event.at >= from && event.at <= to)
  if (parent === undefined || forkedAt <= from) return own
  return [...pastSince(lab, parent, from, forkedAt - 1), ...own]
}

function keyOf(mark: TimelineMark): string {
  return `${mark.at} ${mark.sort} ${mark.text}`
}

function tally(marks: readonly TimelineMark[]): Record<string, number> {
  const sorts: Record<string, number> = {}
  for (const { sort } of marks) sorts[sort] = (sorts[sort] ?? 0) + 1
  return sorts
}

function differences({ simulation }: Lab, a: readonly PastEvent[], b: readonly PastEvent[]): readonly Difference[] {
  const [ends, others] = [lastOf(a), lastOf(b)]
  const found: Difference[] = []
  for (const id of new Set([...ends.keys(), ...others.keys()])) {
    const [one, two] = [ends.get(id), others.get(id)]
    const kind = simulation.kind((one ?? two)?.kind ?? '')
    if (!kind?.face) continue
    const states = [one, two].map((event, i) => {
      const state = event?.into ?? (i === 0 ? others : ends).get(id)?.before
      return state === undefined || kind.lifecycle.isFinal(state) ? undefined : { state, tone: toneOf(kind, state) }
    })
    if (states[0]?.state === states[1]?.state) continue
    found.push({ id, name: nameOf(id), kind: kind.face.label, a: states[0], b: states[1] })
  }
  return found
}

/** By entity: the state that it was left in, and the one in which the stretch found it. */
function lastOf(
  past: readonly PastEvent[],
): ReadonlyMap<string, { kind?: string | undefined; into: string; before?: string | undefined }> {
  const last = new Map<string, { kind?: string | undefined; into: string; before?: string | undefined }>()
  for (const event of past) {
    const before = last.get(event.to)
    last.set(event.to, { kind: event.kind, into: event.into, before: before ? before.before : event.from })
  }
  return last
}
