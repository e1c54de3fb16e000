import { draw } from '../../kernel/random.ts'
import { evaluate, type Value, type Values } from './expression.ts'
import type { Head } from './schema.ts'

/** What one item has drawn, and what follows from it. Parts of a thing stand under `name.part`. */
export type Drawn = Values

type Choice = Value | Readonly<Record<string, Value>>

/** The values that a variable may take, the smallest or first one first. */
export function choicesOf(head: Head, name: string): readonly Choice[] {
  const from = head.draw[name]
  if (!from) return []
  if (Array.isArray(from)) return from
  const { from: first, to, step } = from as { from: number; to: number; step: number }
  return Array.from({ length: Math.floor((to - first) / step + 1e-9) + 1 }, (_, i) =>
    Number((first + i * step).toFixed(6)),
  )
}

/** Positions in the lists of choices, by variable: what a draw is made of. */
export type Picks = Readonly<Record<string, number>>

/** Picks for an attempt of a seed. Nothing but the arguments decides. */
export function picksOf(head: Head, seed: number, attempt: number): Picks {
  return Object.fromEntries(
    Object.keys(head.draw).map((name) => [
      name,
      Math.floor(draw(seed, head.id, attempt, name) * choicesOf(head, name).length),
    ]),
  )
}

/** The values of picks; undefined where `where` does not allow them. Throws when an expression cannot be read. */
export function drawnOf(head: Head, picks: Picks): Drawn | undefined {
  const values: Record<string, Value> = {}
  for (const [name, at] of Object.entries(picks)) {
    const choice = choicesOf(head, name)[at]
    if (choice === undefined) continue
    if (typeof choice !== 'object') values[name] = choice
    else for (const [part, value] of Object.entries(choice)) values[`${name}.${part}`] = value
  }
  for (const [name, text] of Object.entries(head.let)) values[name] = evaluate(text, values)
  if (head.where !== undefined && !evaluate(head.where, values)) return undefined
  return values
}

/** A text with `${name}` replaced; names that nothing was drawn for stay as they are. */
export function filled(text: string, drawn: Drawn): string {
  return text.replaceAll(/\$\{([A-Za-z][\w.]*)\}/g, (whole, name: string) =>
    Object.hasOwn(drawn, name) ? String(drawn[name]) : whole,
  )
}

/** All that can be drawn, at most `most`, as evenly spread as they come. */
export function allPicks(head: Head, most: number): readonly Picks[] {
  const names = Object.keys(head.draw)
  const sizes = names.map((name) => choicesOf(head, name).length)
  const total = sizes.reduce((product, size) => product * size, 1)
  const step = Math.max(1, total / most)
  const all: Picks[] = []
  for (let i = 0; i < total && all.length < most; i += step) {
    let rest = Math.floor(i)
    all.push(
      Object.fromEntries(
        names.map((name, k) => {
          const size = sizes[k] ?? 1
          const at = rest % size
          rest = Math.floor(rest / size)
          return [name, at]
        }),
      ),
    )
  }
  return all
}
