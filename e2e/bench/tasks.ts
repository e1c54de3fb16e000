import type { Page } from '@playwright/test'

/** Main-thread tasks of a page, in ms. */
export interface Tasks {
  readonly count: number
  readonly p95: number
  readonly longest: number
  /** How many took over 50 ms. */
  readonly long: number
}

interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  readonly dur?: number
  readonly args?: { readonly name?: string }
}

/** Traces what the main thread of the page does while `act` goes on. Tasks under 1 ms are left out, so that the share of long ones is not flattered. */
export async function traceTasks(page: Page, act: () => Promise<unknown>): Promise<Tasks> {
  const session = await page.context().newCDPSession(page)
  const events: TraceEvent[] = []
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])))
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel'], excludedCategories: ['*'] },
  })
  await act()
  const done = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve))
  await session.send('Tracing.end')
  await done
  await session.detach()
  const mains = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  )
  const ms = events
    .filter(
      ({ ph, dur, pid, tid, name }) =>
        ph === 'X' && /RunTask/.test(name) && dur !== undefined && mains.has(`${pid} ${tid}`),
    )
    .map(({ dur = 0 }) => dur / 1000)
    .filter((one) => one >= 1)
    .sort((a, b) => a - b)
  return {
    count: ms.length,
    p95: ms[Math.floor(ms.length * 0.95)] ?? 0,
    longest: ms.at(-1) ?? 0,
    long: ms.filter((one) => one > 50).length,
  }
}
