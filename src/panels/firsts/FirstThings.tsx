import Check from 'lucide-react/icons/check'
import ChevronUp from 'lucide-react/icons/chevron-up'
import X from 'lucide-react/icons/x'
import { useEffect, useState } from 'react'
import { useView } from '../../host/react.ts'
import type { Firsts } from '../../host/views/index.ts'
import { announce, classes, IconButton } from '../../ui/index.ts'
import { type FirstThing, firstThings, useFirsts } from '../../workspace/index.ts'
import { useClock } from '../workbench/useClock.ts'
import { happened } from './happened.ts'
import { wordsOf } from './wordsOf.ts'

/** A quiet list at the foot of the canvas of small things that make a newcomer able. What really happened ticks them, in whatever order. */
export function FirstThings() {
  const done = useFirsts((firsts) => firsts.done)
  const setAway = useFirsts((firsts) => firsts.setAway)
  const [open, setOpen] = useState(false)
  const seen = useView<Firsts>('firsts')
  useTicks(seen)
  const all = done.length === firstThings.length
  return (
    <section
      aria-label="First things to try"
      className="absolute bottom-3 left-[60px] z-[5] w-max max-w-[min(calc(320px*var(--text-size)),calc(100%-72px))] max-sm:left-3 rounded-8 border border-line-strong bg-panel shadow-2"
    >
      {open ? (
        <ul className="m-0 grid max-h-[44vh] list-none gap-2.5 overflow-y-auto border-line border-b p-3">
          {firstThings.map((thing) => (
            <Line key={thing} done={done.includes(thing)} {...wordsOf(thing, seen)} />
          ))}
        </ul>
      ) : null}
      <div className="flex items-center gap-1 pl-1">
        <button
          type="button"
          aria-expanded={open}
          className="flex min-h-[calc(28px*var(--text-size))] flex-1 items-center gap-2 rounded-6 px-2 text-left text-12 hover:text-accent pointer-coarse:min-h-11"
          onClick={() => setOpen(!open)}
        >
          <ChevronUp size={14} aria-hidden="true" className={open ? 'rotate-180' : undefined} />
          <span className="font-medium">{all ? 'You know your way about' : 'First things to try'}</span>
          <span className="num whitespace-nowrap text-muted">
            {done.length} of {firstThings.length}
          </span>
        </button>
        <IconButton small label="Send the list away" onClick={() => setAway(true)}>
          <X size={14} aria-hidden="true" />
        </IconButton>
      </div>
    </section>
  )
}

function Line({ done, title, how }: { done: boolean; title: string; how: string }) {
  return (
    <li className="flex items-start gap-2.5">
      <span
        className={classes(
          'mt-px grid size-4 flex-none place-items-center rounded-pill border',
          done ? 'border-ok text-ok' : 'border-line-strong',
        )}
      >
        {done ? <Check size={11} strokeWidth={2.5} aria-label="Done" /> : null}
      </span>
      <span className="min-w-0">
        <span className={classes('block text-12', done ? 'text-muted' : 'font-medium')}>{title}</span>
        {done ? null : <span className="micro block">{how}</span>}
      </span>
    </li>
  )
}

/** Ticks what has happened, and says so once. Why is ticked where it is asked. */
function useTicks(seen: Firsts | undefined): void {
  const inPast = useClock((clock) => clock.inPast) ?? false
  useEffect(() => {
    const { done, tick } = useFirsts.getState()
    const fresh = happened(seen, inPast).filter((thing: FirstThing) => !done.includes(thing))
    if (fresh.length === 0) return
    tick(...fresh)
    announce(`Done: ${fresh.map((thing) => wordsOf(thing, seen).title.toLowerCase()).join(', ')}`)
  }, [seen, inPast])
}
