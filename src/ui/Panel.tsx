import type { ReactNode } from 'react'
import { classes } from './classes.ts'

/** A column of the frame: a landmark with a name, sections inside. `edge` is the side that borders on the canvas. */
export function Panel({ label, edge, className, children }: PanelProps) {
  return (
    <section
      aria-label={label}
      className={classes('flex min-h-0 min-w-0 flex-col overflow-hidden bg-panel', edge && edges[edge], className)}
    >
      {children}
    </section>
  )
}

export interface PanelProps {
  label: string
  edge?: 'left' | 'right' | 'top' | 'bottom' | undefined
  className?: string | undefined
  children: ReactNode
}

const edges = {
  left: 'border-l border-line',
  right: 'border-r border-line',
  top: 'border-t border-line',
  bottom: 'border-b border-line',
} as const
