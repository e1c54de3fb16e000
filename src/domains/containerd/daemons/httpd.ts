import type { Daemon } from '../daemon.ts'
import { html } from '../http.ts'
import { clfDate } from './nginx.ts'

/** Apache httpd in the foreground. Models: docker-library/httpd. */
export const httpd: Daemon = {
  program: 'httpd-foreground',
  startMs: 150,
  stopMs: 30,
  ports: () => [80],
  speaks: 'http',
  cost: { idleMilli: 1, idleBytes: 12_582_912, cpuMsPerRequest: 0.5, latencyMs: 1, concurrency: 400 },
  log: (start, at) => [
    `AH00558: httpd: Could not reliably determine the server's fully qualified domain name, using ${start.ip}. Set the 'ServerName' directive globally to suppress this message`,
    `[${at}] [mpm_event:notice] [pid 1:tid 1] AH00489: Apache/${start.version} (Unix) configured -- resuming normal operations`,
    `[${at}] [core:notice] [pid 1:tid 1] AH00094: Command line: 'httpd -D FOREGROUND'`,
  ],
  answer: (request, serving) => {
    const path = request.path.split('?')[0] as string
    const text = serving.read(`/usr/local/apache2/htdocs${path.endsWith('/') ? `${path}index.html` : path}`)
    if (text !== undefined) return html(text)
    return html(
      '<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>404 Not Found</title>\n</head><body>\n<h1>Not Found</h1>\n<p>The requested URL was not found on this server.</p>\n</body></html>\n',
      404,
    )
  },
  accessLog: (request, response, at) =>
    `${request.from ?? '10.244.0.1'} - - [${clfDate(at)}] "${request.method} ${request.path} HTTP/1.1" ${response.status} ${response.body.length}`,
}
