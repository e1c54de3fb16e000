import { useEffect, useState, useSyncExternalStore } from 'react'
import { type Actor, createActor, type SnapshotFrom } from 'xstate'
import type { QuizClient } from '../../teaching/quiz/quizClient.ts'
import { quizFlow } from './quiz.flow.ts'

/** The course of a session as it goes on. What @xstate/react does, less what a session does not need: its first question waits for every byte. */
export function useFlow(client: QuizClient): readonly [SnapshotFrom<typeof quizFlow>, Actor<typeof quizFlow>['send']] {
  const [{ actor, listen }] = useState(() => {
    const actor = createActor(quizFlow, { input: { client } }).start()
    const listen = (changed: () => void) => {
      const subscription = actor.subscribe(changed)
      return () => subscription.unsubscribe()
    }
    return { actor, listen }
  })
  useEffect(() => () => void actor.stop(), [actor])
  return [useSyncExternalStore(listen, () => actor.getSnapshot()), actor.send]
}
