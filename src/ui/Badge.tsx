import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import { Glyph } from './Glyph.tsx'
import { type Status, statuses } from './status.ts'

/** A status as a pill: glyph, border style and word. Without children it says the status' own word, so it can never be colour alone. */
export function Badge({
  status,
  small,
  children,
}: {
  status: Status
  small?: boolean | undefined
  children?: ReactNode | undefined
}) {
  return (
    <span className={classes('badge', `s-${status}`, small && 'sm')}>
      <Glyph status={status} size={small ? 12 : 14} />
      <span>{children ?? statuses[status].word}</span>
    </span>
  )
}
