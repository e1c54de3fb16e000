import type { SceneNode } from '../../../host/views/scene.view.ts'
import type { Look } from '../../../kernel/index.ts'

/** Measures of the canvas in px at zoom 1; the numbers are the design language's. */
export const SIZES = {
  chip: { w: 198, most: 300, waiting: 176, one: 28, two: 42, gap: 5 },
  /** A chip at the deepest level: a card with its facts. */
  open: { w: 300, head: 48, fact: 20, word: 20, foot: 34, gap: 10 },
  host: { gutter: 14, side: 8, head: 30, meter: 16, free: 18, folded: 28, least: 168, low: 72, gap: 8, step: 30 },
  frame: { side: 10, top: 14, bottom: 10, gap: 12, trunk: 6 },
  part: { h: 58, low: 44, gap: 10 },
  small: 26,
  card: { gap: 20 },
  /** The strip above the boxes in which lines to chips run. */
  channel: 32,
} as const

/** Whether a chip needs its second line: only what is not well gets a word. */
export function needsWord(look: Look): boolean {
  return look.tone !== 'ok' && Boolean(look.word)
}

/** Height of a chip between its neighbours. */
export function chipHeight(look: Look): number {
  return needsWord(look) ? SIZES.chip.two : SIZES.chip.one
}

/** Height of a chip that is opened into a card; `inner` chips (containers) are listed in it. */
export function openHeight(look: Look, inner: number): number {
  const { open, chip } = SIZES
  const facts = look.facts?.length ?? 0
  return (
    open.head +
    (look.detail || look.due !== undefined ? open.word : 0) +
    (facts > 0 ? facts * open.fact + 8 : 0) +
    inner * (chip.two + chip.gap) +
    open.foot
  )
}

/** Size of a card by itself. Widths come in steps, so that a changing figure does not move the row. */
export function cardSize({ look, rank }: SceneNode): { readonly w: number; readonly h: number } {
  if (look.segments) return { w: 240, h: 72 }
  const words = Math.max(textWidth(look.title, 13), textWidth(look.note ?? '', 11), needsWord(look) ? 96 : 0)
  const figures = textWidth(look.figures?.join(' · ') ?? '', 11)
  const w = Math.min(264, Math.max(132, Math.ceil((words + figures + (figures > 0 ? 66 : 60)) / 24) * 24))
  return { w, h: (rank === 0 ? 42 : rank === 1 ? 54 : 46) + (needsWord(look) ? 18 : 0) }
}

/** Width of a part of the mechanism: its wheel and its words. */
export function partWidth({ look }: SceneNode): number {
  return (
    Math.ceil((31 + 9 + 6 + Math.max(textWidth(look.title, 12) * 0.95, textWidth(look.note ?? look.word, 11))) / 12) *
    12
  )
}

/** Room that a text takes, estimated from above: the layout runs without a screen. */
export function textWidth(text: string, size: number): number {
  return text.length * size * 0.55
}
