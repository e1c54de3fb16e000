import { defineRule } from '../../../kernel/rule.ts'
import { type IntOrPercent, scaledCount } from '../api/intOrPercent.ts'

/**
 * The size that the new ReplicaSet gets in this pass.
 * Models: pkg/controller/deployment/rolling.go reconcileNewReplicaSet, util/deployment_util.go NewRSNewReplicas
 */
export const newRSReplicas = defineRule({
  id: 'k8s.deployment.newRSReplicas',
  says: 'The new ReplicaSet may grow until all pods together reach replicas plus surge, and never beyond replicas; too large a one is cut at once.',
  source: 'pkg/controller/deployment/rolling.go reconcileNewReplicaSet',
  decide: reconcileNewReplicas,
  vector: (input: {
    fn: string
    strategy: string
    deploymentReplicas: number
    maxSurge: IntOrPercent | null
    totalReplicas: number
    newRSReplicas: number
  }) => {
    const question = {
      strategy: input.strategy,
      replicas: input.deploymentReplicas,
      maxSurge: input.maxSurge,
      totalReplicas: input.totalReplicas,
      newReplicas: input.newRSReplicas,
    }
    if (input.fn === 'NewRSNewReplicas') return { newRSReplicas: newRSNewReplicas(question) }
    const { replicas, scaled } = reconcileNewReplicas(question)
    return { newRSReplicas: replicas, scaled }
  },
})

/** `replicas`: what the Deployment wants; `totalReplicas`: spec.replicas summed over every ReplicaSet, the new one included. */
export interface NewRSInput {
  readonly strategy?: string
  readonly replicas: number
  readonly maxSurge?: IntOrPercent | null
  readonly totalReplicas: number
  readonly newReplicas: number
}

/** The size to set on the new ReplicaSet, and whether that is a change. */
export function reconcileNewReplicas(input: NewRSInput): { replicas: number; scaled: boolean } {
  const { replicas, newReplicas } = input
  if (newReplicas === replicas) return { replicas: newReplicas, scaled: false }
  const size = newReplicas > replicas ? replicas : newRSNewReplicas(input)
  return { replicas: size, scaled: size !== newReplicas }
}

/** The growth formula alone: also the size with which a new ReplicaSet is created. */
export function newRSNewReplicas(input: NewRSInput): number {
  const { strategy = 'RollingUpdate', replicas, totalReplicas, newReplicas } = input
  if (strategy !== 'RollingUpdate') return replicas
  const most = replicas + (scaledCount(input.maxSurge, replicas, true) ?? 0)
  if (totalReplicas >= most) return newReplicas
  return newReplicas + Math.min(most - totalReplicas, replicas - newReplicas)
}
