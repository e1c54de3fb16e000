import { deletion } from '../apiserver/remove.ts'
import { kubeController } from '../kubeController.ts'
import { podsByNode } from '../kubelet/container.ts'
import { specOf } from '../kubelet/podPlan.ts'
import { find, type ObjectEntity } from '../object/object.ts'

/**
 * Deletes pods that are bound to a node which no longer exists: nobody is left to stop them.
 * Models: pkg/controller/podgc/gc_controller.go gcOrphaned: two looks 40 s apart.
 */
export const podGcController = kubeController({
  name: 'pod-garbage-collector-controller',
  component: 'kube-controller-manager',
  primary: 'k8s.Pod',
  watches: { 'k8s.Node': ['Removed'], 'k8s.Pod': ['DeletionRequested', 'Scheduled'] },
  wakes(event, world) {
    if (event.kind === 'k8s.Node')
      return world.lookup(podsByNode, event.to.slice('k8s.Node/'.length)).map(({ id }) => id)
    const node = (world.get(event.to) as ObjectEntity | undefined)?.spec?.nodeName
    return typeof node === 'string' && node !== '' && !find(world, 'Node', undefined, node) ? event.to : undefined
  },
  delay: () => 40_000,
  reconcile(id, world) {
    const pod = world.get(id) as ObjectEntity | undefined
    const node = pod && specOf(pod).nodeName
    if (!pod || !node || find(world, 'Node', undefined, node)) return undefined
    const event = deletion(world, pod, { gracePeriodSeconds: 0 })
    return event ? [{ to: event.to, type: event.type, data: event.data }] : undefined
  },
})
