import type { PastEvent, World } from '../../../kernel/index.ts'
import { objectsAt, textAt } from '../api/loose.ts'
import { changes } from '../apiserver/update.ts'
import { kubeController } from '../kubeController.ts'
import { every, type ObjectEntity, objectOf } from '../object/object.ts'

const KIND = 'k8s.PersistentVolumeClaim'
const FINALIZER = 'kubernetes.io/pvc-protection'

/**
 * Lets a deleted claim go once no pod uses it. Models: pkg/controller/volume/pvcprotection/pvc_protection_controller.go
 */
export const claimProtectionController = kubeController({
  name: 'persistentvolumeclaim-protection-controller',
  component: 'kube-controller-manager',
  primary: KIND,
  watches: { [KIND]: ['DeletionRequested'], 'k8s.Pod': ['Removed', 'Succeeded', 'Failed'] },
  wakes(event: PastEvent, world: World) {
    if (event.kind === KIND) return event.to
    if (world.count(KIND, 'Terminating') === 0) return undefined
    return [...(world.all(KIND) as Iterable<ObjectEntity>)]
      .filter((claim) => claim.state === 'Terminating')
      .map((claim) => claim.id)
  },
  reconcile(id: string, world: World) {
    const claim = world.get(id) as ObjectEntity | undefined
    if (claim?.metadata.deletionTimestamp === undefined) return undefined
    const finalizers = claim.metadata.finalizers ?? []
    if (!finalizers.includes(FINALIZER)) return undefined
    const user = userOf(world, claim)
    if (user) return [{ to: id, decline: `The pod ${user.metadata.name} still uses it.` }]
    const { finalizers: _before, ...metadata } = claim.metadata
    const kept = finalizers.filter((finalizer) => finalizer !== FINALIZER)
    return changes(claim, {
      ...objectOf(claim),
      metadata: kept.length > 0 ? { ...metadata, finalizers: kept } : metadata,
    })
  },
})

function userOf(world: World, claim: ObjectEntity): ObjectEntity | undefined {
  for (const pod of every(world, 'Pod')) {
    if (pod.metadata.namespace !== claim.metadata.namespace) continue
    if (pod.state === 'Succeeded' || pod.state === 'Failed' || textAt(pod.spec, 'nodeName') === '') continue
    const uses = objectsAt(pod.spec, 'volumes').some(
      (volume) => textAt(volume, 'persistentVolumeClaim', 'claimName') === claim.metadata.name,
    )
    if (uses) return pod
  }
  return undefined
}
