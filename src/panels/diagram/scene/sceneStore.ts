import { same } from '../../../host/same.ts'
import type { Clock } from '../../../host/views/clock.view.ts'
import type { Scene, SceneEdge, SceneNode } from '../../../host/views/scene.view.ts'

type Listener = () => void

/** Fastest pace (virtual ms for one real ms) at which things are still seen to move. */
const FASTEST_SEEN = 10

/**
 * The scene as the canvas needs it: each thing is listened to by itself, and whoever arranges them hears only of changes that may
 * change a box. A record keeps its identity as long as it is equal, however often the scene is sent anew.
 */
export class SceneStore {
  nodes: readonly SceneNode[] = []
  edges: readonly SceneEdge[] = []
  left = 0
  arrived = false
  clock: Clock | undefined
  /** Whether a change of place may be shown as a flight: the world is playing, and not faster than the eye. */
  moving = false
  reduced = false
  private byId = new Map<string, SceneNode>()
  private readonly perId = new Map<string, Set<Listener>>()
  private readonly shape = new Set<Listener>()
  private readonly flows = new Set<Listener>()
  private readonly ticks = new Set<Listener>()

  get(id: string): SceneNode | undefined {
    return this.byId.get(id)
  }

  /** Takes a new scene. */
  take({ nodes, edges, left }: Scene): void {
    const before = this.byId
    const byId = new Map<string, SceneNode>()
    const changed: string[] = []
    let reshaped = nodes.length !== this.nodes.length || !this.arrived
    const kept = nodes.map((node, i) => {
      const old = before.get(node.id)
      const next = old && same(old, node) ? old : node
      if (next !== old) {
        changed.push(node.id)
        reshaped ||= !old || shapeOf(old) !== shapeOf(node)
      }
      reshaped ||= this.nodes[i]?.id !== node.id
      byId.set(node.id, next)
      return next
    })
    const flowing = !same(edges, this.edges)
    this.arrived = true
    this.byId = byId
    this.left = left
    // A new list is a new picture: those who arrange see another only when a box may differ.
    if (reshaped) this.nodes = kept
    if (flowing) this.edges = edges
    for (const id of changed) for (const listener of this.perId.get(id) ?? []) listener()
    if (reshaped) for (const listener of this.shape) listener()
    if (flowing) for (const listener of this.flows) listener()
  }

  /** Takes the time. */
  tick(clock: Clock): void {
    this.clock = clock
    this.moving = clock.playing && clock.speed <= FASTEST_SEEN && !this.reduced
    for (const listener of this.ticks) listener()
  }

  readonly onThing = (id: string, listener: Listener): (() => void) => {
    const listeners = this.perId.get(id) ?? new Set()
    this.perId.set(id, listeners)
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0) this.perId.delete(id)
    }
  }
  readonly onShape = (listener: Listener): (() => void) => listen(this.shape, listener)
  readonly onFlows = (listener: Listener): (() => void) => listen(this.flows, listener)
  readonly onTick = (listener: Listener): (() => void) => listen(this.ticks, listener)
}

function listen(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** What of a thing may change a box. */
function shapeOf({ parent, shape, rank, look }: SceneNode): string {
  const { title, note, tone, word, detail, due, meters, segments, facts, notes, folded, free } = look
  const words = shape === 'chip' || shape === 'frame' ? '' : `${title.length} ${note?.length ?? 0}`
  return `${parent} ${shape} ${rank} ${tone === 'ok'} ${Boolean(word)} ${Boolean(detail)} ${due !== undefined} ${meters?.length} ${Boolean(segments)} ${facts?.length} ${notes?.length} ${folded?.length} ${free !== undefined} ${words}`
}
