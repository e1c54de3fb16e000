import { useMachine } from '@xstate/react'
import ArrowLeft from 'lucide-react/icons/arrow-left'
import BookOpen from 'lucide-react/icons/book-open'
import Check from 'lucide-react/icons/check'
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { useLab, useView } from '../../host/react.ts'
import { topicTitle } from '../../teaching/conceptList.ts'
import type { Facts } from '../../teaching/lesson/figures.ts'
import type { Beat, Lesson } from '../../teaching/lesson/lesson.ts'
import { listed } from '../../teaching/lesson/listed.ts'
import { Button, Link, toast, useReducedMotion } from '../../ui/index.ts'
import { useProgress, useWorld } from '../../workspace/index.ts'
import { usePlaces } from '../../workspace/places.ts'
import { newKeptId } from '../workbench/worlds/openWorld.ts'
import { Ending } from './Ending.tsx'
import { HandIn } from './HandIn.tsx'
import { lessonFlow, type Part } from './lesson.flow.ts'
import { beginBeat, clockOf, openPlace, reveal, watchAgain } from './moves.ts'
import { Prediction } from './Prediction.tsx'
import { Prose } from './Prose.tsx'
import { placeIn } from './placeIn.ts'
import { Task } from './Task.tsx'

/** The lesson's column: where one is, what to read, and what to do. */
export function LessonPanel({ lesson, fresh, onAgain }: LessonPanelProps) {
  const lab = useLab()
  const [, navigate] = useLocation()
  const facts = useView<Facts>('facts') ?? NONE
  const still = useReducedMotion()
  // A place is taken up when the panel comes, not when it is kept.
  const [from] = useState(() => placeIn(lesson))
  const [state, send] = useMachine(lessonFlow, {
    input: { parts: lesson.beats.map(partOf), beat: from?.beat ?? 0, stars: from?.stars ?? 0 },
  })
  const { beat: place, choice, truth, sureness, stars } = state.context
  const [reread, setReread] = useState<number | undefined>(undefined)
  const [began, setBegan] = useState({ position: 0, at: 0 })
  const [held, setHeld] = useState(0)
  const heading = useRef<HTMLHeadingElement>(null)
  const beat = lesson.beats[place]
  const shown = reread === undefined ? beat : lesson.beats[reread]
  const fail = useCallback((error: unknown) => {
    toast({
      status: 'err',
      text: 'The world did not answer.',
      detail: error instanceof Error ? error.message : undefined,
    })
  }, [])

  // What happens when a beat begins, and when a prediction was committed to.
  const phase = String(state.value)
  useEffect(() => {
    if (!beat) return
    if (phase === 'arriving') {
      setReread(undefined)
      const arrive = async () => {
        if (!fresh.current && from && from.beat === place) await openPlace(lab, lesson.title, from)
        fresh.current = false
        const save = await lab.save()
        usePlaces.getState().keep(lesson.id, { beat: place, title: beat.title, of: lesson.beats.length, stars, save })
        await beginBeat(lab, beat, lesson.title, lesson.seed)
      }
      void arrive()
        .then(() => clockOf(lab))
        .then(({ events, now }) => {
          setBegan({ position: events, at: now })
          send({ type: 'ARRIVED' })
          heading.current?.focus()
        })
        .catch(fail)
    }
    if (phase === 'committed' && beat.predict) {
      const { predict } = beat
      void clockOf(lab)
        .then(({ now }) => {
          setHeld(now)
          return reveal(lab, predict, !still)
        })
        .then((found) => send({ type: 'REVEALED', truth: found }))
        .catch(fail)
    }
  }, [phase, beat, place, stars, from, fresh, lab, lesson, send, still, fail])

  useEffect(() => {
    if (phase !== 'revealing' || !beat?.predict || choice === undefined) return
    const { misconception } = beat.predict.options[choice] ?? {}
    const right = choice === truth
    useProgress.getState().record({
      source: 'lesson',
      id: `${lesson.id}/${place}`,
      skill: 'predict',
      concepts: lesson.concepts,
      right,
      sureness,
      ...(right || misconception === undefined ? {} : { misconception }),
    })
  }, [phase, beat, choice, truth, sureness, lesson, place])

  const won = useCallback(
    (earned: number) => {
      send({ type: 'WON', stars: earned })
      useProgress.getState().record({
        source: 'lesson',
        id: `${lesson.id}/${place}`,
        skill: beat?.task?.skill ?? 'build',
        concepts: lesson.concepts,
        right: true,
      })
    },
    [send, lesson, place, beat],
  )
  const done = phase === 'done'
  useEffect(() => {
    if (!done) return
    useProgress.getState().lessonDone(lesson.id, { stars })
    usePlaces.getState().forget(lesson.id)
  }, [done, lesson.id, stars])

  const number = listed.findIndex(({ id }) => id === lesson.id)
  const next = () => send({ type: 'NEXT' })
  return (
    <div className="lesson">
      <header>
        <p className="micro">
          <BookOpen size={13} aria-hidden="true" />
          {number < 0
            ? 'A lesson from a file'
            : `${topicTitle(lesson.topic)} · lesson ${number + 1} of ${listed.length}`}
        </p>
        <h2>{lesson.title}</h2>
        <div className="prog" aria-hidden="true">
          {lesson.beats.map(({ title }, i) => (
            <i key={title} data-is={done || i < place ? 'done' : i === place ? 'now' : undefined} />
          ))}
        </div>
      </header>
      <div className="lesson-body">
        <ol className="steps" aria-label="Steps">
          {lesson.beats.map(({ title }, i) => {
            const is = done || i < place ? 'done' : i === place ? 'now' : 'later'
            return (
              <li key={title} data-is={is} aria-current={is === 'now' ? 'step' : undefined}>
                <span className="n">{is === 'done' ? <Check size={11} aria-label="Done:" /> : i + 1}</span>
                {is === 'done' && !done ? (
                  <button type="button" onClick={() => setReread(i === reread ? undefined : i)}>
                    {title}
                  </button>
                ) : (
                  title
                )}
              </li>
            )
          })}
        </ol>
        {from && from.beat > 0 && !done && place === from.beat ? (
          <p className="lesson-back">
            You were here before. <Link onClick={onAgain}>Begin again</Link>
          </p>
        ) : null}
        {done ? (
          <Ending lesson={lesson} stars={stars} onAgain={onAgain} />
        ) : (
          <>
            <h3 ref={heading} tabIndex={-1}>
              {shown?.title}
            </h3>
            <div className="lesson-text">
              {place === 0 && reread === undefined ? <Prose blocks={lesson.opening} facts={facts} /> : null}
              <Prose blocks={shown?.text ?? []} facts={facts} />
            </div>
            {reread !== undefined ? (
              <Button size="sm" onClick={() => setReread(undefined)}>
                {`Back to “${beat?.title ?? ''}”`}
              </Button>
            ) : null}
            {/* What was begun stays mounted while something is read again. */}
            <div hidden={reread !== undefined}>
              {beat?.predict && (phase === 'predicting' || phase === 'committed' || phase === 'revealing') ? (
                <Prediction
                  key={place}
                  predict={beat.predict}
                  facts={facts}
                  phase={phase}
                  choice={choice}
                  truth={truth}
                  onReplay={() => beat.predict && watchAgain(lab, held, beat.predict.run, !still).catch(fail)}
                  onCommit={(option, sure) => send({ type: 'COMMIT', choice: option, sureness: sure })}
                  onNext={next}
                />
              ) : null}
              {beat?.task && (phase === 'tasking' || phase === 'won' || phase === 'lost') ? (
                <Task
                  key={place}
                  task={beat.task}
                  facts={facts}
                  began={began}
                  phase={phase}
                  onWon={won}
                  onLost={() => send({ type: 'LOST' })}
                  onAgain={() => send({ type: 'AGAIN' })}
                  onNext={next}
                />
              ) : null}
              {phase === 'won' ? <HandIn lesson={lesson.id} beat={place} began={began} /> : null}
              {phase === 'reading' ? (
                <Button tone="primary" className="mt-2 w-full" onClick={next}>
                  Go on
                </Button>
              ) : null}
            </div>
          </>
        )}
      </div>
      <footer>
        <Link className="alone" href="#/learn">
          <ArrowLeft size={14} aria-hidden="true" /> All lessons
        </Link>
        <Button size="sm" tone="ghost" onClick={() => keepWorld(lesson.title, navigate)}>
          Leave, keep my world
        </Button>
      </footer>
    </div>
  )
}

interface LessonPanelProps {
  lesson: Lesson
  /** Whether the world has just been opened where the panel is to begin; the panel takes it down. */
  fresh: RefObject<boolean>
  onAgain: () => void
}

const NONE: Facts = {}

function partOf({ predict, task }: Beat): Part {
  return predict ? 'predicting' : task ? 'tasking' : 'reading'
}

/** The world goes on the shelf as the learner's own, and the lesson is left. */
function keepWorld(title: string, navigate: (to: string) => void): void {
  const world = useWorld.getState()
  useWorld.setState({ kept: world.kept ?? newKeptId(), title: `${title}, my way` })
  navigate('/lab')
}
