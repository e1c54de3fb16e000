import type { ReactNode } from 'react'

/** A part of a panel under a title, with a muted note at its right ("each tried on a fork"). Sections are divided by
 *  a hairline, and are headings rather than landmarks: a panel holds too many for those. */
export function Section({ title, note, icon, level = 3, children }: SectionProps) {
  const Heading = `h${level}` as const
  return (
    <section className="sec">
      <div className="sec-head">
        {icon}
        <Heading className="sec-title">{title}</Heading>
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
