import type { Entity, World } from '../../../kernel/index.ts'
import { podIp, podSpec } from '../endpoints/podFacts.ts'
import type { ObjectEntity } from '../object/object.ts'

/** Where a connection comes from: a pod on its node, a node itself, or the world outside of the cluster. */
export interface Vantage {
  /** Entity id of who connects: a container, a session, a traffic client, a pod. */
  readonly id: string
  readonly pod: ObjectEntity | undefined
  /** Name of the node whose rules apply; undefined outside. */
  readonly node: string | undefined
  readonly ip: string
  /** Namespace for the DNS search path. */
  readonly namespace: string
}

/** Address of everyone outside: the learner's own machine. */
export const OUTSIDE_IP = '198.18.0.1'

/** The vantage of an entity: containers and pods are inside, nodes and machines on themselves, everything else outside. */
export function vantageOf(world: World, id: string): Vantage {
  const entity = world.get(id)
  const pod = podOf(world, entity)
  if (pod) {
    return {
      id,
      pod,
      node: podSpec(pod).nodeName,
      ip: podIp(pod) ?? '0.0.0.0',
      namespace: pod.metadata.namespace ?? 'default',
    }
  }
  if (entity?.kind === 'k8s.Machine' || entity?.kind === 'k8s.Node') {
    const node = id.slice(id.indexOf('/') + 1)
    return { id, pod: undefined, node, ip: OUTSIDE_IP, namespace: 'default' }
  }
  return { id, pod: undefined, node: undefined, ip: OUTSIDE_IP, namespace: 'default' }
}

function podOf(world: World, entity: Entity | undefined): ObjectEntity | undefined {
  if (entity?.kind === 'k8s.Pod') return entity as ObjectEntity
  if (entity?.kind !== 'k8s.Container' || entity.owner === undefined) return undefined
  const owner = world.get(entity.owner)
  return owner?.kind === 'k8s.Pod' ? (owner as ObjectEntity) : undefined
}
