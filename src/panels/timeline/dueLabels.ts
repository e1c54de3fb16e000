/** Something that is due, with its place and, where there is room, its words on one of two lines. */
export interface DueLabel {
  readonly at: number
  readonly to: string
  readonly text: string
  readonly x: number
  /** 0 is the line next to the lane; undefined when the words have no room. */
  readonly line: number | undefined
}

/** About how wide a letter of the strip is, in px. */
const LETTER = 6.1

/** Places what is due in strip coordinates: soonest first, words only where they cover no others and stay in the strip. */
export function dueLabels(
  due: readonly { readonly at: number; readonly to: string; readonly text: string }[],
  x: (at: number) => number,
  width: number,
  /** Where the hand stands, which words must not cover. */
  hand = 0,
): readonly DueLabel[] {
  const free = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]
  let last = Number.NEGATIVE_INFINITY
  const placed: DueLabel[] = []
  for (const { at, to, text } of due) {
    const place = x(at)
    if (place < 0 || place > width || place - last < 9) continue
    last = place
    const half = (text.length * LETTER) / 2
    const line =
      place - half < Math.max(4, hand + 6) || place + half > width - 4
        ? -1
        : free.findIndex((end) => place - half > end + 8)
    if (line >= 0) free[line] = place + half
    placed.push({ at, to, text, x: place, line: line < 0 ? undefined : line })
  }
  return placed
}
