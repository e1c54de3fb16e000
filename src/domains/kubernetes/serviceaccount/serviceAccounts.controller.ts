import type { PastEvent, World } from '../../../kernel/index.ts'
import { newObject } from '../apiserver/newObject.ts'
import { kubeController } from '../kubeController.ts'
import { find, type ObjectEntity, objectId } from '../object/object.ts'

/**
 * Keeps a ServiceAccount `default` in every namespace. Models: pkg/controller/serviceaccount/serviceaccounts_controller.go
 */
export const serviceAccountController = kubeController({
  name: 'serviceaccount-controller',
  component: 'kube-controller-manager',
  primary: 'k8s.Namespace',
  watches: { 'k8s.Namespace': ['Created'], 'k8s.ServiceAccount': ['Removed'] },
  wakes: (event: PastEvent) => namespaceId(event),
  reconcile(id: string, world: World) {
    const namespace = world.get(id) as ObjectEntity | undefined
    if (namespace?.state !== 'Active' || find(world, 'ServiceAccount', namespace.metadata.name, 'default'))
      return undefined
    const metadata = { name: 'default', namespace: namespace.metadata.name }
    return [newObject(world, { apiVersion: 'v1', kind: 'ServiceAccount', metadata })]
  },
})

/** The namespace that an event is about, or happens in. */
export function namespaceId(event: PastEvent): string {
  return event.kind === 'k8s.Namespace' ? event.to : objectId('Namespace', undefined, event.to.split('/')[1] ?? '')
}
