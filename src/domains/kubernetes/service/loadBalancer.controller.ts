import { type Answer, defineIndex, type World } from '../../../kernel/index.ts'
import { kubeController } from '../kubeController.ts'
import type { KubeEvent } from '../kubeEvent.ts'
import type { ObjectEntity } from '../object/object.ts'
import { ipv4Block, ipv4Text } from './addressRange.ts'
import { loadBalancerIngress, serviceSpec } from './serviceSpec.ts'

/** Holds a Service until the cloud has taken its load balancer away. */
const FINALIZER = 'service.kubernetes.io/load-balancer-cleanup'

/** Public addresses that the lab's cloud gives away: the blocks kept for documentation. */
const PUBLIC_BLOCKS = ['203.0.113.0/24', '198.51.100.0/24', '192.0.2.0/24']

/** Services by the public addresses of their load balancers. */
export const loadBalancerAddresses = defineIndex('k8s.loadBalancerAddresses', ['k8s.Service'], (entity) =>
  loadBalancerIngress(entity as ObjectEntity).flatMap(({ ip }) => (ip === undefined ? [] : [ip])),
)

/**
 * Gives Services of type LoadBalancer an address from the cloud, and takes it away again.
 * Unlike Kubernetes, where it is a process of its own (cloud-controller-manager), it is a loop of kube-controller-manager.
 * Models: cloud-provider/controllers/service/controller.go
 */
export const loadBalancerController = kubeController({
  name: 'service-lb-controller',
  component: 'kube-controller-manager',
  primary: 'k8s.Service',
  watches: { 'k8s.Service': ['Created', 'Updated', 'after.provision', 'DeletionRequested'] },
  wakes: (event) => event.to,
  reconcile(id, world): readonly Answer[] | undefined {
    const service = world.get(id) as ObjectEntity | undefined
    if (!service) return undefined
    const wanted = wantsLoadBalancer(service) && service.state !== 'Terminating'
    if (!wanted) return release(service)
    if (service.state === 'Provisioned') return [ensured(world, service)]
    if (service.state !== 'Stored' || loadBalancerIngress(service).length > 0) return undefined
    return [
      {
        to: id,
        type: 'LoadBalancerRequested',
        data: {
          ...(service.metadata.finalizers?.includes(FINALIZER)
            ? {}
            : { metadata: { ...service.metadata, finalizers: [...(service.metadata.finalizers ?? []), FINALIZER] } }),
          kubeEvents: [says('EnsuringLoadBalancer', 'Ensuring load balancer')],
        },
      },
    ]
  },
})

function wantsLoadBalancer(service: ObjectEntity): boolean {
  const spec = serviceSpec(service)
  return spec.type === 'LoadBalancer' && spec.loadBalancerClass === undefined
}

function says(reason: string, message: string): KubeEvent {
  return { type: 'Normal', reason, message, source: 'service-controller' }
}

function ensured(world: World, service: ObjectEntity): Answer {
  const ip = serviceSpec(service).loadBalancerIP ?? freeAddress(world)
  return {
    to: service.id,
    type: 'LoadBalancerEnsured',
    data: {
      status: { ...service.status, loadBalancer: { ingress: ip === undefined ? [] : [{ ip, ipMode: 'VIP' }] } },
      kubeEvents: [says('EnsuredLoadBalancer', 'Ensured load balancer')],
    },
  }
}

/** The first public address that no load balancer has; undefined when the cloud has given all away. */
function freeAddress(world: World): string | undefined {
  for (const cidr of PUBLIC_BLOCKS) {
    const block = ipv4Block(cidr)
    for (let i = 10; block && i < block.size - 1; i++) {
      const ip = ipv4Text(block.first + i)
      if (world.lookup(loadBalancerAddresses, ip).length === 0) return ip
    }
  }
  return undefined
}

function release(service: ObjectEntity): readonly Answer[] | undefined {
  const held = service.metadata.finalizers?.includes(FINALIZER)
  if (!held || service.state === 'Provisioning') return undefined
  const finalizers = (service.metadata.finalizers ?? []).filter((name) => name !== FINALIZER)
  const { finalizers: _old, ...metadata } = service.metadata
  const answers: Answer[] = [
    {
      to: service.id,
      type: 'LoadBalancerReleased',
      data: {
        metadata: finalizers.length > 0 ? { ...metadata, finalizers } : metadata,
        status: { ...service.status, loadBalancer: {} },
        kubeEvents: [
          says('DeletingLoadBalancer', 'Deleting load balancer'),
          says('DeletedLoadBalancer', 'Deleted load balancer'),
        ],
      },
    },
  ]
  if (service.state === 'Terminating' && finalizers.length === 0) answers.push({ to: service.id, type: 'Removed' })
  return answers
}
