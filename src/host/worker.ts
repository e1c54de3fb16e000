import { labCompletion, labDomains } from './composition.ts'
import type { Drawn, Message, Request } from './protocol.ts'
import { Service } from './serve.ts'
import { labViews } from './views/index.ts'

/** The lab in a Web Worker: answers requests as they come, and sends what has changed at most once a frame, and never faster than it is drawn. */
const service = new Service({ domains: labDomains, views: labViews, complete: labCompletion })

/** Real ms between two frames: the world moves at the pace of a screen. */
const FRAME = 1000 / 60

/** Whether the last frame is still to be drawn: a page that is slow gets the newest, not all of them one after another. */
let owed = false

const post = (message: Message) => self.postMessage(message)

self.addEventListener('message', ({ data }: MessageEvent<Request | Drawn>) => {
  if ('drawn' in data) {
    owed = false
    return
  }
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
  const frame = service.tick(passed, !owed)
  if (frame) {
    owed = true
    post({ frame })
  }
  if (service.crashed !== told) {
    told = service.crashed
    if (told !== undefined) post({ crashed: told })
  }
}
