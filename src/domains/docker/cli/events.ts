import { EPOCH, type Json, type PastEvent } from '../../../kernel/index.ts'
import { type Container, hexOf } from '../container/container.ts'
import type { DockerImage } from '../image/index.ts'
import { type Network, networkHex, networkNamed } from '../network/network.ts'
import { type Plugin, pluginHex } from '../plugin/plugin.ts'
import { swarmId } from '../swarm/identity.ts'
import type { Ask } from './ask.ts'
import type { Command, Reply } from './command.ts'
import { filtersOf, untilOf } from './filters.ts'
import { jsonText, render } from './format.ts'

/** One event as the engine's stream has it. */
interface EngineEvent {
  readonly at: number
  readonly Type: string
  readonly Action: string
  readonly id: string
  readonly attributes: { readonly [name: string]: string }
}

/** What the journal's events are called by the engine. Models: moby api/types/events */
const ACTIONS: { readonly [kind: string]: { readonly [type: string]: readonly string[] } } = {
  'docker.Container': {
    Created: ['create'],
    Started: ['start'],
    'after.backOff': ['start'],
    Exited: ['die'],
    OOMKilled: ['oom', 'die'],
    Killed: ['kill', 'die'],
    'after.grace': ['kill', 'die', 'stop'],
    StopRequested: ['kill'],
    Signalled: ['kill'],
    Paused: ['pause'],
    Unpaused: ['unpause'],
    Renamed: ['rename'],
    Updated: ['update'],
    'after.removal': ['destroy'],
  },
  'docker.Image': { Made: ['pull'], Tagged: ['tag'], Untagged: ['untag'], Removed: ['delete'] },
  'docker.Network': { Created: ['create'], Removed: ['destroy'] },
  'docker.Volume': { Created: ['create'], Removed: ['destroy'] },
  'docker.Plugin': { Installed: ['pull'], Enabled: ['enable'], Disabled: ['disable'], Removed: ['remove'] },
  'docker.Service': { Created: ['create'], SpecChanged: ['update'], RollbackStarted: ['update'], Removed: ['remove'] },
  'docker.Node': { Created: ['create'], Updated: ['update'], RoleChanged: ['update'], Removed: ['remove'] },
  'docker.Secret': { Created: ['create'], Removed: ['remove'] },
  'docker.Config': { Created: ['create'], Removed: ['remove'] },
}

/** What the managers tell of, and not one engine. */
const SWARM_TYPES: ReadonlySet<string> = new Set(['service', 'node', 'secret', 'config'])

function scopeOf({ Type, id }: Pick<EngineEvent, 'Type' | 'id'>): string {
  return SWARM_TYPES.has(Type) || (Type === 'network' && id.length === 25) ? 'swarm' : 'local'
}

/** Models: docker/cli cli/command/system/events.go */
export const events: Command = {
  path: 'events',
  aliases: ['system events'],
  summary: 'Get real time events from the server',
  usage: '[OPTIONS]',
  args: [0, 0],
  flags: [
    { name: 'filter', short: 'f', type: 'filter', says: 'Filter output based on conditions provided' },
    { name: 'format', type: 'string', says: 'Format output using a custom template' },
    { name: 'since', type: 'string', says: 'Show all events created since timestamp' },
    { name: 'until', type: 'string', says: 'Stream events until this timestamp' },
  ],
  run(ask) {
    const since = ask.text('since')
    const from =
      since === undefined ? ask.world.journal.length : ask.world.journal.after(untilOf(ask.world, since, EPOCH) - 1)
    return show(ask, Math.max(0, from))
  },
  resume: (ask, state) => show(ask, (state as unknown as { from: number }).from),
}

function show(ask: Ask, from: number): Reply {
  const { journal } = ask.world
  const filters = filtersOf(ask, [
    'config',
    'container',
    'daemon',
    'event',
    'image',
    'label',
    'network',
    'node',
    'plugin',
    'scope',
    'secret',
    'service',
    'type',
    'volume',
  ])
  const until = ask.text('until')
  const end = until === undefined ? Number.POSITIVE_INFINITY : untilOf(ask.world, until, EPOCH)
  for (let i = from; i < journal.length; i++) {
    const event = journal.at(i)
    if (!event || event.at > end) break
    for (const one of engineEvents(ask, event)) if (wanted(one, filters)) ask.out(line(one, ask.text('format')))
  }
  if (end <= ask.world.now || ask.call.why === 'signal') return { exit: 0 }
  const after = end === Number.POSITIVE_INFINITY ? {} : { after: end - ask.world.now }
  return {
    wait: { changeOf: Object.keys(ACTIONS), ...after },
    state: { from: journal.length } as Json,
    catches: true,
  }
}

function engineEvents(ask: Ask, event: PastEvent): readonly EngineEvent[] {
  const kind = event.kind ?? ''
  const actions = ACTIONS[kind]?.[event.type]
  const turned = kind === 'docker.Container' && event.type === 'HealthTurned'
  if (!actions && !turned) return []
  const born = birthOf(ask, event)
  const type = kind.slice('docker.'.length).toLowerCase()
  const about = describe(ask, event, born)
  if (!about) return []
  if (turned) {
    const { status, streak } = (event.data as { health: { status: string; streak: number } }).health
    return streak > 0 && status !== 'unhealthy'
      ? []
      : [{ at: event.at, Type: type, Action: `health_status: ${status}`, ...about }]
  }
  const joined = kind === 'docker.Container' ? attachments(ask, event, born) : []
  const names = event.type === 'Exited' && event.from === 'stopping' ? ['die', 'stop'] : (actions ?? [])
  const own = names.map((Action) => {
    const extra: { [name: string]: string } = {}
    const code = (event.data as { exitCode?: number } | undefined)?.exitCode
    if (Action === 'die') extra.exitCode = String(code ?? 137)
    if (Action === 'kill') extra.signal = event.type === 'Killed' || event.type === 'after.grace' ? '9' : '15'
    return { at: event.at, Type: type, Action, id: about.id, attributes: { ...extra, ...about.attributes } }
  })
  if (own[0]?.Action === 'start') {
    const { spec } = (born?.data ?? {}) as Partial<Container>
    const { attached } = (event.data ?? {}) as { readonly attached?: boolean }
    const also = (Action: string): readonly EngineEvent[] =>
      attached ? [{ at: event.at, Type: type, Action, id: about.id, attributes: about.attributes }] : []
    return [...also('attach'), ...joined, ...own, ...(spec?.tty ? also('resize') : [])]
  }
  const died = own.findIndex(({ Action }) => Action === 'die')
  return died < 0 ? own : [...own.slice(0, died + 1), ...joined, ...own.slice(died + 1)]
}

/** What a container takes up when it starts and lets go when it ends: its networks and volumes. */
function attachments(ask: Ask, event: PastEvent, born: PastEvent | undefined): readonly EngineEvent[] {
  const container = (ask.world.get(event.to) ?? born?.data) as Container | undefined
  if (!container || !born) return []
  const starts = event.type === 'Started' || event.type === 'after.backOff'
  const self = hexOf({ id: event.to, born: born.id })
  const networks = container.endpoints.flatMap(({ network }): readonly EngineEvent[] => {
    const found = networkNamed(ask.world, ask.engine, network)
    if (!found) return []
    const attributes = { container: self, name: network, type: found.driver }
    return [
      { at: event.at, Type: 'network', Action: starts ? 'connect' : 'disconnect', id: networkHex(found), attributes },
    ]
  })
  const volumes = (container.spec.mounts ?? []).flatMap((mount): readonly EngineEvent[] => {
    if (mount.type !== 'volume' || mount.source === undefined) return []
    const attributes: { [name: string]: string } = { container: self, driver: 'local' }
    if (starts)
      Object.assign(attributes, {
        destination: mount.target,
        propagation: '',
        'read/write': String(!mount.readOnly),
      })
    return [{ at: event.at, Type: 'volume', Action: starts ? 'mount' : 'unmount', id: mount.source, attributes }]
  })
  return starts ? [...volumes, ...networks] : [...networks, ...volumes]
}

/** The event that brought an entity into being, as far back as this life goes. */
function birthOf(ask: Ask, event: PastEvent): PastEvent | undefined {
  const there = ask.world.get(event.to)
  if (there && there.born <= event.id) return ask.world.journal.byId(there.born)
  const { journal } = ask.world
  for (let i = journal.position(event.id); i >= 0; i--) {
    const one = journal.at(i)
    if (one?.to === event.to && one.from === undefined) return one
  }
  return undefined
}

function describe(
  _ask: Ask,
  event: PastEvent,
  born: PastEvent | undefined,
): Pick<EngineEvent, 'id' | 'attributes'> | undefined {
  if (!born) return undefined
  const self = { id: event.to, born: born.id }
  if (event.kind === 'docker.Container') {
    const { spec, name, engine } = born.data as Container
    if (engine !== 'docker.Engine/local') return undefined
    return { id: hexOf(self), attributes: { ...spec.labels, image: spec.image, name } }
  }
  if (event.kind === 'docker.Image') {
    const { imageId, repoTags } = born.data as DockerImage
    const name = (event.data as { tag?: string } | undefined)?.tag ?? repoTags[0]
    return { id: event.type === 'Made' ? (name ?? imageId) : imageId, attributes: name === undefined ? {} : { name } }
  }
  if (event.kind === 'docker.Plugin') {
    const { name } = born.data as Plugin
    return { id: pluginHex(self), attributes: { name } }
  }
  if (event.kind === 'docker.Network') {
    const { name, driver } = born.data as Network
    return { id: networkHex(self), attributes: { name, type: driver } }
  }
  if (SWARM_TYPES.has(event.kind?.slice('docker.'.length).toLowerCase() ?? '')) {
    const { name, hostname, spec } = born.data as { name?: string; hostname?: string; spec?: { name: string } }
    return { id: swarmId(self), attributes: { name: name ?? hostname ?? spec?.name ?? '' } }
  }
  return { id: (born.data as { name: string }).name, attributes: { driver: 'local' } }
}

function wanted(event: EngineEvent, filters: ReadonlyMap<string, readonly string[]>): boolean {
  for (const [name, values] of filters) {
    const passes = values.some((value) => {
      if (name === 'type') return event.Type === value
      if (name === 'event') return event.Action === value || event.Action.split(':')[0] === value
      if (name === 'image')
        return (
          event.attributes.image === value ||
          event.attributes.image?.split(':')[0] === value ||
          (event.Type === 'image' && event.id === value)
        )
      if (name === 'label')
        return value.includes('=')
          ? event.attributes[value.slice(0, value.indexOf('='))] === value.slice(value.indexOf('=') + 1)
          : event.attributes[value] !== undefined
      if (name === 'scope') return value === scopeOf(event)
      return (
        event.Type === name && (event.attributes.name === value || event.id.startsWith(value) || event.id === value)
      )
    })
    if (!passes) return false
  }
  return true
}

function line({ at, Type, Action, id, attributes }: EngineEvent, format: string | undefined): string {
  const time = Math.floor((EPOCH + at) / 1000)
  const timeNano = (EPOCH + at) * 1_000_000
  const message = {
    status: Action,
    id,
    from: attributes.image,
    Type,
    Action,
    Actor: { ID: id, Attributes: attributes },
    scope: scopeOf({ Type, id }),
    time,
    timeNano,
  }
  if (format === 'json' || format === '{{json .}}') return `${jsonText(message)}\n`
  if (format !== undefined)
    return `${render(format, { ...message, Status: Action, ID: id, From: attributes.image, Time: time, TimeNano: timeNano, Scope: message.scope })}\n`
  const pairs = Object.keys(attributes)
    .sort()
    .map((key) => `${key}=${attributes[key]}`)
  const stamp = new Date(EPOCH + at).toISOString().replace(/Z$/, '000000Z')
  return `${stamp} ${Type} ${Action} ${id}${pairs.length > 0 ? ` (${pairs.join(', ')})` : ''}\n`
}
