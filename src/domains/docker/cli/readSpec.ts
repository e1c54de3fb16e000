import { resolvePath } from '../../../shell/index.ts'
import { findContainer, isAlive } from '../container/container.ts'
import type { ContainerSpec, NetworkWish, PortMapping, RestartPolicy } from '../container/containerSpec.ts'
import { healthCheck } from '../container/orders.ts'
import type { Ask } from './ask.ts'
import { mountsOf } from './mountFlags.ts'
import { pick } from './pickDefined.ts'
import { Problem, refused } from './problem.ts'
import { bytesOf, durationOf } from './units.ts'

/** Reads the options of `docker run` and `docker create` into a spec. Models: docker/cli cli/command/container/opts.go parse */
export function readSpec(ask: Ask): ContainerSpec {
  const [image = '', ...command] = ask.args
  const restart = restartOf(ask)
  if (restart && restart.name !== 'no' && ask.flag('rm'))
    throw new Problem(
      "docker: conflicting options: cannot specify both --restart and --rm\n\nRun 'docker run --help' for more information",
      125,
    )
  const networks = networksOf(ask)
  const memory = sized(ask, 'memory')
  if (memory !== undefined && memory > 0 && memory < 6_291_456)
    throw refused('Minimum memory limit allowed is 6MB', 125)
  const cpus = ask.text('cpus')
  if (cpus !== undefined && !/^\d*\.?\d+$/.test(cpus))
    throw invalid(ask, 'cpus', cpus, 'failed to parse value as a rational number')
  const entrypoint = ask.text('entrypoint')
  const stop = ask.number('stop-timeout')
  const mode = ask.all('network').at(-1) ?? ask.all('net').at(-1)
  return {
    image,
    ...pick({
      command: command.length > 0 ? command : undefined,
      entrypoint: entrypoint === undefined ? undefined : entrypoint === '' ? [] : [entrypoint],
      env: environment(ask),
      user: ask.text('user'),
      workdir: ask.text('workdir'),
      hostname: ask.text('hostname'),
      labels: labelsOf(ask.all('label')),
      ports: portsOf(ask.all('publish')),
      publishAll: ask.flag('publish-all') || undefined,
      expose: ask.has('expose') ? ask.all('expose').flatMap(exposedPorts) : undefined,
      mounts: mountsOf(ask),
      networkMode: mode === undefined ? undefined : (networks?.[0]?.name ?? mode),
      networks,
      restart,
      health: healthOf(ask),
      memory,
      memoryReservation: sized(ask, 'memory-reservation'),
      cpuMilli: cpus === undefined ? quotaOf(ask) : Math.round(Number(cpus) * 1000),
      cpuShares: ask.number('cpu-shares'),
      pidsLimit: ask.number('pids-limit'),
      stopSignal: ask.text('stop-signal')?.replace(/^SIG/, ''),
      stopTimeout: stop === undefined ? undefined : stop < 0 ? -1 : stop * 1000,
      autoRemove: ask.flag('rm') || undefined,
      tty: ask.flag('tty') || undefined,
      stdin: ask.flag('interactive') || undefined,
      init: ask.flag('init') || undefined,
      privileged: ask.flag('privileged') || undefined,
      readOnly: ask.flag('read-only') || undefined,
      links: linksOf(ask),
      extraHosts: some(ask.all('add-host')),
      dns: some(ask.all('dns')),
      capAdd: some(ask.all('cap-add')),
      capDrop: some(ask.all('cap-drop')),
      platform: ask.text('platform'),
      logDriver: ask.text('log-driver'),
      logOptions: labelsOf(ask.all('log-opt')),
    }),
  }
}

function some<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined
}

function invalid(ask: Ask, name: string, value: string, why: string): Problem {
  return new Problem(
    `invalid argument "${value}" for "--${name}" flag: ${why}\n\nUsage:  docker ${ask.command.path} ${ask.command.usage}\n\nRun 'docker ${ask.command.path} --help' for more information`,
    125,
  )
}

function sized(ask: Ask, name: string): number | undefined {
  const text = ask.text(name)
  if (text === undefined) return undefined
  const bytes = bytesOf(text)
  if (bytes === undefined) throw invalid(ask, name, text, `invalid size: '${text}'`)
  return bytes
}

function quotaOf(ask: Ask): number | undefined {
  const quota = ask.number('cpu-quota')
  return quota === undefined ? undefined : Math.round((1000 * quota) / (ask.number('cpu-period') ?? 100_000))
}

/** `--env-file` before `--env`; a name without a value takes the client's own. */
function environment(ask: Ask): { readonly [name: string]: string } | undefined {
  const env: { [name: string]: string } = {}
  const take = (line: string): void => {
    const cut = line.indexOf('=')
    if (cut === 0)
      throw new Problem(`invalid argument "${line}" for "-e, --env" flag: invalid environment variable: ${line}`, 125)
    const name = cut < 0 ? line : line.slice(0, cut)
    if (cut >= 0) env[name] = line.slice(cut + 1)
    else if (ask.call.env[name] !== undefined) env[name] = ask.call.env[name] as string
  }
  for (const file of ask.all('env-file')) {
    const read = ask.call.files.read(resolvePath(ask.call.cwd, file))
    if ('error' in read)
      throw new Problem(
        `docker: open ${file}: ${read.error.toLowerCase()}\n\nRun 'docker run --help' for more information`,
        125,
      )
    for (const line of read.text.split('\n'))
      if (line.trim() !== '' && !line.trim().startsWith('#')) take(line.trimStart())
  }
  for (const line of ask.all('env')) take(line)
  return Object.keys(env).length > 0 ? env : undefined
}

/** `key=value` pairs. */
export function labelsOf(list: readonly string[]): { readonly [name: string]: string } | undefined {
  if (list.length === 0) return undefined
  return Object.fromEntries(
    list.map((one) =>
      one.includes('=') ? [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)] : [one, ''],
    ),
  )
}

/** Ports and ranges of `--expose`: `80/tcp`. */
function exposedPorts(text: string): readonly string[] {
  const [range = '', protocol = 'tcp'] = text.split('/')
  const [from, to] = range.split('-').map(Number)
  return Array.from({ length: (to ?? from ?? 0) - (from ?? 0) + 1 }, (_, i) => `${(from ?? 0) + i}/${protocol}`)
}

/** `[[ip:]host:]container[/protocol]` with ranges; refuses others in docker's words. Models: go-connections nat.ParsePortSpec */
export function portsOf(list: readonly string[]): readonly PortMapping[] | undefined {
  if (list.length === 0) return undefined
  return list.flatMap((text) => {
    const wrong = (why: string): Problem =>
      new Problem(`docker: ${why}\n\nRun 'docker run --help' for more information`, 125)
    const [body = '', protocol = 'tcp'] = text.split('/')
    const parts = /^(?:(?:(\[[^\]]*\]|[^:]*):)?([^:]*):)?([^:]*)$/.exec(body)
    if (!parts) throw wrong(`invalid publish opts format (should be name=value but got '${text}')`)
    const [, ip, host, container = ''] = parts
    if (!['tcp', 'udp', 'sctp'].includes(protocol)) throw wrong(`invalid proto: ${protocol}`)
    const inner = rangeOf(container)
    if (!inner) throw wrong(`invalid containerPort: ${container}`)
    const outer = host === undefined || host === '' ? undefined : rangeOf(host)
    if (host && !outer) throw wrong(`invalid hostPort: ${host}`)
    if (outer && outer.length !== inner.length && inner.length !== 1)
      throw wrong(`invalid ranges specified for container and host Ports: ${container} and ${host}`)
    return inner.map((port, i) => ({
      container: port,
      protocol: protocol as 'tcp',
      ...(outer?.[i] === undefined ? {} : { host: outer[i] }),
      ...(ip ? { hostIp: ip.replace(/^\[|\]$/g, '') } : {}),
    }))
  })
}

function rangeOf(text: string): readonly number[] | undefined {
  const match = /^(\d+)(?:-(\d+))?$/.exec(text)
  if (!match) return undefined
  const from = Number(match[1])
  const to = Number(match[2] ?? match[1])
  if (from > 65_535 || to > 65_535 || to < from) return undefined
  return Array.from({ length: to - from + 1 }, (_, i) => from + i)
}

function restartOf(ask: Ask): RestartPolicy | undefined {
  const text = ask.text('restart')
  if (text === undefined || text === '') return undefined
  const [name = '', count, more] = text.split(':')
  if (more !== undefined)
    throw new Problem(`docker: invalid restart policy format: restart policy accepts the form of "on-failure:5"`, 125)
  if (count !== undefined && !/^\d+$/.test(count))
    throw new Problem('docker: invalid restart policy format: maximum retry count must be an integer', 125)
  return restartPolicy(name, Number(count ?? 0))
}

/** A restart policy by its name; refuses others in the engine's words. */
export function restartPolicy(name: string, max: number): RestartPolicy {
  if (name !== 'no' && name !== 'always' && name !== 'on-failure' && name !== 'unless-stopped')
    throw refused(
      `invalid restart policy: unknown policy '${name}'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'`,
      125,
    )
  if (max > 0 && name !== 'on-failure')
    throw refused("invalid restart policy: maximum retry count can only be used with 'on-failure'", 125)
  return { name, max }
}

function healthOf(ask: Ask) {
  const line = ask.text('health-cmd')
  if (ask.flag('no-healthcheck')) return undefined
  if (line === undefined) return undefined
  const time = (name: string): number => {
    const text = ask.text(name)
    if (text === undefined) return 0
    const ms = durationOf(text)
    if (ms === undefined) throw invalid(ask, name, text, `time: invalid duration "${text}"`)
    return ms
  }
  return healthCheck({
    test: ['CMD-SHELL', line],
    interval: time('health-interval'),
    timeout: time('health-timeout'),
    startPeriod: time('health-start-period'),
    startInterval: time('health-start-interval'),
    retries: ask.number('health-retries') ?? 0,
  })
}

function networksOf(ask: Ask): readonly NetworkWish[] | undefined {
  const aliases = [...ask.all('network-alias'), ...ask.all('net-alias')]
  const wishes = [...ask.all('network'), ...ask.all('net')].map((text): NetworkWish => {
    if (!text.includes('=')) return { name: text, aliases, ...pick({ ip: ask.text('ip') }) }
    const parts = text.split(',').map((part) => part.split('='))
    const value = (name: string): string | undefined => parts.find(([key]) => key === name)?.[1]
    const own = parts.flatMap(([key, alias]) => (key === 'alias' && alias ? [alias] : []))
    return { name: value('name') ?? '', aliases: [...aliases, ...own], ...pick({ ip: value('ip') }) }
  })
  return wishes.length === 0 ||
    ['host', 'none'].includes(wishes[0]?.name ?? '') ||
    wishes[0]?.name.startsWith('container:')
    ? undefined
    : wishes
}

/** `NAME[:ALIAS]`; refuses containers that are not there. Models: moby daemon/daemon_unix.go registerLinks */
function linksOf(ask: Ask): ContainerSpec['links'] {
  return some(
    ask.all('link').map((text) => {
      const [name = '', alias = name] = text.split(':')
      const found = findContainer(ask.world, ask.engine, name)
      if (!found || found === 'many')
        throw refused(`could not get container for ${name}: No such container: ${name}`, 125)
      if (!isAlive(found))
        throw refused(
          `Cannot link to a non running container: /${found.name} AS /${ask.text('name') ?? ''}/${alias}`,
          125,
        )
      return { name: found.name, alias }
    }),
  )
}
