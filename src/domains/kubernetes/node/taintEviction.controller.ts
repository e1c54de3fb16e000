import type { Answer, World } from '../../../kernel/index.ts'
import { deletion } from '../apiserver/remove.ts'
import { kubeController } from '../kubeController.ts'
import { podsByNode } from '../kubelet/container.ts'
import { specOf } from '../kubelet/podPlan.ts'
import { find, type ObjectEntity, timeOf } from '../object/object.ts'
import type { NodeSpec, Taint } from './nodeObject.ts'
import { type Patience, taintPatience } from './taintPatience.rule.ts'

/**
 * Deletes pods that do not tolerate a NoExecute taint of their node, once they have tolerated it for as long as they do.
 * Models: pkg/controller/tainteviction/taint_eviction.go
 */
export const taintEvictionController = kubeController({
  name: 'taint-eviction-controller',
  component: 'kube-controller-manager',
  primary: 'k8s.Pod',
  watches: { 'k8s.Node': ['Created', 'Updated', 'Tainted'], 'k8s.Pod': ['Created', 'Scheduled', 'Updated'] },
  wakes(event, world) {
    if (event.kind === 'k8s.Pod') {
      const pod = world.get(event.to) as ObjectEntity | undefined
      const name = pod?.spec?.nodeName
      return typeof name === 'string' && executing(world, name).length > 0 ? event.to : undefined
    }
    const name = event.to.slice('k8s.Node/'.length)
    return executing(world, name).length > 0 ? world.lookup(podsByNode, name).map(({ id }) => id) : undefined
  },
  reconcile(id, world): readonly Answer[] | undefined {
    const pod = world.get(id) as ObjectEntity | undefined
    if (!pod || pod.metadata.deletionTimestamp !== undefined) return undefined
    const spec = specOf(pod)
    const taints = spec.nodeName ? executing(world, spec.nodeName) : []
    if (taints.length === 0) return undefined
    const until = world.decide(taintPatience, {
      taints: taints.map((taint) => ({ ...taint, since: taint.timeAdded ? timeOf(taint.timeAdded) : 0 })),
      tolerations: (spec.tolerations ?? []) as Patience['tolerations'],
    })
    if (until === Number.POSITIVE_INFINITY) return undefined
    if (until > world.now) return [{ again: until - world.now }]
    const event = deletion(world, pod)
    if (!event) return undefined
    const { namespace, name } = pod.metadata
    const kubeEvents = [
      {
        type: 'Normal' as const,
        reason: 'TaintManagerEviction',
        message: `Marking for deletion Pod ${namespace}/${name}`,
        source: 'taint-eviction-controller',
        about: id,
      },
    ]
    const inputs = { taints: taints.map(({ key }) => key) }
    return [{ to: id, type: event.type, data: { ...event.data, kubeEvents }, rule: taintPatience.id, inputs }]
  },
})

/** The NoExecute taints of a node. */
function executing(world: World, name: string): readonly Taint[] {
  const taints = (find(world, 'Node', undefined, name)?.spec as NodeSpec | undefined)?.taints
  return taints?.filter((taint) => taint.effect === 'NoExecute') ?? NONE
}

const NONE: readonly Taint[] = []
