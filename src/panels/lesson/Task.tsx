import Star from 'lucide-react/icons/star'
import { useEffect, useRef, useState } from 'react'
import { useLab, useView } from '../../host/react.ts'
import type { TaskPicture } from '../../host/views/index.ts'
import type { Json } from '../../kernel/index.ts'
import type { Facts } from '../../teaching/lesson/figures.ts'
import { askedOf } from '../../teaching/lesson/lesson.ts'
import type { TaskBlock } from '../../teaching/lesson/schema.ts'
import { announce, Button, Glyph, type Status, Verdict } from '../../ui/index.ts'
import { clockText } from '../timeline/index.ts'
import { goBack } from './moves.ts'
import { Says } from './Prose.tsx'

/** A task: its goals with live ticks, hints, stars, and what it means to have lost. */
export function Task({
  task,
  facts,
  began,
  phase,
  onWon,
  onLost,
  onAgain,
  onNext,
}: {
  task: TaskBlock
  facts: Facts
  began: { readonly position: number; readonly at: number }
  phase: 'tasking' | 'won' | 'lost'
  onWon: (stars: number) => void
  onLost: () => void
  onAgain: () => void
  onNext: () => void
}) {
  const lab = useLab()
  const params = { task: askedOf(task), began } as unknown as Json
  const picture = useView<TaskPicture>('goals', params)
  const [asked, setAsked] = useState(0)
  const told = useRef<string>('')
  useEffect(() => {
    if (!picture) return
    if (picture.state === 'won' && phase === 'tasking') onWon(picture.stars.filter(({ open }) => open).length)
    if (picture.state === 'lost' && phase === 'tasking') onLost()
    if (picture.state === 'open' && phase === 'lost') onAgain()
    const news = picture.goals
      .map(({ state }, i) => (state === 'met' ? task.goals[i]?.says : undefined))
      .filter(Boolean)
      .join('. ')
    if (news !== told.current && news !== '') announce(`Reached: ${news}`)
    told.current = news
  }, [picture, phase, onWon, onLost, onAgain, task])
  const onDemand = task.hints.filter(({ when }) => !when)
  const reactive = task.hints.filter((hint, i) => hint.when && picture?.hints[i] != null)
  return (
    <section aria-label="Task" className="lesson-task">
      <p className="ask">
        <Says text={task.says} facts={facts} />
      </p>
      <ul aria-label="Goals">
        {task.goals.map((goal, i) => {
          const state = picture?.goals[i]?.state ?? 'open'
          const [status, word] = LOOKS[state]
          return (
            <li key={goal.says} data-state={state}>
              <Glyph status={status} size={15} />
              <span>
                <Says text={goal.says} facts={facts} />
                <small>{word}</small>
              </span>
            </li>
          )
        })}
      </ul>
      {task.stars.length > 0 ? (
        <ul aria-label="Stars" className="stars">
          {task.stars.map((star, i) => {
            const open = picture?.stars[i]?.open ?? true
            return (
              <li key={star.says} data-open={open || undefined}>
                <Star size={14} aria-hidden="true" fill={open && phase === 'won' ? 'currentColor' : 'none'} />
                <span>
                  <Says text={star.says} facts={facts} />
                  <small>
                    {phase === 'won' ? (open ? 'earned' : 'missed') : open ? 'still open' : 'gone this time'}
                  </small>
                </span>
              </li>
            )
          })}
        </ul>
      ) : null}
      {phase === 'lost' && picture ? (
        <div className="lesson-lost" role="alert">
          <Verdict status="err" wrap>
            You can no longer win, because {because(picture, task)}.
          </Verdict>
          <div className="mt-3 flex flex-wrap gap-2">
            <Button
              tone="primary"
              onClick={() =>
                void goBack(
                  lab,
                  Math.max(began.at, (picture.at ?? began.at) - BEFORE),
                  'back to before it was lost',
                ).then(onAgain)
              }
            >
              Go back to before it
            </Button>
            <Button onClick={() => void goBack(lab, began.at, 'the task begins again').then(onAgain)}>
              Start again
            </Button>
          </div>
        </div>
      ) : null}
      {phase === 'won' ? (
        <div className="lesson-reveal" role="status">
          <Verdict status="ok" wrap>
            {`Done${picture?.at === undefined ? '' : ` at ${clockText(picture.at)}`}. Any way that leads there counts.`}
          </Verdict>
          <Button tone="primary" className="mt-3 w-full" onClick={onNext} autoFocus>
            Go on
          </Button>
        </div>
      ) : null}
      {[...reactive, ...onDemand.slice(0, asked)].map((hint) => (
        <p key={hint.says} className="lesson-hint" role="status">
          <Says text={hint.says} facts={facts} />
        </p>
      ))}
      {phase === 'tasking' ? (
        <div className="mt-3 flex flex-wrap gap-2">
          {asked < onDemand.length ? (
            <Button size="sm" onClick={() => setAsked(asked + 1)}>
              {asked === 0 ? 'Give me a hint' : 'Another hint'}
            </Button>
          ) : null}
          <Button
            size="sm"
            tone="ghost"
            onClick={() => void goBack(lab, began.at, 'the task begins again').then(onAgain)}
          >
            Start again
          </Button>
        </div>
      ) : null}
    </section>
  )
}

/** How long before the moment of loss one goes back, in virtual ms. */
const BEFORE = 1000

const LOOKS: Readonly<Record<TaskPicture['goals'][number]['state'], readonly [Status, string]>> = {
  open: ['pend', 'not yet'],
  waiting: ['idle', 'counts later'],
  met: ['ok', 'reached'],
  kept: ['ok', 'kept so far'],
  broken: ['err', 'broken'],
}

function because({ because: reason, at }: TaskPicture, task: TaskBlock): string {
  if (!reason) return 'it went wrong'
  if ('lost' in reason) return task.lost[reason.lost]?.says ?? 'it went wrong'
  return `“${task.goals[reason.goal]?.says ?? ''}” was broken at ${clockText(at ?? 0)}`
}
