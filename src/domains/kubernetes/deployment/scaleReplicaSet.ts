import type { Emission } from '../../../kernel/index.ts'
import type { KubeEvent } from '../kubeEvent.ts'
import type { ReplicaSet } from '../replicaset/replicaSet.ts'
import { wanted } from '../replicaset/replicaSet.ts'
import { deploymentSurge } from './availability.rule.ts'
import { DESIRED_REPLICAS, type Deployment, MAX_REPLICAS, replicasOf, strategyInput } from './deployment.ts'
import { scalingMessage } from './rolloutSteps.rule.ts'

/** The two annotations with which a ReplicaSet remembers the size of its Deployment. Models: deployment_util.go SetReplicasAnnotations */
export function sizeAnnotations(deployment: Deployment): Readonly<Record<string, string>> {
  const replicas = replicasOf(deployment)
  const surge = deploymentSurge({ ...strategyInput(deployment), replicas })
  return { [DESIRED_REPLICAS]: String(replicas), [MAX_REPLICAS]: String(replicas + surge) }
}

/** The event that gives a ReplicaSet another size, told on the Deployment; undefined when nothing of it would change. */
export function scaleReplicaSet(
  deployment: Deployment,
  set: ReplicaSet,
  replicas: number,
  why: { readonly rule: string; readonly inputs: unknown },
): Emission | undefined {
  const sizes = sizeAnnotations(deployment)
  const own = set.metadata.annotations ?? {}
  const resized = replicas !== wanted(set)
  const noted = Object.entries(sizes).every(([key, value]) => own[key] === value)
  if (!resized && noted) return undefined
  const annotations = { ...own, ...sizes }
  if (!resized) return { to: set.id, type: 'Updated', data: { metadata: { ...set.metadata, annotations } } }
  const kubeEvents: readonly KubeEvent[] = [
    {
      type: 'Normal',
      reason: 'ScalingReplicaSet',
      message: scalingMessage(set.metadata.name, wanted(set), replicas),
      source: 'deployment-controller',
      about: deployment.id,
    },
  ]
  return {
    to: set.id,
    type: 'Scaled',
    data: {
      metadata: { ...set.metadata, annotations, generation: (set.metadata.generation ?? 1) + 1 },
      spec: { ...set.spec, replicas },
      kubeEvents,
    },
    rule: why.rule,
    inputs: why.inputs,
  }
}
