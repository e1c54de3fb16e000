import type { Call, Done, Program, Step } from '../../../../shell/index.ts'
import { openWire } from '../../../traffic/index.ts'
import { resolveHost } from '../../dns/resolve.ts'
import { podSpec } from '../../endpoints/podFacts.ts'
import { refusedBy } from '../../networkpolicy/policies.ts'
import type { ObjectEntity } from '../../object/object.ts'
import { rulesFor } from '../../proxy/proxyRules.ts'
import { inBlock, SERVICE_CIDR } from '../../service/addressRange.ts'
import { nodesByIp, podAt } from '../addresses.ts'
import { vantageOf } from '../vantage.ts'
import { hostsOf } from './hostsFile.ts'

interface State {
  readonly ip: string
  readonly sent: number
  readonly received: number
  readonly times: readonly number[]
  readonly began: number
}

/**
 * Models: iputils ping. A cluster IP answers no ping: it is no machine, only a rule for the ports of a Service.
 */
export const ping: Program = {
  name: 'ping',
  summary: 'send ICMP ECHO_REQUEST to network hosts',
  usage: '[-c count] [-i interval] [-W timeout] destination',
  ownHelp: true,
  operands: 'none',
  examples: ['ping -c 3 10.244.1.2'],
  run(call) {
    const { target } = read(call)
    if (target === undefined) return { exit: 1, stderr: 'ping: usage error: Destination address required\n' }
    const found = resolveHost(call.world, vantageOf(call.world, call.host.id), target, hostsOf(call.files))
    const ip = found.ips[0]
    if (ip === undefined) {
      const why = found.outcome === 'timeout' ? 'Temporary failure in name resolution' : 'Name or service not known'
      return {
        wait: { after: Math.max(1, found.ms) },
        state: { exit: 2, stderr: `ping: ${target}: ${why}\n` } as never,
      }
    }
    const stdout = `PING ${target} (${ip}) 56(84) bytes of data.\n`
    return { ...next(call, { ip, sent: 0, received: 0, times: [], began: call.world.now }), stdout }
  },
  resume(call, saved) {
    if ('exit' in (saved as object)) return saved as unknown as Done
    const state = saved as unknown as State
    if (call.why === 'signal') return finish(call, state)
    const { count } = read(call)
    const echoed = echo(call, state.ip)
    const sent = state.sent + 1
    const time = 0.05 + call.world.draw('ping', call.process.id, sent) * 0.9
    const after: State = {
      ...state,
      sent,
      received: state.received + (echoed ? 1 : 0),
      times: echoed ? [...state.times, time] : state.times,
    }
    const stdout = echoed ? `64 bytes from ${state.ip}: icmp_seq=${sent} ttl=63 time=${time.toFixed(3)} ms\n` : ''
    if (count !== undefined && sent >= count) {
      const end = finish(call, after)
      return { ...end, stdout: stdout + (end.stdout ?? '') }
    }
    return { ...next(call, after), stdout }
  },
}

function next(call: Call, state: State): Step {
  const { interval } = read(call)
  return { wait: { after: state.sent === 0 ? 1 : interval }, state: state as never, catches: true }
}

function finish(call: Call, state: State): Done {
  const { target } = read(call)
  const lost = state.sent === 0 ? 0 : Math.round((1 - state.received / state.sent) * 100)
  let stdout = `\n--- ${target} ping statistics ---\n${state.sent} packets transmitted, ${state.received} received, ${lost}% packet loss, time ${Math.max(0, call.world.now - state.began)}ms\n`
  if (state.times.length > 0) {
    const mean = state.times.reduce((sum, time) => sum + time, 0) / state.times.length
    const spread = Math.sqrt(state.times.reduce((sum, time) => sum + (time - mean) ** 2, 0) / state.times.length)
    stdout += `rtt min/avg/max/mdev = ${[Math.min(...state.times), mean, Math.max(...state.times), spread].map((ms) => ms.toFixed(3)).join('/')} ms\n`
  }
  return { exit: state.received > 0 ? 0 : 1, stdout }
}

/** Whether something answers echo requests at an address: a pod whose network works, a node that runs, the machine itself. */
function echo(call: Call, ip: string): boolean {
  const { world } = call
  const from = vantageOf(world, call.host.id)
  if (ip.startsWith('127.') || ip === from.ip) return true
  if (openWire(world, call.host.id, ip, 0)) return true
  if (inBlock(ip, SERVICE_CIDR) || (from.node !== undefined && rulesFor(world, from.node, ip) !== undefined))
    return false
  const up = (node: string | undefined): boolean =>
    node === undefined || world.get(`k8s.Machine/${node}`)?.state === 'Up'
  const node = world.lookup(nodesByIp, ip)[0] as ObjectEntity | undefined
  if (node)
    return up(node.metadata.name) && (from.node === undefined || from.node === node.metadata.name || up(from.node))
  const pod = podAt(world, ip)
  if (!pod || from.node === undefined) return false
  const target = podSpec(pod).nodeName
  if (target !== from.node && !(up(target) && up(from.node))) return false
  return refusedBy(world, { ip: from.ip, pod: from.pod }, { ip, pod }, 0, 'ICMP') === undefined
}

function read(call: Call): {
  readonly target: string | undefined
  readonly count: number | undefined
  readonly interval: number
} {
  let [target, count, interval]: [string | undefined, number | undefined, number] = [undefined, undefined, 1000]
  const words = call.argv.slice(1)
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string
    const option = /^-([cisWwt])(.*)$/.exec(word)
    if (!option) {
      if (!word.startsWith('-')) target = word
      continue
    }
    const value = Number(option[2] || words[++at])
    if (option[1] === 'c') count = value
    if (option[1] === 'i') interval = Math.max(1, Math.round(value * 1000))
  }
  return { target, count, interval }
}
