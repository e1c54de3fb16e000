import type { FleetThing } from '../../../host/views/fleet.view.ts'
import { Glyph, Kbd } from '../../../ui/index.ts'

/** What is pointed at, beside its tile and never over it. */
export function FleetPop({ thing: { look, label }, at, room }: FleetPopProps) {
  const wide = 236
  const x = at.x + at.w + 12 + wide < room.w ? at.x + at.w + 12 : Math.max(8, at.x - wide - 12)
  return (
    <div
      className="dg-float pointer-events-none left-0 top-0 rounded-8 bg-raised p-3 text-12"
      style={{ width: wide, transform: `translate(${x}px, ${Math.max(8, Math.min(at.y, room.h - 130))}px)` }}
    >
      <p className="flex items-center gap-2">
        <Glyph status={look.tone} />
        <b className="min-w-0 truncate font-mono font-strong">{look.title}</b>
        <span className={`s-${look.tone} ml-auto flex-none font-strong text-(--st)`}>{look.word}</span>
      </p>
      <p className="mt-1 text-muted">{[label, look.note, ...(look.figures ?? [])].filter(Boolean).join(' · ')}</p>
      {look.detail ? <p className="mt-1.5">{look.detail}</p> : null}
      <p className="mt-2 flex items-center justify-end gap-1.5 text-11 text-muted">
        <Kbd keys="Enter" decorative /> dives in
      </p>
    </div>
  )
}

interface FleetPopProps {
  readonly thing: FleetThing
  /** Its tile on the screen, px. */
  readonly at: { readonly x: number; readonly y: number; readonly w: number }
  readonly room: { readonly w: number; readonly h: number }
}
