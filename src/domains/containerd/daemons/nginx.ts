import type { Daemon, Serving } from '../daemon.ts'
import { type HttpRequest, type HttpResponse, html, statusText } from '../http.ts'

/** nginx in the foreground: serves the files below `/usr/share/nginx/html`. Models: docker-library/nginx with its default.conf. */
export const nginx: Daemon = {
  program: 'nginx',
  serves: (argv) => !argv.some((arg) => ['-v', '-V', '-t', '-T', '-s', '-h', '-?'].includes(arg)),
  startMs: 60,
  stopMs: 20,
  ports: (start) => listens(start.read('/etc/nginx/conf.d/default.conf')),
  speaks: 'http',
  cost: { idleMilli: 1, idleBytes: 9_437_184, cpuMsPerRequest: 0.3, latencyMs: 1, concurrency: 1024 },
  log: (start, at) => {
    const stamp = `${at.slice(0, 10).replaceAll('-', '/')} ${at.slice(11, 19)} [notice] 1#1:`
    return [
      '/docker-entrypoint.sh: /docker-entrypoint.d/ is not empty, will attempt to perform configuration',
      '/docker-entrypoint.sh: Looking for shell scripts in /docker-entrypoint.d/',
      '/docker-entrypoint.sh: Configuration complete; ready for start up',
      `${stamp} using the "epoll" event method`,
      `${stamp} nginx/${start.version}`,
      `${stamp} start worker processes`,
    ]
  },
  answer: serve,
  passesTo: (path, start) => passedTo(start.read('/etc/nginx/conf.d/default.conf') ?? NGINX_CONF, path),
  badGateway: (status, { version }) => errorPage(status, version),
  accessLog: (request, response, at) =>
    `${request.from ?? '10.244.0.1'} - - [${clfDate(at)}] "${request.method} ${request.path} HTTP/1.1" ${response.status} ${response.body.length} "-" "${request.headers['user-agent'] ?? '-'}" "-"`,
}

/** The page that a fresh nginx shows. */
export const NGINX_WELCOME = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
<style>
html { color-scheme: light dark; }
body { width: 35em; margin: 0 auto;
font-family: Tahoma, Verdana, Arial, sans-serif; }
</style>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>If you see this page, the nginx web server is successfully installed and
working. Further configuration is required.</p>

<p>For online documentation and support please refer to
<a href="http://nginx.org/">nginx.org</a>.<br/>
Commercial support is available at
<a href="http://nginx.com/">nginx.com</a>.</p>

<p><em>Thank you for using nginx.</em></p>
</body>
</html>
`

/** The server block of the image. */
export const NGINX_CONF = `server {
    listen       80;
    server_name  localhost;

    location / {
        root   /usr/share/nginx/html;
        index  index.html index.htm;
    }

    error_page   500 502 503 504  /50x.html;
    location = /50x.html {
        root   /usr/share/nginx/html;
    }
}
`

/** Date of an access log: `01/Jan/2026:00:00:05 +0000`. */
export function clfDate(at: string): string {
  const months = 'JanFebMarAprMayJunJulAugSepOctNovDec'
  const month = Number(at.slice(5, 7)) - 1
  return `${at.slice(8, 10)}/${months.slice(3 * month, 3 * month + 3)}/${at.slice(0, 4)}:${at.slice(11, 19)} +0000`
}

/** Ports of `listen` lines; 80 without a file. */
function listens(conf: string | undefined): readonly number[] {
  if (conf === undefined) return [80]
  const ports = [...conf.matchAll(/(?:^|[{;])\s*listen\s+(?:\[::\]:|[\d.]+:)?(\d+)/gm)].map((match) => Number(match[1]))
  return [...new Set(ports)]
}

function serve(request: HttpRequest, serving: Serving): HttpResponse {
  const path = request.path.split('?')[0] as string
  const server = { server: `nginx/${serving.version}` }
  const conf = serving.read('/etc/nginx/conf.d/default.conf') ?? NGINX_CONF
  const fixed = fixedAnswer(conf, path)
  if (fixed) return { ...fixed, headers: { ...fixed.headers, ...server } }
  const root = /^\s*root\s+([^;\s]+);/m.exec(conf)?.[1] ?? '/usr/share/nginx/html'
  const file = path.endsWith('/') ? `${root}${path}index.html` : `${root}${path}`
  const text = serving.read(file)
  if (text === undefined) {
    const status = path.endsWith('/') && path === '/' ? 403 : 404
    return { ...errorPage(status, serving.version), headers: { 'content-type': 'text/html', ...server } }
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') return errorPage(405, serving.version)
  const type = file.endsWith('.html') ? 'text/html' : file.endsWith('.json') ? 'application/json' : 'text/plain'
  return { status: 200, headers: { 'content-type': type, ...server }, body: request.method === 'HEAD' ? '' : text }
}

/** The answer of a `location` block that says `return 200 "ok";`, if the path falls into one. */
function fixedAnswer(conf: string, path: string): HttpResponse | undefined {
  let best: { readonly prefix: string; readonly response: HttpResponse } | undefined
  for (const match of conf.matchAll(
    /location\s+(=\s+)?(\/\S*)\s*\{[^}]*?return\s+(\d{3})(?:\s+(?:"([^"]*)"|'([^']*)'|([^;\s]+)))?\s*;/g,
  )) {
    const prefix = match[2] as string
    if (match[1] ? path !== prefix : !path.startsWith(prefix)) continue
    if (best && best.prefix.length >= prefix.length) continue
    const body = (match[4] ?? match[5] ?? match[6] ?? '').replaceAll('\\n', '\n')
    best = { prefix, response: { status: Number(match[3]), headers: { 'content-type': 'text/plain' }, body } }
  }
  return best?.response
}

/**
 * Where the `location` block with the longest prefix passes a request on to. A URL with a path of its own takes the prefix's place.
 * Models: ngx_http_proxy_module. Unlike nginx, only the first server of an `upstream` block is asked, and locations by pattern are not read.
 */
function passedTo(conf: string, path: string): string | undefined {
  let best: { readonly prefix: string; readonly to: string | undefined } | undefined
  for (const [, exact, prefix = '', block = ''] of conf.matchAll(/location\s+(=\s+)?(\/\S*)\s*\{([^}]*)\}/g)) {
    const [bare = ''] = path.split('?')
    if (exact ? bare !== prefix : !bare.startsWith(prefix)) continue
    if (best && best.prefix.length >= prefix.length) continue
    best = { prefix, to: /(?:^|[;\s])proxy_pass\s+(https?:\/\/[^;\s]+)\s*;/.exec(block)?.[1] }
  }
  const [, scheme, host = '', own] = /^(https?):\/\/([^/]+)(\/.*)?$/.exec(best?.to ?? '') ?? []
  if (!best || scheme === undefined) return undefined
  const escaped = host.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const server = new RegExp(`upstream\\s+${escaped}\\s*\\{[^}]*?server\\s+([^;\\s]+)`).exec(conf)?.[1]
  return `${scheme}://${server ?? host}${own === undefined ? path : own + path.slice(best.prefix.length)}`
}

function errorPage(status: number, version: string): HttpResponse {
  const title = `${status} ${statusText(status)}`
  return html(
    `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx/${version}</center>\r\n</body>\r\n</html>\r\n`,
    status,
  )
}
