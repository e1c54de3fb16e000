import type { Daemon, Start } from '../daemon.ts'
import { plain } from '../http.ts'
import { option } from './agnhost.ts'
import { web } from './web.ts'

/** GoogleCloudPlatform hello-app: tells its version and its host. Models: kubernetes-engine-samples hello-app/main.go. */
export const helloApp = web({
  program: 'hello-app',
  port: 8080,
  portFrom: 'PORT',
  startMs: 50,
  cost: { idleMilli: 1, idleBytes: 6_291_456, cpuMsPerRequest: 0.3, latencyMs: 1, concurrency: 1000 },
  log: (start, at) => [`${stamp(at)} Server listening on port ${start.env.PORT ?? '8080'}`],
  answer: (_request, serving) => plain(`Hello, world!\nVersion: ${serving.version}\nHostname: ${serving.hostname}\n`),
})

/** kubernetes hpa-example: an Apache whose page computes square roots for a fifth of a second of one core. */
export const hpaExample = web({
  program: 'apache2-foreground',
  port: 80,
  startMs: 400,
  cost: { idleMilli: 1, idleBytes: 20_971_520, cpuMsPerRequest: 20, latencyMs: 25, concurrency: 150 },
  log: (start) => [
    `AH00558: apache2: Could not reliably determine the server's fully qualified domain name, using ${start.ip}. Set the 'ServerName' directive globally to suppress this message`,
  ],
  answer: () => ({ status: 200, headers: { 'content-type': 'text/html; charset=UTF-8' }, body: 'OK!' }),
})

/** hashicorp/http-echo: answers the text that it was started with; without one it refuses to start. */
export const httpEcho: Daemon = {
  ...web({
    program: 'http-echo',
    port: 5678,
    startMs: 20,
    cost: { idleMilli: 1, idleBytes: 5_242_880, cpuMsPerRequest: 0.2, latencyMs: 1, concurrency: 1000 },
    log: (start, at) => [`${at} [INFO] server is listening on :${listen(start)}`],
    answer: (_request, serving) => plain(`${text(serving) ?? ''}\n`),
  }),
  ports: (start) => [Number(listen(start))],
  ends: (start) => (text(start) === undefined ? { exit: 127, after: 10, log: ['Missing -text option!'] } : undefined),
}

function text(start: Pick<Start, 'argv' | 'env'>): string | undefined {
  return option(start.argv, 'text') ?? start.env.ECHO_TEXT
}

function listen(start: Pick<Start, 'argv'>): string {
  return (option(start.argv, 'listen') ?? ':5678').replace(/^.*:/, '')
}

/** nginxdemos/hello with plain text: address, name, date and URI of the server. */
export const nginxHello = web({
  program: 'nginx',
  port: 80,
  startMs: 60,
  cost: { idleMilli: 1, idleBytes: 9_437_184, cpuMsPerRequest: 0.3, latencyMs: 1, concurrency: 1024 },
  answer: (request, serving) =>
    plain(`Server address: ${serving.ip}:80\nServer name: ${serving.hostname}\nURI: ${request.path}\n`),
})

/** traefik/whoami and its like: says who it is and what it was asked. */
export const whoami = web({
  program: 'whoami',
  port: 80,
  startMs: 20,
  cost: { idleMilli: 1, idleBytes: 4_194_304, cpuMsPerRequest: 0.2, latencyMs: 1, concurrency: 1000 },
  log: () => ['Starting up on port 80'],
  answer: (request, serving) =>
    plain(
      `Hostname: ${serving.hostname}\nIP: ${serving.ip}\nRemoteAddr: ${request.from ?? '10.244.0.1'}:41000\n${request.method} ${request.path} HTTP/1.1\nHost: ${request.host}\n`,
    ),
})

/** echoserver: repeats the request. Models: kubernetes/kubernetes test/images/echoserver. */
export const echoserver = web({
  program: 'nginx',
  port: 8080,
  startMs: 80,
  cost: { idleMilli: 1, idleBytes: 9_437_184, cpuMsPerRequest: 0.5, latencyMs: 1, concurrency: 1000 },
  log: () => ['Generating self-signed cert', 'Generating a RSA private key', 'Starting nginx'],
  answer: (request, serving) => {
    const url = `http://${request.host}:8080${request.path}`
    const headers = Object.entries({ host: request.host, ...request.headers }).sort(([a], [b]) => (a < b ? -1 : 1))
    return plain(
      `\n\nHostname: ${serving.hostname}\n\nPod Information:\n\tnode name:\t${serving.env.NODE_NAME ?? '-no node information available-'}\n\nServer values:\n\tserver_version=nginx: 1.14.2 - lua: 10015\n\nRequest Information:\n\tclient_address=${request.from ?? '10.244.0.1'}\n\tmethod=${request.method}\n\treal path=${request.path}\n\tquery=${request.path.split('?')[1] ?? ''}\n\trequest_version=1.1\n\trequest_scheme=http\n\trequest_uri=${url}\n\nRequest Headers:\n${headers.map(([name, value]) => `\t${name}=${value}\n`).join('')}\nRequest Body:\n${request.body ?? '\t-no body in request-'}\n\n`,
    )
  },
})

/** Date as Go's log package prints it. */
function stamp(at: string): string {
  return `${at.slice(0, 10).replaceAll('-', '/')} ${at.slice(11, 19)}`
}
