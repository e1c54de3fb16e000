import './ghost.css'
import Eye from 'lucide-react/icons/eye'
import type { ReactNode, Ref } from 'react'
import type { SceneNode } from '../../../host/views/scene.view.ts'
import { classes } from '../../../ui/index.ts'
import { useGhost, useSelection } from '../../../workspace/index.ts'
import { useTarget } from '../gesture/context.ts'

/** The outside of everything on the canvas: its name for a screen reader, its ring when it is selected, hovered here or elsewhere, or a target. */
export function Shell({ thing, className, children, ref }: ShellProps) {
  const selected = useSelection((state) => state.selected.includes(thing.id))
  const hovered = useSelection((state) => state.hovered === thing.id)
  const target = useTarget(thing.id, thing.kind)
  const guessed = useGhost((ghost) => ghost.at === thing.id)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a thing on the canvas is no form field; the canvas is the one tab stop
    <div
      ref={ref}
      id={elementId(thing.id)}
      role="group"
      aria-label={`${thing.label} ${thing.look.title}, ${thing.look.word || thing.look.tone}`}
      className={classes('dg-thing', `s-${thing.look.tone}`, className)}
      data-selected={selected || undefined}
      data-hovered={hovered || undefined}
      data-target={target}
      data-guessed={guessed || undefined}
    >
      {children}
      {guessed ? (
        <span className="dg-ghost">
          <Eye size={12} aria-hidden="true" />
          your prediction
        </span>
      ) : null}
    </div>
  )
}

/** Id of the element that shows a thing. */
export function elementId(id: string): string {
  return `thing-${id}`
}

interface ShellProps {
  thing: SceneNode
  className: string
  children: ReactNode
  ref?: Ref<HTMLDivElement> | undefined
}
