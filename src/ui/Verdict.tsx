import type { ReactNode } from 'react'
import { Glyph } from './Glyph.tsx'
import type { Status } from './status.ts'

/** What a rule said, inside a line or a table cell: glyph and words in the status colour, without a pill. */
export function Verdict({ status, children, wrap }: VerdictProps) {
  return (
    <span className={`verdict s-${status}${wrap ? ' wrap' : ''}`}>
      <Glyph status={status} size={13} label={children === undefined ? true : undefined} />
      {children}
    </span>
  )
}

interface VerdictProps {
  status: Status
  children?: ReactNode | undefined
  /** Long words take more lines instead of more room. */
  wrap?: boolean | undefined
}
