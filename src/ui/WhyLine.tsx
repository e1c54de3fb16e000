import type { ReactNode } from 'react'
import { VisuallyHidden } from './VisuallyHidden.tsx'

/** The chain of causes, latest first: an ordered list whose thread the eye follows down to the root. */
export function WhyChain({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ol className="why" aria-label={label}>
      {children}
    </ol>
  )
}

/** One cause on the thread: at most two lines, nouns as links, the world's time muted at its end. The root, a command or a fault,
 *  is a brass ring with a full centre and is also said to be the start. */
export function WhyLine({ time, root, children }: WhyLineProps) {
  return (
    <li className={root ? 'root' : undefined}>
      <i className="jewel" aria-hidden="true" />
      {root ? <VisuallyHidden>It began here: </VisuallyHidden> : null}
      <span>{children}</span> {time ? <span className="tm">{time}</span> : null}
    </li>
  )
}

export interface WhyLineProps {
  time?: string | undefined
  root?: 'command' | 'fault' | undefined
  children: ReactNode
}
