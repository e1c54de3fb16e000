import Lock from 'lucide-react/icons/lock'
import type { ReactNode } from 'react'

/** One edit that was tried on a fork: the edit, what came of it, and "Try it". What an open gate asks for is locked: dashed, with a padlock,
 *  its outcome not in the page at all. */
export function FixRow({ edit, outcome, locked, action = 'Try it', onTry }: FixRowProps) {
  if (locked) {
    return (
      <div className="fix locked">
        <Lock size={15} strokeWidth={1.6} aria-hidden="true" />
        <span className="min-w-0 flex-1">
          {edit}
          <small>{locked}</small>
        </span>
      </div>
    )
  }
  return (
    <button type="button" className="fix" onClick={onTry}>
      <span className="min-w-0 flex-1">
        {edit}
        {outcome ? <small>{outcome}</small> : null}
      </span>
      <span className="whitespace-nowrap font-strong text-12 text-accent">{action}</span>
    </button>
  )
}

export interface FixRowProps {
  edit: ReactNode
  outcome?: ReactNode
  /** Why it is not shown yet: "shown after you commit your prediction". */
  locked?: string | undefined
  action?: string | undefined
  onTry?: (() => void) | undefined
}
