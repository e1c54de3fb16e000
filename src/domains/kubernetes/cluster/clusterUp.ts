import { defineKind, type Emission, type Entity, type World } from '../../../kernel/index.ts'
import { placeEmissions, regionId } from '../../places/index.ts'
import { newObject } from '../apiserver/newObject.ts'
import { CONTROL_PLANE, componentId, controllerEntityId } from '../components/component.ts'
import { controllerLoops } from '../kubeController.ts'
import { kubernetesService } from '../service/kubernetesService.ts'
import { defaultServiceCidr } from '../service/serviceCidr.ts'
import { clusterLifecycle } from './cluster.lifecycle.ts'
import { systemRoles } from './systemRoles.ts'

/** The one cluster of a world. */
export const CLUSTER = 'k8s.Cluster/kubernetes'

export interface Cluster extends Entity {
  /** Region that its machines stand in. */
  readonly region: string
}

export const clusterKind = defineKind<Cluster>({ kind: 'k8s.Cluster', lifecycle: clusterLifecycle })

const NAMESPACES = ['default', 'kube-node-lease', 'kube-public', 'kube-system']

/** Events that bring a control plane into being, with what a fresh one holds: namespaces, priority classes, the API's own Service. */
export function clusterEmissions(world: World, region: string, zones: readonly string[]): readonly Emission[] {
  const component = 'k8s.Component'
  return [
    ...uniquePlaces(world, region, zones),
    { to: CLUSTER, type: 'Created', kind: 'k8s.Cluster', data: { owner: regionId(region), region } },
    ...CONTROL_PLANE.map(
      (name): Emission => ({ to: componentId(name), type: 'Created', kind: component, data: { owner: CLUSTER, name } }),
    ),
    ...controllerLoops().map((name): Emission => {
      const data = { owner: componentId('kube-controller-manager'), name }
      return { to: controllerEntityId(name), type: 'Created', kind: 'k8s.Controller', data }
    }),
    ...NAMESPACES.map((name) => newObject(world, namespaceDraft(name))),
    ...priorityClasses(world),
    ...kubernetesService(world),
    ...systemRoles(world),
    defaultServiceCidr(world),
    newObject(world, defaultStorageClass()),
  ]
}

/** Places of several zones at once: the region is opened by the first of them alone. */
function uniquePlaces(world: World, region: string, zones: readonly string[]): readonly Emission[] {
  const opened = new Map<string, Emission>()
  for (const zone of zones)
    for (const emission of placeEmissions(world, region, zone)) opened.set(emission.to, emission)
  return [...opened.values()]
}

function namespaceDraft(name: string) {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  }
}

function priorityClasses(world: World): readonly Emission[] {
  const classes: readonly (readonly [string, number, string])[] = [
    [
      'system-cluster-critical',
      2_000_000_000,
      'Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.',
    ],
    [
      'system-node-critical',
      2_000_001_000,
      'Used for system critical pods that must not be moved from their current node.',
    ],
  ]
  return classes.map(([name, value, description]) =>
    newObject(world, {
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name, generation: 1 },
      description,
      preemptionPolicy: 'PreemptLowerPriority',
      value,
    }),
  )
}

function defaultStorageClass() {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: 'orrery.local/disk',
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'WaitForFirstConsumer',
  }
}
