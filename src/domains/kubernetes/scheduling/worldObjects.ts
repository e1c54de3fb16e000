import type { World } from '../../../kernel/index.ts'
import { every, find, type ObjectEntity, objectOf } from '../object/object.ts'
import type { ClusterObjects } from '../scheduler/index.ts'

/** What scheduling reads besides nodes and pods, out of the world. Lists keep their identity until a kind of theirs changes. */
export function worldObjects(world: World): ClusterObjects {
  const known = cache.get(world)
  if (known) return known
  const lists = new Map<string, { readonly version: number; readonly value: unknown }>()
  function kept<T>(key: string, kind: string, make: () => T): T {
    const version = world.version(`k8s.${kind}`)
    const before = lists.get(key)
    if (before?.version === version) return before.value as T
    const value = make()
    lists.set(key, { version, value })
    return value
  }
  const all = (kind: string) => kept(kind, kind, () => [...every(world, kind)]) as never
  const objects: ClusterObjects = {
    services: (namespace) =>
      kept(`services ${namespace}`, 'Service', () => {
        const found: ObjectEntity[] = []
        for (const service of every(world, 'Service')) if (service.metadata.namespace === namespace) found.push(service)
        return found
      }) as never,
    workload: (kind, namespace, name) => find(world, kind, namespace, name) as never,
    namespaces: () => all('Namespace'),
    namespaceLabels: (name) => find(world, 'Namespace', undefined, name)?.metadata.labels,
    claim: (namespace, name) => find(world, 'PersistentVolumeClaim', namespace, name) as never,
    volume: (name) => find(world, 'PersistentVolume', undefined, name) as never,
    volumes: () => all('PersistentVolume'),
    storageClass: (name) => {
      const found = find(world, 'StorageClass', undefined, name)
      return found ? (objectOf(found) as never) : undefined
    },
    csiNode: (name) => find(world, 'CSINode', undefined, name) as never,
    disruptionBudgets: () => all('PodDisruptionBudget'),
  }
  cache.set(world, objects)
  return objects
}

const cache = new WeakMap<World, ClusterObjects>()
