import { isObject, type Loose } from '../api/loose.ts'
import { isCustom } from './customResource.ts'

/** What the registry does with objects of a kind beside storing them. Models: pkg/registry/<group>/<kind>/strategy.go */
export interface Strategy {
  /** Whether `status` has a subresource of its own, so that ordinary writes cannot touch it. */
  readonly status: boolean
  /** The status of a new object; undefined when it has none or brings its own. */
  readonly initialStatus?: Loose
  /** Whether `metadata.generation` counts changes of the spec. */
  readonly generation: boolean
}

const custom: Strategy = { status: false, generation: true }
const plain: Strategy = { status: false, generation: false }

const strategies: Readonly<Record<string, Strategy>> = {
  Pod: { status: true, generation: true, initialStatus: { phase: 'Pending' } },
  Deployment: { status: true, generation: true, initialStatus: {} },
  ReplicaSet: { status: true, generation: true, initialStatus: { replicas: 0 } },
  ReplicationController: { status: true, generation: true, initialStatus: { replicas: 0 } },
  StatefulSet: { status: true, generation: true, initialStatus: { replicas: 0, availableReplicas: 0 } },
  DaemonSet: {
    status: true,
    generation: true,
    initialStatus: { currentNumberScheduled: 0, desiredNumberScheduled: 0, numberMisscheduled: 0, numberReady: 0 },
  },
  Job: { status: true, generation: true, initialStatus: {} },
  CronJob: { status: true, generation: true, initialStatus: {} },
  HorizontalPodAutoscaler: {
    status: true,
    generation: false,
    initialStatus: { currentMetrics: null, desiredReplicas: 0 },
  },
  PodDisruptionBudget: {
    status: true,
    generation: true,
    initialStatus: { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 },
  },
  Service: { status: true, generation: false, initialStatus: { loadBalancer: {} } },
  ServiceCIDR: { status: true, generation: false, initialStatus: {} },
  CertificateSigningRequest: { status: true, generation: false, initialStatus: {} },
  ResourceClaim: { status: true, generation: false, initialStatus: {} },
  Ingress: { status: true, generation: true, initialStatus: { loadBalancer: {} } },
  NetworkPolicy: { status: false, generation: true },
  Namespace: { status: true, generation: false, initialStatus: { phase: 'Active' } },
  PersistentVolumeClaim: { status: true, generation: false, initialStatus: { phase: 'Pending' } },
  PersistentVolume: { status: true, generation: false, initialStatus: { phase: 'Pending' } },
  ResourceQuota: { status: true, generation: false, initialStatus: {} },
  Node: { status: true, generation: false },
  PriorityClass: { status: false, generation: true },
  EndpointSlice: { status: false, generation: true },
  CustomResourceDefinition: { status: true, generation: true },
}

/** How the registry treats a kind. */
export function strategyOf(kind: string): Strategy {
  return strategies[kind] ?? (isCustom(kind) ? custom : plain)
}

/** The parts of an object that generation counts: everything but metadata and status. */
export function desired(object: Loose): Loose {
  const { metadata: _metadata, status: _status, apiVersion: _version, kind: _kind, ...rest } = object
  return rest
}

/** The metadata of an object, or an empty one. */
export function metadataOf(object: Loose): Loose {
  return isObject(object.metadata) ? object.metadata : {}
}
