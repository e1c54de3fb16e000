import { EPOCH } from '../../../../kernel/index.ts'
import type { Program } from '../../../../shell/index.ts'
import type { DnsRecord, RecordType } from '../../dns/record.ts'
import { DNS_PATIENCE_MS, lookUp } from './nslookup.ts'

const TYPES = ['A', 'AAAA', 'CNAME', 'SRV', 'PTR', 'NS', 'TXT', 'MX', 'SOA', 'ANY']

/** Models: bind9-dnsutils dig 9.18. Unlike nslookup it asks for the name as it is, without the search path, unless told `+search`. */
export const dig: Program = {
  name: 'dig',
  summary: 'DNS lookup utility',
  usage: '[@server] [-x address] [name] [type] [+short] [+search]',
  ownHelp: true,
  operands: 'none',
  examples: [
    'dig +short web.default.svc.cluster.local',
    'dig +search web',
    'dig SRV _http._tcp.web.default.svc.cluster.local',
  ],
  run(call) {
    let [server, name]: (string | undefined)[] = []
    let type: RecordType = 'A'
    const plus = new Set<string>()
    const words = call.argv.slice(1)
    for (let at = 0; at < words.length; at++) {
      const word = words[at] as string
      if (word.startsWith('@')) server = word.slice(1)
      else if (word.startsWith('+')) plus.add(word.slice(1))
      else if (word === '-x') {
        name = words[++at]
        type = 'PTR'
      } else if (word === '-t') type = (words[++at] ?? 'A').toUpperCase() as RecordType
      else if (word.startsWith('-')) continue
      else if (TYPES.includes(word.toUpperCase())) type = word.toUpperCase() as RecordType
      else name = word
    }
    const shown = call.argv.slice(1).join(' ')
    const { server: at, name: asked, answer } = lookUp(call, name ?? '.', type, server, plus.has('search'))
    const banner = `\n; <<>> DiG 9.18.39 <<>> ${shown}\n`
    if (!answer) {
      const stdout = `${plus.has('short') ? '' : `${banner};; global options: +cmd\n`};; communications error to ${at}#53: timed out\n;; no servers could be reached\n`
      return { wait: { after: DNS_PATIENCE_MS }, state: { exit: 9, stdout } }
    }
    if (plus.has('short')) return { exit: 0, stdout: answer.records.map((record) => `${shortData(record)}\n`).join('') }
    const id = Math.floor(call.world.draw('dig', call.process.id) * 65536)
    const section = (title: string, records: readonly DnsRecord[]): string =>
      records.length === 0 ? '' : `;; ${title} SECTION:\n${records.map(row).join('')}\n`
    const stdout = `${banner};; global options: +cmd
;; Got answer:
;; ->>HEADER<<- opcode: QUERY, status: ${answer.rcode}, id: ${id}
;; flags: qr aa rd; QUERY: 1, ANSWER: ${answer.records.length}, AUTHORITY: 0, ADDITIONAL: ${answer.additional.length + 1}
;; WARNING: recursion requested but not available

;; OPT PSEUDOSECTION:
; EDNS: version: 0, flags:; udp: 1232
;; QUESTION SECTION:
;${`${asked}.`.padEnd(30)}\tIN\t${type}

${section('ANSWER', answer.records)}${section('ADDITIONAL', answer.additional)};; Query time: 1 msec
;; SERVER: ${at}#53(${at}) (UDP)
;; WHEN: ${when(call.world.now)}
;; MSG SIZE  rcvd: ${40 + 2 * asked.length + answer.records.reduce((sum, { data }) => sum + 16 + data.length, 0)}

`
    return { exit: 0, stdout }
  },
  resume: (_call, state) => state as never,
}

/** Models: bind9-host. */
export const host: Program = {
  name: 'host',
  summary: 'DNS lookup utility',
  usage: '[-t type] name [server]',
  ownHelp: true,
  operands: 'none',
  examples: ['host web'],
  run(call) {
    let type: RecordType = 'A'
    const words: string[] = []
    const given = call.argv.slice(1)
    for (let at = 0; at < given.length; at++) {
      if (given[at] === '-t') type = (given[++at] ?? 'A').toUpperCase() as RecordType
      else if (!given[at]?.startsWith('-')) words.push(given[at] as string)
    }
    const [name, server] = words
    if (name === undefined) return { exit: 1, stderr: 'Usage: host [-t type] name [server]\n' }
    const found = lookUp(call, name, type, server)
    if (!found.answer)
      return {
        wait: { after: DNS_PATIENCE_MS },
        state: { exit: 1, stdout: ';; connection timed out; no servers could be reached\n' },
      }
    if (found.answer.rcode === 'NXDOMAIN') return { exit: 1, stdout: `Host ${found.name} not found: 3(NXDOMAIN)\n` }
    if (found.answer.records.length === 0) return { exit: 0, stdout: `${found.name} has no ${type} record\n` }
    return { exit: 0, stdout: found.answer.records.map(sentence).join('') }
  },
  resume: (_call, state) => state as never,
}

function sentence({ name, type, data }: DnsRecord): string {
  const words: { readonly [type: string]: string } = {
    A: `${name} has address ${data}`,
    AAAA: `${name} has IPv6 address ${data}`,
    CNAME: `${name} is an alias for ${data}.`,
    SRV: `${name} has SRV record ${data}.`,
    PTR: `${name} domain name pointer ${data}.`,
  }
  return `${words[type] ?? `${name} ${type} ${data}`}\n`
}

function shortData({ type, data }: DnsRecord): string {
  return type === 'A' || type === 'AAAA' ? data : `${data}.`
}

function row(record: DnsRecord): string {
  return `${record.name}.\t${record.ttl}\tIN\t${record.type}\t${shortData(record)}\n`
}

function when(now: number): string {
  const [day = '', month = '', date = '', , time = ''] = new Date(EPOCH + now)
    .toUTCString()
    .replace(/^(\w+), (\d+) (\w+) (\d+) ([\d:]+) .*$/, '$1 $3 $2 $4 $5')
    .split(' ')
  return `${day} ${month} ${date} ${time} UTC ${new Date(EPOCH + now).getUTCFullYear()}`
}
