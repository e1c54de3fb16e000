import { type Emission, EPOCH, type World } from '../../../kernel/index.ts'
import type { HttpRequest, HttpResponse } from '../../containerd/index.ts'
import type { Station } from '../../traffic/index.ts'
import { engineOf } from '../engine/engine.ts'
import { type Container, isAlive } from './container.ts'
import { type Server, serverOf, servingOf } from './launch.ts'
import { processesOf } from './runtime.controller.ts'

/** The server of a container that accepts connections on a port now; undefined when they are refused, or the container is frozen. */
export function listenerOn(world: World, container: Container, port: number): Server | undefined {
  if (container.faults?.some((fault) => fault.refuse)) return undefined
  const server = serverOf(world, container)
  if (server) return server.listensAt <= world.now && server.ports.includes(port) ? server : undefined
  return undefined
}

/** Whether a container accepts connections on a port now: its server, or a program of the shell that serves. */
export function listens(world: World, container: Container, port: number): boolean {
  return isAlive(container) && listenerOn(world, container, port) !== undefined
}

/** What a container answered, with the events that follow: the line in its log, perhaps its end. */
export interface Answered {
  readonly response: HttpResponse
  readonly emit: readonly Emission[]
}

/**
 * Lets the server of a container answer a request on a port: with the headers that every server adds, its line in the log, faults first.
 * Undefined when it does not accept the connection or speaks no HTTP; `silent` when it accepts and never answers.
 */
export function answer(
  world: World,
  container: Container,
  request: HttpRequest,
  port: number,
  by?: string,
  /** What it got from where it passed the request on to. */
  passed?: HttpResponse,
): Answered | 'silent' | undefined {
  const server = listenerOn(world, container, port)
  if (!server) return undefined
  const { daemon, start } = server
  if (container.state === 'paused' || daemon.speaks === 'tcp' || daemon.speaks === 'grpc') return 'silent'
  const faults = container.faults ?? []
  const slow = faults.reduce((ms, fault) => ms + (fault.slow ?? 0), 0)
  const status = faults.find((fault) => fault.status !== undefined)?.status
  const usual = daemon.cost.latencyMs
  const own: HttpResponse | undefined =
    status === undefined
      ? (passed ?? daemon.answer?.(request, servingOf(world, container, start)))
      : { status, headers: {}, body: '', ms: usual }
  const response = own ?? { status: 400, headers: {}, body: '', ms: usual }
  const ms = Math.max(1, Math.round((response.ms ?? usual) + slow))
  const line = daemon.accessLog?.(request, response, world.isoNow())
  const emit: Emission[] = [
    {
      to: container.id,
      type: 'Requested',
      by,
      data: {
        method: request.method,
        host: request.host,
        path: request.path,
        client: request.from,
        port,
        status: response.status,
        log: line === undefined ? [] : [line],
      },
    },
  ]
  if (response.exits !== undefined)
    emit.push({ to: container.id, type: 'Exited', after: ms, data: { exitCode: response.exits } })
  const body = request.method === 'HEAD' ? '' : response.body
  return { response: { ...response, body, headers: fullHeaders(world, response), ms }, emit }
}

function fullHeaders(world: World, { headers: own, body }: HttpResponse): { readonly [name: string]: string } {
  const headers: { [name: string]: string } = {}
  if (own.server !== undefined) headers.Server = own.server
  headers.Date = new Date(EPOCH + world.now).toUTCString()
  for (const [name, value] of Object.entries(own))
    headers[name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase())] = value
  headers['Content-Length'] = String(body.length)
  return headers
}

/** A container as a station of traffic: the CPU of one request by its image, its limit by its spec, its pool by its engine; undefined while it does not listen. */
export function stationOf(world: World, container: Container, port?: number): Station | undefined {
  const server = serverOf(world, container)
  if (!server || server.listensAt > world.now || container.state === 'paused') return undefined
  if (port !== undefined && !listenerOn(world, container, port)) return undefined
  const { cost } = server.daemon
  const { spec, engine } = container
  const slow = (container.faults ?? []).reduce((ms, fault) => ms + (fault.slow ?? 0), 0)
  return {
    id: container.id,
    cpuMs: cost.cpuMsPerRequest,
    baseMs: Math.max(0, cost.latencyMs - cost.cpuMsPerRequest) + slow,
    ...(spec.cpuMilli === undefined ? {} : { limitMilli: spec.cpuMilli }),
    weight: spec.cpuShares ?? 1024,
    pool: { id: engine, milli: engineOf(world, engine)?.cpuMilli ?? 2000 },
    concurrency: cost.concurrency,
  }
}

/** What a container uses now without any request: thousandths of a core, and bytes. */
export function idleUse(
  world: World,
  container: Container,
): { readonly milli: number; readonly bytes: number; readonly pids: number } {
  if (!isAlive(container)) return { milli: 0, bytes: 0, pids: 0 }
  const server = serverOf(world, container)
  if (!server) {
    const running = processesOf(container.id, world).length
    return { milli: 0, bytes: 524_288 + running * 442_368, pids: Math.max(1, running) }
  }
  const { daemon, start } = server
  const bytes = daemon.bytes?.(servingOf(world, container, start)) ?? daemon.cost.idleBytes
  return {
    milli: container.state === 'paused' ? 0 : daemon.cost.idleMilli,
    bytes,
    pids: 1 + (daemon.cost.concurrency > 64 ? 4 : 1),
  }
}
