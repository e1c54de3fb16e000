import type { Entity, Face, Simulation } from '../../kernel/index.ts'
import { defineLabView } from '../labView.ts'

/** The command line that a gesture is, or why it is none. */
export type Meaning = { readonly line: string } | { readonly refuse: string }

/** What a thing can be connected with or moved into as things are. */
export interface Reach {
  /** Ids of those that would take it now. */
  readonly open: readonly string[]
  /** By id: why not, for those of a kind that it knows but that refuse. */
  readonly refused: Readonly<Record<string, string>>
  /** What it could be connected with, by kind: `Deployments`. Empty when with nothing at all. */
  readonly kinds: readonly string[]
}

type Way = 'connect' | 'move'

/** Every possible end of a line that is drawn from a thing, or of a move of it, asked for when the gesture begins. */
export const reachView = defineLabView<{ way: Way; id: string }, Reach | null>({
  name: 'reach',
  reads: ['*'],
  selectLab({ simulation }, { way, id }) {
    const { world } = simulation
    const from = world.get(id)
    const ways = from && waysOf(simulation, from, way)
    if (!from || !ways) return null
    const open: string[] = []
    const refused: Record<string, string> = {}
    for (const [kind, means] of Object.entries(ways))
      for (const to of world.all(kind)) {
        if (to.id === id) continue
        const meaning = means(from as never, to, world)
        if ('line' in meaning) open.push(to.id)
        else refused[to.id] = meaning.refuse
      }
    return { open, refused, kinds: namesOf(simulation, from, ways) }
  },
})

/** By kind: whether a line can be drawn from things of this kind, and whether they can be moved. */
export type Handles = { readonly [kind: string]: { readonly connect: boolean; readonly move: boolean } }

/** Which kinds have handles to draw lines from. Never changes. */
export const handlesView = defineLabView<null, Handles>({
  name: 'handles',
  reads: [],
  selectLab: ({ simulation }) =>
    Object.fromEntries(
      [...simulation.allKinds()].flatMap(({ kind, face }) =>
        face ? [[kind, { connect: face.connect !== undefined, move: face.move !== undefined }] as const] : [],
      ),
    ),
})

/** What connecting or moving means for two things: a line, or the reason why not with what would go instead. */
export function meaningOf(simulation: Simulation, way: Way, source: string, target: string): Meaning {
  const { world } = simulation
  const [from, to] = [world.get(source), world.get(target)]
  if (!from || !to) return { refuse: 'One of the two no longer exists.' }
  const ways = waysOf(simulation, from, way)
  const means = ways[to.kind]
  if (means) return means(from as never, to, world)
  const [one, other] = [labelOf(simulation, from), labelOf(simulation, to)]
  const kinds = namesOf(simulation, from, ways)
  if (way === 'move') {
    const instead = kinds.length === 0 ? 'It stays where it is.' : `It goes into: ${kinds.join(', ')}.`
    return { refuse: `${capital(article(one))} does not go into ${article(other)}. ${instead}` }
  }
  if (waysOf(simulation, to, way)[from.kind])
    return { refuse: `Draw it the other way round: from the ${other} to the ${one}.` }
  const instead =
    kinds.length === 0 ? `No line can be drawn from ${article(one)}.` : `It connects to: ${kinds.join(', ')}.`
  return { refuse: `${capital(article(one))} cannot be connected to ${article(other)}. ${instead}` }
}

function waysOf(simulation: Simulation, entity: Entity, way: Way): NonNullable<Face[Way]> {
  return simulation.kind(entity.kind)?.face?.[way] ?? {}
}

function labelOf(simulation: Simulation, entity: Entity): string {
  return simulation.kind(entity.kind)?.face?.label ?? entity.kind
}

/** What the kinds are called that it goes with; without those of which there are some and none would take it. */
function namesOf(simulation: Simulation, from: Entity, ways: NonNullable<Face[Way]>): readonly string[] {
  const { world } = simulation
  return Object.entries(ways).flatMap(([kind, means]) => {
    const others = [...world.all(kind)].filter(({ id }) => id !== from.id)
    const takes = others.length === 0 || others.some((to) => 'line' in means(from as never, to, world))
    return takes ? (simulation.kind(kind)?.face?.plural ?? []) : []
  })
}

function article(label: string): string {
  return `${/^[AEIOU]/i.test(label) ? 'an' : 'a'} ${label}`
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
