import type { Call } from '../../../shell/index.ts'
import { machineNamed } from '../swarm/mesh.ts'
import { endpointOf } from './contexts.ts'

/** Id of the engine of another machine that the present endpoint names: `ssh://worker1`, `tcp://198.18.0.11:2375`. */
export function remoteEngine(call: Call): string | undefined {
  const [, host] = /^(?:ssh|tcp):\/\/(?:[^@/]*@)?([^:/]+)/.exec(globalHost(call) ?? endpointOf(call)) ?? []
  return host === undefined ? undefined : machineNamed(call.world, host)?.id
}

/** `-H` before the command. */
export function globalHost(call: Call): string | undefined {
  const words = call.argv.slice(1)
  for (let at = 0; at < words.length && words[at]?.startsWith('-'); at++) {
    const word = words[at] as string
    if (word === '-H' || word === '--host') return words[at + 1]
    if (word.startsWith('--host=')) return word.slice('--host='.length)
    if (['-c', '--context', '-l', '--log-level', '--config', '--tlscacert', '--tlscert', '--tlskey'].includes(word))
      at++
  }
  return undefined
}
