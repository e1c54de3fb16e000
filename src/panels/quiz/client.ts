import { type QuizClient, quizClient } from '../../teaching/quiz/quizClient.ts'

let made: QuizClient | undefined

/** The quiz service of this page, in a worker that begins with the first quiz and is kept: its worlds are warm then. */
export function quizzes(): QuizClient {
  made ??= quizClient(new Worker(new URL('../../worker.ts', import.meta.url), { type: 'module', name: 'quiz' }))
  return made
}
