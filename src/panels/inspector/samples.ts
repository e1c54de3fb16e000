import type { Look } from '../../kernel/index.ts'

/** One figure of a look: what it is called, its number and how it is written. */
export interface Figure {
  readonly label: string
  readonly value: number
  readonly text: string
  readonly of?: number | undefined
}

/** The figures that a look has now: what its meters use, the rate among its short figures, and how loaded it is. */
export function figuresOf(look: Look | undefined): readonly Figure[] {
  const meters = (look?.meters ?? []).map(({ label, used, of, text }) => ({ label, value: used, of, text }))
  const short = (look?.figures ?? []).flatMap((text): Figure[] => {
    const found = /^(-?\d+(?:\.\d+)?)\/s$/.exec(text)
    return found ? [{ label: 'Requests', value: Number(found[1]), text }] : []
  })
  const heat =
    look?.heat === undefined
      ? []
      : [{ label: 'Load', value: look.heat, of: 1, text: `${Math.round(look.heat * 100)}%` }]
  return [...meters, ...short, ...heat]
}

/** One moment of what was watched. */
export interface Sample {
  readonly at: number
  readonly values: { readonly [label: string]: number }
}

/** Samples kept, and the virtual ms between two of them at least. */
const KEPT = 120
const APART = 1000

/** Adds a moment: a second apart at least, in order of time; going back in time forgets what lay ahead. */
export function addSample(samples: readonly Sample[], at: number, figures: readonly Figure[]): readonly Sample[] {
  const before = samples.filter((sample) => sample.at <= at - APART)
  const values = Object.fromEntries(figures.map(({ label, value }) => [label, value]))
  return [...before.slice(1 - KEPT), { at, values }]
}
