import type { Entity, Face, FaceLink, Look, Simulation, World } from '../../kernel/index.ts'
import { defineLabView } from '../labView.ts'
import { nameOf } from './telling.ts'

/** One thing on the canvas. */
export interface SceneNode {
  readonly id: string
  readonly kind: string
  readonly name: string
  /** Id of what it is drawn inside of. */
  readonly parent?: string | undefined
  readonly owner?: string | undefined
  readonly shape: Face['shape']
  readonly rank: number
  readonly label: string
  readonly pictogram: string
  readonly state: string
  readonly since: number
  readonly look: Look
}

/** One line on the canvas. */
export interface SceneEdge extends Omit<FaceLink, 'to'> {
  readonly id: string
  readonly from: string
  readonly to: string
}

/** Everything that is drawn. */
export interface Scene {
  readonly nodes: readonly SceneNode[]
  readonly edges: readonly SceneEdge[]
  /** How many chips were left out because there are too many to be acted on one by one; the fleet view has them all. */
  readonly left: number
}

/** More chips or hosts of one kind than this are not drawn one by one: the fleet view has them all. */
const MOST: Readonly<Partial<Record<Face['shape'], number>>> = { chip: 1500, host: 400 }

/** The canvas: every entity whose kind has a face, and the lines between them. */
export const sceneView = defineLabView<null, Scene>({
  name: 'scene',
  reads: ['*'],
  selectLab(lab) {
    const { simulation } = lab
    const { world } = simulation
    const nodes: SceneNode[] = []
    const edges: SceneEdge[] = []
    const dropped = new Set<string>()
    let left = 0
    for (const kind of simulation.allKinds()) {
      const { face } = kind
      if (!face) continue
      const room = MOST[face.shape] ?? Number.POSITIVE_INFINITY
      if (face.shape === 'host' && world.count(kind.kind) > room) {
        left += world.count(kind.kind)
        for (const entity of world.all(kind.kind)) dropped.add(entity.id)
        continue
      }
      if (face.shape === 'chip' && world.count(kind.kind) > room) {
        left += world.count(kind.kind)
        continue
      }
      for (const entity of world.all(kind.kind)) {
        const parent = face.within ? face.within(entity, world) : undefined
        if (parent === null || (parent !== undefined && dropped.has(parent))) continue
        nodes.push(drawn(face, entity, parent, world))
        for (const link of face.links?.(entity, world) ?? []) {
          edges.push({ ...link, id: `${entity.id}>${link.to}>${link.kind}`, from: entity.id })
        }
      }
    }
    const seen = visible(nodes, simulation)
    const shown = new Set(seen.map((node) => node.id))
    return { nodes: seen, edges: edges.filter((edge) => shown.has(edge.from) && shown.has(edge.to)), left }
  },
})

/** What is in something that its face keeps off the canvas is not drawn either: the images of a build machine, say. */
function visible(nodes: readonly SceneNode[], simulation: Simulation): readonly SceneNode[] {
  const { world } = simulation
  const known = new Set(nodes.map(({ id }) => id))
  const isHidden = (id: string): boolean => {
    if (known.has(id)) return false
    const entity = world.get(id)
    const face = entity && simulation.kind(entity.kind)?.face
    return entity !== undefined && face?.within?.(entity, world) === null
  }
  const gone = new Set<string>()
  for (let found = true; found; ) {
    found = false
    for (const { id, parent } of nodes) {
      if (parent === undefined || gone.has(id) || !(gone.has(parent) || isHidden(parent))) continue
      gone.add(id)
      found = true
    }
  }
  return gone.size === 0 ? nodes : nodes.filter(({ id }) => !gone.has(id))
}

/** Every entity that has a face, with it, kinds in the order in which the domains declare them. */
export function* faced(simulation: Simulation): Iterable<readonly [Face, Entity]> {
  for (const kind of simulation.allKinds()) {
    if (!kind.face) continue
    for (const entity of simulation.world.all(kind.kind)) yield [kind.face, entity]
  }
}

function drawn(face: Face, entity: Entity, parent: string | undefined, world: World): SceneNode {
  return {
    id: entity.id,
    kind: entity.kind,
    name: nameOf(entity.id),
    parent,
    owner: entity.owner,
    shape: face.shape,
    rank: face.rank ?? 0,
    label: face.label,
    pictogram: face.pictogram,
    state: entity.state,
    since: entity.since,
    look: face.look(entity, world),
  }
}
