import type { Domain } from '../kernel/index.ts'
import { coreDomains, labCompletion } from './coreComposition.ts'
import { Growing } from './growing.ts'
import type { Drawn, Message, Request } from './protocol.ts'
import { Service } from './serve.ts'
import { labViews } from './views/index.ts'

/** Real ms between two frames: the world moves at the pace of a screen. */
const FRAME = 1000 / 60
/**
 * After the first frame was drawn, the rest is fetched when there was no request for `QUIET` real ms, and `LATEST` after it at last.
 * A world that has taken more than `DEAR` ms of work is not run again before someone needs what it lacks.
 */
const QUIET = 1200
const LATEST = 6000
const DEAR = 2000

/**
 * The lab in a Web Worker: answers requests as they come, and sends what has changed at most once a frame, and never faster than it is drawn.
 * `load` brings all domains.
 */
export function serveLab(load: () => Promise<readonly Domain[]>): void {
  const post = (message: Message) => self.postMessage(message)
  const service = new Service({ domains: coreDomains, views: labViews, complete: labCompletion })
  const growing = new Growing(service, load, post)
  /** Whether the last frame is still to be drawn: a page that is slow gets the newest, not all of them one after another. */
  let owed = false
  let drawnAt: number | undefined
  let quiet: ReturnType<typeof setTimeout> | undefined
  let worked = 0

  self.addEventListener('message', ({ data }: MessageEvent<Request | Drawn>) => {
    const began = performance.now()
    if ('drawn' in data) {
      owed = false
      // What has changed in the meantime goes out now: a seek does not wait for the next beat.
      flush(0)
      if (drawnAt !== undefined) return
      drawnAt = began
    } else {
      growing.request(data)
      flush(0)
      worked += performance.now() - began
    }
    growLater()
  })

  function growLater(): void {
    clearTimeout(quiet)
    if (drawnAt === undefined) return
    const wait = Math.min(QUIET, Math.max(0, drawnAt + LATEST - performance.now()))
    quiet = setTimeout(() => worked < DEAR && growing.grow(), wait)
  }

  let last = performance.now()
  setInterval(() => {
    const now = performance.now()
    const passed = Math.min(250, now - last)
    last = now
    flush(passed)
  }, FRAME)

  let told: string | undefined
  function flush(passed: number): void {
    if (growing.waits) return
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
}
