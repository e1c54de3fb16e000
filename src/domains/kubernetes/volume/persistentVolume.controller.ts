import { type Answer, defineIndex, type Emission, type PastEvent, type World } from '../../../kernel/index.ts'
import { textAt } from '../api/loose.ts'
import { newObject } from '../apiserver/newObject.ts'
import { kubeController } from '../kubeController.ts'
import { LATENCY } from '../latency.ts'
import { every, find, type ObjectEntity, objectId } from '../object/object.ts'
import { claimRefOf, claimsOfPod, isReservedFor, volumeFor } from './matching.ts'

const CLAIM = 'k8s.PersistentVolumeClaim'
const VOLUME = 'k8s.PersistentVolume'

/** The one provisioner that every cluster of the lab has: it makes disks of any size at once. */
export const PROVISIONER = 'orrery.local/disk'
/** ms that it takes to make one. */
const PROVISION_TIME = 1500

/** Pods that have a node, by the claims that they use (`namespace/name`). */
export const podsByClaim = defineIndex('k8s.podsByClaim', ['k8s.Pod'], (entity) => {
  const pod = entity as ObjectEntity
  if (textAt(pod.spec, 'nodeName') === '') return undefined
  const claims = claimsOfPod(pod)
  return claims.length === 0 ? undefined : claims.map((claim) => `${pod.metadata.namespace}/${claim}`)
})

/**
 * Binds claims to volumes, has volumes made for those that no volume fits, and frees volumes whose claim is gone.
 * Models: pkg/controller/volume/persistentvolume/pv_controller.go. Unlike Kubernetes, a claim that waits for its first consumer is bound
 * once that pod has its node, not before.
 */
export const persistentVolumeController = kubeController({
  name: 'persistentvolume-binder-controller',
  component: 'kube-controller-manager',
  primary: CLAIM,
  watches: {
    [CLAIM]: ['Created', 'Updated', 'Removed'],
    [VOLUME]: ['Created', 'Updated', 'Removed'],
    'k8s.StorageClass': ['Created', 'Updated'],
    'k8s.Pod': ['Scheduled'],
  },
  wakes,
  delay: (id, world) => {
    const claim = id.startsWith(`${CLAIM}/`) ? (world.get(id) as ObjectEntity | undefined) : undefined
    return claim && mayProvision(world, claim) ? PROVISION_TIME : LATENCY.controller
  },
  reconcile(id, world) {
    const object = world.get(id) as ObjectEntity | undefined
    if (!object) return undefined
    return object.kind === CLAIM ? syncClaim(world, object) : syncVolume(world, object)
  },
})

function wakes(event: PastEvent, world: World): string | Iterable<string> | undefined {
  switch (event.kind) {
    case 'k8s.Pod': {
      const pod = world.get(event.to) as ObjectEntity | undefined
      const claims = pod ? claimsOfPod(pod) : []
      return claims.map((claim) => objectId('PersistentVolumeClaim', pod?.metadata.namespace, claim))
    }
    case CLAIM:
      return event.type === 'Removed' ? volumesOf(world, event.to) : event.to
    case VOLUME:
      return [event.to, ...waiting(world)]
    default:
      return waiting(world)
  }
}

function volumesOf(world: World, claim: string): readonly string[] {
  return [...every(world, 'PersistentVolume')]
    .filter((volume) => {
      const ref = claimRefOf(volume)
      return ref?.name !== undefined && objectId('PersistentVolumeClaim', ref.namespace, ref.name) === claim
    })
    .map(({ id }) => id)
}

function waiting(world: World): readonly string[] {
  return [...every(world, 'PersistentVolumeClaim')]
    .filter((claim) => textAt(claim.status, 'phase') !== 'Bound')
    .map(({ id }) => id)
}

function syncClaim(world: World, claim: ObjectEntity): readonly Answer[] | undefined {
  if (claim.metadata.deletionTimestamp !== undefined) return undefined
  const named = textAt(claim.spec, 'volumeName')
  if (named !== '') {
    const volume = find(world, 'PersistentVolume', undefined, named)
    if (!volume) {
      if (textAt(claim.status, 'phase') !== 'Bound') return undefined
      return [{ to: claim.id, type: 'Updated', data: { status: { ...claim.status, phase: 'Lost' } } }]
    }
    if (textAt(claim.status, 'phase') === 'Bound') return undefined
    return claimRefOf(volume) && !isReservedFor(volume, claim) ? undefined : bind(claim, volume)
  }
  const reason = waitsForConsumer(world, claim)
  if (reason !== undefined) return [{ to: claim.id, decline: reason }]
  const volume = volumeFor(world, claim)
  if (volume) return bind(claim, volume)
  const storageClass = classOf(world, claim)
  if (!storageClass)
    return [
      {
        to: claim.id,
        decline: 'no persistent volumes available for this claim and no storage class is set',
      },
    ]
  if (textAt(storageClass.rest, 'provisioner') !== PROVISIONER)
    return [
      {
        to: claim.id,
        decline: `Waiting for a volume to be created either by the external provisioner '${textAt(storageClass.rest, 'provisioner')}' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.`,
      },
    ]
  return [provision(world, claim, storageClass)]
}

/** Why a claim has to wait for a pod that uses it; undefined when it has not. */
function waitsForConsumer(world: World, claim: ObjectEntity): string | undefined {
  const storageClass = classOf(world, claim)
  if (!storageClass || textAt(storageClass.rest, 'volumeBindingMode') !== 'WaitForFirstConsumer') return undefined
  const users = world.lookup(podsByClaim, `${claim.metadata.namespace}/${claim.metadata.name}`)
  return users.length > 0 ? undefined : 'waiting for first consumer to be created before binding'
}

function mayProvision(world: World, claim: ObjectEntity): boolean {
  if (textAt(claim.spec, 'volumeName') !== '' || waitsForConsumer(world, claim) !== undefined) return false
  return textAt(classOf(world, claim)?.rest, 'provisioner') === PROVISIONER && !volumeFor(world, claim)
}

function classOf(world: World, claim: ObjectEntity): ObjectEntity | undefined {
  const name = textAt(claim.spec, 'storageClassName')
  return name === '' ? undefined : find(world, 'StorageClass', undefined, name)
}

function bind(claim: ObjectEntity, volume: ObjectEntity): readonly Emission[] {
  const claimRef = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    name: claim.metadata.name,
    namespace: claim.metadata.namespace,
    resourceVersion: String(claim.rev),
    uid: claim.metadata.uid,
  }
  const byUs = { 'pv.kubernetes.io/bound-by-controller': 'yes' }
  const annotations = { ...claim.metadata.annotations, 'pv.kubernetes.io/bind-completed': 'yes', ...byUs }
  const { accessModes, capacity } = volume.spec ?? {}
  return [
    {
      to: volume.id,
      type: 'Updated',
      data: {
        metadata: { ...volume.metadata, annotations: { ...volume.metadata.annotations, ...byUs } },
        spec: { ...volume.spec, claimRef },
        status: { ...volume.status, phase: 'Bound' },
      },
    },
    {
      to: claim.id,
      type: 'Updated',
      data: {
        metadata: { ...claim.metadata, annotations },
        spec: { ...claim.spec, volumeName: volume.metadata.name },
        status: { ...claim.status, phase: 'Bound', accessModes, capacity },
      },
    },
  ]
}

function provision(world: World, claim: ObjectEntity, storageClass: ObjectEntity): Emission {
  const name = `pvc-${claim.metadata.uid}`
  const emission = newObject(world, {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: {
      name,
      annotations: { 'pv.kubernetes.io/provisioned-by': PROVISIONER },
      finalizers: ['kubernetes.io/pv-protection'],
    },
    spec: {
      accessModes: claim.spec?.accessModes ?? [],
      capacity: { storage: textAt(claim.spec, 'resources', 'requests', 'storage') },
      claimRef: {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        name: claim.metadata.name,
        namespace: claim.metadata.namespace ?? 'default',
        resourceVersion: String(claim.rev),
        uid: claim.metadata.uid,
      },
      csi: { driver: PROVISIONER, volumeHandle: name },
      persistentVolumeReclaimPolicy: textAt(storageClass.rest, 'reclaimPolicy') || 'Delete',
      storageClassName: storageClass.metadata.name,
      volumeMode: textAt(claim.spec, 'volumeMode') || 'Filesystem',
    },
    status: { phase: 'Pending' },
  })
  const kubeEvents = [
    {
      type: 'Normal',
      reason: 'ProvisioningSucceeded',
      source: PROVISIONER,
      about: claim.id,
      message: `Successfully provisioned volume ${name}`,
    },
  ]
  return { ...emission, data: { ...(emission.data as object), kubeEvents } }
}

/** A volume is free, bound, or left over by a claim that is gone. */
function syncVolume(world: World, volume: ObjectEntity): readonly Answer[] | undefined {
  const phase = textAt(volume.status, 'phase')
  const ref = claimRefOf(volume)
  const says = (next: string): readonly Answer[] | undefined =>
    phase === next
      ? undefined
      : [{ to: volume.id, type: 'Updated', data: { status: { ...volume.status, phase: next } } }]
  if (ref?.name === undefined || ref.uid === undefined) return phase === 'Bound' ? undefined : says('Available')
  const claim = find(world, 'PersistentVolumeClaim', ref.namespace, ref.name)
  if (claim && claim.metadata.uid === ref.uid) return undefined
  if (textAt(volume.spec, 'persistentVolumeReclaimPolicy') !== 'Delete') return says('Released')
  if (textAt(volume.spec, 'csi', 'driver') !== PROVISIONER) return says('Failed')
  return [{ to: volume.id, type: 'Removed' }]
}
