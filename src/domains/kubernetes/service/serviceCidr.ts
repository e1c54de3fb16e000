import { defineIndex, type Emission, type World } from '../../../kernel/index.ts'
import { newObject } from '../apiserver/newObject.ts'
import { every, type ObjectEntity } from '../object/object.ts'
import { inBlock, SERVICE_CIDR } from './addressRange.ts'

/** Keeps a range of Service addresses while addresses of it are in use. */
export const CIDR_FINALIZER = 'networking.k8s.io/service-cidr-finalizer'

/** The event that makes the ServiceCIDR `kubernetes` of the range that the API server was started with. Models: pkg/controlplane/controller/defaultservicecidr */
export function defaultServiceCidr(world: World): Emission {
  return newObject(world, {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'ServiceCIDR',
    metadata: { name: 'kubernetes', finalizers: [CIDR_FINALIZER] },
    spec: { cidrs: [SERVICE_CIDR] },
    status: { conditions: [readyCondition(world)] },
  })
}

/** The condition of a range that addresses are taken from. */
export function readyCondition(world: World) {
  return {
    type: 'Ready',
    status: 'True',
    reason: '',
    message: 'Kubernetes Service CIDR is ready',
    lastTransitionTime: world.isoNow(),
  }
}

/** Ranges that the cluster has beside the one that it was started with. */
const furtherRanges = defineIndex('k8s.furtherServiceRanges', ['k8s.ServiceCIDR'], (entity) => {
  const { metadata } = entity as ObjectEntity
  return metadata.name === 'kubernetes' || metadata.deletionTimestamp !== undefined ? undefined : 'all'
})

/** What `furtherCidrs` looks things up in. */
export const serviceCidrDerived = furtherRanges

/** The IPv4 blocks of the other ServiceCIDRs that are not being deleted. */
export function furtherCidrs(world: World): readonly string[] {
  const found = world.lookup(furtherRanges, 'all') as readonly ObjectEntity[]
  return found.flatMap((one) => cidrsOf(one).filter((cidr) => !cidr.includes(':')))
}

/** The blocks of a ServiceCIDR. */
export function cidrsOf(entity: ObjectEntity): readonly string[] {
  const { cidrs } = (entity.spec ?? {}) as { readonly cidrs?: readonly string[] }
  return cidrs ?? []
}

/** Whether a ServiceCIDR holds an address that no other one holds. */
export function holdsAlone(world: World, entity: ObjectEntity): boolean {
  const others = [...every(world, 'ServiceCIDR')].filter(
    (one) => one.id !== entity.id && one.metadata.deletionTimestamp === undefined,
  )
  for (const service of every(world, 'Service'))
    for (const ip of ((service.spec as { clusterIPs?: readonly string[] }).clusterIPs ?? []) as readonly string[]) {
      const within = (one: ObjectEntity): boolean => cidrsOf(one).some((cidr) => inBlock(ip, cidr))
      if (within(entity) && !others.some(within)) return true
    }
  return false
}
