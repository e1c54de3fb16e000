/** How a thing fares. Six words for the whole product; every domain's own states map onto one of them. */
export type Status = 'ok' | 'prog' | 'warn' | 'err' | 'pend' | 'idle'

/** What makes a status readable without colour: a glyph of its own, a border of its own and a word. */
export interface StatusLook {
  readonly glyph: 'check' | 'arc' | 'triangle' | 'octagon' | 'clock' | 'ring'
  readonly border: 'solid' | 'double' | 'thick' | 'dashed' | 'dotted'
  /** Said when the caller has no better word, and read out beside a glyph that stands alone. */
  readonly word: string
}

/** The six statuses in order of calm. The colours live in tokens.css under the same names. */
export const statuses: Readonly<Record<Status, StatusLook>> = {
  ok: { glyph: 'check', border: 'solid', word: 'Ready' },
  prog: { glyph: 'arc', border: 'solid', word: 'In progress' },
  warn: { glyph: 'triangle', border: 'double', word: 'Warning' },
  err: { glyph: 'octagon', border: 'thick', word: 'Failed' },
  pend: { glyph: 'clock', border: 'dashed', word: 'Pending' },
  idle: { glyph: 'ring', border: 'dotted', word: 'Unknown' },
}
