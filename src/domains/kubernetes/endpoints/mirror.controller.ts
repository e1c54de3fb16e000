import { type Answer, drawText, type World } from '../../../kernel/index.ts'
import { kubeController } from '../kubeController.ts'
import { find, type KubeObject, type ObjectEntity, objectId } from '../object/object.ts'
import { slicesByService } from '../proxy/slicesByService.ts'
import { serviceSpec } from '../service/serviceSpec.ts'
import { uidOf } from './endpointSlice.controller.ts'

/** Marks the slices that mirror an Endpoints object that people keep by hand. */
const MIRROR = 'endpointslicemirroring-controller.k8s.io'

interface Subset {
  readonly addresses?: readonly { readonly ip: string; readonly hostname?: string; readonly nodeName?: string }[]
  readonly notReadyAddresses?: Subset['addresses']
  readonly ports?: readonly { readonly name?: string; readonly port: number; readonly protocol?: string }[]
}

/**
 * Makes EndpointSlices of Endpoints objects that somebody keeps by hand for a Service without a selector, for kube-proxy reads slices alone.
 * Models: kubernetes pkg/controller/endpointslicemirroring
 */
export const mirrorController = kubeController({
  name: 'endpointslice-mirroring-controller',
  component: 'kube-controller-manager',
  primary: 'k8s.Endpoints',
  watches: {
    'k8s.Endpoints': ['Created', 'Updated', 'Removed'],
    'k8s.Service': ['Created', 'Updated', 'Removed'],
  },
  wakes: (event) => event.to.replace('k8s.Service/', 'k8s.Endpoints/'),
  reconcile(id, world): readonly Answer[] | undefined {
    const endpoints = world.get(id) as ObjectEntity | undefined
    const service = world.get(id.replace('k8s.Endpoints/', 'k8s.Service/')) as ObjectEntity | undefined
    const mine = (
      world.lookup(slicesByService, id.replace('k8s.Endpoints/', 'k8s.Service/')) as readonly ObjectEntity[]
    ).filter(({ metadata }) => metadata.labels?.['endpointslice.kubernetes.io/managed-by'] === MIRROR)
    const wanted = endpoints && service && isMirrored(endpoints, service) ? mirrored(endpoints) : []
    const answers: Answer[] = []
    for (const [i, rest] of wanted.entries()) {
      const slice = mine[i]
      if (!slice) answers.push(create(world, endpoints as ObjectEntity, rest, i))
      else if (JSON.stringify(slice.rest) !== JSON.stringify(rest))
        answers.push({ to: slice.id, type: 'Updated', data: { rest } })
    }
    for (const slice of mine.slice(wanted.length)) answers.push({ to: slice.id, type: 'Removed' })
    return answers
  },
})

function isMirrored(endpoints: ObjectEntity, service: ObjectEntity): boolean {
  const { labels, annotations } = endpoints.metadata
  if (Object.keys(serviceSpec(service).selector ?? {}).length > 0) return false
  if (labels?.['endpointslice.kubernetes.io/skip-mirror'] === 'true') return false
  return annotations?.['control-plane.alpha.kubernetes.io/leader'] === undefined
}

/** One slice for each subset; addresses that are not ready come with that condition. */
function mirrored(endpoints: ObjectEntity): readonly NonNullable<ObjectEntity['rest']>[] {
  const subsets = (endpoints.rest?.subsets ?? []) as unknown as readonly Subset[]
  return subsets.map(({ addresses = [], notReadyAddresses = [], ports = [] }) => ({
    addressType: [...addresses, ...notReadyAddresses].some(({ ip }) => ip.includes(':')) ? 'IPv6' : 'IPv4',
    endpoints: [
      ...addresses.map((address) => endpointOf(address, true)),
      ...notReadyAddresses.map((address) => endpointOf(address, false)),
    ] as never,
    ports: ports.map(({ name = '', port, protocol = 'TCP' }) => ({ name, port, protocol })) as never,
  }))
}

function endpointOf({ ip, hostname, nodeName }: NonNullable<Subset['addresses']>[number], ready: boolean) {
  return {
    addresses: [ip],
    conditions: { ready },
    ...(hostname === undefined ? {} : { hostname }),
    ...(nodeName === undefined ? {} : { nodeName }),
  }
}

function create(world: World, endpoints: ObjectEntity, rest: NonNullable<ObjectEntity['rest']>, nth: number): Answer {
  const { namespace, name, uid, labels } = endpoints.metadata
  let slice = ''
  for (let attempt = 0; slice === '' || find(world, 'EndpointSlice', namespace, slice); attempt++)
    slice = `${name}-${drawText('bcdfghjklmnpqrstvwxz2456789', 5, world.seed, 'mirror', endpoints.id, world.revision, nth, attempt)}`
  const id = objectId('EndpointSlice', namespace, slice)
  const object: KubeObject = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: slice,
      generateName: `${name}-`,
      ...(namespace === undefined ? {} : { namespace }),
      uid: uidOf(world, id),
      creationTimestamp: world.isoNow(),
      generation: 1,
      labels: { ...labels, 'endpointslice.kubernetes.io/managed-by': MIRROR, 'kubernetes.io/service-name': name },
      ownerReferences: [{ apiVersion: 'v1', kind: 'Endpoints', name, uid, controller: true, blockOwnerDeletion: true }],
    },
    ...rest,
  }
  return { to: id, kind: 'k8s.EndpointSlice', type: 'Created', data: { object } }
}
