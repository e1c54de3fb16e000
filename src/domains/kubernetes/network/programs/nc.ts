import type { Program, Step } from '../../../../shell/index.ts'
import { type Connected, connect } from '../connect.ts'
import { hostsOf } from './hostsFile.ts'

/** Models: OpenBSD netcat, for connecting: `nc -zv HOST PORT`. It listens for nobody, and carries no data. */
export const nc: Program = {
  name: 'nc',
  summary: 'arbitrary TCP and UDP connections and listens',
  usage: '[-vz] [-w timeout] destination port',
  ownHelp: true,
  operands: 'none',
  examples: ['nc -zv web 80', 'nc -zv -w 2 redis 6379'],
  run(call): Step {
    const words: string[] = []
    let [verbose, limit] = [false, 0]
    const given = call.argv.slice(1)
    for (let at = 0; at < given.length; at++) {
      const word = given[at] as string
      if (!word.startsWith('-') || word === '-') words.push(word)
      else if (/[lu]/.test(word)) return { exit: 1, stderr: `nc: ${word}: the lab's nc only connects over TCP\n` }
      else {
        if (word.includes('v')) verbose = true
        if (word.includes('w')) limit = Number(word.replace(/^.*w/, '') || given[++at]) * 1000
      }
    }
    const [host, text] = words
    const port = Number(text)
    if (host === undefined || text === undefined)
      return { exit: 1, stderr: 'usage: nc [-vz] [-w timeout] destination port\n' }
    if (!Number.isInteger(port) || port < 1 || port > 65535)
      return { exit: 1, stderr: `nc: port number ${/^\d+$/.test(text) ? 'too large' : 'invalid'}: ${text}\n` }
    const done = connect(call.world, call.host.id, host, port, hostsOf(call.files))
    const place = `${host} (${done.ip}) ${port} port [tcp/*]`
    const [exit, says, ms] = outcomeOf(done, host, port, place)
    const waits = Math.max(1, limit > 0 ? Math.min(limit, ms) : ms)
    return {
      wait: { after: waits },
      state: {
        exit,
        stderr: verbose || done.outcome === 'unknown host' || done.outcome === 'no dns' ? `${says}\n` : '',
      },
    }
  },
  resume: (_call, state) => state as never,
}

/** Models: inetutils telnet: says whether the connection comes about. What is typed is sent nowhere. */
export const telnet: Program = {
  name: 'telnet',
  summary: 'user interface to the TELNET protocol',
  usage: 'host [port]',
  ownHelp: true,
  operands: 'none',
  examples: ['telnet web 80'],
  run(call): Step {
    const [, host, text = '23'] = call.argv
    if (host === undefined) return { exit: 1, stderr: 'usage: telnet host [port]\n' }
    const done = connect(call.world, call.host.id, host, Number(text), hostsOf(call.files))
    const trying = done.ip === undefined ? '' : `Trying ${done.ip}...\n`
    const [, , ms] = outcomeOf(done, host, Number(text), '')
    if (done.outcome === 'open')
      return {
        wait: { after: 1 },
        state: {
          exit: 1,
          stdout: `${trying}Connected to ${host}.\nEscape character is '^]'.\nConnection closed by foreign host.\n`,
        },
      }
    const words: { readonly [outcome: string]: string } = {
      refused: 'Connection refused',
      unreachable: 'No route to host',
      timeout: 'Connection timed out',
    }
    const says =
      done.ip === undefined
        ? `telnet: could not resolve ${host}/${text}: Name or service not known\n`
        : `telnet: Unable to connect to remote host: ${words[done.outcome]}\n`
    return { wait: { after: Math.max(1, ms) }, state: { exit: 1, stdout: trying, stderr: says } }
  },
  resume: (_call, state) => state as never,
}

function outcomeOf(done: Connected, host: string, port: number, place: string): readonly [number, string, number] {
  switch (done.outcome) {
    case 'open':
      return [0, `Connection to ${place} succeeded!`, 1]
    case 'unknown host':
      return [1, `nc: getaddrinfo for host "${host}" port ${port}: Name or service not known`, 4]
    case 'no dns':
      return [1, `nc: getaddrinfo for host "${host}" port ${port}: Temporary failure in name resolution`, 10_000]
    case 'refused':
      return [1, `nc: connect to ${host} (${done.ip}) port ${port} (tcp) failed: Connection refused`, 1]
    case 'unreachable':
      return [1, `nc: connect to ${host} (${done.ip}) port ${port} (tcp) failed: No route to host`, 3060]
    case 'timeout':
      return [1, `nc: connect to ${host} (${done.ip}) port ${port} (tcp) timed out: Operation now in progress`, 135_000]
  }
}
