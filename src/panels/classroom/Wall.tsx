import './classroom.css'
import { useMachine } from '@xstate/react'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { LabClient } from '../../host/client.ts'
import { useLab, useView } from '../../host/react.ts'
import type { Caption, Clock, Fault } from '../../host/views/index.ts'
import { announce, Kbd, Mark } from '../../ui/index.ts'
import { useSelection, useWorld } from '../../workspace/index.ts'
import { clockText } from '../timeline/index.ts'
import { CanvasArea } from '../workbench/CanvasArea.tsx'
import { useClock } from '../workbench/useClock.ts'
import type { Order } from './channel.ts'
import { Laser } from './Laser.tsx'
import { QuestionStrip } from './QuestionStrip.tsx'
import { Spotlight } from './Spotlight.tsx'
import type { ClassScript } from './script.ts'
import { useLit } from './spotlight.ts'
import { useWallChannel } from './useWallChannel.ts'
import { useWallKeys } from './useWallKeys.ts'
import { VoteDial } from './VoteDial.tsx'
import { type ClassQuestion, letterOf, type VotePhase, voteFlow } from './vote.flow.ts'

/** The canvas before a class: light, large, one line or one question below, and a second window that may steer it. */
export function Wall({ script }: { script?: ClassScript | undefined }) {
  const lab = useLab()
  const caption = useView<Caption | null>('captions')
  const faults = useView<readonly Fault[]>('faults')
  const title = useWorld((world) => world.title)
  const playing = useClock((clock) => clock.playing) ?? false
  const time = useClock((clock) => clockText(Math.floor(clock.now / 100) * 100)) ?? ''
  const selected = useSelection((selection) => selection.selected)
  const [vote, send] = useMachine(voteFlow)
  const [step, setStep] = useState(0)
  const [tell, setTell] = useState<string | undefined>(undefined)
  const [onScript, setOnScript] = useState(true)
  const [blank, setBlank] = useState(false)
  const [laser, setLaser] = useState(false)
  const wall = useRef<HTMLDivElement>(null)
  /** Where in time each step began, so that one can go back there whatever was done since. */
  const moments = useRef(new Map<number, { readonly branch: number; readonly at: number }>())
  const phase = vote.value as VotePhase
  const { question, first, second, truth } = vote.context
  const named = question?.options.map(({ thing }) => thing) ?? []
  const lit = useLit(wall, question ? named.filter((thing) => thing !== undefined) : selected)

  const goTo = useCallback(
    async (to: number) => {
      const next = script?.steps[to]
      if (!next) return
      setStep(to)
      setTell(undefined)
      send({ type: 'clear' })
      const known = moments.current.get(to)
      if (known) await lab.switchTo(known.branch, known.at)
      else {
        await next.begin()
        const { branch, now } = (await lab.ask('clock')) as Clock
        moments.current.set(to, { branch, at: now })
      }
      setOnScript(true)
      if (next.question) send({ type: 'ask', question: await withThings(lab, next.question) })
    },
    [lab, script, send],
  )
  const run = useCallback(async () => {
    send({ type: 'run' })
    const came = await script?.steps[step]?.run?.()
    if (!came) return
    setTell(came.tell)
    send({ type: 'reveal', truth: came.truth })
  }, [script, step, send])
  const obey = useCallback(
    (order: Order) => {
      if (order.do === 'count') send({ type: 'count', option: order.option, by: order.by })
      else if (order.do === 'fault') {
        setOnScript(false)
        void lab.command(order.line, 'main', 'fault').then(() => lab.play())
      } else if (order.do === 'next') {
        if (question && phase !== 'revealed') void run()
        else if (script && step + 1 < script.steps.length) void goTo(step + 1)
        else void lab.step(1)
      } else if (order.do === 'back') void (script ? goTo(Math.max(0, step - 1)) : lab.step(-1))
      else if (order.do === 'return') void goTo(step)
      else if (order.do === 'nextEvent') void lab.step(1)
      else if (order.do === 'previousEvent') void lab.step(-1)
      else if (order.do === 'freeze')
        // Two quick presses are two orders: what the page last drew may be one behind.
        void lab.ask('clock').then((clock) => ((clock as Clock).playing ? lab.pause() : lab.play()))
      else if (order.do === 'blank') setBlank((on) => !on)
      else if (order.do === 'laser') setLaser((on) => !on)
      else if (order.do === 'discuss' || order.do === 'again' || order.do === 'clear') send({ type: order.do })
      else if (order.do === 'run') void run()
    },
    [lab, script, step, question, phase, send, goTo, run],
  )
  useWallKeys(obey)
  useWallChannel(obey, {
    title: script?.title ?? title,
    time,
    playing,
    blank,
    laser,
    caption: caption?.text ?? '',
    script: script?.steps.map((one) => ({ title: one.title, notes: one.notes })) ?? [],
    step,
    onScript,
    question,
    phase,
    first,
    second,
    truth,
    faults: faults ?? [],
  })
  useEffect(() => {
    announce('Presenting. Escape leaves.')
  }, [])
  // A script is made anew when a figure in its words is: only another lesson begins at its first step.
  const lesson = script?.title
  const begin = useRef(goTo)
  begin.current = goTo
  useEffect(() => {
    moments.current.clear()
    if (lesson !== undefined) void begin.current(0)
  }, [lesson])
  const hands = (phase === 'votingAgain' ? second : first).reduce((sum, count) => sum + count, 0)
  return (
    <div className="wb-present" data-theme="light" data-laser={laser || undefined}>
      <div ref={wall} className="stage">
        <div className="canvas">
          <CanvasArea embedded />
        </div>
        <Spotlight lit={lit} />
        {lit.map(({ id, x, y }) => {
          const option = named.indexOf(id)
          return option < 0 ? null : (
            <span key={id} className="letter" style={{ translate: `${x - 18}px ${y - 18}px` }}>
              {letterOf(option)}
            </span>
          )
        })}
        <VoteDial phase={phase} hands={hands} />
      </div>
      <header>
        <Mark size={36} />
        <div>
          <h1>{script?.title ?? title}</h1>
          <p className="num">
            {script ? `step ${step + 1} of ${script.steps.length} · ` : ''}
            {playing ? time : `world held at ${time}`}
          </p>
        </div>
      </header>
      <footer>
        {question ? (
          <QuestionStrip question={question} phase={phase} first={first} second={second} truth={truth} />
        ) : (
          <p className="caption">{tell ?? caption?.text ?? 'Nothing has happened yet.'}</p>
        )}
        {question && tell !== undefined ? <p className="tell">{tell}</p> : null}
        <ul aria-label="Keys">
          {keys.map(([key, says]) => (
            <li key={key}>
              <Kbd keys={key} />{' '}
              {key === 'PgDn' && script ? (question && phase !== 'revealed' ? 'run it' : 'next step') : says}
            </li>
          ))}
        </ul>
      </footer>
      {laser ? <Laser /> : null}
      {blank ? (
        <button type="button" className="blank" aria-label="Show the canvas again" onClick={() => setBlank(false)} />
      ) : null}
    </div>
  )
}

/** A question whose things are ids: a lesson names them by patterns, of which the youngest that fits is meant. */
async function withThings(lab: LabClient, { ask, options }: ClassQuestion): Promise<ClassQuestion> {
  const found = options.map(async ({ says, thing }) => {
    const id = thing === undefined ? null : ((await lab.ask('youngest', { id: thing })) as string | null)
    return id === null ? { says } : { says, thing: id }
  })
  return { ask, options: await Promise.all(found) }
}

const keys = [
  ['PgDn', 'next event'],
  ['F', 'freeze'],
  ['B', 'blank'],
  ['L', 'laser'],
  ['N', 'notes window'],
  ['Esc', 'leave'],
] as const
