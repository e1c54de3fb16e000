import type { Entity, Simulation } from '../../kernel/index.ts'
import { defineLabView } from '../labView.ts'
import { nameOf, toneOf } from './telling.ts'

/** One edit that was tried on a fork and helped. */
export interface Fix {
  readonly label: string
  readonly line: string
  /** What came of it: "Ready on node-a1 after 4 s". */
  readonly outcome: string
  /** Virtual ms until it was well. */
  readonly after: number
}

/** What was tried, and what helped. */
export interface Fixes {
  /** Whether it is well now, so that nothing was tried. */
  readonly well: boolean
  /** How many edits were tried. */
  readonly tried: number
  /** Those that helped, quickest first. */
  readonly helped: readonly Fix[]
  /** What comes of doing nothing: after how many ms it is well by itself, or `null`. */
  readonly nothing: number | null
  /** Set where the world is too large to be tried on. */
  readonly tooLarge?: boolean | undefined
}

/** How long an edit may take to help, and how often one looks, in virtual ms. */
const PATIENCE = 60_000
const GLANCE = 500
const MOST_TRIED = 12
const MOST_ENTITIES = 20_000

/**
 * What would make an entity well: each edit that its face suggests is run on a fork for up to a minute, and kept if the entity, or another
 * one of the same kind under the same first owner in its place, is then in a state tagged `ok`.
 */
export const fixesView = defineLabView<{ entity: string }, Fixes>({
  name: 'fixes',
  reads: ['*'],
  selectLab(lab, { entity }) {
    const { simulation } = lab
    const subject = simulation.world.get(entity)
    const face = subject && simulation.kind(subject.kind)?.face
    const none = { tried: 0, helped: [], nothing: null }
    if (!subject || !face || isWell(simulation, subject)) return { ...none, well: subject !== undefined }
    if (simulation.size > MOST_ENTITIES) return { ...none, well: false, tooLarge: true }
    const family = familyOf(simulation, subject)
    const wellBefore = countWell(simulation, subject.kind, family)
    const start = simulation.now
    const outcome = (): { after: number; text: string } | undefined => {
      for (; simulation.now <= start + PATIENCE; simulation.advanceTo(simulation.now + GLANCE)) {
        const now = simulation.world.get(entity)
        const after = simulation.now - start
        if (now) {
          if (isWell(simulation, now)) return { after, text: tellOutcome(simulation, now, after) }
          continue
        }
        const well = countWell(simulation, subject.kind, family)
        if (well <= wellBefore && !(well === wellBefore && well > 0 && allWell(simulation, subject.kind, family)))
          continue
        const newest = wellOnes(simulation, subject.kind, family).at(-1)
        if (newest) return { after, text: `${nameOf(newest.id)} is ${tellOutcome(simulation, newest, after)}` }
      }
      return undefined
    }
    const nothing = lab.trial([], 0, outcome)?.after ?? null
    const edits = (face.fixes?.(subject, simulation.world) ?? []).slice(0, MOST_TRIED)
    const helped = edits.flatMap(({ label, line }): Fix[] => {
      const found = lab.trial([line], 0, outcome)
      if (!found || (nothing !== null && found.after >= nothing)) return []
      return [{ label, line, outcome: found.text, after: found.after }]
    })
    return { well: false, tried: edits.length, helped: helped.sort((a, b) => a.after - b.after), nothing }
  },
})

function isWell(simulation: Simulation, entity: Entity): boolean {
  const kind = simulation.kind(entity.kind)
  return kind !== undefined && toneOf(kind, entity.state) === 'ok'
}

/** The first of its owners: all of the same kind below it are one family. */
function familyOf({ world }: Simulation, entity: Entity): string {
  let first = entity
  const seen = new Set<string>()
  while (first.owner !== undefined && !seen.has(first.id)) {
    seen.add(first.id)
    const owner = world.get(first.owner)
    if (!owner) return first.owner
    first = owner
  }
  return first.id
}

function wellOnes(simulation: Simulation, kind: string, family: string): readonly Entity[] {
  return [...simulation.world.all(kind)].filter(
    (entity) => isWell(simulation, entity) && familyOf(simulation, entity) === family,
  )
}

/** Whether no one of a family is in trouble: a rollout that was undone has as many as before, and none that waits. */
function allWell(simulation: Simulation, kind: string, family: string): boolean {
  return [...simulation.world.all(kind)].every(
    (entity) => isWell(simulation, entity) || familyOf(simulation, entity) !== family,
  )
}

function countWell(simulation: Simulation, kind: string, family: string): number {
  return wellOnes(simulation, kind, family).length
}

function tellOutcome(simulation: Simulation, entity: Entity, after: number): string {
  const face = simulation.kind(entity.kind)?.face
  const word = face?.look(entity, simulation.world).word ?? entity.state
  const place = face?.within?.(entity, simulation.world)
  const seconds = Math.round(after / 100) / 10
  return `${word}${place ? ` on ${nameOf(place)}` : ''} after ${seconds} s`
}
