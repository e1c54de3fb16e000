import { type ReactNode, useId } from 'react'

/** A part of a panel under a title, with a muted note at its right ("each tried on a fork"). Sections are divided by a hairline. */
export function Section({ title, note, icon, level = 3, children }: SectionProps) {
  const id = useId()
  const Heading = `h${level}` as const
  return (
    <section className="sec" aria-labelledby={id}>
      <div className="sec-head">
        {icon}
        <Heading className="sec-title" id={id}>
          {title}
        </Heading>
        {note ? <span className="sub ml-auto">{note}</span> : null}
      </div>
      {children}
    </section>
  )
}

export interface SectionProps {
  title: ReactNode
  note?: ReactNode | undefined
  icon?: ReactNode | undefined
  level?: 2 | 3 | 4 | undefined
  children: ReactNode
}
