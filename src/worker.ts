import { serveLab } from './host/worker.ts'
import type { QuizRequest } from './teaching/quiz/quizClient.ts'

/** Everything beyond the core: the other domains, and what people believe of all of them. */
const rest = () =>
  Promise.all([import('./host/composition.ts'), import('./teaching/misconceptions/all.ts')]).then(
    ([{ labDomains }]) => labDomains,
  )

// One engine for both workers of a page, so that it is fetched and kept once; its name says what a worker is for.
if (self.name === 'quiz') {
  const server = import('./teaching/quiz/quizServer.ts').then(
    ({ QuizServer }) => new QuizServer(rest, (answer) => self.postMessage(answer)),
  )
  self.addEventListener('message', ({ data }: MessageEvent<QuizRequest>) => {
    server.then(
      (ready) => ready.request(data),
      (error: unknown) => self.postMessage({ id: data.id, error: String(error) }),
    )
  })
} else serveLab(rest)
