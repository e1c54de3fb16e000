import { memo } from 'react'
import type { SceneNode } from '../../../host/views/scene.view.ts'
import type { Segment } from '../../../kernel/index.ts'
import { Badge, Glyph, Pictogram } from '../../../ui/index.ts'
import { Grip } from '../gesture/Grip.tsx'
import { useThing } from '../scene/context.ts'
import type { DiagramNodeProps } from './nodeData.ts'
import { Shell } from './Shell.tsx'

/** A thing that stands by itself: picture, name and note, or a row of segments when it stands for many. */
export const CardNode = memo(function CardNode({ id }: DiagramNodeProps) {
  const thing = useThing(id)
  if (!thing) return null
  return (
    <Shell thing={thing} className="dg-card">
      {thing.look.segments ? <Many thing={thing} segments={thing.look.segments} /> : <One thing={thing} />}
      <Grip id={id} kind={thing.kind} />
    </Shell>
  )
})

function One({ thing: { look, pictogram } }: { thing: SceneNode }) {
  return (
    <div className="flex h-full items-center gap-[9px] px-2.5">
      <span className="dg-pic">
        <Pictogram name={pictogram} />
      </span>
      <span className="min-w-0">
        <b className="block truncate text-13 leading-[17px] font-strong">{look.title}</b>
        {look.note ? <small className="dg-note block truncate text-11">{look.note}</small> : null}
        {look.tone === 'ok' || !look.word ? null : (
          <small className="flex items-center gap-1 text-11 font-strong text-(--st)" title={look.detail}>
            <Glyph status={look.tone} size={11} />
            {look.word}
          </small>
        )}
      </span>
      {look.figures && look.figures.length > 0 ? (
        <span className="dg-note ml-auto text-11 text-muted">{look.figures.join(' · ')}</span>
      ) : null}
    </div>
  )
}

function Many({ thing: { look, pictogram }, segments }: { thing: SceneNode; segments: readonly Segment[] }) {
  const old = segments.filter(({ fill }) => fill === 'old').length
  const fresh = segments.filter(({ fill }) => fill === 'new' || fill === 'half').length
  const ready = segments.filter(({ fill }) => fill === 'new').length
  return (
    <div className="px-2.5 pt-[7px]">
      <div className="flex h-[19px] items-center gap-[7px] text-13">
        <Pictogram name={pictogram} size={15} className="flex-none text-muted" />
        <b className="max-w-[75%] flex-none truncate font-strong">{look.title}</b>
        {look.note ? <span className="dg-note min-w-0 truncate font-mono text-11">{look.note}</span> : null}
        {look.word ? (
          <span className="ml-auto flex-none">
            <Badge status={look.tone} small>
              {look.word}
            </Badge>
          </span>
        ) : null}
      </div>
      <div className="dg-roll">
        {segments.slice(0, 40).map((segment, i) => (
          <i key={i} className={segment.fill} />
        ))}
      </div>
      <div className="mt-[7px] flex gap-3 text-11 leading-[15px] whitespace-nowrap text-muted">
        {old > 0 ? (
          <span className="dg-note flex items-center gap-1.5">
            <i className="swatch old" />
            {old} old
          </span>
        ) : null}
        {fresh > 0 && (old > 0 || ready < fresh) ? (
          <span className="dg-note flex items-center gap-1.5">
            <i className="swatch new" />
            {old === 0 ? `${ready} ready` : ready < fresh ? `${fresh} new, ${ready} ready` : `${fresh} new`}
          </span>
        ) : null}
        <b className="ml-auto font-medium text-text">{look.figures?.join(' · ')}</b>
      </div>
    </div>
  )
}
