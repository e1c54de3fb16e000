import type { Call, Program, Step } from '../../../../shell/index.ts'
import { basename, resolvePath } from '../../../../shell/index.ts'
import { type HttpRequest, hostText, parseUrl, reasonOf, type Url, urlText } from '../httpMessage.ts'
import { CURL_FLAGS, type CurlOptions, readCurl } from './curlOptions.ts'
import { curlFailure, progressMeter, writeOut } from './curlText.ts'
import { hostsOf } from './hostsFile.ts'
import { type Transfer, transfer } from './transfer.ts'

const HINT = "curl: try 'curl --help' or 'curl --manual' for more information"

/** What curl remembers while a transfer is under way. */
interface State {
  readonly at: number
  readonly depth: number
  readonly tries: number
  readonly url: string
  readonly total: number
  readonly exit: number
  readonly stdout: string
  readonly stderr: string
  readonly next: 'redirect' | 'retry' | 'done'
  readonly location?: string
}

/**
 * Models: curl 8.5, for HTTP. Unlike curl, it knows no other protocols and does not check certificates of anyone: those in the lab are
 * self-signed, so https needs -k.
 */
export const curl: Program = {
  name: 'curl',
  summary: 'transfer a URL',
  usage: '[options...] <url>',
  flags: CURL_FLAGS,
  misuse: 2,
  operands: 'none',
  examples: [
    'curl http://web',
    'curl -s -o /dev/null -w "%{http_code}\\n" http://web',
    'curl -v --max-time 2 http://web:8080/health',
  ],
  run(call) {
    const options = readCurl(call.argv)
    if (typeof options === 'string') return { exit: 2, stderr: `curl: ${options}\n${HINT}\n` }
    if (options.given.version) return { exit: 0, stdout: 'curl 8.5.0 (x86_64-pc-linux-gnu) libcurl/8.5.0\n' }
    if (options.urls.length === 0) return { exit: 2, stderr: `curl: (2) no URL specified\n${HINT}\n` }
    return begin(call, options, 0, options.urls[0] ?? '', 0, 0, 0)
  },
  resume(call, saved) {
    const state = saved as unknown as State
    const options = readCurl(call.argv) as CurlOptions
    const printed = { stdout: state.stdout, stderr: state.stderr }
    const go = (step: Step): Step => ({
      ...step,
      stdout: printed.stdout + (step.stdout ?? ''),
      stderr: printed.stderr + (step.stderr ?? ''),
    })
    if (state.next === 'redirect')
      return go(begin(call, options, state.at, state.location ?? '', state.depth + 1, 0, state.total))
    if (state.next === 'retry') return go(begin(call, options, state.at, state.url, state.depth, state.tries + 1, 0))
    const following = options.urls[state.at + 1]
    if (following !== undefined) return go(begin(call, options, state.at + 1, following, 0, 0, 0))
    return { exit: state.exit, ...printed }
  },
}

function begin(
  call: Call,
  options: CurlOptions,
  at: number,
  text: string,
  depth: number,
  tries: number,
  total: number,
): Step {
  const { given } = options
  const quiet = given.silent !== undefined && given['show-error'] === undefined
  if (/^file:\/\//i.test(text)) return ofFile(call, options, text, quiet)
  const url = parseUrl(text)
  if ('error' in url) {
    const [code, words] =
      url.error === 'scheme'
        ? [1, `Protocol "${url.what}" not supported or disabled in libcurl`]
        : [
            3,
            url.error === 'port'
              ? 'URL using bad/illegal format or missing URL'
              : 'URL using bad/illegal format or missing URL',
          ]
    return { exit: code as number, stderr: quiet ? '' : `curl: (${code}) ${words}\n` }
  }
  const http = messageOf(call, options, url, depth)
  if (typeof http === 'string') return { exit: 26, stderr: `curl: (26) ${http}\n` }
  const done = transfer(
    call.world,
    call.host.id,
    http,
    {
      maxMs: seconds(given['max-time'], total),
      connectMs: seconds(given['connect-timeout'], 0),
      insecure: given.insecure !== undefined || given.cacert !== undefined,
    },
    { hosts: hostsOf(call.files), resolve: resolves(options), salt: `${call.process.id} ${at} ${depth} ${tries}` },
  )
  const state = finish(call, options, at, text, url, http, depth, tries, total, done)
  return {
    wait: { after: Math.max(1, done.ms + (state.next === 'retry' ? retryDelay(options, tries) : 0)) },
    state: state as never,
    emit: done.emit,
  }
}

/** A file of this host itself: `file:///home/me/a.txt`. */
function ofFile(call: Call, { given }: CurlOptions, text: string, quiet: boolean): Step {
  const path = decodeURIComponent(text.replace(/^file:\/\/(?:localhost)?/i, ''))
  const read = call.files.read(resolvePath(call.cwd, path))
  if ('error' in read) return { exit: 37, stderr: quiet ? '' : `curl: (37) Couldn't open file ${path}\n` }
  const file = given['remote-name'] ? basename(path) : typeof given.output === 'string' ? given.output : undefined
  if (file === undefined || file === '-') return { exit: 0, stdout: read.text }
  const stderr = given.silent === undefined ? progressMeter(read.text.length, 1) : ''
  const problem = call.files.write(resolvePath(call.cwd, file), read.text)
  if (problem === undefined) return { exit: 0, stderr }
  const says = `Warning: Failed to open the file ${file}: ${problem}\ncurl: (23) Failure writing output to destination\n`
  return { exit: 23, stderr: `${stderr}${says}` }
}

function finish(
  call: Call,
  options: CurlOptions,
  at: number,
  text: string,
  url: Url,
  http: HttpRequest,
  depth: number,
  tries: number,
  total: number,
  done: Transfer,
): State {
  const { given } = options
  const ms = total + done.ms
  const base = { at, depth, tries, url: text, total: ms }
  let stdout = ''
  let stderr = given.verbose ? verbose(url, http, done) : ''
  const failure = curlFailure(url, done)
  const fails = given.fail !== undefined || given['fail-with-body'] !== undefined
  const { answer } = done
  const left = Number(given.retry ?? 0) - tries
  if (left > 0 && transient(options, done)) {
    const problem = answer ? `HTTP error` : done.is === 'refused' ? 'connection refused' : 'timeout'
    const wait = retryDelay(options, tries) / 1000
    if (!given.silent)
      stderr += `Warning: Problem: ${problem}. Will retry in ${wait} second${wait === 1 ? '' : 's'}. ${left} ${left === 1 ? 'retry' : 'retries'} left.\n`
    return { ...base, exit: 0, stdout, stderr, next: 'retry' }
  }
  const location =
    answer && answer.status >= 300 && answer.status < 400 ? headerOf(answer.headers, 'location') : undefined
  const follows = given.location !== undefined && location !== undefined && depth < 50
  const head = answer ? headText(answer.status, answer.headers) : ''
  const isHead = given.head !== undefined || http.method === 'HEAD'
  const bad = fails && answer !== undefined && answer.status >= 400
  let body = ''
  if (answer && !follows && !isHead && !(bad && given.fail)) body = answer.body
  const shown = (given.include || given.head ? head : '') + body
  const name = given['remote-name'] ? basename(url.path.replace(/\?.*$/, '')) : undefined
  const file = typeof given.output === 'string' && given.output !== '-' ? given.output : name
  const silent = given.silent !== undefined || given['no-progress-meter'] !== undefined
  if (!silent && (file !== undefined || !call.terminal)) stderr += progressMeter(body.length, ms)
  let exit = 0
  if (file !== undefined && answer) {
    const problem = call.files.write(resolvePath(call.cwd, file), shown)
    if (problem) {
      stderr += `Warning: Failed to open the file ${file}: ${problem}\ncurl: (23) Failure writing output to destination\n`
      exit = 23
    }
  } else stdout += shown
  if (typeof given['dump-header'] === 'string' && answer) {
    if (given['dump-header'] === '-') stdout = head + stdout
    else call.files.write(resolvePath(call.cwd, given['dump-header']), head)
  }
  if (follows)
    return {
      ...base,
      exit: 0,
      stdout: given.include || given.head ? stdout : '',
      stderr,
      next: 'redirect',
      location: absolute(location, url),
    }
  if (failure) exit = failure.code
  else if (bad) exit = 22
  if (typeof given['write-out'] === 'string')
    stdout += writeOut(given['write-out'], { url: text, done, ms, size: body.length, exit, redirects: depth })
  const loud = given.silent === undefined || given['show-error'] !== undefined
  if (failure && loud) stderr += `curl: (${failure.code}) ${failure.text}\n`
  else if (bad && loud) stderr += `curl: (22) The requested URL returned error: ${answer?.status}\n`
  return { ...base, exit, stdout, stderr, next: 'done' }
}

function transient(options: CurlOptions, done: Transfer): boolean {
  if (done.is === 'answered') return [408, 429, 500, 502, 503, 504].includes(done.answer?.status ?? 0)
  if (options.given['retry-all-errors']) return true
  if (done.is === 'refused') return options.given['retry-connrefused'] !== undefined
  return done.is.endsWith('timeout')
}

function retryDelay(options: CurlOptions, tries: number): number {
  const fixed = Number(options.given['retry-delay'] ?? 0)
  return fixed > 0 ? fixed * 1000 : Math.min(600, 2 ** tries) * 1000
}

function messageOf(call: Call, options: CurlOptions, url: Url, depth: number): HttpRequest | string {
  const { given, all } = options
  const pieces: string[] = []
  for (const name of ['data', 'data-raw', 'data-binary', 'data-urlencode', 'json']) {
    for (const piece of all[name] ?? []) {
      if (piece.startsWith('@') && name !== 'data-raw') {
        const file =
          piece === '@-' ? { text: call.stdin ?? '' } : call.files.read(resolvePath(call.cwd, piece.slice(1)))
        if ('error' in file) return `Failed to open ${piece.slice(1)}`
        pieces.push(name === 'data' ? file.text.replace(/[\r\n]/g, '') : file.text)
      } else if (name === 'data-urlencode') {
        const cut = piece.indexOf('=')
        pieces.push(
          cut < 0 ? encodeURIComponent(piece) : `${piece.slice(0, cut + 1)}${encodeURIComponent(piece.slice(cut + 1))}`,
        )
      } else pieces.push(piece)
    }
  }
  const body = pieces.length > 0 ? pieces.join(given.json ? '' : '&') : undefined
  const asQuery = given.get !== undefined && body !== undefined
  const path = asQuery ? `${url.path}${url.path.includes('?') ? '&' : '?'}${body}` : url.path
  const headers: { [name: string]: string } = { Host: hostText(url) }
  const user = given.user ?? url.user
  if (typeof user === 'string') headers.Authorization = `Basic ${base64(user.includes(':') ? user : `${user}:`)}`
  headers['User-Agent'] = typeof given['user-agent'] === 'string' ? given['user-agent'] : 'curl/8.5.0'
  headers.Accept = given.json ? 'application/json' : '*/*'
  if (typeof given.cookie === 'string') headers.Cookie = given.cookie
  if (typeof given.referer === 'string') headers.Referer = given.referer
  const sends = body !== undefined && !asQuery && !(depth > 0)
  if (sends) {
    headers['Content-Length'] = String(body.length)
    headers['Content-Type'] = given.json ? 'application/json' : 'application/x-www-form-urlencoded'
  }
  for (const line of all.header ?? []) {
    const cut = line.indexOf(':')
    if (cut < 0) continue
    const name = line.slice(0, cut).trim()
    const known = Object.keys(headers).find((key) => key.toLowerCase() === name.toLowerCase()) ?? name
    const value = line.slice(cut + 1).trim()
    if (value === '') delete headers[known]
    else headers[known] = value
  }
  const method = typeof given.request === 'string' ? given.request : given.head ? 'HEAD' : sends ? 'POST' : 'GET'
  return { method, url: { ...url, path }, headers, ...(sends ? { body } : {}) }
}

function verbose(url: Url, http: HttpRequest, done: Transfer): string {
  const lines: string[] = []
  if (done.ip !== undefined) lines.push(`*   Trying ${done.ip}:${url.port}...`)
  const failure = curlFailure(url, done)
  if (done.is === 'refused') lines.push(`* connect to ${done.ip} port ${url.port} failed: Connection refused`)
  if (done.is === 'unreachable') lines.push(`* connect to ${done.ip} port ${url.port} failed: No route to host`)
  const connected = done.answer !== undefined || done.is === 'timeout' || done.is === 'tls' || done.is === 'self-signed'
  if (connected) lines.push(`* Connected to ${url.host} (${done.ip}) port ${url.port}`)
  if (done.answer || done.is === 'timeout') {
    lines.push(`> ${http.method} ${http.url.path} HTTP/1.1`)
    for (const [name, value] of Object.entries(http.headers)) lines.push(`> ${name}: ${value}`)
    lines.push('> ')
  }
  if (done.answer) {
    for (const line of headText(done.answer.status, done.answer.headers).split('\r\n').slice(0, -1))
      lines.push(`< ${line}`)
    lines.push(`* Connection #0 to host ${url.host} left intact`)
  } else if (failure) lines.push(`* ${failure.text}`, '* Closing connection')
  return `${lines.join('\n')}\n`
}

function headText(status: number, headers: { readonly [name: string]: string }): string {
  const lines = [`HTTP/1.1 ${status} ${reasonOf(status)}`.trimEnd()]
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`)
  return `${lines.join('\r\n')}\r\n\r\n`
}

function headerOf(headers: { readonly [name: string]: string }, name: string): string | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1]
}

function absolute(location: string, from: Url): string {
  if (/^[a-z]+:\/\//i.test(location)) return location
  return urlText({ ...from, path: location.startsWith('/') ? location : from.path.replace(/[^/]*$/, location) })
}

function resolves(options: CurlOptions): { readonly [place: string]: string } {
  const fixed: { [place: string]: string } = {}
  for (const entry of options.all.resolve ?? []) {
    const parts = /^\+?([^:]+):(\d+):(.+)$/.exec(entry)
    if (parts) fixed[`${parts[1]}:${parts[2]}`] = (parts[3] ?? '').split(',')[0] ?? ''
  }
  return fixed
}

function seconds(value: string | true | undefined, spent: number): number | undefined {
  const number = typeof value === 'string' ? Number(value) : Number.NaN
  return number > 0 ? Math.max(1, Math.round(number * 1000) - spent) : undefined
}

function base64(text: string): string {
  return btoa(text)
}
