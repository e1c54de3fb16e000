import { type ReactNode, useId, useState } from 'react'
import type { Status } from './status.ts'

/** The tool's own words, verbatim, with a 3 px edge in the status they announce; our words, if any, follow dimmer in `children`.
 *  A text longer than `limit` characters ends in "all", which opens the rest. */
export function Well({ text, status, label, limit, children }: WellProps) {
  const [open, setOpen] = useState(false)
  const id = useId()
  const long = limit !== undefined && text.length > limit
  const shown =
    long && !open
      ? `${text.slice(0, text.lastIndexOf(' ', limit) > 0 ? text.lastIndexOf(' ', limit) : limit)} … `
      : text
  return (
    // biome-ignore lint/a11y/useSemanticElements: a well is a quotation of a tool inside running panels, not a form's fieldset
    <div className={`well ${status ? `s-${status}` : ''}`} role="group" aria-label={label} id={id}>
      {shown}
      {long ? (
        <button type="button" className="lnk" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
          {open ? ' less' : 'all'}
        </button>
      ) : null}
      {children ? <div className="mt-1 font-ui text-12 text-muted">{children}</div> : null}
    </div>
  )
}

export interface WellProps {
  text: string
  status?: Status | undefined
  /** Whose words they are: "kube-scheduler says". */
  label: string
  limit?: number | undefined
  children?: ReactNode | undefined
}
