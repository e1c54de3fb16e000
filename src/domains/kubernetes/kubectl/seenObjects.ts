import { drawText, type World } from '../../../kernel/index.ts'
import { CONTROL_PLANE, componentId, works } from '../components/component.ts'
import { every, type KubeObject, type ObjectEntity, timestamp } from '../object/object.ts'

/** ms between two heartbeats of a kubelet, and of the leaders of the control plane. */
const NODE_BEAT = 10_000
const LEADER_BEAT = 2000

/**
 * The Leases by which kubelets and the control plane say that they live. They are made when one looks: their renewal is no event.
 * Models: pkg/kubelet/nodelease, pkg/controlplane/controller/apiserverleasegc, client-go leaderelection
 */
export function leases(world: World): readonly KubeObject[] {
  const found: KubeObject[] = []
  for (const node of every(world, 'Node')) {
    const { name, uid, creationTimestamp } = node.metadata
    const heard = node.state === 'Ready' || node.state === 'NotReady' ? world.now - (world.now % NODE_BEAT) : node.since
    found.push(
      lease(world, 'kube-node-lease', name, creationTimestamp, {
        metadata: { ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name, uid }] },
        spec: { holderIdentity: name, leaseDurationSeconds: 40, renewTime: micro(heard) },
      }),
    )
  }
  for (const part of CONTROL_PLANE) {
    const component = world.get(componentId(part))
    if (!component || !HOLDERS.includes(part)) continue
    const api = part === 'kube-apiserver'
    const name = api ? `apiserver-${drawText(HEX, 26, world.seed, part)}` : part
    const uuid = uidOf(world, `${part}/holder`)
    const beat = api ? NODE_BEAT : LEADER_BEAT
    const renewed = works(world, part) ? world.now - (world.now % beat) : component.since
    found.push(
      lease(world, 'kube-system', name, timestamp(component.born), {
        metadata: api
          ? {
              labels: {
                'apiserver.kubernetes.io/identity': 'kube-apiserver',
                'kubernetes.io/hostname': 'control-plane',
              },
            }
          : {},
        spec: {
          ...(api ? {} : { acquireTime: micro(component.born) }),
          holderIdentity: api ? `${name}_${uuid}` : `control-plane_${uuid}`,
          leaseDurationSeconds: api ? 3600 : 15,
          ...(api ? {} : { leaseTransitions: 0 }),
          renewTime: micro(renewed),
        },
      }),
    )
  }
  return found
}

const HEX = '0123456789abcdef'

function uidOf(world: World, of: string): string {
  return [8, 4, 4, 4, 12].map((length, i) => drawText(HEX, length, world.seed, of, i)).join('-')
}

const HOLDERS: readonly string[] = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler']

function micro(at: number): string {
  return timestamp(at).replace('Z', '.000000Z')
}

function lease(
  world: World,
  namespace: string,
  name: string,
  creationTimestamp: string,
  more: { readonly metadata: object; readonly spec: object },
): KubeObject {
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { creationTimestamp, ...more.metadata, name, namespace, uid: uidOf(world, `Lease/${namespace}/${name}`) },
    spec: more.spec as NonNullable<KubeObject['spec']>,
  }
}

/** The IPAddress of every cluster IP that a Service has. Models: pkg/registry/core/service/ipallocator */
export function ipAddresses(world: World): readonly KubeObject[] {
  return [...every(world, 'Service')].flatMap((service: ObjectEntity) => {
    const { name, namespace = 'default', creationTimestamp } = service.metadata
    const { clusterIPs = [] } = (service.spec ?? {}) as { readonly clusterIPs?: readonly string[] }
    return clusterIPs
      .filter((ip) => ip !== 'None')
      .map(
        (ip): KubeObject => ({
          apiVersion: 'networking.k8s.io/v1',
          kind: 'IPAddress',
          metadata: {
            creationTimestamp,
            labels: {
              'ipaddress.kubernetes.io/ip-family': ip.includes(':') ? 'IPv6' : 'IPv4',
              'ipaddress.kubernetes.io/managed-by': 'ipallocator.k8s.io',
            },
            name: ip.replaceAll(':', '-'),
            uid: uidOf(world, `IPAddress/${ip}`),
          },
          spec: { parentRef: { group: '', name, namespace, resource: 'services' } },
        }),
      )
  })
}
