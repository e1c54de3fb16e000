import { memo } from 'react'
import { Badge, Pictogram } from '../../../ui/index.ts'
import { useThing } from '../scene/context.ts'
import type { DiagramNodeProps } from './nodeData.ts'
import { Shell } from './Shell.tsx'

/** A place that holds others. Its name is in its border; only the name is taken hold of, what is between things belongs to the canvas. */
export const FrameNode = memo(function FrameNode({ id, data }: DiagramNodeProps) {
  const thing = useThing(id)
  if (!thing) return null
  const { look, pictogram } = thing
  return (
    <Shell
      thing={thing}
      className={data.mechanism ? 'dg-frame mechanism' : data.depth > 0 ? 'dg-frame inner' : 'dg-frame'}
    >
      <span className={data.turned ? 'dg-legend right' : 'dg-legend'} title={thing.label}>
        {data.depth === 0 ? <Pictogram name={pictogram} size={12} /> : null}
        {look.title}
        {look.note ? <span className="dg-note">{look.note}</span> : null}
        {look.tone === 'ok' ? null : (
          <Badge status={look.tone} small>
            {look.word}
          </Badge>
        )}
      </span>
    </Shell>
  )
})
