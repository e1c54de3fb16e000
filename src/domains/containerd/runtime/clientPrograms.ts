import { type Call, type Done, fail, ok, type Program } from '../../../shell/program.ts'
import { hostListens, imageOfHost } from './containerKind.ts'

/** The programs that come with well-known servers and are worth calling: version, configuration test, ping. */
export const clientPrograms: ReadonlyMap<string, Program> = new Map(
  [
    nginxProgram(),
    redisCli('redis-cli'),
    redisCli('valkey-cli'),
    pinger('pg_isready', 5432),
    pinger('mysqladmin', 3306),
    perl(),
  ].map((program) => [program.name, program]),
)

function versionOf(call: Call): string {
  return imageOfHost(call.world, call.host)?.version ?? ''
}

function nginxProgram(): Program {
  return {
    name: 'nginx',
    summary: 'the nginx web server',
    usage: '[-?hvVtTq] [-s signal] [-g directives]',
    ownHelp: true,
    run(call) {
      const [, first, second] = call.argv
      if (first === '-v' || first === '-V') return { exit: 0, stderr: `nginx version: nginx/${versionOf(call)}\n` }
      if (first === '-t' || first === '-T')
        return {
          exit: 0,
          stderr:
            'nginx: the configuration file /etc/nginx/nginx.conf syntax is ok\nnginx: configuration file /etc/nginx/nginx.conf test is successful\n',
        }
      if (first === '-s') {
        if (second === 'reload' || second === 'reopen')
          return { exit: 0, stderr: `[notice] ${call.world.isoNow()} signal process started\n` }
        if (second === 'stop' || second === 'quit')
          return {
            exit: 0,
            stderr: '[notice] signal process started\n',
            emit: [{ to: call.host.id, type: 'Exited', data: { exitCode: 0 } }],
          }
        return fail(`nginx: invalid option: "-s ${second ?? ''}"`)
      }
      return { wait: {}, state: null, catches: true }
    },
    resume: () => ({ exit: 0 }),
  }
}

/** Port that a client is to connect to, and whether something of the pod listens there. */
function reaches(call: Call, port: number): boolean {
  return hostListens(call.world, call.host, port)
}

/** `redis-cli` without keys of its own: it pings and tells; data is not modelled. */
function redisCli(name: string): Program {
  return {
    name,
    summary: 'a client of a Redis server',
    usage: '[OPTIONS] [cmd [arg [arg ...]]]',
    ownHelp: true,
    run(call): Done {
      let port = 6379
      let host = '127.0.0.1'
      let at = 1
      for (; call.argv[at]?.startsWith('-'); at += 2) {
        if (call.argv[at] === '-p') port = Number(call.argv[at + 1])
        else if (call.argv[at] === '-h') host = call.argv[at + 1] ?? host
        else if (call.argv[at] === '--version' || call.argv[at] === '-v') return ok(`${name} ${versionOf(call)}\n`)
        else at--
      }
      const [command = '', ...rest] = call.argv.slice(at)
      if (host !== '127.0.0.1' && host !== 'localhost')
        return fail(`${name}: connecting to other hosts is not modelled`)
      if (!reaches(call, port)) return fail(`Could not connect to Redis at ${host}:${port}: Connection refused`)
      if (command.toLowerCase() === 'ping') return ok(`${rest[0] ?? 'PONG'}\n`)
      if (command.toLowerCase() === 'echo') return ok(`${rest[0] ?? ''}\n`)
      return fail(`${name}: ${command || 'interactive use'} is not modelled`)
    },
  }
}

/** A program that says whether the database of its pod accepts connections. */
function pinger(name: 'pg_isready' | 'mysqladmin', port: number): Program {
  return {
    name,
    summary: 'says whether the server accepts connections',
    usage: name === 'pg_isready' ? '[OPTION]...' : '[OPTIONS] command',
    ownHelp: true,
    run(call): Done {
      const up = reaches(call, port)
      if (name === 'pg_isready')
        return up
          ? ok(`/var/run/postgresql:${port} - accepting connections\n`)
          : fail(`/var/run/postgresql:${port} - no response`, 2)
      if (!call.argv.includes('ping')) return fail('mysqladmin: only ping is modelled')
      return up ? ok('mysqld is alive\n') : fail("mysqladmin: connect to server at 'localhost' failed")
    },
  }
}

/** `perl` as far as the documentation's Job needs it: it prints digits of pi, after the seconds that this takes. */
function perl(): Program {
  const digitsOf = (argv: readonly string[]): number | undefined => {
    const script = argv.find((arg) => /print\s+bpi\(\d+\)/.test(arg))
    const match = script && /bpi\((\d+)\)/.exec(script)
    return argv.some((arg) => arg.startsWith('-Mbignum')) && match ? Number(match[1]) : undefined
  }
  return {
    name: 'perl',
    summary: 'the Perl interpreter',
    usage: '[switches] [--] [programfile] [arguments]',
    ownHelp: true,
    run(call) {
      if (call.argv[1] === '-v')
        return ok(`\nThis is perl 5, version ${versionOf(call).split('.')[1]}, built for x86_64-linux-gnu\n\n`)
      const digits = digitsOf(call.argv)
      if (digits === undefined) return fail('perl: only bignum scripts that print bpi(N) are modelled')
      return { wait: { after: Math.round(200 + (digits / 1000) ** 2 * 1100) }, state: digits }
    },
    resume: (_call, state) => ok(`${pi(Number(state))}\n`),
  }
}

/** Pi with so many digits in all, by Machin's formula. */
function pi(digits: number): string {
  const scale = 10n ** BigInt(digits + 10)
  const arctan = (x: bigint): bigint => {
    let term = scale / x
    let sum = term
    for (let n = 3n, sign = -1n; term !== 0n; n += 2n, sign = -sign) {
      term /= x * x
      sum += (sign * term) / n
    }
    return sum
  }
  const value = 4n * (4n * arctan(5n) - arctan(239n))
  const kept = (value + 10n ** 11n / 2n) / 10n ** 11n
  const text = kept.toString()
  return `${text[0]}.${text.slice(1)}`
}
