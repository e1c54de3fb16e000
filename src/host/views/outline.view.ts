import type { Entity, Face, Tone } from '../../kernel/index.ts'
import { defineLabView } from '../labView.ts'
import { faced } from './scene.view.ts'
import { calledOf } from './telling.ts'

/** One thing in the outline. */
export interface OutlineItem {
  readonly id: string
  readonly parent?: string | undefined
  readonly name: string
  readonly label: string
  readonly pictogram: string
  readonly tone: Tone
  readonly word: string
  readonly note?: string | undefined
  readonly detail?: string | undefined
}

/** The same world as a tree, in the order in which it is read: parents before children. */
export interface Outline {
  readonly items: readonly OutlineItem[]
  /** How many were left out. */
  readonly left: number
}

const MOST = 4000

/** Everything with a face: inside of what it is drawn in, else below its owner. */
export const outlineView = defineLabView<null, Outline>({
  name: 'outline',
  reads: ['*'],
  selectLab({ simulation }) {
    const { world } = simulation
    const all = new Map<string, readonly [Face, Entity]>()
    let left = 0
    for (const [face, entity] of faced(simulation)) {
      if (all.size >= MOST) left++
      else all.set(entity.id, [face, entity])
    }
    const children = new Map<string | undefined, string[]>()
    for (const [id, [face, entity]] of all) {
      const within = face.within?.(entity, world) ?? undefined
      const home = [within, entity.owner].find((one) => one !== undefined && one !== id && all.has(one))
      children.set(home, [...(children.get(home) ?? []), id])
    }
    const items: OutlineItem[] = []
    const seen = new Set<string>()
    const add = (id: string, parent: string | undefined): void => {
      const pair = all.get(id)
      if (!pair || seen.has(id)) return
      seen.add(id)
      const [face, entity] = pair
      const { tone, word, note, detail } = face.look(entity, world)
      items.push({
        id,
        parent,
        name: calledOf(simulation, id),
        label: face.label,
        pictogram: face.pictogram,
        tone,
        word,
        note,
        detail,
      })
      for (const child of children.get(id) ?? []) add(child, id)
    }
    for (const root of children.get(undefined) ?? []) add(root, undefined)
    return { items, left }
  },
})
