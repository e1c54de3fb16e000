import type { SceneNode } from '../../../host/views/scene.view.ts'
import { Badge, Glyph, Link } from '../../../ui/index.ts'
import { useLayout, useSelection } from '../../../workspace/index.ts'
import { openMenuAt } from '../menu/openMenu.ts'
import { nameParts } from './nameParts.ts'
import { Remaining } from './Remaining.tsx'
import { elementId } from './Shell.tsx'

/** A chip at the deepest level: what is known of it in words. Its containers are drawn between the facts and the foot. */
export function OpenChip({ thing }: { thing: SceneNode }) {
  const { look, id } = thing
  const { tail } = nameParts(look.title)
  return (
    <>
      <div className="flex h-[38px] items-center gap-2 px-3.5">
        <Glyph status={look.tone} />
        <b className="flex min-w-0 font-mono text-12 font-strong" title={look.title}>
          <span className="min-w-0 truncate">{look.title.slice(0, -tail.length)}</span>
          <span className="flex-none">{tail}</span>
        </b>
        <span className="ml-auto flex-none">
          <Badge status={look.tone} small>
            {look.word}
          </Badge>
        </span>
      </div>
      {look.detail || look.due !== undefined ? (
        <p className="flex h-5 items-center gap-2 px-3.5 text-11 text-muted">
          <span className="min-w-0 truncate" title={look.detail}>
            {look.detail}
          </span>
          {look.due === undefined ? null : <Remaining due={look.due} />}
        </p>
      ) : null}
      {look.facts && look.facts.length > 0 ? (
        <dl className="mt-1 px-3.5 text-12">
          {look.facts.map(([key, value]) => (
            <div key={key} className="flex h-5 items-center gap-2">
              <dt className="w-[84px] flex-none truncate text-muted">{key}</dt>
              <dd className="min-w-0 truncate" title={value}>
                {value}
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
      <div className="nodrag absolute inset-x-3.5 bottom-2 flex h-[22px] items-center justify-between text-12">
        <Link
          tabIndex={-1}
          onClick={() => {
            useSelection.getState().select(id)
            useLayout.getState().openInspector('why')
          }}
        >
          Why?
        </Link>
        <Link tabIndex={-1} onClick={() => openMenuAt(document.getElementById(elementId(id)))}>
          What can be done
        </Link>
      </div>
    </>
  )
}
