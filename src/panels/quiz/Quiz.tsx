import './quiz.css'
import { useMachine } from '@xstate/react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { TemplateCard } from '../../teaching/quiz/quizService.ts'
import { useTheme } from '../../ui/theme.ts'
import { useProgress } from '../../workspace/progress.ts'
import { quizzes } from './client.ts'
import { Doors } from './Doors.tsx'
import { classPlan, EXAM, planOf, SESSION } from './plan.ts'
import { Question } from './Question.tsx'
import { type QuizContext, quizFlow, type SessionKind } from './quiz.flow.ts'
import { Summary } from './Summary.tsx'
import { Timer } from './Timer.tsx'
import { skillOf } from './words.ts'

/** The room of quizzes: `#/quiz`, `#/quiz/<topic>`, `#/quiz/review/<concepts>`, `#/quiz/class/<code>/<student>`, `#/q/<code>` and `#/exam`. */
export function Quiz() {
  // Screens of a quiz have no switch, but follow the machine from dark to light.
  useTheme()
  const client = quizzes()
  const [path, navigate] = useLocation()
  const [state, send] = useMachine(quizFlow, { input: { client } })
  const { context } = state
  const [cards, setCards] = useState<readonly TemplateCard[]>()
  const [failed, setFailed] = useState<string>()
  useEffect(() => {
    client.cards().then(setCards, (error: Error) => setFailed(error.message))
  }, [client])
  useRecord(context)

  const begin = useCallback(
    (kind: SessionKind, chosen: readonly TemplateCard[], count: number) => {
      const ends = kind === 'exam' ? Date.now() + EXAM.minutes * 60_000 : undefined
      send({ type: 'BEGIN', kind, plan: planOf(chosen, count), ends })
    },
    [send],
  )
  const asked = wishOf(path)
  const [sort, what] = asked
  useEffect(() => {
    if (sort === 'code') send({ type: 'BEGIN', kind: 'quiz', plan: [{ code: what }] })
    else if (sort === 'home') send({ type: 'LEAVE' })
    else if (cards && sort === 'topic')
      begin(
        'quiz',
        cards.filter(({ topic }) => topic === what),
        SESSION,
      )
    else if (cards && sort === 'review') begin('review', about(cards, what.split(',')), SESSION)
    else if (cards && sort === 'class') {
      const [code = '', student = '1'] = what.split('/')
      send({ type: 'BEGIN', kind: 'quiz', plan: classPlan(cards, SESSION, code, Number(student) || 1) })
    } else if (cards && sort === 'exam') begin('exam', cards, EXAM.questions)
  }, [sort, what, cards, begin, send])

  const leave = () => {
    send({ type: 'LEAVE' })
    navigate('/quiz')
  }
  const timeIsUp = useCallback(() => send({ type: 'TIME_IS_UP' }), [send])
  const turn = context.turns[context.at]
  if (state.matches('summary'))
    return (
      <Summary
        context={context}
        onAgain={context.kind === 'exam' ? leave : () => begin('quiz', cards ?? [], SESSION)}
      />
    )
  if (turn && (state.matches('asking') || state.matches('judging') || state.matches('told')))
    return (
      <Question
        key={`${turn.item.code} ${context.at}`}
        turn={turn}
        turns={context.turns}
        at={context.at}
        count={context.plan.length}
        client={client}
        busy={state.matches('judging')}
        timer={context.ends === undefined ? undefined : <Timer ends={context.ends} onEnd={timeIsUp} />}
        onAnswer={(answer, sureness) => send({ type: 'ANSWER', answer, sureness })}
        onNext={() => send({ type: 'NEXT' })}
        onLeave={leave}
      />
    )
  if (state.matches('preparing') || state.matches('summing') || (sort !== 'home' && state.matches('home') && !failed))
    return (
      <div className="quiz quiz-wait" role="status">
        {state.matches('summing') ? 'Judging your answers ...' : 'Building a small world ...'}
      </div>
    )
  return (
    <Doors
      cards={cards}
      wrong={failed ?? (state.matches('failed') ? context.wrong : undefined)}
      onQuiz={(topic) => {
        if (topic === undefined) begin('quiz', cards ?? [], SESSION)
        else navigate(`/quiz/${topic}`)
      }}
      onExam={() => navigate('/exam')}
    />
  )
}

/** Keeps what was shown: each answer once, as soon as it is judged. */
function useRecord({ turns, kind }: QuizContext): void {
  const record = useProgress((progress) => progress.record)
  const recorded = useRef(new WeakSet<object>())
  useEffect(() => {
    for (const { item, feedback, sureness } of turns) {
      if (!feedback || recorded.current.has(feedback)) continue
      recorded.current.add(feedback)
      record({
        source: kind,
        id: item.template,
        skill: skillOf(item),
        concepts: item.concepts,
        right: feedback.right,
        sureness,
        misconception: feedback.misconception?.id,
        code: item.code,
      })
    }
  }, [turns, kind, record])
}

/** What an address asks for. */
function wishOf(path: string): readonly [sort: 'home' | 'topic' | 'review' | 'class' | 'code' | 'exam', what: string] {
  const [, room, first = '', second = '', third = '1'] = path.split('/').map(decodeURIComponent)
  if (room === 'exam') return ['exam', '']
  if (room === 'q' && first !== '') return ['code', first]
  if (first === 'review' && second !== '') return ['review', second]
  if (first === 'class' && second !== '') return ['class', `${second}/${third}`]
  return first === '' ? ['home', ''] : ['topic', first]
}

/** Templates about any of some concepts; all of them when there is none, so that a review is never empty. */
function about(cards: readonly TemplateCard[], concepts: readonly string[]): readonly TemplateCard[] {
  const fitting = cards.filter((card) => card.concepts.some((concept) => concepts.includes(concept)))
  return fitting.length > 0 ? fitting : cards
}
