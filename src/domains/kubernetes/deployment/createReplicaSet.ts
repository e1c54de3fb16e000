import type { Emission, JsonObject, World } from '../../../kernel/index.ts'
import { type Loose, objectAt } from '../api/loose.ts'
import { QuotaLedger } from '../apiserver/admission/resourceQuota.ts'
import { stamped } from '../apiserver/newObject.ts'
import type { KubeEvent } from '../kubeEvent.ts'
import { controllerReference, objectId } from '../object/object.ts'
import type { ReplicaSet } from '../replicaset/replicaSet.ts'
import { wanted } from '../replicaset/replicaSet.ts'
import { type Deployment, REVISION, replicasOf, strategyInput } from './deployment.ts'
import { newRSReplicas } from './newRSReplicas.rule.ts'
import { copiedAnnotations } from './revisions.ts'
import { scalingMessage } from './rolloutSteps.rule.ts'
import { sizeAnnotations } from './scaleReplicaSet.ts'
import { POD_TEMPLATE_HASH, templateHash } from './templateHash.ts'

/** A ReplicaSet to be created, how often its name clashed, or why it cannot be created. */
export type Creation =
  | { readonly emission: Emission; readonly set: ReplicaSet; readonly collisions: number }
  | { readonly name: string; readonly error: string }

/**
 * Makes the ReplicaSet for the Deployment's present template, of its first size.
 * Models: pkg/controller/deployment/sync.go getNewReplicaSet
 */
export function createReplicaSet(
  world: World,
  deployment: Deployment,
  oldSets: readonly ReplicaSet[],
  revision: number,
): Creation {
  const { namespace } = deployment.metadata
  const template = deployment.spec.template as Loose
  let collisions = deployment.status?.collisionCount ?? 0
  let hash = templateHash(template, collisions)
  let name = nameFor(deployment, hash)
  while (world.get(objectId('ReplicaSet', namespace, name))) {
    hash = templateHash(template, ++collisions)
    name = nameFor(deployment, hash)
  }
  const question = {
    ...strategyInput(deployment),
    replicas: replicasOf(deployment),
    totalReplicas: oldSets.reduce((sum, set) => sum + wanted(set), 0),
    newReplicas: 0,
  }
  const { replicas } = world.decide(newRSReplicas, question) as { readonly replicas: number }
  const refused = new QuotaLedger(world, namespace ?? 'default').take('ReplicaSet', undefined)
  if (refused !== undefined) return { name, error: `replicasets.apps "${name}" is forbidden: ${refused}` }
  const object = stamped(world, {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      labels: { ...labelsOf(template), [POD_TEMPLATE_HASH]: hash },
      annotations: { ...copiedAnnotations(deployment), ...sizeAnnotations(deployment), [REVISION]: String(revision) },
      ownerReferences: [controllerReference(deployment)],
    },
    spec: specFor(deployment, template, hash, replicas),
  })
  const kubeEvents: readonly KubeEvent[] =
    replicas > 0
      ? [
          {
            type: 'Normal',
            reason: 'ScalingReplicaSet',
            message: scalingMessage(name, 0, replicas),
            source: 'deployment-controller',
            about: deployment.id,
          },
        ]
      : []
  const emission: Emission = {
    to: objectId('ReplicaSet', namespace, name),
    type: 'Created',
    kind: 'k8s.ReplicaSet',
    data: { object, kubeEvents },
    rule: newRSReplicas.id,
    inputs: question,
  }
  const set = { ...object, id: emission.to, kind: 'k8s.ReplicaSet' } as unknown as ReplicaSet
  return { emission, set, collisions }
}

function specFor(deployment: Deployment, template: Loose, hash: string, replicas: number): JsonObject {
  const selector = deployment.spec.selector as Loose
  const { minReadySeconds } = deployment.spec
  return {
    replicas,
    ...(minReadySeconds ? { minReadySeconds } : {}),
    selector: { ...selector, matchLabels: { ...objectAt(selector, 'matchLabels'), [POD_TEMPLATE_HASH]: hash } },
    template: {
      ...template,
      metadata: { ...objectAt(template, 'metadata'), labels: { ...labelsOf(template), [POD_TEMPLATE_HASH]: hash } },
    },
  } as JsonObject
}

function labelsOf(template: Loose): Readonly<Record<string, string>> {
  return (objectAt(template, 'metadata', 'labels') ?? {}) as Readonly<Record<string, string>>
}

function nameFor(deployment: Deployment, hash: string): string {
  return `${deployment.metadata.name.slice(0, 253 - 1 - hash.length)}-${hash}`
}
