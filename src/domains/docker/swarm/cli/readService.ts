import { resolvePath } from '../../../../shell/index.ts'
import { type Ask, misuse } from '../../cli/ask.ts'
import { pick } from '../../cli/pickDefined.ts'
import { Problem } from '../../cli/problem.ts'
import { labelsOf } from '../../cli/readSpec.ts'
import { words } from '../../compose/serviceSpec.ts'
import type { HealthCheck, Mount, NetworkWish } from '../../container/containerSpec.ts'
import { healthCheck } from '../../container/orders.ts'
import { networkNamed } from '../../network/network.ts'
import { INGRESS } from '../allocate.ts'
import { type BlobSort, findBlob } from '../blob.ts'
import { readConstraints } from '../constraint.ts'
import type {
  FileReference,
  Resources,
  RestartCondition,
  ServicePort,
  ServiceSpec,
  TaskTemplate,
  UpdateConfig,
} from '../serviceSpec.ts'
import { rpc } from './access.ts'
import { checkedBytes, checkedCount, checkedCpus, checkedDuration } from './flags.ts'

/** Values of a flag that `service create` and `service update` write otherwise: `--env` or `--env-add`. */
export type Values = (name: string) => readonly string[]

/** Fields of a `key=value,key=value` flag. */
function fieldsOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split(',').map((part) => {
      const cut = part.indexOf('=')
      return cut < 0 ? [part.trim(), ''] : [part.slice(0, cut).trim(), part.slice(cut + 1)]
    }),
  )
}

/** `--publish`. Models: docker/cli opts/port.go */
export function servicePort(ask: Ask, text: string): readonly ServicePort[] {
  const wrong = (why: string): Problem =>
    misuse(ask.command, `invalid argument "${text}" for "-p, --publish" flag: ${why}`)
  if (text.includes('=')) {
    const fields = fieldsOf(text)
    for (const key of fields.keys())
      if (!['published', 'target', 'protocol', 'mode'].includes(key)) throw wrong(`invalid field key ${key}`)
    const target = Number(fields.get('target'))
    if (!fields.has('target')) throw wrong(`missing mandatory field "target"`)
    const mode = fields.get('mode') ?? 'ingress'
    const protocol = fields.get('protocol') ?? 'tcp'
    if (mode !== 'ingress' && mode !== 'host')
      throw wrong(`invalid publish mode value (${mode}): must be either 'ingress' or 'host'`)
    if (!['tcp', 'udp', 'sctp'].includes(protocol)) throw wrong(`invalid protocol value '${protocol}'`)
    return [{ target, published: Number(fields.get('published') ?? 0), protocol: protocol as 'tcp', mode }]
  }
  const match = /^(?:(\d+)(?:-(\d+))?:)?(\d+)(?:-(\d+))?(?:\/(tcp|udp|sctp))?$/.exec(text)
  if (!match) {
    if (/^[\d.]+:\d*:\d+/.test(text)) throw wrong('hostip is not supported')
    throw wrong(`invalid containerPort: ${text.split(':').at(-1)}`)
  }
  const [, from, , target, last, protocol = 'tcp'] = match
  const count = last === undefined ? 1 : Number(last) - Number(target) + 1
  return Array.from({ length: count }, (_, i) => ({
    target: Number(target) + i,
    published: from === undefined ? 0 : Number(from) + i,
    protocol: protocol as 'tcp',
    mode: 'ingress' as const,
  }))
}

/** `--secret` and `--config`. */
export function fileReference(ask: Ask, sort: BlobSort, text: string): FileReference {
  const short = !text.includes('=') && !text.includes(',')
  const fields = short ? new Map([['source', text]]) : fieldsOf(text)
  const source = fields.get('source') ?? fields.get('src') ?? ''
  if (source === '') throw misuse(ask.command, `invalid argument "${text}" for "--${sort}" flag: source is required`)
  const blob = findBlob(ask.world, sort, source)
  if (!blob) throw new Problem(`${sort} not found: ${source}`)
  return {
    name: blob.name,
    target: fields.get('target') || (sort === 'config' ? `/${blob.name}` : blob.name),
    uid: fields.get('uid') ?? '0',
    gid: fields.get('gid') ?? '0',
    mode: Number.parseInt(fields.get('mode') ?? '0444', 8),
  }
}

/** `--network`. */
export function networkWish(ask: Ask, text: string): NetworkWish {
  const fields = text.includes('=') ? fieldsOf(text) : new Map([['name', text]])
  const name = fields.get('name') ?? ''
  const network = networkNamed(ask.world, ask.engine, name)
  if (!network) throw new Problem(`Error response from daemon: network ${name} not found`)
  if (network.ingress) throw rpc('InvalidArgument', `Swarm network "${INGRESS}" cannot be used directly by a service`)
  if (network.scope !== 'swarm' && !['host', 'bridge', 'none'].includes(name))
    throw rpc(
      'InvalidArgument',
      `The network ${name} cannot be used with services. Only networks scoped to the swarm can be used, such as those created with the overlay driver.`,
    )
  const aliases = (fields.get('alias') ?? '').split(' ').filter((alias) => alias !== '')
  return { name: network.name, ...(aliases.length > 0 ? { aliases } : {}) }
}

/** `--mount`. */
export function serviceMount(ask: Ask, text: string): Mount {
  const fields = fieldsOf(text)
  const type = fields.get('type') ?? 'volume'
  const target = fields.get('target') ?? fields.get('destination') ?? fields.get('dst')
  const source = fields.get('source') ?? fields.get('src')
  const wrong = (why: string): Problem => misuse(ask.command, `invalid argument "${text}" for "--mount" flag: ${why}`)
  if (target === undefined) throw wrong('target is required')
  if (type !== 'volume' && type !== 'bind' && type !== 'tmpfs')
    throw rpc('InvalidArgument', `invalid mount type: "${type}"`)
  const readOnly = ['readonly', 'ro'].some((key) => fields.has(key) && fields.get(key) !== 'false')
  return {
    type,
    target,
    ...(source === undefined ? {} : { source: type === 'bind' ? resolvePath(ask.call.cwd, source) : source }),
    ...(readOnly ? { readOnly } : {}),
    ...(type === 'bind' ? pick({ session: ask.call.session }) : {}),
  }
}

/** Checks constraints and answers them as they were written. */
export function checkedConstraints(texts: readonly string[]): readonly string[] {
  const read = readConstraints(texts)
  if ('error' in read) throw rpc('InvalidArgument', read.error)
  return texts
}

/** `--placement-pref spread=node.labels.zone`. */
export function preference(ask: Ask, text: string): string {
  const [strategy, descriptor = ''] = text.split('=')
  if (strategy !== 'spread')
    throw misuse(
      ask.command,
      `invalid argument "${text}" for "--placement-pref" flag: unsupported placement preference "${strategy}"`,
    )
  return descriptor
}

/** `--env-file` before `--env`; a name without a value takes the client's own. */
export function environment(ask: Ask, lines: readonly string[]): { readonly [name: string]: string } {
  const env: { [name: string]: string } = {}
  const files = ask.all('env-file').flatMap((path) => {
    const file = ask.call.files.read(resolvePath(ask.call.cwd, path))
    if ('error' in file) throw new Problem(`open ${path}: ${file.error.toLowerCase()}`)
    return file.text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'))
  })
  for (const line of [...files, ...lines]) {
    const cut = line.indexOf('=')
    if (cut >= 0) env[line.slice(0, cut)] = line.slice(cut + 1)
    else if (ask.call.env[line] !== undefined) env[line] = ask.call.env[line] as string
  }
  return env
}

function choice<T extends string>(ask: Ask, name: string, values: readonly T[]): T | undefined {
  const text = ask.text(name)
  if (text === undefined) return undefined
  if (!values.includes(text as T))
    throw misuse(ask.command, `invalid argument "${text}" for "--${name}" flag: unknown value "${text}"`)
  return text as T
}

export function updateConfig(ask: Ask, kind: 'update' | 'rollback', before: UpdateConfig): UpdateConfig {
  const ratio = ask.text(`${kind}-max-failure-ratio`)
  return {
    parallelism: checkedCount(ask, `${kind}-parallelism`) ?? before.parallelism,
    delay: checkedDuration(ask, `${kind}-delay`) ?? before.delay,
    order: choice(ask, `${kind}-order`, ['stop-first', 'start-first'] as const) ?? before.order,
    failureAction:
      choice(ask, `${kind}-failure-action`, ['pause', 'continue', 'rollback'] as const) ?? before.failureAction,
    monitor: checkedDuration(ask, `${kind}-monitor`) ?? before.monitor,
    maxFailureRatio: ratio === undefined ? before.maxFailureRatio : Number(ratio),
  }
}

export function restartCondition(ask: Ask, before: RestartCondition): RestartCondition {
  const text = ask.text('restart-condition')
  if (text !== undefined && !['any', 'on-failure', 'none'].includes(text))
    throw rpc('InvalidArgument', `invalid restart condition: "${text}"`)
  return {
    condition: (text as RestartCondition['condition'] | undefined) ?? before.condition,
    delay: checkedDuration(ask, 'restart-delay') ?? before.delay,
    maxAttempts: checkedCount(ask, 'restart-max-attempts') ?? before.maxAttempts,
    window: checkedDuration(ask, 'restart-window') ?? before.window,
  }
}

export function resources(ask: Ask, prefix: 'limit' | 'reserve', before: Resources): Resources {
  return pick({
    cpuMilli: checkedCpus(ask, `${prefix}-cpu`) ?? before.cpuMilli,
    memory: checkedBytes(ask, `${prefix}-memory`) ?? before.memory,
    pids: prefix === 'limit' ? (ask.number('limit-pids') ?? before.pids) : undefined,
  })
}

export function health(ask: Ask, before: HealthCheck | undefined): HealthCheck | undefined {
  if (ask.flag('no-healthcheck')) return undefined
  const line = ask.text('health-cmd')
  const test = line === undefined ? before?.test : ['CMD-SHELL', line]
  if (test === undefined) return undefined
  return healthCheck({
    test,
    interval: checkedDuration(ask, 'health-interval') ?? before?.interval ?? 0,
    timeout: checkedDuration(ask, 'health-timeout') ?? before?.timeout ?? 0,
    startPeriod: checkedDuration(ask, 'health-start-period') ?? before?.startPeriod ?? 0,
    startInterval: checkedDuration(ask, 'health-start-interval') ?? before?.startInterval ?? 0,
    retries: ask.number('health-retries') ?? before?.retries ?? 0,
  })
}

/** What of a container flags say that both commands have; what they do not say stays. */
export function containerPart(ask: Ask, before: TaskTemplate['container']): TaskTemplate['container'] {
  const entrypoint = ask.text('entrypoint')
  return {
    ...before,
    ...pick({
      entrypoint: entrypoint === undefined ? undefined : (words(entrypoint) ?? []),
      user: ask.text('user'),
      workdir: ask.text('workdir'),
      hostname: ask.text('hostname'),
      stopSignal: ask.text('stop-signal')?.replace(/^SIG/, ''),
      stopTimeout: checkedDuration(ask, 'stop-grace-period'),
      tty: ask.has('tty') ? ask.flag('tty') || undefined : undefined,
      init: ask.flag('init') || undefined,
      readOnly: ask.flag('read-only') || undefined,
      capAdd: ask.has('cap-add') ? ask.all('cap-add') : undefined,
      capDrop: ask.has('cap-drop') ? ask.all('cap-drop') : undefined,
      logDriver: ask.text('log-driver'),
      logOptions: labelsOf(ask.all('log-opt')),
      health: health(ask, before.health),
    }),
  }
}

/** Refuses specs as the managers do. Models: swarmkit manager/controlapi/service.go validateServiceSpec */
export function validate(spec: ServiceSpec): ServiceSpec {
  if (!/^[a-zA-Z0-9](?:[-_]*[A-Za-z0-9]+)*$/.test(spec.name) || spec.name.length > 63)
    throw rpc('InvalidArgument', 'name must be valid as a DNS name component')
  const { limits, reservations, restart } = spec.task
  for (const part of [limits, reservations])
    if (part.memory !== undefined && part.memory !== 0 && part.memory < 4 * 1024 * 1024)
      throw rpc('InvalidArgument', `invalid memory value ${part.memory}: Must be at least 4MiB`)
  for (const part of [limits, reservations])
    if (part.cpuMilli !== undefined && part.cpuMilli !== 0 && part.cpuMilli < 1)
      throw rpc('InvalidArgument', `invalid cpu value ${part.cpuMilli / 1000}: Must be at least 0.001`)
  if (restart.delay < 0) throw rpc('InvalidArgument', 'TaskSpec: restart-delay cannot be negative')
  if (spec.endpointMode === 'dnsrr' && spec.ports.some(({ mode }) => mode === 'ingress'))
    throw rpc('InvalidArgument', "EndpointSpec: port published with ingress mode can't be used with dnsrr mode")
  const seen = new Set<string>()
  for (const { published, protocol, mode } of spec.ports) {
    if (published === 0) continue
    const key = `${published}/${protocol}`
    if (seen.has(key) && mode === 'ingress')
      throw rpc('InvalidArgument', 'EndpointSpec: duplicate published ports provided')
    seen.add(key)
  }
  const targets = new Set<string>()
  for (const { target } of spec.task.container.mounts ?? []) {
    if (targets.has(target)) throw rpc('InvalidArgument', `ContainerSpec: duplicate mount point: ${target}`)
    targets.add(target)
  }
  return spec
}
