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
let memory: unknown
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
    const { id, title, scene, when, speed, playing, save } = (
      typeof one === 'object' && one !== null ? one : {}
    ) as Partial<Kept>
    const read = readSave(save)
    if ('wrong' in read || typeof id !== 'string') damaged.push(one)
    else
      kept.push({
        id,
        title: typeof title === 'string' ? title : 'A world',
        scene: typeof scene === 'string' ? scene : undefined,
        when: typeof when === 'number' ? when : 0,
        speed: typeof speed === 'number' ? speed : 1,
        playing: playing === true,
        save: read.save,
      })
  }
  return damaged.length > 0 ? { kept, damaged: textOf(damaged) } : { kept }
}

/** Puts a world on the shelf, in the place of its older self. Calls wait for each other. */
export function keep(world: Kept): Promise<void> {
  return queued(async () => {
    const { kept } = await readShelf()
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

let last: Promise<void> = Promise.resolve()

function queued(work: () => Promise<void>): Promise<void> {
  last = last.then(work, work)
  return last
}

async function load(): Promise<unknown> {
  if (inMemory) return memory
  try {
    return await get(KEY)
  } catch {
    inMemory = true
    return memory
  }
}

async function store(shelf: readonly Kept[]): Promise<void> {
  memory = shelf
  if (inMemory) return
  try {
    await set(KEY, shelf)
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
