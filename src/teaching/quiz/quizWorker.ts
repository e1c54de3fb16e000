import { conceptTitle } from '../conceptList.ts'
import { misconceptions } from '../misconceptions/all.ts'
import { allTemplates } from './allTemplates.ts'
import type { QuizAnswer, QuizRequest } from './quizClient.ts'
import { QuizService } from './quizService.ts'

/** Quizzes in a worker of their own: neither the lab's world nor its worker is needed for them. */
const service = new QuizService(allTemplates(), misconceptions, conceptTitle)

self.addEventListener('message', ({ data }: MessageEvent<QuizRequest>) => {
  const { id, method, args } = data
  let answer: QuizAnswer
  try {
    const work = service[method] as (...args: readonly unknown[]) => unknown
    answer = { id, value: work.apply(service, [...args]) }
  } catch (error) {
    answer = { id, error: error instanceof Error ? error.message : String(error) }
  }
  self.postMessage(answer)
  prepareLater()
})

let waiting = false

/** Makes what will be asked for next, one item at a time: whoever asks meanwhile waits for one at most. */
function prepareLater(): void {
  if (waiting) return
  waiting = true
  setTimeout(() => {
    waiting = false
    let more = true
    try {
      more = service.prepare()
    } catch {
      // What cannot be made is told when it is asked for.
    }
    if (more) prepareLater()
  })
}
