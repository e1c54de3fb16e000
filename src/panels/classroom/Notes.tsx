import './notes.css'
import { useEffect, useRef, useState } from 'react'
import { Badge, Button, Section, Segmented, useTheme } from '../../ui/index.ts'
import { type Order, openNotes, type WallState } from './channel.ts'
import { letterOf } from './vote.flow.ts'

/** The teacher's own window: what to say, what comes next, the hands, the hidden answer, and what can be broken. Steers the wall beside it. */
export function Notes() {
  useTheme()
  const [state, setState] = useState<WallState | undefined>(undefined)
  const link = useRef<ReturnType<typeof openNotes>>(undefined)
  useEffect(() => {
    document.title = 'Notes · Orrery'
    const notes = openNotes(setState)
    link.current = notes
    return () => notes.close()
  }, [])
  const order = (what: Order) => link.current?.order(what)
  if (!state)
    return (
      <main className="notes waiting">
        <h1>Notes</h1>
        <p className="sub">Press F5 in the workbench of this browser to present; this window then follows it.</p>
      </main>
    )
  return (
    <main className="notes">
      <header>
        <h1>{state.title}</h1>
        <span className="num">{state.playing ? state.time : `held at ${state.time}`}</span>
        <Since />
      </header>
      <nav aria-label="The wall">
        <Button size="lg" onClick={() => order({ do: 'back' })}>
          Back
        </Button>
        <Button size="lg" tone="primary" onClick={() => order({ do: 'next' })}>
          {state.question && state.phase !== 'revealed' ? 'Run it' : 'Next'}
        </Button>
        <Button size="lg" aria-pressed={!state.playing} onClick={() => order({ do: 'freeze' })}>
          {state.playing ? 'Freeze' : 'Let it run'}
        </Button>
        <Button size="lg" aria-pressed={state.blank} onClick={() => order({ do: 'blank' })}>
          {state.blank ? 'Show' : 'Blank'}
        </Button>
        <Button size="lg" aria-pressed={state.laser} onClick={() => order({ do: 'laser' })}>
          Laser
        </Button>
        {state.onScript ? null : (
          <Button size="lg" onClick={() => order({ do: 'return' })}>
            Return to the script
          </Button>
        )}
      </nav>
      <div className="cols">
        <div>
          <Script state={state} />
          <Section level={2} title="On the wall">
            <p className="m-0">{state.question?.ask ?? state.caption}</p>
          </Section>
        </div>
        <div>
          {state.question ? <Votes state={state} order={order} /> : null}
          <Faults state={state} order={order} />
        </div>
      </div>
    </main>
  )
}

function Script({ state: { script, step } }: { state: WallState }) {
  const here = script[step]
  const next = script[step + 1]
  if (!here)
    return (
      <Section level={2} title="No script">
        <p className="sub m-0">This is a world without a lesson. Next and Back step from event to event.</p>
      </Section>
    )
  return (
    <>
      <Section level={2} title={here.title} note={`step ${step + 1} of ${script.length}`}>
        <p className="say">{here.notes}</p>
      </Section>
      <Section level={2} title="Then">
        <p className="m-0 text-muted">{next ? next.title : 'That was the last step.'}</p>
      </Section>
    </>
  )
}

function Votes({ state, order }: { state: WallState; order: (what: Order) => void }) {
  const { question, phase, first, second, truth } = state
  const counting = phase === 'voting' || phase === 'votingAgain'
  const tally = phase === 'votingAgain' ? second : first
  return (
    <Section level={2} title="Hands" note={counting ? 'only you see these' : undefined}>
      <ol className="hands">
        {question?.options.map(({ says }, i) => (
          <li key={says}>
            <b>{letterOf(i)}</b>
            <span>{says}</span>
            <span className="num">
              {first[i] ?? 0}
              {second.some((count) => count > 0) ? `, then ${second[i] ?? 0}` : ''}
            </span>
            {counting ? (
              <>
                <Button
                  aria-label={`One hand less for ${letterOf(i)}`}
                  onClick={() => order({ do: 'count', option: i, by: -1 })}
                >
                  −
                </Button>
                <Button
                  aria-label={`One hand more for ${letterOf(i)}, ${tally[i] ?? 0} so far`}
                  onClick={() => order({ do: 'count', option: i, by: 1 })}
                >
                  +
                </Button>
              </>
            ) : null}
            {truth === i ? <Badge status="ok">true</Badge> : null}
          </li>
        ))}
      </ol>
      <Segmented
        label="Peer instruction"
        value={
          phase === 'discussing' ? 'discuss' : phase === 'votingAgain' ? 'again' : phase === 'voting' ? 'vote' : 'run'
        }
        options={[
          { id: 'vote', label: 'Vote' },
          { id: 'discuss', label: 'Discuss' },
          { id: 'again', label: 'Vote again' },
          { id: 'run', label: 'Run' },
        ]}
        onChange={(id) => {
          if (id !== 'vote') order({ do: id as 'discuss' | 'again' | 'run' })
        }}
      />
    </Section>
  )
}

function Faults({ state, order }: { state: WallState; order: (what: Order) => void }) {
  const { faults } = state
  return (
    <Section level={2} title="Break something" note="the world is live: leave the script and come back">
      {faults.length === 0 ? <p className="sub m-0">There is nothing here that could be broken.</p> : null}
      <div className="faults">
        {faults.map(({ label, line }) => (
          <Button key={label} tone="danger" onClick={() => order({ do: 'fault', line })}>
            {label}
          </Button>
        ))}
      </div>
    </Section>
  )
}

/** How long one has been talking. */
function Since() {
  const [began] = useState(() => Date.now())
  const [now, setNow] = useState(began)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.floor((now - began) / 1000)
  return (
    <span className="num ml-auto" role="timer">
      {`${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`}
    </span>
  )
}
