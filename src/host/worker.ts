import { labCompletion, labDomains } from './composition.ts'
import type { Message, Request } from './protocol.ts'
import { Service } from './serve.ts'
import { labViews } from './views/index.ts'

/** The lab in a Web Worker: answers requests as they come, and sends what has changed at most once a frame. */
const service = new Service({ domains: labDomains, views: labViews, complete: labCompletion })

/** Real ms between two frames: the world moves at the pace of a screen. */
const FRAME = 1000 / 60

const post = (message: Message) => self.postMessage(message)

self.addEventListener('message', ({ data }: MessageEvent<Request>) => {
  const { id, method, args } = data
  try {
    const work = service[method] as (...args: readonly unknown[]) => unknown
    post({ answer: id, value: work.apply(service, [...args]) })
  } catch (error) {
    post({ answer: id, error: error instanceof Error ? error.message : String(error) })
  }
  flush(0)
})

let last = performance.now()
setInterval(() => {
  const now = performance.now()
  const passed = Math.min(250, now - last)
  last = now
  flush(passed)
}, FRAME)

let told: string | undefined
function flush(passed: number): void {
  const frame = service.tick(passed)
  if (frame) post({ frame })
  if (service.crashed !== told) {
    told = service.crashed
    if (told !== undefined) post({ crashed: told })
  }
}
