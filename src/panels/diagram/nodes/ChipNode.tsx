import { memo, useContext, useRef } from 'react'
import type { SceneNode } from '../../../host/views/scene.view.ts'
import { Chip, Pictogram, type Status } from '../../../ui/index.ts'
import { Grip } from '../gesture/Grip.tsx'
import { needsWord } from '../layout/sizes.ts'
import { SceneContext, useThing } from '../scene/context.ts'
import { nameParts } from './nameParts.ts'
import type { DiagramNodeProps } from './nodeData.ts'
import { OpenChip } from './OpenChip.tsx'
import { Remaining } from './Remaining.tsx'
import { Shell } from './Shell.tsx'
import { useFlight } from './useFlight.ts'

/** One of many: a line with spine, glyph, name and figures, or a card with its facts at the deepest level. */
export const ChipNode = memo(function ChipNode({
  id,
  data,
  positionAbsoluteX,
  positionAbsoluteY,
  dragging,
}: DiagramNodeProps) {
  const thing = useThing(id)
  const ref = useRef<HTMLDivElement>(null)
  const store = useContext(SceneContext)
  useFlight(ref, { x: positionAbsoluteX, y: positionAbsoluteY, parent: data.parent, still: dragging || !store.moving })
  if (!thing) return null
  if (data.open) {
    return (
      <Shell thing={thing} className="dg-open" ref={ref}>
        <OpenChip thing={thing} />
        <Grip id={id} kind={thing.kind} />
      </Shell>
    )
  }
  return (
    <Shell thing={thing} className="dg-chip" ref={ref}>
      <ChipLine thing={thing} pictured={data.pictured} />
      <Grip id={id} kind={thing.kind} />
    </Shell>
  )
})

/** Its note, unless its name says it already. */
function told({ note, title }: SceneNode['look']): string | undefined {
  return note !== undefined && !title.startsWith(note) ? note : undefined
}

function ChipLine({ thing: { look, pictogram }, pictured }: { thing: SceneNode; pictured: boolean }) {
  const { owner, tail } = nameParts(look.title)
  const word = needsWord(look) ? look.word : undefined
  return (
    <Chip
      status={look.tone satisfies Status}
      picture={pictured ? <Pictogram name={pictogram} size={13} className="flex-none text-muted" /> : null}
      owner={owner}
      tail={tail}
      revision={look.spine}
      figures={look.figures?.length ? look.figures.join(' · ') : told(look)}
      word={word}
      waits={look.due === undefined ? look.detail : <Remaining due={look.due} short={(word?.length ?? 0) > 11} />}
    />
  )
}
