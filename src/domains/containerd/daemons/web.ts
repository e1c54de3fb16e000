import type { Cost, Daemon, Serving, Start } from '../daemon.ts'
import { type HttpRequest, type HttpResponse, plain } from '../http.ts'

/** What a web application of few peculiarities is made of. */
export interface Web {
  readonly program: string
  readonly port: number
  /** Environment variable that overrides the port. */
  readonly portFrom?: string
  readonly startMs?: number
  readonly speaks?: Daemon['speaks']
  readonly cost?: Partial<Cost>
  readonly log?: (start: Start, at: string) => readonly string[]
  readonly answer?: (request: HttpRequest, serving: Serving) => HttpResponse
}

/** A web application that listens on one port and answers any path. */
export function web(own: Web): Daemon {
  const port = (start: Start): number => {
    const text = own.portFrom === undefined ? undefined : start.env[own.portFrom]
    return text !== undefined && /^\d+$/.test(text) ? Number(text) : own.port
  }
  return {
    program: own.program,
    startMs: own.startMs ?? 300,
    stopMs: 20,
    stopExit: own.speaks === 'grpc' ? 0 : 143,
    ports: (start) => [port(start)],
    speaks: own.speaks ?? 'http',
    cost: { idleMilli: 2, idleBytes: 33_554_432, cpuMsPerRequest: 2, latencyMs: 4, concurrency: 64, ...own.cost },
    log: own.log ?? ((start) => [`listening on port ${port(start)}`]),
    answer: own.answer ?? ((request, serving) => plain(`${serving.hostname}: ${request.method} ${request.path}\n`)),
  }
}
