import type { Program } from '../../../../shell/index.ts'
import { resolveHost } from '../../dns/resolve.ts'
import { vantageOf } from '../vantage.ts'
import { hostsOf } from './hostsFile.ts'

/** Models: glibc getent, for hosts: it asks as every program does, along `/etc/hosts` and the search path. */
export const getent: Program = {
  name: 'getent',
  summary: 'get entries from Name Service Switch libraries',
  usage: 'database [key ...]',
  operands: 'none',
  examples: ['getent hosts web'],
  run(call) {
    const [, database, ...keys] = call.argv
    if (database === undefined) return { exit: 1, stderr: 'Usage: getent [OPTION...] database [key ...]\n' }
    if (!['hosts', 'ahosts', 'ahostsv4'].includes(database))
      return {
        exit: 1,
        stderr: `Unknown database: ${database}\nTry \`getent --help' or \`getent --usage' for more information.\n`,
      }
    let stdout = ''
    let after = 1
    let exit = 0
    for (const key of keys) {
      const found = resolveHost(call.world, vantageOf(call.world, call.host.id), key, hostsOf(call.files))
      after += found.ms
      if (found.outcome !== 'found') exit = 2
      for (const ip of found.ips)
        stdout +=
          database === 'hosts'
            ? `${ip.padEnd(15)} ${found.name}\n`
            : ['STREAM', 'DGRAM', 'RAW']
                .map((kind, i) => `${ip.padEnd(15)} ${`${kind}`.padEnd(6)} ${i === 0 ? key : ''}\n`)
                .join('')
    }
    return { wait: { after }, state: { exit, stdout } }
  },
  resume: (_call, state) => state as never,
}
