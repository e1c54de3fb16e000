import type { Scene, SceneNode } from '../../host/views/index.ts'

/** A box on the stage, in px of its 812 x 470. */
export interface Place {
  readonly node: SceneNode
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

/** Where everything stands: those who ask and what answers for them in a row, the machines with what runs in them at the right. */
export interface Arrangement {
  readonly cards: readonly Place[]
  readonly hosts: readonly (Place & { readonly chips: readonly SceneNode[] })[]
}

const STAGE = { width: 812, middle: 236 }
const HOST = { w: 250, h: 190, gap: 22, x: 562 }

/** Arranges a small scene: cards along the way of the requests, hosts one above the other. */
export function arrange(scene: Scene, ghost: SceneNode | undefined): Arrangement {
  const hosts = scene.nodes.filter(({ shape }) => shape === 'host').slice(0, 2)
  const way = wayOf(scene)
  const room = HOST.x - 60
  const w = Math.min(226, Math.round((room - 36 * (way.length - 1)) / Math.max(1, way.length)))
  const gap = way.length > 1 ? (room - w * way.length) / (way.length - 1) : 0
  const top = STAGE.middle - (hosts.length * HOST.h + (hosts.length - 1) * HOST.gap) / 2
  return {
    cards: way.map((node, i) => ({ node, x: i * (w + gap), y: STAGE.middle - 30, w, h: 60 })),
    hosts: hosts.map((node, i) => ({
      node,
      x: HOST.x,
      y: top + i * (HOST.h + HOST.gap),
      w: HOST.w,
      h: HOST.h,
      chips: chipsIn(scene, node.id, ghost),
    })),
  }
}

function chipsIn(scene: Scene, host: string, ghost: SceneNode | undefined): readonly SceneNode[] {
  const chips = scene.nodes.filter(({ shape, parent }) => shape === 'chip' && parent === host)
  const gone = ghost && ghost.parent === host && !chips.some(({ id }) => id === ghost.id)
  return [...chips, ...(gone ? [ghost] : [])].sort((a, b) => a.since - b.since || (a.id < b.id ? -1 : 1))
}

/** Cards along the requests, from where they start. */
function wayOf({ nodes, edges }: Scene): readonly SceneNode[] {
  const cards = new Map(nodes.filter(({ shape }) => shape === 'card').map((node) => [node.id, node]))
  const traffic = edges.filter(({ kind }) => kind === 'traffic')
  const entered = new Set(traffic.map(({ to }) => to))
  const start = traffic.map(({ from }) => cards.get(from)).find((node) => node && !entered.has(node.id))
  const way: SceneNode[] = []
  for (let at: SceneNode | undefined = start; at && !way.includes(at); ) {
    way.push(at)
    const here = at.id
    at = traffic
      .filter(({ from }) => from === here)
      .map(({ to }) => cards.get(to))
      .find((node) => node !== undefined)
  }
  return way
}
