import type { PastEvent, World } from '../../../kernel/index.ts'
import { deletion } from '../apiserver/remove.ts'
import { kubeController } from '../kubeController.ts'
import type { ObjectEntity } from '../object/object.ts'

/**
 * Deletes Jobs whose time to live after their end is over. Models: pkg/controller/ttlafterfinished/ttlafterfinished_controller.go
 */
export const ttlAfterFinishedController = kubeController({
  name: 'ttl-after-finished-controller',
  component: 'kube-controller-manager',
  primary: 'k8s.Job',
  watches: { 'k8s.Job': ['after.ttl'] },
  wakes: (event: PastEvent) => event.to,
  reconcile(id: string, world: World) {
    const job = world.get(id) as ObjectEntity | undefined
    if (job?.state !== 'Expired') return undefined
    const emission = deletion(world, job, { propagationPolicy: 'Foreground' })
    return emission ? [{ ...emission, by: undefined }] : undefined
  },
})
