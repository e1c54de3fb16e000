import type { Emission, JsonObject, World } from '../../../kernel/index.ts'
import { applyDefaults } from '../api/defaults.ts'
import { type Loose, objectAt, objectsAt, textAt } from '../api/loose.ts'
import { admitStorageClass } from '../apiserver/admission/storageClass.ts'
import { newObject } from '../apiserver/newObject.ts'
import { type NewPod, NewPods } from '../apiserver/newPods.ts'
import type { KubeEvent } from '../kubeEvent.ts'
import { find, type OwnerReference } from '../object/object.ts'
import { type ControllerRevision, hashOf, REVISION_HASH } from './controllerRevisions.ts'
import type { StatefulSet } from './statefulSet.ts'

const SOURCE = 'statefulset-controller'

/** The pod of an ordinal by a revision, with the claims that it needs and that do not exist yet. Models: stateful_set_utils.go newStatefulSetPod */
export function statefulPod(
  world: World,
  set: StatefulSet,
  ordinal: number,
  revision: ControllerRevision,
): { readonly pod: NewPod; readonly claims: readonly Emission[] } {
  const name = `${set.metadata.name}-${ordinal}`
  const templates = set.spec.volumeClaimTemplates ?? []
  const claimNames = new Map(templates.map((template) => [textAt(template, 'metadata', 'name'), template]))
  const pods = new NewPods(world, set, revision.template, {
    source: SOURCE,
    message: (pod) => `Create Pod ${pod} in StatefulSet ${set.metadata.name} successful`,
  })
  const pod = pods.make({
    name,
    labels: {
      'statefulset.kubernetes.io/pod-name': name,
      'apps.kubernetes.io/pod-index': String(ordinal),
      [REVISION_HASH]: hashOf(set, revision),
    },
    spec: (spec) => ({
      ...spec,
      hostname: name,
      ...(set.spec.serviceName ? { subdomain: set.spec.serviceName } : {}),
      volumes: [
        ...objectsAt(spec, 'volumes').filter((volume) => !claimNames.has(textAt(volume, 'name'))),
        ...[...claimNames.keys()].map((volume) => ({
          name: volume,
          persistentVolumeClaim: { claimName: `${volume}-${name}` },
        })),
      ],
    }),
  })
  if ('error' in pod) return { pod, claims: [] }
  const claims = [...claimNames].flatMap(([volume, template]) => claim(world, set, `${volume}-${name}`, name, template))
  return { pod, claims }
}

/** A claim that goes with its set names it as an owner, though not as its controller. */
function owner(set: StatefulSet): OwnerReference {
  const { name, uid } = set.metadata
  return { apiVersion: set.apiVersion, kind: 'StatefulSet', name, uid }
}

function claim(world: World, set: StatefulSet, name: string, pod: string, template: JsonObject): readonly Emission[] {
  const { namespace } = set.metadata
  if (find(world, 'PersistentVolumeClaim', namespace, name)) return []
  const object = applyDefaults({ ...template, apiVersion: 'v1', kind: 'PersistentVolumeClaim' } as Loose)
  const spec = objectAt(object, 'spec') ?? {}
  admitStorageClass(world, spec)
  const labels = objectAt(set.spec, 'selector', 'matchLabels') as Readonly<Record<string, string>> | undefined
  const emission = newObject(world, {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      labels: { ...(objectAt(object, 'metadata', 'labels') as typeof labels), ...labels },
      finalizers: ['kubernetes.io/pvc-protection'],
      ...(set.spec.persistentVolumeClaimRetentionPolicy?.whenDeleted === 'Delete'
        ? { ownerReferences: [owner(set)] }
        : {}),
    },
    spec: spec as JsonObject,
    status: { phase: 'Pending' },
  })
  const kubeEvents: readonly KubeEvent[] = [
    {
      type: 'Normal',
      reason: 'SuccessfulCreate',
      message: `Create Claim ${name} Pod ${pod} in StatefulSet ${set.metadata.name} success`,
      source: SOURCE,
      about: set.id,
    },
  ]
  return [{ ...emission, data: { ...(emission.data as object), kubeEvents } }]
}
