import { useView } from '../../host/react.ts'
import type { Step } from '../../host/views/index.ts'
import { Glyph, Movement, type MovementPart } from '../../ui/index.ts'
import { shortName } from './shortName.ts'
import { type Show, victims } from './useShow.ts'

/** Lines that the card has room for. */
const MOST = 5

/** What is gone, what is wanted and what is there, and who did what about it: read from the journal, back to the kill. */
export function WhoNotices({ show }: { show: Show }) {
  const { killed, scene, began } = show
  const all = useView<readonly Step[]>('steps', { by: 'fault', most: 60 }) ?? []
  if (!killed) {
    const { length } = victims(scene)
    return (
      <section className="home-live" aria-label="What happens">
        <p className="cap">
          {length === 0 ? 'Winding up…' : `${length} pods answer. All is well.`}
          <br />
          <span className="text-muted">One of them is about to go.</span>
        </p>
      </section>
    )
  }
  const kind = killed.node.id.slice(0, killed.node.id.indexOf('/'))
  const steps = all.filter(({ to, tone }) => to.startsWith(`${kind}/`) && tone !== undefined).slice(0, MOST)
  const actual = victims(scene).filter(({ id }) => id !== killed.node.id).length
  const well = actual >= killed.desired
  return (
    <section className="home-live" aria-label="What happens" aria-live="polite">
      <p className="cap">
        <span className="text-err">{`${shortName(killed.node.look.title)} is gone.`}</span>{' '}
        {`Desired ${killed.desired}, actual ${actual}${well ? ' again' : ''}.`}
        <br />
        {well ? 'Nobody had to be called.' : 'Watch who notices.'}
      </p>
      <ol>
        {steps.map((step, i) => {
          const last = i === steps.length - 1 && !well
          return (
            <li key={step.id}>
              <Movement part={partOf(step)} size={26} label={step.actor.name} beat={1} />
              <span className="min-w-0 truncate">{said(step.text)}</span>
              <span className="tm num">{last ? 'now' : `${((step.at - began) / 1000).toFixed(2)} s`}</span>
              <Glyph status={last ? 'prog' : 'ok'} />
            </li>
          )
        })}
      </ol>
    </section>
  )
}

/** The told sentence without links, up to its colon, names short. */
function said(text: string): string {
  const plain = text.replace(/\[([^\]]*)\]\([^)]*\)/g, (_, name: string) => shortName(name)).replace(/`/g, '')
  return plain.split(/:\s/)[0]?.replace(/\.$/, '') ?? plain
}

/** Which part of the movement did it. */
function partOf({ actor }: Step): MovementPart {
  const found = roles.find(([pattern]) => pattern.test(`${actor.id} ${actor.pictogram}`))
  return found?.[1] ?? 'apiserver'
}

const roles: readonly (readonly [RegExp, MovementPart])[] = [
  [/sched/i, 'scheduler'],
  [/kubelet|node|machine|container/i, 'kubelet'],
  [/controller/i, 'controllers'],
]
