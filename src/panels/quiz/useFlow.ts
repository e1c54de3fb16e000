import { useEffect, useState, useSyncExternalStore } from 'react'
import type { QuizClient } from '../../teaching/quiz/quizClient.ts'
import { type QuizActor, startQuiz } from './quiz.flow.ts'

/** The course of a session as it goes on. What @xstate/react does, less what a session does not need: its first question waits for every byte. */
export function useFlow(client: QuizClient): readonly [ReturnType<QuizActor['getSnapshot']>, QuizActor['send']] {
  const [{ actor, listen }] = useState(() => {
    const actor = startQuiz(client)
    const listen = (changed: () => void) => {
      const subscription = actor.subscribe(changed)
      return () => subscription.unsubscribe()
    }
    return { actor, listen }
  })
  useEffect(() => () => void actor.stop(), [actor])
  return [useSyncExternalStore(listen, () => actor.getSnapshot()), actor.send]
}
