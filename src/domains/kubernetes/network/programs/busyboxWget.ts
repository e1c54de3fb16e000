import { basename, type Call, type Done, type Program, resolvePath } from '../../../../shell/index.ts'
import { type HttpRequest, hostText, parseUrl, reasonOf } from '../httpMessage.ts'
import { hostsOf } from './hostsFile.ts'
import { transfer } from './transfer.ts'

/** Models: busybox networking/wget.c, as in the busybox and alpine images. */
export const busyboxWget: Program = {
  name: 'wget',
  summary: 'Retrieve files via HTTP or FTP',
  usage: '[-cqS] [--spider] [-O FILE] [-o LOGFILE] [--header STR] [--post-data STR] [-T SEC] URL...',
  operands: 'none',
  examples: ['wget -qO- http://web', 'wget --spider --timeout=1 web'],
  run(call) {
    const options = read(call.argv)
    if (typeof options === 'string') return { exit: 1, stderr: `wget: ${options}\n${USAGE}` }
    const text = options.url
    if (text === undefined) return { exit: 1, stderr: USAGE }
    const url = parseUrl(text)
    if ('error' in url) return { exit: 1, stderr: `wget: not an http or ftp url: ${text}\n` }
    const headers: { [name: string]: string } = {
      Host: hostText(url),
      'User-Agent': 'Wget',
      Connection: 'close',
      ...options.headers,
    }
    const http: HttpRequest = {
      method: options.spider ? 'HEAD' : options.post === undefined ? 'GET' : 'POST',
      url,
      headers,
      ...(options.post === undefined ? {} : { body: options.post }),
    }
    const done = transfer(
      call.world,
      call.host.id,
      http,
      { maxMs: (options.timeout ?? 900) * 1000, insecure: true },
      { hosts: hostsOf(call.files), salt: call.process.id },
    )
    const place = /^[a-z]+:\/\//i.test(text)
      ? text.replace(/^[a-z]+:\/\//i, '').replace(/\/.*$/, '')
      : text.replace(/\/.*$/, '')
    const say = (line: string): string => (options.quiet ? '' : `${line}\n`)
    const connecting = done.ip === undefined ? '' : say(`Connecting to ${place} (${done.ip}:${url.port})`)
    const end = (result: Done) => ({ wait: { after: Math.max(1, done.ms) }, state: result as never, emit: done.emit })
    const failure = problem(done.is, place, done.ip)
    if (failure || !done.answer) return end({ exit: 1, stderr: `${connecting}wget: ${failure}\n` })
    const { status, body } = done.answer
    const answered = options.server
      ? `  HTTP/1.1 ${status} ${reasonOf(status)}\n${Object.entries(done.answer.headers)
          .map(([name, value]) => `  ${name}: ${value}\n`)
          .join('')}`
      : ''
    if (status >= 400)
      return end({
        exit: 1,
        stderr: `${connecting}${answered}wget: server returned error: HTTP/1.1 ${status} ${reasonOf(status)}\n`,
      })
    if (options.spider) return end({ exit: 0, stderr: `${connecting}${answered}${say('remote file exists')}` })
    return end(save(call, options.output, url.path, body, connecting + answered, say))
  },
  resume: (_call, state) => state as unknown as Done,
}

interface Options {
  readonly url: string | undefined
  readonly quiet: boolean
  readonly server: boolean
  readonly spider: boolean
  readonly output: string | undefined
  readonly post: string | undefined
  readonly timeout: number | undefined
  readonly headers: { readonly [name: string]: string }
}

const USAGE = `BusyBox v1.37.0 multi-call binary.

Usage: wget [-cqS] [--spider] [-O FILE] [-o LOGFILE] [-P DIR]
	[--header STR] [--post-data STR] [-U AGENT] [-T SEC] URL...
`

function read(argv: readonly string[]): Options | string {
  let [quiet, server, spider] = [false, false, false]
  let [url, output, post, timeout]: (string | undefined)[] = []
  const headers: { [name: string]: string } = {}
  const take = (name: string, value: string): string | undefined => {
    if (name === 'O' || name === 'output-document') output = value
    else if (name === 'T' || name === 'timeout') timeout = value
    else if (name === 'post-data') post = value
    else if (name === 'header')
      headers[value.slice(0, value.indexOf(':')).trim()] = value.slice(value.indexOf(':') + 1).trim()
    else if (name === 'U' || name === 'user-agent') headers['User-Agent'] = value
    else if (!['o', 'output-file', 'P', 'directory-prefix', 't', 'tries', 'Y', 'proxy'].includes(name))
      return `unrecognized option: ${name}`
    return undefined
  }
  const valued = [
    'output-document',
    'timeout',
    'post-data',
    'header',
    'user-agent',
    'output-file',
    'directory-prefix',
    'tries',
    'proxy',
  ]
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at] as string
    if (word === '-' || !word.startsWith('-')) {
      url ??= word
      continue
    }
    if (word.startsWith('--')) {
      const [name = '', ...rest] = word.slice(2).split('=')
      if (name === 'spider') spider = true
      else if (name === 'quiet') quiet = true
      else if (name === 'server-response') server = true
      else if (valued.includes(name)) take(name, rest.length > 0 ? rest.join('=') : (argv[++at] ?? ''))
      else if (!['no-check-certificate', 'continue', 'no-verbose'].includes(name)) return `unrecognized option: ${name}`
      continue
    }
    for (let i = 1; i < word.length; i++) {
      const letter = word[i] as string
      if (letter === 'q') quiet = true
      else if (letter === 'S') server = true
      else if (letter === 's') spider = true
      else if (letter === 'c') continue
      else if ('OTUoPtY'.includes(letter)) {
        const value = word.slice(i + 1) || argv[++at]
        if (value === undefined) return `option requires an argument: ${letter}`
        take(letter, value)
        break
      } else return `unrecognized option: ${letter}`
    }
  }
  return {
    url,
    quiet,
    server,
    spider,
    output,
    post,
    timeout: timeout === undefined ? undefined : Number(timeout),
    headers,
  }
}

function problem(is: string, place: string, ip: string | undefined): string | undefined {
  if (is === 'answered') return undefined
  if (is === 'unknown host') return `bad address '${place}'`
  if (is === 'resolve timeout' || is.endsWith('timeout')) return 'download timed out'
  if (is === 'tls') return 'error getting response: Connection reset by peer'
  return `can't connect to remote host (${ip}): ${is === 'unreachable' ? 'No route to host' : 'Connection refused'}`
}

function save(
  call: Call,
  output: string | undefined,
  path: string,
  body: string,
  head: string,
  say: (line: string) => string,
): Done {
  const size = String(body.length).padStart(5)
  if (output === '-')
    return {
      exit: 0,
      stdout: body,
      stderr: `${head}${say('writing to stdout')}${say(bar('-', size))}${say('written to stdout')}`,
    }
  const name = output ?? (basename(path.replace(/\?.*$/, '')) || 'index.html')
  const file = name === '/' ? 'index.html' : name
  const wrong =
    call.files.exists(resolvePath(call.cwd, file)) && output === undefined
      ? 'File exists'
      : call.files.write(resolvePath(call.cwd, file), body)
  if (wrong) return { exit: 1, stderr: `${head}wget: can't open '${file}': ${wrong}\n` }
  return { exit: 0, stderr: `${head}${say(`saving to '${file}'`)}${say(bar(file, size))}${say(`'${file}' saved`)}` }
}

function bar(name: string, size: string): string {
  return `${name.slice(0, 20).padEnd(20)} 100% |********************************| ${size}  0:00:00 ETA`
}
