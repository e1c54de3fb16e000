import type { Call, Program } from '../../../../shell/index.ts'
import type { DnsAnswer, RecordType } from '../../dns/record.ts'
import { resolvConf } from '../../dns/resolvConf.ts'
import { askServer, searchNames } from '../../dns/resolve.ts'
import { DNS_SERVICE_IP, ipv4Number } from '../../service/addressRange.ts'
import { vantageOf } from '../vantage.ts'

/** What a look-up along the search path came to: the first name that exists, or the last one asked. */
export interface Lookup {
  readonly server: string
  readonly name: string
  readonly answer: DnsAnswer | undefined
}

/** Looks a name up as nslookup and host do: along the search path where it has fewer dots than `ndots`. */
export function lookUp(call: Call, asked: string, type: RecordType, server: string | undefined, search = true): Lookup {
  const from = vantageOf(call.world, call.host.id)
  const conf = resolvConf(from)
  const at = server ?? conf.nameservers[0] ?? DNS_SERVICE_IP
  const reverse = ipv4Number(asked) !== undefined
  const whole = reverse ? `${asked.split('.').reverse().join('.')}.in-addr.arpa` : asked
  const names = reverse || !search ? [whole] : searchNames(whole, conf.search, conf.ndots)
  let last: Lookup = { server: at, name: whole, answer: undefined }
  for (const name of names) {
    const answer = askServer(call.world, from, at, name.replace(/\.$/, ''), reverse ? 'PTR' : type)
    last = { server: at, name: name.replace(/\.$/, ''), answer }
    if (!answer) return last
    if (answer.rcode === 'NOERROR' && answer.records.length > 0) return last
  }
  return last.answer?.rcode === 'NXDOMAIN' ? { ...last, name: whole.replace(/\.$/, '') } : last
}

/** How long a client of DNS waits before it gives up: three tries of five seconds. */
export const DNS_PATIENCE_MS = 15_000

/** Models: bind9-dnsutils nslookup, as in the dnsutils images. */
export const nslookup: Program = {
  name: 'nslookup',
  summary: 'query Internet name servers interactively',
  usage: '[-type=TYPE] name [server]',
  ownHelp: true,
  operands: 'none',
  examples: ['nslookup kubernetes.default', 'nslookup -type=srv _http._tcp.web.default.svc.cluster.local'],
  run(call) {
    const { type, words } = readWords(call.argv)
    const [name, server] = words
    if (name === undefined) return { exit: 1, stderr: 'usage: nslookup [-type=TYPE] name [server]\n' }
    const found = lookUp(call, name, type, server)
    if (!found.answer) return late({ exit: 1, stdout: ';; connection timed out; no servers could be reached\n\n' })
    const head = `Server:\t\t${found.server}\nAddress:\t${found.server}#53\n\n`
    if (found.answer.rcode === 'NXDOMAIN')
      return { exit: 1, stdout: `${head}** server can't find ${found.name}: NXDOMAIN\n\n` }
    if (found.answer.records.length === 0) return { exit: 0, stdout: `${head}*** Can't find ${name}: No answer\n\n` }
    return { exit: 0, stdout: `${head}${found.answer.records.map(line).join('')}\n` }
  },
  resume: (_call, state) => state as never,
}

/** Models: busybox networking/nslookup.c of 1.28 and later (`big` form), as in the busybox and alpine images. */
export const busyboxNslookup: Program = {
  ...nslookup,
  summary: 'Query DNS about HOST',
  usage: '[-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]',
  run(call) {
    const { type, words } = readWords(call.argv)
    const [name, server] = words
    if (name === undefined)
      return {
        exit: 1,
        stderr: 'BusyBox v1.37.0 multi-call binary.\n\nUsage: nslookup [-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]\n',
      }
    // Busybox asks for the name as it is when it has a dot, and along the search path otherwise.
    const found = lookUp(call, name, type, server, !name.endsWith('.'))
    if (!found.answer) return late({ exit: 1, stdout: ';; connection timed out; no servers could be reached\n\n' })
    const head = `Server:\t\t${found.server}\nAddress:\t${found.server}:53\n\n`
    if (found.answer.rcode === 'NXDOMAIN')
      return { exit: 1, stdout: `${head}** server can't find ${found.name}: NXDOMAIN\n\n` }
    if (found.answer.records.length === 0) return { exit: 0, stdout: `${head}*** Can't find ${name}: No answer\n\n` }
    return { exit: 0, stdout: `${head}${found.answer.records.map(line).join('\n')}\n` }
  },
}

function late(state: { readonly exit: number; readonly stdout: string }) {
  return { wait: { after: DNS_PATIENCE_MS }, state }
}

function readWords(argv: readonly string[]): { readonly type: RecordType; readonly words: readonly string[] } {
  let type: RecordType = 'A'
  const words: string[] = []
  for (const word of argv.slice(1)) {
    const option = /^-(?:q|ty|type|querytype|query)=(\w+)$/i.exec(word)
    if (option) type = (option[1] ?? 'A').toUpperCase() as RecordType
    else if (!word.startsWith('-')) words.push(word)
  }
  return { type, words }
}

function line(record: { readonly name: string; readonly type: RecordType; readonly data: string }): string {
  switch (record.type) {
    case 'A':
    case 'AAAA':
      return `Name:\t${record.name}\nAddress: ${record.data}\n`
    case 'CNAME':
      return `${record.name}\tcanonical name = ${record.data}.\n`
    case 'SRV':
      return `${record.name}\tservice = ${record.data}.\n`
    case 'PTR':
      return `${record.name}\tname = ${record.data}.\n`
    default:
      return `${record.name}\t${record.type.toLowerCase()} = ${record.data}\n`
  }
}
