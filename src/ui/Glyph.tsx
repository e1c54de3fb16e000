import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import { type Status, statuses } from './status.ts'

/** A status as a silhouette of its own, 14 px. Give `label` only where no word stands beside it; `true` says the status' word. */
export function Glyph({
  status,
  size = 14,
  label,
  className,
}: {
  status: Status
  size?: number | undefined
  label?: string | true | undefined
  className?: string | undefined
}) {
  const name = label === true ? statuses[status].word : label
  return (
    <svg
      className={classes('ic gl', `s-${status}`, className)}
      width={size}
      height={size}
      data-glyph={statuses[status].glyph}
      role={name ? 'img' : undefined}
      aria-label={name}
      aria-hidden={name ? undefined : true}
    >
      <use href={`#g-${status}`} />
    </svg>
  )
}

/** The six glyphs, drawn on 14 x 14. The octagon's cross is cut in `--glyph-cut`, the colour of what lies behind. */
export const statusGlyphShapes: Readonly<Record<Status, ReactNode>> = {
  ok: (
    <path
      d="M2.6 7.5 5.7 10.5 11.4 3.9"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.9"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  prog: (
    <path
      d="M8.6 2.6A4.7 4.7 0 1 1 2.6 5.4"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.9"
      strokeLinecap="round"
    />
  ),
  warn: (
    <>
      <path d="M7 1.9 12.7 11.9H1.3Z" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" />
      <path d="M7 5.4v3.1" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
      <circle cx="7" cy="10.2" r=".85" fill="currentColor" />
    </>
  ),
  err: (
    <>
      <path d="M4.7 1.2h4.6L12.8 4.7v4.6L9.3 12.8H4.7L1.2 9.3V4.7Z" fill="currentColor" />
      <path d="M5 5l4 4M9 5 5 9" stroke="var(--glyph-cut, var(--panel))" strokeWidth="1.5" strokeLinecap="round" />
    </>
  ),
  pend: (
    <>
      <circle cx="7" cy="7" r="5.3" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path
        d="M7 4v3.2l2.1 1.4"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </>
  ),
  idle: <circle cx="7" cy="7" r="4.8" fill="none" stroke="currentColor" strokeWidth="1.7" strokeDasharray="1.6 2.17" />,
}
