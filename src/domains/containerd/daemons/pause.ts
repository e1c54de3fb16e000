import type { Daemon } from '../daemon.ts'

/** Holds a pod's namespaces and sleeps until a signal comes. Models: kubernetes build/pause/linux/pause.c. */
export const pause: Daemon = {
  program: 'pause',
  startMs: 1,
  stopMs: 1,
  stopExit: 0,
  ports: () => [],
  speaks: 'tcp',
  cost: { idleMilli: 0, idleBytes: 524_288, cpuMsPerRequest: 0, latencyMs: 0, concurrency: 0 },
}

/** A daemon that only works away: agents, exporters and the like, with an optional port. */
export function agent(
  program: string,
  megabytes: number,
  ports: readonly number[] = [],
  milli = 5,
  startMs = 500,
): Daemon {
  return {
    program,
    startMs,
    stopMs: 100,
    stopExit: 0,
    ports: () => ports,
    speaks: ports.length > 0 ? 'http' : 'tcp',
    cost: { idleMilli: milli, idleBytes: megabytes * 1_048_576, cpuMsPerRequest: 1, latencyMs: 2, concurrency: 100 },
    ...(ports.length > 0
      ? { answer: () => ({ status: 200, headers: { 'content-type': 'text/plain' }, body: 'OK\n' }) }
      : {}),
  }
}
