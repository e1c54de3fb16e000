import type { Answer, Controller, World } from '../../../kernel/index.ts'
import { apiWorks } from '../components/component.ts'
import { servicesSelecting } from '../endpoints/membership.ts'
import { isPodReady, podSpec } from '../endpoints/podFacts.ts'
import { nodeAddresses } from '../network/addresses.ts'
import { every, find, type ObjectEntity } from '../object/object.ts'
import { loadBalancerIngress, serviceSpec } from '../service/serviceSpec.ts'
import { ingressControllerPods, isIngressController, servesIngress } from './ingressRoute.ts'

/** From a change until ingress-nginx has reloaded, in ms; the address follows with its next status update. */
const RELOAD_MS = 1000

/**
 * What ingress-nginx does to the Ingresses that it serves, while a pod of it is ready: takes note of them, and writes the address of the
 * Service in front of it into their status.
 * Models: ingress-nginx internal/ingress/status/status.go
 */
export const ingressController: Controller = {
  name: 'ingress-nginx',
  watches: {
    'k8s.Ingress': ['Created', 'Updated'],
    'k8s.IngressClass': ['Created', 'Updated'],
    'k8s.Service': ['LoadBalancerEnsured', 'LoadBalancerReleased', 'Updated'],
    'k8s.Pod': ['BecameReady', 'BecameUnready'],
  },
  delay: () => RELOAD_MS,
  wakes(event, world) {
    if (event.kind === 'k8s.Ingress') return event.to
    if (world.count('k8s.Ingress') === 0) return undefined
    if (event.kind === 'k8s.Pod') {
      const pod = world.get(event.to) as ObjectEntity | undefined
      if (!pod || !isIngressController(pod)) return undefined
    }
    return [...world.all('k8s.Ingress')].map(({ id }) => id)
  },
  reconcile(id, world): readonly Answer[] | undefined {
    const ingress = world.get(id) as ObjectEntity | undefined
    if (!ingress || !apiWorks(world) || !servesIngress(world, ingress)) return undefined
    const pod = (world.lookup(ingressControllerPods, 'nginx') as readonly ObjectEntity[]).find(isPodReady)
    if (!pod) return [{ decline: 'No ingress-nginx pod is ready: nobody serves it.', to: id }]
    const status = { ...ingress.status, loadBalancer: addressOf(world, pod) }
    const synced = ingress.metadata.generation ?? 1
    const noted = (ingress.status as { readonly loadBalancer?: object } | undefined)?.loadBalancer
    if (JSON.stringify(noted) === JSON.stringify(status.loadBalancer)) return undefined
    return [
      {
        to: id,
        type: 'StatusReported',
        by: pod.id,
        data: {
          status,
          kubeEvents: [
            { type: 'Normal', reason: 'Sync', message: 'Scheduled for sync', source: 'nginx-ingress-controller' },
          ],
          generation: synced,
        },
      },
    ]
  },
}

function addressOf(world: World, pod: ObjectEntity): { readonly ingress?: readonly { readonly ip: string }[] } {
  for (const service of servicesSelecting(pod, world)) {
    const public_ = loadBalancerIngress(service).flatMap(({ ip }) => (ip === undefined ? [] : [{ ip }]))
    if (public_.length > 0) return { ingress: public_ }
    if (serviceSpec(service).type === 'NodePort') {
      const node = find(world, 'Node', undefined, podSpec(pod).nodeName ?? '')
      const ip = node && nodeAddresses(node)[0]
      if (ip !== undefined) return { ingress: [{ ip }] }
    }
  }
  if (podSpec(pod).hostNetwork)
    for (const node of every(world, 'Node'))
      if (node.metadata.name === podSpec(pod).nodeName)
        return {
          ingress: nodeAddresses(node)
            .slice(0, 1)
            .map((ip) => ({ ip })),
        }
  return {}
}
