import type { World } from '../../../kernel/index.ts'
import { podLoad } from '../metrics/podLoad.ts'
import type { ObjectEntity } from '../object/object.ts'
import { type Container, containersOf } from './container.ts'
import { runOnce } from './exec.ts'
import type { Handler, Probe } from './podPlan.ts'
import { ask, listenerOn, refuses, serverOf } from './serving.ts'

/** What a probe made now would say, and until when it says so unless something happens. */
export interface Outcome {
  readonly ok: boolean
  readonly output: string
  /** Virtual time in ms; infinite when only an event can change it. */
  readonly until: number
}

/** Makes a probe. Models: pkg/kubelet/prober/prober.go and pkg/probe */
export function probeNow(world: World, pod: ObjectEntity, container: Container, probe: Probe): Outcome {
  const timeout = (probe.timeoutSeconds ?? 1) * 1000
  if (probe.exec) {
    const ran = runOnce(world, container, probe.exec.command ?? [], timeout)
    return { ok: ran.exitCode === 0, output: ran.output, until: ran.steady ? Number.POSITIVE_INFINITY : world.now + 1 }
  }
  if (probe.grpc) {
    const at = connect(world, pod, container, probe.grpc.port)
    const output = `timeout: failed to connect service "${container.ip}:${probe.grpc.port}" within ${timeout / 1000}s: context deadline exceeded`
    return at.server ? { ok: true, output: '', until: at.until } : { ok: false, output, until: at.until }
  }
  if (probe.tcpSocket) {
    const port = portOf(container, probe.tcpSocket.port)
    const at = connect(world, pod, container, port)
    if (at.server) return { ok: true, output: '', until: at.until }
    return { ok: false, output: `dial tcp ${container.ip}:${port}: connect: connection refused`, until: at.until }
  }
  return get(world, pod, container, probe, timeout)
}

/** Does what a hook asks for: undefined when it went well, else the words of its failure. */
export function hookFailure(world: World, pod: ObjectEntity, container: Container, hook: Handler): string | undefined {
  if (hook.sleep) return undefined
  if (hook.exec) {
    const command = hook.exec.command ?? []
    const ran = runOnce(world, container, command, Number.POSITIVE_INFINITY)
    if (ran.exitCode === 0) return undefined
    const message = ran.output.replace(/\n$/, '')
    return `command '${command.join(' ')}' exited with ${ran.exitCode}: ${message}`
  }
  if (!hook.httpGet) return undefined
  const outcome = get(world, pod, container, hook, 30_000)
  return outcome.ok ? undefined : outcome.output
}

function get(world: World, pod: ObjectEntity, container: Container, probe: Handler, timeout: number): Outcome {
  const { httpGet } = probe
  const port = portOf(container, httpGet?.port ?? 80)
  const path = httpGet?.path ?? '/'
  const host = httpGet?.host || container.ip
  const scheme = (httpGet?.scheme ?? 'HTTP').toLowerCase()
  const url = `${scheme}://${host}:${port}${path.startsWith('/') ? path : `/${path}`}`
  const at = connect(world, pod, container, port)
  if (!at.server)
    return { ok: false, output: `Get "${url}": dial tcp ${host}:${port}: connect: connection refused`, until: at.until }
  if (at.server.daemon.speaks === 'tcp') return { ok: false, output: `Get "${url}": EOF`, until: at.until }
  if (scheme === 'https' && at.server.daemon.speaks === 'http')
    return { ok: false, output: `Get "${url}": http: server gave HTTP response to HTTPS client`, until: at.until }
  const headers = Object.fromEntries((httpGet?.httpHeaders ?? []).map(({ name, value }) => [name.toLowerCase(), value]))
  const request = {
    method: 'GET',
    path,
    host: `${host}:${port}`,
    headers: { 'user-agent': 'kube-probe/1.35', ...headers },
  }
  const response = ask(world, at.server, request)
  const own = response.changesAt === undefined ? at.until : (at.server.container.startedAt ?? 0) + response.changesAt
  const until = world.count('traffic.Client') > 0 ? world.now + 1 : own
  if (Math.max(response.ms ?? 0, podLoad(world, pod.id).p50 ?? 0) > timeout)
    return {
      ok: false,
      output: `Get "${url}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`,
      until,
    }
  if (response.status >= 200 && response.status < 400) return { ok: true, output: '', until }
  return { ok: false, output: `HTTP probe failed with statuscode: ${response.status}`, until }
}

/** Number of a port that may be given by name. */
function portOf(container: Container, port: number | string): number {
  if (typeof port === 'number') return port
  if (/^\d+$/.test(port)) return Number(port)
  return container.spec.ports?.find((one) => one.name === port)?.containerPort ?? 0
}

/** The server on a port of the pod now, and when that changes by itself. */
function connect(world: World, pod: ObjectEntity, container: Container, port: number) {
  const server = listenerOn(world, pod, port)
  if (server) return { server, until: Number.POSITIVE_INFINITY }
  let until = Number.POSITIVE_INFINITY
  for (const other of container.uid === pod.metadata.uid ? containersOf(world, pod) : [container]) {
    const later = serverOf(world, other)
    if (later && !refuses(other) && later.ports.includes(port) && later.listensAt > world.now)
      until = Math.min(until, later.listensAt)
  }
  return { server: undefined, until }
}
