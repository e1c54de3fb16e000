import type { Entity, Face, Look, Simulation, Tone } from '../../kernel/index.ts'
import { defineLabView } from '../labView.ts'
import { nameOf } from './telling.ts'

/** Tones in the order in which a cell's lower three bits count them. */
export const TONES: readonly Tone[] = ['ok', 'prog', 'warn', 'err', 'pend', 'idle']

/** A place that holds machines, or places that do. */
export interface FleetFrame {
  readonly id: string
  /** Index of the frame around it; -1 for none. */
  readonly parent: number
  readonly title: string
  readonly note?: string | undefined
  readonly tone: Tone
  readonly word: string
}

/** Everything at once, in numbers: 150,000 chips are 150,000 bytes. Ids are asked for one by one (`fleetCell`). */
export interface Fleet {
  readonly frames: readonly FleetFrame[]
  readonly hosts: {
    /** Index of the frame that a host stands in; 65535 for none. */
    readonly frame: Uint16Array
    /** Index in `TONES`. */
    readonly tone: Uint8Array
    /** How many chips it runs. */
    readonly count: Uint16Array
  }
  /** One byte a chip: three bits tone, then three bits heat (0 to 4). Host by host, then those that have none. */
  readonly cells: Uint8Array
  /** How many chips have no host. */
  readonly waiting: number
  /** How many chips there are of each tone. */
  readonly tallies: readonly number[]
  /** Words for many hosts and many chips. */
  readonly words: readonly [hosts: string, chips: string]
}

/** What a chip is in the fleet; remembered for as long as its record is not replaced. */
interface Cell {
  /** Id of its host; empty when it waits for one; undefined when it is drawn in another chip, or not at all. */
  readonly host: string | undefined
  readonly byte: number
}

const cells = new WeakMap<Entity, Cell>()
const NO_FRAME = 65535

/** The fleet as bytes, for a canvas on which the many are pixels. */
export const fleetView = defineLabView<null, Fleet>({
  name: 'fleet',
  reads: ['*'],
  selectLab: ({ simulation }) => picture(simulation),
})

/** One cell or one host of the fleet view, by its place there; `null` when there is none any more. */
export interface FleetThing {
  readonly id: string
  readonly label: string
  readonly look: Look
}

/** `cell` counts within the host, or among those without one when `host` is -1; without it the host itself is meant. */
export const fleetCellView = defineLabView<{ host: number; cell?: number }, FleetThing | null>({
  name: 'fleetCell',
  reads: ['*'],
  selectLab({ simulation }, { host, cell }) {
    const hosts = machines(simulation)
    const [hostFace, hostEntity] = hosts[host] ?? []
    if (host >= 0 && (!hostFace || !hostEntity)) return null
    if (cell === undefined) return hostFace && hostEntity ? told(hostFace, hostEntity, simulation) : null
    let at = 0
    for (const [face, entity] of running(simulation)) {
      if (cellOf(face, entity, simulation).host !== (hostEntity?.id ?? '')) continue
      if (at++ === cell) return told(face, entity, simulation)
    }
    return null
  },
})

function picture(simulation: Simulation): Fleet {
  const { world } = simulation
  const hosts = machines(simulation)
  const indexOf = new Map(hosts.map(([, entity], i) => [entity.id, i]))
  const { frames, frameOf } = framesOf(simulation, hosts)
  const found: number[] = []
  const bytes: number[] = []
  const count = new Uint16Array(hosts.length)
  const tallies = TONES.map(() => 0)
  let waiting = 0
  const kinds = new Map<string, number>()
  for (const [face, entity] of running(simulation)) {
    const { host, byte } = cellOf(face, entity, simulation)
    if (host === undefined) continue
    const index = indexOf.get(host) ?? -1
    if (index < 0 && host !== '' && world.get(host)) continue
    if (index < 0) waiting++
    else count[index] = (count[index] ?? 0) + 1
    kinds.set(face.plural, (kinds.get(face.plural) ?? 0) + 1)
    found.push(index)
    bytes.push(byte)
    tallies[byte & 7] = (tallies[byte & 7] ?? 0) + 1
  }
  const next = new Uint32Array(hosts.length + 1)
  for (let i = 0; i < hosts.length; i++) next[i + 1] = (next[i] ?? 0) + (count[i] ?? 0)
  const packed = new Uint8Array(bytes.length)
  for (let i = 0; i < bytes.length; i++) {
    const index = found[i] as number
    const slot = index < 0 ? hosts.length : index
    packed[next[slot] as number] = bytes[i] as number
    next[slot] = (next[slot] as number) + 1
  }
  return {
    frames,
    hosts: {
      frame: Uint16Array.from(
        hosts,
        ([face, entity]) =>
          frameOf.get(face.shape === 'frame' ? entity.id : (face.within?.(entity, world) ?? '')) ?? NO_FRAME,
      ),
      tone: Uint8Array.from(hosts, ([face, entity]) => toneOf(face, entity, simulation)),
      count,
    },
    cells: packed,
    waiting,
    tallies,
    words: [one(counted(hosts), 'Machines'), one(kinds, 'Things')],
  }
}

/**
 * What the fleet is made of: hosts that are drawn and say how much room they have (a stage of a pipeline has none), then places in which
 * something runs without a machine of its own to be seen.
 */
function machines(simulation: Simulation): readonly (readonly [Face, Entity])[] {
  const { world } = simulation
  const found: (readonly [Face, Entity])[] = []
  for (const { kind, face } of simulation.allKinds()) {
    if (face?.shape !== 'host') continue
    let metered: boolean | undefined
    for (const entity of world.all(kind)) {
      if (metered === false) break
      if (face.within?.(entity, world) === null) continue
      metered ??= (face.look(entity, world).meters?.length ?? 0) > 0
      if (metered) found.push([face, entity])
    }
  }
  const bare = new Set<string>()
  for (const [face, entity] of running(simulation)) {
    const { host } = cellOf(face, entity, simulation)
    const holder = host === undefined || host === '' || bare.has(host) ? undefined : world.get(host)
    if (holder && simulation.kind(holder.kind)?.face?.shape === 'frame') bare.add(holder.id)
  }
  for (const [face, entity] of of(simulation, 'frame')) if (bare.has(entity.id)) found.push([face, entity])
  return found
}

/** Chips that run: of the kinds that stand in one kind of host only those of the lowest rank (containers, not their images). */
function* running(simulation: Simulation): Iterable<readonly [Face, Entity]> {
  const { world } = simulation
  const least = new Map<string, number>()
  const holders = new Map<string, string>()
  for (const { kind, face } of simulation.allKinds()) {
    if (face?.shape !== 'chip') continue
    for (const entity of world.all(kind)) {
      const parent = face.within?.(entity, world)
      const holder = parent == null ? undefined : world.get(parent)
      if (!holder || simulation.kind(holder.kind)?.face?.shape !== 'host') continue
      holders.set(kind, holder.kind)
      least.set(holder.kind, Math.min(least.get(holder.kind) ?? Number.POSITIVE_INFINITY, face.rank ?? 0))
      break
    }
  }
  for (const { kind, face } of simulation.allKinds()) {
    if (face?.shape !== 'chip' || (face.rank ?? 0) > (least.get(holders.get(kind) ?? '') ?? Number.POSITIVE_INFINITY))
      continue
    for (const entity of world.all(kind)) yield [face, entity]
  }
}

function counted(things: readonly (readonly [Face, Entity])[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const [{ plural, shape }] of things) if (shape === 'host') counts.set(plural, (counts.get(plural) ?? 0) + 1)
  return counts
}

/** The one word for all of them, or a general one where there are several. */
function one(kinds: ReadonlyMap<string, number>, otherwise: string): string {
  return kinds.size === 1 ? ([...kinds.keys()][0] ?? otherwise) : otherwise
}

function* of(simulation: Simulation, shape: Face['shape']): Iterable<readonly [Face, Entity]> {
  for (const { kind, face } of simulation.allKinds()) {
    if (face?.shape !== shape) continue
    for (const entity of simulation.world.all(kind)) yield [face, entity]
  }
}

/** Frames that hold hosts, and the frames around those. */
function framesOf(simulation: Simulation, hosts: readonly (readonly [Face, Entity])[]) {
  const { world } = simulation
  const needed = new Set<string>()
  const parents = new Map<string, string | undefined>()
  for (const [face, entity] of hosts) {
    for (
      let at = face.shape === 'frame' ? entity.id : (face.within?.(entity, world) ?? undefined);
      at !== undefined && !needed.has(at);
    ) {
      needed.add(at)
      const frame = world.get(at)
      const frameFace = frame && simulation.kind(frame.kind)?.face
      const parent: string | undefined = (frame && frameFace?.within?.(frame, world)) ?? undefined
      parents.set(at, parent)
      at = parent
    }
  }
  const ids: string[] = []
  const looks: { readonly look: Look; readonly name: string }[] = []
  for (const [face, entity] of of(simulation, 'frame')) {
    if (!needed.has(entity.id)) continue
    ids.push(entity.id)
    looks.push({ look: face.look(entity, world), name: nameOf(entity.id) })
  }
  const frameOf = new Map(ids.map((id, i) => [id, i]))
  const frames = looks.map(
    ({ look }, i): FleetFrame => ({
      id: ids[i] as string,
      parent: frameOf.get(parents.get(ids[i] as string) ?? '') ?? -1,
      title: look.title,
      note: look.note,
      tone: look.tone,
      word: look.word,
    }),
  )
  return { frames, frameOf }
}

function cellOf(face: Face, entity: Entity, simulation: Simulation): Cell {
  const known = cells.get(entity)
  if (known) return known
  const { world } = simulation
  const parent = face.within ? face.within(entity, world) : undefined
  const holder = parent == null ? undefined : world.get(parent)
  const shape = holder && simulation.kind(holder.kind)?.face?.shape
  const skipped = parent === null || shape === 'chip' || shape === 'card'
  const look = skipped ? undefined : face.look(entity, world)
  // What runs in a place without a machine of its own is there; what is still wanted there waits.
  const placed = shape === 'host' || (shape === 'frame' && look?.tone !== 'pend')
  const host = skipped ? undefined : placed ? (holder?.id ?? '') : ''
  const heat = Math.min(4, Math.max(0, Math.round((look?.heat ?? 0.25) * 4)))
  const cell = { host, byte: Math.max(0, TONES.indexOf(look?.tone ?? 'idle')) | (heat << 3) }
  cells.set(entity, cell)
  return cell
}

function toneOf(face: Face, entity: Entity, simulation: Simulation): number {
  return Math.max(0, TONES.indexOf(face.look(entity, simulation.world).tone))
}

function told(face: Face, entity: Entity, { world }: Simulation): FleetThing {
  return { id: entity.id, label: face.label, look: face.look(entity, world) }
}
