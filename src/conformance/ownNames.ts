import type { World } from '../kernel/index.ts'
import { masked } from './mask.ts'

/** Kinds whose names are generated, or a cluster's own. */
const KINDS = ['Pod', 'ReplicaSet', 'Job', 'ControllerRevision', 'PersistentVolume', 'Secret', 'Node']

/**
 * A documented line with the names that its author's cluster had generated (`web-6c5b8d7f9-x2x4k`, `gke-pool-4f3a`) replaced by those of
 * this one, as a reader does: names that read the same but for what is generated. One that is there as it stands stays.
 */
export function withOwnNames(line: string, world: World): string {
  if (!/\bkubectl\b/.test(line)) return line
  return line.replace(
    /(?<![\w./-])((?:pods?|po|nodes?|no|rs|replicasets?|jobs?|pv)\/)?([a-z0-9](?:[a-z0-9.-]*[a-z0-9]))(?![\w./-])/g,
    (text, kind: string | undefined, name: string) => {
      const form = masked(name)
      if (!form.includes('<')) return text
      const names = namesIn(world)
      if (names.has(name)) return text
      for (const own of names) if (masked(own) === form) return `${kind ?? ''}${own}`
      return text
    },
  )
}

function namesIn(world: World): ReadonlySet<string> {
  const names = new Set<string>()
  for (const kind of KINDS) for (const { id } of world.all(`k8s.${kind}`)) names.add(id.slice(id.lastIndexOf('/') + 1))
  return names
}
