import type { Daemon, Serving, Start } from '../daemon.ts'
import { type HttpRequest, type HttpResponse, plain } from '../http.ts'

/**
 * The Swiss army image of Kubernetes' own tests: its first argument says what it is.
 * Models: kubernetes/kubernetes test/images/agnhost.
 */
export const agnhost: Daemon = {
  program: 'agnhost',
  serves: (argv) => SUBCOMMANDS.has(argv[1] ?? 'pause'),
  startMs: 30,
  stopMs: 20,
  stopExit: 2,
  ports: (start) => PORTS[subcommand(start)]?.(start) ?? [],
  speaks: 'http',
  cost: { idleMilli: 1, idleBytes: 12_582_912, cpuMsPerRequest: 0.4, latencyMs: 1, concurrency: 1000 },
  log: (start) => {
    const [port] = PORTS[subcommand(start)]?.(start) ?? []
    if (subcommand(start) === 'netexec')
      return [`Started HTTP server on port ${port}`, 'Started UDP server on port  8081']
    if (subcommand(start) === 'serve-hostname') return [`Serving on port ${port}.`]
    if (subcommand(start) === 'pause') return ['Paused']
    return []
  },
  answer: (request, serving) => {
    const path = request.path.split('?')[0] as string
    return ANSWERS[subcommand(serving)]?.(path, request, serving) ?? plain('404 page not found\n', 404)
  },
}

const SUBCOMMANDS = new Set([
  'netexec',
  'serve-hostname',
  'liveness',
  'pause',
  'porter',
  'test-webserver',
  'guestbook',
  'grpc-health-checking',
])

const PORTS: { readonly [subcommand: string]: (start: Start) => readonly number[] } = {
  netexec: (start) => [Number(option(start.argv, 'http-port') ?? 8080)],
  'serve-hostname': (start) => [Number(option(start.argv, 'port') ?? 9376)],
  liveness: () => [8080],
  'test-webserver': (start) => [Number(option(start.argv, 'port') ?? 80)],
  guestbook: (start) => [Number(option(start.argv, 'http-port') ?? 80)],
  porter: (start) =>
    Object.keys(start.env).flatMap((name) => (name.startsWith('SERVE_PORT_') ? [Number(name.slice(11))] : [])),
  'grpc-health-checking': (start) => [Number(option(start.argv, 'port') ?? 5000), 8080],
}

const ANSWERS: {
  readonly [subcommand: string]: (path: string, request: HttpRequest, serving: Serving) => HttpResponse | undefined
} = {
  // The docs' liveness server: healthy for the first ten seconds of its life, then not any more.
  liveness: (path, _request, serving) => {
    if (path !== '/healthz') return path === '/started' ? plain(`${serving.uptime / 1000}`) : undefined
    if (serving.uptime > 10_000) return plain(`error: ${serving.uptime / 1000}`, 500)
    return plain('ok', 200, { changesAt: 10_001 })
  },
  netexec: (path, request, serving) => {
    const query = new URLSearchParams(request.path.split('?')[1] ?? '')
    if (path === '/hostname' || path === '/hostName') return plain(serving.hostname)
    if (path === '/') return plain(`NOW: ${serving.uptime}`)
    if (path === '/healthz') return plain('')
    if (path === '/echo') return plain(query.get('msg') ?? '', Number(query.get('code') ?? 200))
    if (path === '/clientip') return plain(`${request.from ?? '10.244.0.1'}:41000`)
    if (path === '/header') return plain(request.headers[(query.get('key') ?? '').toLowerCase()] ?? '')
    if (path === '/exit') return plain('', 200, { exits: Number(query.get('code') ?? 0) })
    return undefined
  },
  'serve-hostname': (_path, _request, serving) => plain(`${serving.hostname}\n`),
  'test-webserver': (path) => (path === '/' ? plain('<pre>\n</pre>\n') : undefined),
  guestbook: (path) => (path === '/' ? plain('<html ng-app="redis">Guestbook</html>\n') : undefined),
  porter: (_path, request, serving) => plain(serving.env[`SERVE_PORT_${request.host.split(':')[1] ?? '80'}`] ?? ''),
  'grpc-health-checking': (path) => (path === '/make-not-serving' || path === '/' ? plain('') : undefined),
}

function subcommand(start: Start): string {
  return start.argv[1] ?? 'pause'
}

/** Value of `--name=value` or `--name value`. */
export function option(argv: readonly string[], name: string): string | undefined {
  for (const [i, arg] of argv.entries()) {
    if (arg === `--${name}` || arg === `-${name}`) return argv[i + 1]
    if (arg.startsWith(`--${name}=`)) return arg.slice(name.length + 3)
    if (arg.startsWith(`-${name}=`)) return arg.slice(name.length + 2)
  }
  return undefined
}
