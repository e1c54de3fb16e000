import { EPOCH } from '../../../../kernel/index.ts'
import { basename, type Done, type Flag, type Program, readOptions, resolvePath } from '../../../../shell/index.ts'
import { type HttpRequest, hostText, parseUrl, reasonOf, urlText } from '../httpMessage.ts'
import { hostsOf } from './hostsFile.ts'
import { transfer } from './transfer.ts'

const FLAGS: readonly Flag[] = [
  { name: 'quiet', short: 'q', says: 'quiet (no output)' },
  { name: 'output-document', short: 'O', value: 'FILE', says: 'write documents to FILE' },
  { name: 'server-response', short: 'S', says: 'print server response' },
  { name: 'spider', says: "don't download anything" },
  { name: 'timeout', short: 'T', value: 'SECONDS', says: 'set all timeout values to SECONDS' },
  { name: 'tries', short: 't', value: 'NUMBER', says: 'set number of retries to NUMBER' },
  { name: 'header', value: 'STRING', says: 'insert STRING among the headers' },
  { name: 'post-data', value: 'STRING', says: 'use the POST method; send STRING as the data' },
  { name: 'no-check-certificate', says: "don't validate the server's certificate" },
  { name: 'no-verbose', says: 'turn off verboseness, without being quiet' },
  { name: 'no-clobber', says: 'skip downloads that would download to existing files' },
]

/** Models: GNU wget 1.21. */
export const wget: Program = {
  name: 'wget',
  summary: 'The non-interactive network downloader',
  usage: '[OPTION]... [URL]...',
  flags: FLAGS,
  misuse: 2,
  operands: 'none',
  examples: ['wget -qO- http://203.0.113.10'],
  run(call) {
    const options = readOptions(wget, call.argv)
    if ('exit' in options) return options
    const text = options.operands[0]
    if (text === undefined)
      return {
        exit: 1,
        stderr: "wget: missing URL\nUsage: wget [OPTION]... [URL]...\n\nTry `wget --help' for more options.\n",
      }
    const url = parseUrl(text)
    if ('error' in url)
      return {
        exit: 1,
        stderr: `${text}: ${url.error === 'scheme' ? `Unsupported scheme ‘${url.what}’.` : url.error === 'port' ? 'Bad port number.' : 'Invalid host name.'}\n`,
      }
    const { given } = options
    const spider = given.spider !== undefined
    const headers: { [name: string]: string } = {
      Host: hostText(url),
      'User-Agent': 'Wget/1.21.4',
      Accept: '*/*',
      'Accept-Encoding': 'identity',
      Connection: 'Keep-Alive',
    }
    for (const line of options.all.header ?? [])
      headers[line.slice(0, line.indexOf(':')).trim()] = line.slice(line.indexOf(':') + 1).trim()
    const post = typeof given['post-data'] === 'string' ? given['post-data'] : undefined
    const http: HttpRequest = {
      method: spider ? 'HEAD' : post === undefined ? 'GET' : 'POST',
      url,
      headers,
      ...(post === undefined ? {} : { body: post }),
    }
    const limit = typeof given.timeout === 'string' ? Number(given.timeout) * 1000 : 900_000
    const done = transfer(
      call.world,
      call.host.id,
      http,
      { maxMs: limit, connectMs: limit, insecure: given['no-check-certificate'] !== undefined },
      { hosts: hostsOf(call.files), salt: call.process.id },
    )
    const stamp = (ms: number): string => new Date(EPOCH + ms).toISOString().replace('T', ' ').slice(0, 19)
    const quiet = given.quiet !== undefined
    const end = (exit: number, log: string, stdout = '') => ({
      wait: { after: Math.max(1, done.ms) },
      state: { exit, stderr: quiet ? '' : log, stdout } as never,
      emit: done.emit,
    })
    let log = `--${stamp(call.world.now)}--  ${urlText(url)}\n`
    const literal = done.ip === url.host
    if (done.ip === undefined)
      return end(
        4,
        `${log}Resolving ${url.host} (${url.host})... failed: ${done.is === 'resolve timeout' ? 'Connection timed out' : 'Name or service not known'}.\nwget: unable to resolve host address ‘${url.host}’\n`,
      )
    if (!literal) log += `Resolving ${url.host} (${url.host})... ${done.ip}\n`
    log += literal
      ? `Connecting to ${url.host}:${url.port}... `
      : `Connecting to ${url.host} (${url.host})|${done.ip}|:${url.port}... `
    if (done.is === 'refused') return end(4, `${log}failed: Connection refused.\n`)
    if (done.is === 'unreachable') return end(4, `${log}failed: No route to host.\n`)
    if (done.is === 'connect timeout') return end(4, `${log}failed: Connection timed out.\nRetrying.\n\n`)
    log += 'connected.\n'
    if (done.is === 'self-signed')
      return end(
        5,
        `${log}ERROR: cannot verify ${url.host}'s certificate.\nTo connect to ${url.host} insecurely, use \`--no-check-certificate'.\n`,
      )
    log += 'HTTP request sent, awaiting response... '
    if (!done.answer) return end(4, `${log}Read error (Connection timed out) in headers.\nGiving up.\n\n`)
    const { status, body } = done.answer
    const finish = stamp(call.world.now + done.ms)
    if (given['server-response']) {
      log += `\n  HTTP/1.1 ${status} ${reasonOf(status)}\n`
      for (const [name, value] of Object.entries(done.answer.headers)) log += `  ${name}: ${value}\n`
    } else log += `${status} ${reasonOf(status)}\n`
    if (status >= 400)
      return end(
        8,
        spider
          ? `${log}Remote file does not exist -- broken link!!!\n\n`
          : `${log}${finish} ERROR ${status}: ${reasonOf(status)}.\n\n`,
      )
    const type = done.answer.headers['Content-Type']?.replace(/;.*/, '')
    log += `Length: ${body.length}${type === undefined ? '' : ` [${type}]`}\n`
    if (spider)
      return end(
        0,
        `${log}Remote file exists and could contain further links,\nbut recursion is disabled -- not retrieving.\n\n`,
      )
    const output = given['output-document']
    const name = typeof output === 'string' ? output : basename(url.path.replace(/\?.*$/, ''))
    const file = name === '' || name === '/' ? 'index.html' : name
    if (file !== '-') {
      const wrong = call.files.write(resolvePath(call.cwd, file), body)
      if (wrong) return end(3, `${log}${file}: ${wrong}\n\nCannot write to ‘${file}’ (Success).\n`)
    }
    const shown = file === '-' ? 'STDOUT' : file
    log += `Saving to: ‘${shown}’\n\n${(file === '-' ? '-' : file).padEnd(19)} 100%[===================>] ${String(body.length).padStart(7)}  --.-KB/s    in 0s      \n\n`
    const rate = `${((body.length / 1_048_576 / Math.max(1, done.ms)) * 1000).toFixed(2)} MB/s`
    log +=
      file === '-'
        ? `${finish} (${rate}) - written to stdout [${body.length}/${body.length}]\n\n`
        : `${finish} (${rate}) - ‘${file}’ saved [${body.length}/${body.length}]\n\n`
    return end(0, log, file === '-' ? body : '')
  },
  resume: (_call, state) => state as unknown as Done,
}
