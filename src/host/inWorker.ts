import type { Json } from '../kernel/index.ts'
import type { Candidates, LabClient } from './client.ts'
import type { Drawn, Message, Method, Request } from './protocol.ts'
import { shared } from './same.ts'
import type { Save } from './save.ts'

/** A lab in a Web Worker: the page never waits for the world. Frames are handed on with the page's own next frame. */
export function inWorker(worker: Worker): LabClient {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  const listeners = new Map<number, (value: unknown) => void>()
  const crashListeners = new Set<(message: string) => void>()
  const arrived = new Map<number, unknown>()
  /** What was last handed on, so that parts that have not changed since stay the same objects. */
  const latest = new Map<number, unknown>()
  let nextRequest = 1
  let drawing = false

  function call(method: Method, ...args: readonly unknown[]): Promise<unknown> {
    const id = nextRequest++
    const request: Request = { id, method, args }
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      worker.postMessage(request)
    })
  }

  function draw(): void {
    drawing = false
    const values = [...arrived]
    arrived.clear()
    try {
      for (const [id, value] of values) {
        const listener = listeners.get(id)
        if (!listener) continue
        const next = shared(latest.get(id), value)
        latest.set(id, next)
        listener(next)
      }
    } finally {
      const drawn: Drawn = { drawn: true }
      worker.postMessage(drawn)
    }
  }

  worker.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if ('answer' in data) {
      const request = waiting.get(data.answer)
      waiting.delete(data.answer)
      if (data.error === undefined) request?.resolve(data.value)
      else request?.reject(new Error(data.error))
    } else if ('frame' in data) {
      for (const [id, value] of data.frame.values) arrived.set(id, value)
      if (!drawing) {
        drawing = true
        requestAnimationFrame(draw)
      }
    } else {
      for (const listener of crashListeners) listener(data.crashed)
    }
  })
  worker.addEventListener('error', (event) => {
    for (const listener of crashListeners) listener(event.message)
  })

  return {
    subscribe(view: string, params: Json, listener) {
      let id: number | undefined
      let stopped = false
      void call('subscribe', view, params).then((given) => {
        id = given as number
        if (stopped) void call('unsubscribe', id)
        else listeners.set(id, listener)
      })
      return () => {
        stopped = true
        if (id === undefined) return
        listeners.delete(id)
        latest.delete(id)
        void call('unsubscribe', id)
      }
    },
    ask: (view, params = null) => call('ask', view, params),
    command: (line, session, by) => call('command', line, session, by) as Promise<void>,
    complete: (line, cursor, session) => call('complete', line, cursor, session) as Promise<Candidates>,
    play: (speed) => call('play', speed) as Promise<void>,
    pause: () => call('pause') as Promise<void>,
    seek: (at) => call('seek', at) as Promise<void>,
    step: (direction) => call('step', direction) as Promise<void>,
    switchTo: (branch, at) => call('switchTo', branch, at) as Promise<void>,
    save: () => call('save') as Promise<Save>,
    open: (from) => call('open', from) as Promise<void>,
    onCrash(listener) {
      crashListeners.add(listener)
      return () => crashListeners.delete(listener)
    },
    close() {
      worker.terminate()
    },
  }
}
