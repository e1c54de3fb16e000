import Pause from 'lucide-react/icons/pause'
import type { ReactNode } from 'react'

/** The frame of a prediction: accent line and tint, "Predict", and the moment at which the world is held. Inside: a ChoiceList, sureness,
 *  one primary button. */
export function Gate({ title = 'Predict', held, children }: GateProps) {
  return (
    <section className="gate" aria-label={held ? `${title}, ${held}` : title}>
      <div className="gate-head">
        <Pause size={13} fill="currentColor" strokeWidth={1} aria-hidden="true" />
        <span>{title}</span>
        {held ? <span className="num ml-auto font-medium">{held}</span> : null}
      </div>
      <div className="p-3 pt-2.5">{children}</div>
    </section>
  )
}

export interface GateProps {
  title?: string | undefined
  /** "world held at 14:02.3" */
  held?: string | undefined
  children: ReactNode
}
