import type { HttpRequest, HttpResponse } from './http.ts'

/** How a process was started: what a server may look at. Plain JSON but for `read`. */
export interface Start {
  readonly argv: readonly string[]
  readonly env: { readonly [name: string]: string }
  /** Name of the host: that of the pod. */
  readonly hostname: string
  readonly ip: string
  /** Version of the image's main software, from its tag: `1.27.4`. */
  readonly version: string
  /** The text of a file of the container, or undefined. */
  read(path: string): string | undefined
}

/** A started server that is being asked something. */
export interface Serving extends Start {
  /** ms since its process started. */
  readonly uptime: number
}

/** Why a process ended by itself, at once or later. */
export interface Ending {
  readonly exit: number
  /** ms after its start. */
  readonly after: number
  readonly log?: readonly string[]
}

/**
 * A well-known server as data and small pure functions: what it costs, where it listens, what it says. It runs without a process
 * entity of its own: the container's record is all of its state.
 */
export interface Daemon {
  /** Base name of the program that it is: `nginx`. */
  readonly program: string
  /** Whether the program serves when called so; always when absent (`nginx -v` does not). */
  readonly serves?: (argv: readonly string[]) => boolean
  /** From the start of the process until it listens, in ms. */
  readonly startMs: number
  /** From SIGTERM until it has ended, in ms; undefined when it ignores the signal. */
  readonly stopMs?: number
  /** Exit code after SIGTERM; 0 when absent. */
  readonly stopExit?: number
  readonly ports: (start: Start) => readonly number[]
  /** Protocol on its ports, for probes: TCP alone, HTTP, or gRPC with its health service. */
  readonly speaks: 'tcp' | 'http' | 'https' | 'grpc'
  readonly cost: Cost
  /** Memory in bytes that it holds at a time; the idle figure of `cost` when absent. */
  readonly bytes?: (serving: Serving) => number
  /** ms after its start at which it first holds more than so many bytes; undefined for never. Goes with `bytes`. */
  readonly exceeds?: (start: Start, bytes: number) => number | undefined
  /** When it ends by itself, if it does: a missing password, a job that is done. */
  readonly ends?: (start: Start) => Ending | undefined
  /** Lines that it writes while it starts, each with ms since its start. */
  readonly log?: (start: Start, at: string) => readonly string[]
  readonly answer?: (request: HttpRequest, serving: Serving) => HttpResponse
  /** The URL to which it passes a request on, path and query with it, when it answers with what comes back from there; undefined for its own answer. */
  readonly passesTo?: (path: string, start: Start) => string | undefined
  /** What it answers when nobody is there, or nothing comes back in time. */
  readonly badGateway?: (status: 502 | 504, start: Start) => HttpResponse
  /** The line that it logs for a request; `at` is RFC 3339 with whole seconds. */
  readonly accessLog?: (request: HttpRequest, response: HttpResponse, at: string) => string
}

/** What a server uses. */
export interface Cost {
  /** Thousandths of a core without any request. */
  readonly idleMilli: number
  readonly idleBytes: number
  /** ms of one core for a request. */
  readonly cpuMsPerRequest: number
  /** ms from a request to its answer on an idle machine. */
  readonly latencyMs: number
  /** Requests that it works on at once. */
  readonly concurrency: number
}
