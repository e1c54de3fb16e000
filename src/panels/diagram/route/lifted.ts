import type { SceneEdge, SceneNode } from '../../../host/views/scene.view.ts'
import type { Arrangement } from '../layout/arrange.ts'

/** Lines whose ends are not drawn by themselves (a container in its task) end at what they are in; those that fall together add up. */
export function lifted(
  edges: readonly SceneEdge[],
  nodes: readonly SceneNode[],
  { boxes }: Pick<Arrangement, 'boxes'>,
): readonly SceneEdge[] {
  if (edges.every(({ from, to }) => boxes.has(from) && boxes.has(to))) return edges
  const parents = new Map(nodes.map(({ id, parent }) => [id, parent]))
  const climb = (id: string): string => {
    for (let at: string | undefined = id, steps = 0; at !== undefined && steps < 12; at = parents.get(at), steps++)
      if (boxes.has(at)) return at
    return id
  }
  const found = new Map<string, SceneEdge>()
  for (const edge of edges) {
    const [from, to] = [climb(edge.from), climb(edge.to)]
    if (from === to && edge.from !== edge.to) continue
    const key = `${from}>${to}>${edge.kind}`
    const before = found.get(key)
    found.set(
      key,
      before ? added(before, edge) : from === edge.from && to === edge.to ? edge : { ...edge, id: key, from, to },
    )
  }
  return [...found.values()]
}

function added(a: SceneEdge, b: SceneEdge): SceneEdge {
  const rate = (a.rate ?? 0) + (b.rate ?? 0)
  const failing = (a.rate ?? 0) * (a.errors ?? 0) + (b.rate ?? 0) * (b.errors ?? 0)
  return {
    ...a,
    rate,
    ...(rate > 0 ? { errors: failing / rate } : {}),
    ...(a.p95 === undefined && b.p95 === undefined ? {} : { p95: Math.max(a.p95 ?? 0, b.p95 ?? 0) }),
  }
}
