import { memo } from 'react'
import type { Fleet } from '../../../host/views/fleet.view.ts'
import { Glyph, type Status } from '../../../ui/index.ts'

/** How many there are in all and how they fare: a list with a bar where there is room, else one line. */
export const FleetTally = memo(function FleetTally({ fleet: { tallies, words, hosts }, wide }: FleetTallyProps) {
  const chips = tallies.reduce((a, b) => a + b, 0)
  const total = (
    <>
      <b className="text-16 font-strong text-text tabular-nums">{chips.toLocaleString('en')}</b>{' '}
      {words[1].toLowerCase()} on {hosts.count.length.toLocaleString('en')} {words[0].toLowerCase()}
    </>
  )
  if (!wide) return <p className="absolute top-4 left-4 m-0 text-12 text-muted">{total}</p>
  return (
    <section className="dg-float top-14 right-3 w-48 rounded-8 px-3 py-2.5" aria-label="How they fare">
      <p className="m-0 text-12 text-muted">{total}</p>
      <div className="my-2 flex h-1.5 gap-px overflow-hidden rounded-2 bg-track" aria-hidden="true">
        {fares.map(([status], i) =>
          tallies[i] ? (
            <i
              key={status}
              style={{ flexGrow: tallies[i], background: status === 'ok' ? 'var(--heat-2)' : `var(--${status})` }}
            />
          ) : null,
        )}
      </div>
      <dl className="m-0 grid gap-1 text-12">
        {fares.map(([status, word], i) => (
          <div key={status} className="flex items-center gap-2">
            <Glyph status={status} size={13} />
            <dt className="text-muted">{word}</dt>
            <dd className="m-0 ml-auto font-medium tabular-nums">{(tallies[i] ?? 0).toLocaleString('en')}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}, sameCounts)

interface FleetTallyProps {
  readonly fleet: Pick<Fleet, 'tallies' | 'words' | 'hosts'>
  readonly wide: boolean
}

function sameCounts({ fleet: a, wide }: FleetTallyProps, { fleet: b, wide: now }: FleetTallyProps): boolean {
  return (
    wide === now &&
    a.hosts.count.length === b.hosts.count.length &&
    a.words.join() === b.words.join() &&
    a.tallies.join() === b.tallies.join()
  )
}

/** Words for many, in the order in which the fleet counts them. */
const fares: readonly (readonly [Status, string])[] = [
  ['ok', 'Ready'],
  ['prog', 'Starting'],
  ['warn', 'Degraded'],
  ['err', 'Failing'],
  ['pend', 'Pending'],
  ['idle', 'Unknown'],
]
