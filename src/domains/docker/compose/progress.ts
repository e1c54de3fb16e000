import type { Ask } from '../cli/ask.ts'

/** One thing that compose did: `Container app-web-1`, `Started`, and how many ms it took. */
export interface Progress {
  readonly what: string
  readonly did: string
  readonly ms: number
}

/** Tells on standard error what was done: in one picture for a terminal, line by line otherwise. Models: docker/compose pkg/progress */
export function tellProgress(ask: Ask, done: readonly Progress[], title = 'Running'): void {
  if (done.length === 0) return
  if (!ask.call.terminal) {
    for (const { what, did } of done) ask.err(` ${what}  ${doing(did)}\n ${what}  ${did}\n`)
    return
  }
  const width = Math.max(...done.map(({ what, did }) => what.length + did.length))
  ask.err(`[+] ${title} ${done.length}/${done.length}\n`)
  for (const { what, did, ms } of done)
    ask.err(` ✔ ${what}  ${did}${' '.repeat(width - what.length - did.length + 2)}${(ms / 1000).toFixed(1)}s \n`)
}

function doing(did: string): string {
  const known: { readonly [did: string]: string } = {
    Stopped: 'Stopping',
    Running: 'Running',
    Healthy: 'Waiting',
    Exited: 'Waiting',
  }
  return known[did] ?? did.replace(/ed$/, 'ing')
}
