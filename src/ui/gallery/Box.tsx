import type { ReactNode } from 'react'
import { Panel } from '../index.ts'

/** A panel with the frame that the gallery gives it. */
export function Box({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Panel label={label} className="rounded-8 border border-line-strong shadow-1">
      {children}
    </Panel>
  )
}
