import type { World } from '../../../kernel/index.ts'
import { type Loose, objectAt, objectsAt, textAt } from '../api/loose.ts'
import type { ObjectEntity } from '../object/object.ts'
import type { ClusterNode, PodSpec } from '../scheduler/objects.ts'
import { daemonNodeFit, daemonTolerations, type fitsNode } from './nodeFit.rule.ts'

/** The template's pod spec with the tolerations of daemon pods. Remembered by the template's identity. */
export function daemonSpec(template: Loose): Loose {
  const known = specs.get(template)
  if (known) return known
  const spec = objectAt(template, 'spec') ?? {}
  const added = (daemonTolerations(spec.hostNetwork === true) ?? []) as readonly object[] as readonly Loose[]
  const own = objectsAt(spec, 'tolerations').filter(
    (one) => !added.some((other) => other.key === one.key && other.effect === one.effect),
  )
  const made = { ...spec, tolerations: [...own, ...added] }
  specs.set(template, made)
  return made
}

/** The spec of the pod for one node: bound to it by required node affinity on its name. Models: daemonset_util.go ReplaceDaemonSetPodNodeNameNodeAffinity */
export function specForNode(spec: Loose, node: string): Loose {
  const term = { matchFields: [{ key: 'metadata.name', operator: 'In', values: [node] }] }
  const affinity = objectAt(spec, 'affinity') ?? {}
  const nodeAffinity = objectAt(affinity, 'nodeAffinity') ?? {}
  return {
    ...spec,
    affinity: {
      ...affinity,
      nodeAffinity: {
        ...nodeAffinity,
        requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term] },
      },
    },
  }
}

/** The node that a daemon pod is on, or is meant for. */
export function nodeOf(pod: ObjectEntity): string {
  const bound = textAt(pod.spec, 'nodeName')
  if (bound !== '') return bound
  const required = objectAt(pod.spec, 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution')
  const field = objectsAt(objectsAt(required, 'nodeSelectorTerms')[0], 'matchFields')[0]
  return Array.isArray(field?.values) ? String(field.values[0] ?? '') : ''
}

/** Whether a node gets, or may keep, a pod of this spec. Remembered by the identity of both records. */
export function fit(world: World, spec: Loose, node: ObjectEntity): ReturnType<typeof fitsNode> {
  let byNode = fits.get(spec)
  if (!byNode) {
    byNode = new WeakMap()
    fits.set(spec, byNode)
  }
  const known = byNode.get(node)
  if (known) return known
  const verdict = world.decide(daemonNodeFit, {
    spec: spec as unknown as PodSpec,
    node: node as unknown as ClusterNode,
  }) as ReturnType<typeof fitsNode>
  byNode.set(node, verdict)
  return verdict
}

const specs = new WeakMap<Loose, Loose>()
const fits = new WeakMap<Loose, WeakMap<ObjectEntity, ReturnType<typeof fitsNode>>>()
