import type { Json } from '../kernel/index.ts'
import type { LabClient } from './client.ts'
import { type ServeOptions, Service } from './serve.ts'

/** A lab in this thread: for tests, and for a page that has no worker. `tick` must be called by whoever keeps real time. */
export interface InProcess extends LabClient {
  /** Lets real ms pass and calls the listeners of what has changed. */
  tick(realMs: number): void
}

export function inProcess(options: ServeOptions): InProcess {
  const service = new Service(options)
  const listeners = new Map<number, (value: unknown) => void>()
  const crashListeners = new Set<(message: string) => void>()
  let told: string | undefined

  function tellCrash(): void {
    if (service.crashed === told) return
    told = service.crashed
    if (told !== undefined) for (const listener of crashListeners) listener(told)
  }

  async function answer<T>(work: () => T): Promise<T> {
    try {
      return work()
    } finally {
      tellCrash()
    }
  }

  return {
    subscribe(view: string, params: Json, listener) {
      const id = service.subscribe(view, params)
      listeners.set(id, listener)
      return () => {
        listeners.delete(id)
        service.unsubscribe(id)
      }
    },
    ask: (view, params = null) => answer(() => service.ask(view, params)),
    command: (line, session, by) => answer(() => service.command(line, session, by)),
    complete: (line, cursor, session) => answer(() => service.complete(line, cursor, session)),
    play: (speed) => answer(() => service.play(speed)),
    pause: () => answer(() => service.pause()),
    seek: (at) => answer(() => service.seek(at)),
    step: (direction) => answer(() => service.step(direction)),
    switchTo: (branch, at) => answer(() => service.switchTo(branch, at)),
    save: () => answer(() => service.save()),
    open: (from) => answer(() => service.open(from)),
    onCrash(listener) {
      crashListeners.add(listener)
      return () => crashListeners.delete(listener)
    },
    close() {
      listeners.clear()
    },
    tick(realMs) {
      const frame = service.tick(realMs)
      tellCrash()
      for (const [id, value] of frame?.values ?? []) listeners.get(id)?.(value)
    },
  }
}
