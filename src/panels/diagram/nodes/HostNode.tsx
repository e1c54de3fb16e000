import { memo } from 'react'
import { Glyph, Meter } from '../../../ui/index.ts'
import { useThing } from '../scene/context.ts'
import type { DiagramNodeProps } from './nodeData.ts'
import { Remaining } from './Remaining.tsx'
import { Shell } from './Shell.tsx'

/** A machine: name, type, what is asked of it and used; the chips that it runs are drawn over its lower part. */
export const HostNode = memo(function HostNode({ id }: DiagramNodeProps) {
  const thing = useThing(id)
  if (!thing) return null
  const { look } = thing
  return (
    <Shell thing={thing} className="dg-host">
      <div className="dg-head">
        <Glyph status={look.tone} size={13} />
        <b>{look.title}</b>
        {look.note ? <span className="dg-note ml-auto">{look.note}</span> : null}
      </div>
      {look.meters && look.meters.length > 0 ? (
        <div className="dg-meters">
          {look.meters.map(({ label, requested, used, of, text }) => (
            <Meter key={label} label={label} capacity={of} requested={requested} used={used} text={text} />
          ))}
        </div>
      ) : null}
      {look.folded || look.free !== undefined ? (
        <div className="dg-foot">
          {look.folded?.map(({ title, figure, tone }) => (
            <p key={title} className={`dg-folded s-${tone}`}>
              {tone === 'ok' ? null : <Glyph status={tone} size={13} label />}
              <span className="min-w-0 truncate">{title}</span>
              <span className="ml-auto">{figure}</span>
            </p>
          ))}
          {look.free === undefined ? null : <p className="dg-free">{look.free}</p>}
        </div>
      ) : null}
      {look.notes?.map(({ text, tone }) => (
        <div key={text} className={`dg-reason s-${tone}`} title={text}>
          <Glyph status={tone} size={13} />
          <span className="min-w-0 truncate">{text}</span>
        </div>
      ))}
      {look.tone === 'ok' ? null : (
        <div className="dg-reason" title={look.detail}>
          <Glyph status={look.tone} size={13} />
          <span className="min-w-0 truncate">{look.word}</span>
          {look.due === undefined ? null : (
            <span className="ml-auto text-muted">
              <Remaining due={look.due} />
            </span>
          )}
        </div>
      )}
    </Shell>
  )
})
