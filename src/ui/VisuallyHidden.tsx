import type { ReactNode } from 'react'

/** Text for a screen reader only: says in words what the eye reads from a shape or a place. */
export function VisuallyHidden({ children }: { children: ReactNode }) {
  return <span className="sr-only">{children}</span>
}
