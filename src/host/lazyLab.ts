import type { LabClient } from './client.ts'

/** A lab that is made when somebody first asks anything of it: pages that need no lab start no worker. */
export function lazyLab(make: () => LabClient): LabClient {
  const listening = new Set<(message: string) => void>()
  let made: LabClient | undefined
  const lab = (): LabClient => {
    if (!made) {
      made = make()
      made.onCrash((message) => {
        for (const listener of listening) listener(message)
      })
    }
    return made
  }
  return {
    subscribe: (view, params, listener) => lab().subscribe(view, params, listener),
    ask: (view, params) => lab().ask(view, params),
    command: (line, session, by) => lab().command(line, session, by),
    complete: (line, cursor, session) => lab().complete(line, cursor, session),
    play: (speed) => lab().play(speed),
    pause: () => lab().pause(),
    seek: (at) => lab().seek(at),
    step: (direction) => lab().step(direction),
    switchTo: (branch, at) => lab().switchTo(branch, at),
    save: () => lab().save(),
    open: (from) => lab().open(from),
    onCrash(listener) {
      listening.add(listener)
      return () => listening.delete(listener)
    },
    close: () => made?.close(),
  }
}
