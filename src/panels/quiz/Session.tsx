import { type ReactNode, Suspense, useCallback, useEffect, useRef } from 'react'
import type { QuizClient } from '../../teaching/quiz/quizClient.ts'
import type { TemplateCard } from '../../teaching/quiz/quizService.ts'
import { EXAM, SESSION } from './extent.ts'
import { fetchTheRest } from './later.ts'
import { part } from './part.tsx'
import { classPlan, planOf } from './plan.ts'
import { Question } from './Question.tsx'
import type { QuizContext, QuizEvent } from './quiz.flow.ts'
import { useFlow } from './useFlow.ts'
import { Waiting } from './Waiting.tsx'
import type { Wish } from './wish.ts'
import { skillOf } from './words.ts'

/** Only an exam has one. */
const Timer = part(() => import('./Timer.tsx').then(({ Timer }) => Timer))
const Summary = part(() => import('./Summary.tsx').then(({ Summary }) => Summary))

/** A session from its first question to how it went. `cards` are awaited where the wish is for more than one code. */
export function Session({ wish: { sort, what }, cards, client, onLeave, otherwise }: SessionProps) {
  const [state, send] = useFlow(client)
  const { context } = state
  useRecord(context)
  useEffect(() => {
    void fetchTheRest().catch(() => undefined)
  }, [])
  useEffect(() => {
    const begin = beginning({ sort, what }, cards)
    if (begin) send(begin)
  }, [sort, what, cards, send])
  const timeIsUp = useCallback(() => send({ type: 'TIME_IS_UP' }), [send])
  const turn = context.turns[context.at]
  if (state.matches('failed')) return otherwise(context.wrong)
  if (state.matches('summary'))
    return (
      <Suspense fallback={<Waiting words="" />}>
        <Summary
          context={context}
          onAgain={
            context.kind === 'exam'
              ? onLeave
              : () => send({ type: 'BEGIN', kind: 'quiz', plan: planOf(cards ?? [], SESSION) })
          }
        />
      </Suspense>
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
        timer={
          context.ends === undefined ? undefined : (
            <Suspense>
              <Timer ends={context.ends} onEnd={timeIsUp} />
            </Suspense>
          )
        }
        onAnswer={(answer, sureness) => send({ type: 'ANSWER', answer, sureness })}
        onNext={() => send({ type: 'NEXT' })}
        onLeave={onLeave}
      />
    )
  return <Waiting {...(state.matches('summing') ? { words: 'Judging your answers ...' } : {})} />
}

interface SessionProps {
  readonly wish: Wish
  readonly cards: readonly TemplateCard[] | undefined
  readonly client: QuizClient
  readonly onLeave: () => void
  /** What is shown when there is nothing to ask, and why. */
  readonly otherwise: (wrong?: string) => ReactNode
}

/** How a session begins; not yet when what can be asked is not known. */
function beginning({ sort, what }: Wish, cards: readonly TemplateCard[] | undefined): QuizEvent | undefined {
  if (sort === 'code') return { type: 'BEGIN', kind: 'quiz', plan: [{ code: what }] }
  if (!cards) return undefined
  const quiz = (chosen: readonly TemplateCard[], kind: 'quiz' | 'review' = 'quiz'): QuizEvent => ({
    type: 'BEGIN',
    kind,
    plan: planOf(chosen, SESSION),
  })
  switch (sort) {
    case 'topic':
      return quiz(cards.filter(({ topic }) => topic === what))
    case 'review':
      return quiz(about(cards, what.split(',')), 'review')
    case 'class': {
      const [code = '', student = '1'] = what.split('/')
      return { type: 'BEGIN', kind: 'quiz', plan: classPlan(cards, SESSION, code, Number(student) || 1) }
    }
    case 'exam': {
      const ends = Date.now() + EXAM.minutes * 60_000
      return { type: 'BEGIN', kind: 'exam', plan: planOf(cards, EXAM.questions), ends }
    }
    default:
      return quiz(cards)
  }
}

/** Keeps what was shown: each answer once, as soon as it is judged. */
function useRecord({ turns, kind }: QuizContext): void {
  const recorded = useRef(new WeakSet<object>())
  useEffect(() => {
    for (const { item, feedback, sureness } of turns) {
      if (!feedback || recorded.current.has(feedback)) continue
      recorded.current.add(feedback)
      const outcome = {
        source: kind,
        id: item.template,
        skill: skillOf(item),
        concepts: item.concepts,
        right: feedback.right,
        sureness,
        misconception: feedback.misconception?.id,
        code: item.code,
      }
      import('../../workspace/progress.ts').then(
        ({ useProgress }) => useProgress.getState().record(outcome),
        () => recorded.current.delete(feedback),
      )
    }
  }, [turns, kind])
}

/** Templates about any of some concepts; all of them when there is none, so that a review is never empty. */
function about(cards: readonly TemplateCard[], concepts: readonly string[]): readonly TemplateCard[] {
  const fitting = cards.filter((card) => card.concepts.some((concept) => concepts.includes(concept)))
  return fitting.length > 0 ? fitting : cards
}
