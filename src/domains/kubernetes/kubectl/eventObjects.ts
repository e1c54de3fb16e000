import type { World } from '../../../kernel/index.ts'
import { objectsAt } from '../api/loose.ts'
import { kubeEvents, type SeenEvent } from '../kubeEvent.ts'
import { type KubeObject, type ObjectEntity, timestamp } from '../object/object.ts'

/** Kinds whose events carry KubeEvents. */
export const EVENT_SOURCES = [
  'k8s.Pod',
  'k8s.Container',
  'k8s.Node',
  'k8s.Deployment',
  'k8s.ReplicaSet',
  'k8s.ReplicationController',
  'k8s.StatefulSet',
  'k8s.DaemonSet',
  'k8s.Job',
  'k8s.CronJob',
  'k8s.HorizontalPodAutoscaler',
  'k8s.Service',
  'k8s.PersistentVolumeClaim',
]

/** The KubeEvents of the last hour as v1 Events. Their names are of the journal, so that the same one keeps its name. */
export function eventObjects(world: World, about?: string): readonly KubeObject[] {
  return kubeEvents(world, about).map((seen) => eventObject(world, seen))
}

/** The namespace and name in an entity id such as `k8s.Pod/default/web`. */
export function partsOfId(id: string): {
  readonly kind: string
  readonly namespace: string | undefined
  readonly name: string
} {
  const [kind = '', first = '', second] = id.split('/')
  const apiKind = kind.replace(/^k8s\./, '')
  return second === undefined
    ? { kind: apiKind, namespace: undefined, name: first }
    : { kind: apiKind, namespace: first, name: second }
}

function eventObject(world: World, seen: SeenEvent): KubeObject {
  const { kind, namespace, name } = partsOfId(seen.about)
  const entity = world.get(seen.about) as ObjectEntity | undefined
  const fieldPath = fieldPathOf(entity, seen.container)
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: {
      name: `${name}.${(0x18a0000000000000n + BigInt(seen.id) * 7919n).toString(16)}`,
      namespace: namespace ?? 'default',
      uid: entity?.metadata?.uid ?? '',
      creationTimestamp: timestamp(seen.first),
      resourceVersion: String(seen.id),
    },
    involvedObject: {
      ...(entity?.apiVersion === undefined ? {} : { apiVersion: entity.apiVersion }),
      ...(fieldPath === undefined ? {} : { fieldPath }),
      kind,
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(entity?.metadata?.uid === undefined ? {} : { uid: entity.metadata.uid }),
    },
    reason: seen.reason,
    message: seen.message,
    source: { component: seen.source, ...(seen.host === undefined ? {} : { host: seen.host }) },
    firstTimestamp: timestamp(seen.first),
    lastTimestamp: timestamp(seen.last),
    count: seen.count,
    type: seen.type,
    eventTime: null,
    reportingComponent: seen.source,
    reportingInstance: seen.host ?? '',
  }
}

/** `spec.containers{web}`: where in its pod the container stands that an event speaks of. */
function fieldPathOf(pod: ObjectEntity | undefined, container: string | undefined): string | undefined {
  if (container === undefined) return undefined
  const list = ['initContainers', 'ephemeralContainers'].find((field) =>
    objectsAt(pod?.spec, field).some(({ name }) => name === container),
  )
  return `spec.${list ?? 'containers'}{${container}}`
}
