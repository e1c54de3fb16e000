import { get, set } from 'idb-keyval'
import type { Save } from '../host/save.ts'
import { readSave } from './saveSchema.ts'

/** One world as it was last kept. */
export interface Kept {
  readonly id: string
  readonly title: string
  readonly scene?: string | undefined
  /** Real time, in ms since 1970. */
  readonly when: number
  /** Its pace, and whether it was running. */
  readonly speed: number
  readonly playing: boolean
  readonly save: Save
}

/** What the shelf holds, newest first. `damaged` is the text of what could not be read, so that it can be rescued. */
export interface Shelf {
  readonly kept: readonly Kept[]
  readonly damaged?: string | undefined
}

/** Worlds that are kept; the oldest makes room. */
export const MOST_KEPT = 10

const KEY = 'orrery.shelf'

/** Stands in for a browser that keeps nothing (a private window): lives as long as the tab. */
const memory = new Map<string, unknown>()
let inMemory = false

/** Whether what is kept is lost with the tab. */
export function keptInMemoryOnly(): boolean {
  return inMemory
}

/** Reads the shelf. What is damaged is set aside and never thrown away unseen. */
export async function readShelf(): Promise<Shelf> {
  const data = await load()
  if (data === undefined) return { kept: [] }
  if (!Array.isArray(data)) return { kept: [], damaged: textOf(data) }
  const kept: Kept[] = []
  const damaged: unknown[] = []
  for (const one of data as readonly unknown[]) {
    const read = readKept(one)
    if (read) kept.push(read)
    else damaged.push(one)
  }
  return damaged.length > 0 ? { kept, damaged: textOf(damaged) } : { kept }
}

/** One world as it was kept; undefined when it is damaged. */
function readKept(one: unknown): Kept | undefined {
  const { id, title, scene, when, speed, playing, save } = (
    typeof one === 'object' && one !== null ? one : {}
  ) as Partial<Kept>
  const read = readSave(save)
  if ('wrong' in read || typeof id !== 'string') return undefined
  return {
    id,
    title: typeof title === 'string' ? title : 'A world',
    scene: typeof scene === 'string' ? scene : undefined,
    when: typeof when === 'number' ? when : 0,
    speed: typeof speed === 'number' ? speed : 1,
    playing: playing === true,
    save: read.save,
  }
}

/** Puts a world on the shelf, in the place of its older self, which is put by every few minutes. Calls wait for each other. */
export function keep(world: Kept): Promise<void> {
  return queued(async () => {
    const { kept } = await readShelf()
    await putBy(world, new Set([world.id, ...kept.map(({ id }) => id)]))
    await store([world, ...kept.filter(({ id }) => id !== world.id)].slice(0, MOST_KEPT))
  })
}

/** Takes a world off the shelf, or with no id everything that cannot be read. */
export function discard(id?: string): Promise<void> {
  return queued(async () => {
    const { kept } = await readShelf()
    await store(kept.filter((one) => one.id !== id))
  })
}

/** Versions of one world that are kept beside its present, and real ms between two. */
export const MOST_VERSIONS = 6
const BETWEEN = 3 * 60_000

const VERSIONS_KEY = 'orrery.versions'

/** Earlier selves of a world, newest first. */
export async function versionsOf(id: string): Promise<readonly Kept[]> {
  return (await readVersions()).filter((version) => version.id === id)
}

/** Real time of the newest version of each world, as far as this tab knows. */
const newest = new Map<string, number>()

async function readVersions(): Promise<readonly Kept[]> {
  const data = await load(VERSIONS_KEY)
  if (!Array.isArray(data)) return []
  return (data as readonly unknown[]).flatMap((one) => {
    const kept = readKept(one)
    return kept ? [kept] : []
  })
}

/** Puts a version by when the newest one is old enough, and forgets those of worlds that are no longer on the shelf. */
async function putBy(world: Kept, shelved: ReadonlySet<string>): Promise<void> {
  if (world.when - (newest.get(world.id) ?? Number.NEGATIVE_INFINITY) < BETWEEN) return
  const all = await readVersions()
  const own = all.filter(({ id }) => id === world.id)
  if (own[0]) newest.set(world.id, own[0].when)
  if (own[0] !== undefined && world.when - own[0].when < BETWEEN) return
  newest.set(world.id, world.when)
  const others = all.filter(({ id }) => id !== world.id && shelved.has(id))
  await store([world, ...own.slice(0, MOST_VERSIONS - 1), ...others], VERSIONS_KEY)
}

let last: Promise<void> = Promise.resolve()

function queued(work: () => Promise<void>): Promise<void> {
  last = last.then(work, work)
  return last
}

async function load(key = KEY): Promise<unknown> {
  if (inMemory) return memory.get(key)
  try {
    return await get(key)
  } catch {
    inMemory = true
    return memory.get(key)
  }
}

async function store(worlds: readonly Kept[], key = KEY): Promise<void> {
  memory.set(key, worlds)
  if (inMemory) return
  try {
    await set(key, worlds)
  } catch {
    inMemory = true
  }
}

function textOf(data: unknown): string {
  try {
    return JSON.stringify(data, null, 1)
  } catch {
    return String(data)
  }
}
