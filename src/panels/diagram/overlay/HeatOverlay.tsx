import X from 'lucide-react/icons/x'
import type { Load, Loads } from '../../../host/views/index.ts'
import { IconButton, Link } from '../../../ui/index.ts'
import { useOverlays, useSelection } from '../../../workspace/index.ts'
import { usePolled } from '../../workbench/usePolled.ts'
import type { Box } from '../layout/box.ts'
import { Sheet } from './Sheet.tsx'

/** How many of the hottest are named. */
const NAMED = 3
const STEPS = [0, 1, 2, 3, 4] as const

/** Shades everything by how loaded it is, in five steps of one hue, and names the worst of it with the reason. */
export function HeatOverlay({ boxes, reveal }: { boxes: ReadonlyMap<string, Box>; reveal: (id: string) => void }) {
  const loads = usePolled<Loads>('loads', null, 400)
  const things = loads?.things ?? []
  const worst = things.find(({ id }) => id === loads?.worst)
  const others = things
    .filter(({ id, heat }) => heat >= 3 && id !== worst?.id)
    .sort((a, b) => b.heat - a.heat)
    .slice(0, NAMED - 1)
  return (
    <>
      <Sheet>
        {things.map(({ id, heat }) => {
          const box = boxes.get(id)
          if (!box) return null
          return (
            <i
              key={id}
              className="absolute rounded-8"
              data-heat={heat}
              style={{
                left: box.x,
                top: box.y,
                width: box.w,
                height: box.h,
                background: `color-mix(in srgb, var(--heat-${heat}) ${18 + heat * 7}%, transparent)`,
                boxShadow: `inset 0 0 0 ${id === worst?.id ? 4 : 2}px var(--heat-${heat})`,
              }}
            />
          )
        })}
      </Sheet>
      <section className="dg-float bottom-3 left-16 w-80 rounded-8 px-3 py-2.5" aria-label="Bottlenecks">
        <div className="flex items-center gap-2">
          <b className="font-strong text-13">Where it queues</b>
          <span className="ml-auto flex items-center gap-1 text-11 text-muted">
            idle
            {STEPS.map((step) => (
              <i
                key={step}
                className="size-3 rounded-2 border border-line-strong"
                style={{ background: `var(--heat-${step})` }}
                aria-hidden="true"
              />
            ))}
            full
          </span>
          <IconButton small label="Hide heat" side="left" onClick={() => useOverlays.getState().setHeat(false)}>
            <X size={14} aria-hidden="true" />
          </IconButton>
        </div>
        {worst ? (
          <>
            <p className="m-0 mt-1.5 text-12" role="status">
              Worst: <Named load={worst} reveal={reveal} />
            </p>
            {others.length > 0 ? (
              <ul className="m-0 mt-1 grid list-none gap-0.5 p-0 text-12 text-muted">
                {others.map((load) => (
                  <li key={load.id}>
                    <Named load={load} reveal={reveal} />
                  </li>
                ))}
              </ul>
            ) : null}
          </>
        ) : (
          <p className="m-0 mt-1.5 text-12 text-muted" role="status">
            {things.length === 0 ? 'Nothing carries load yet. Send some requests.' : 'Nothing is short of anything.'}
          </p>
        )}
      </section>
    </>
  )
}

function Named({ load: { id, title, label, why }, reveal }: { load: Load; reveal: (id: string) => void }) {
  return (
    <>
      {label}{' '}
      <Link
        mono
        onClick={() => {
          useSelection.getState().select(id)
          reveal(id)
        }}
      >
        {title}
      </Link>
      {why === '' ? '' : `: ${why}`}
    </>
  )
}
