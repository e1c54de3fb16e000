import { defineRule } from '../../../kernel/rule.ts'
import type { IntOrPercent } from '../api/intOrPercent.ts'
import { reconcileNewReplicas } from './newRSReplicas.rule.ts'
import { reconcileOldReplicas } from './reconcileOldRS.rule.ts'

/**
 * The whole course of a rolling update in an ideal cluster, as the Deployment's `ScalingReplicaSet` events tell it.
 * Models: pkg/controller/deployment/rolling.go rolloutRolling, sync.go scaleReplicaSet
 */
export const rolloutSteps = defineRule({
  id: 'k8s.deployment.rolloutSteps',
  says: 'A rollout alternates: the new ReplicaSet grows as far as the surge allows, then the old one shrinks as far as availability allows.',
  source: 'pkg/controller/deployment/rolling.go rolloutRolling',
  decide: rolloutMessages,
  vector: (input: RolloutInput) => ({ scalingReplicaSetMessages: rolloutMessages(input) }),
})

/** A rollout from one full, available ReplicaSet to a new one. */
export interface RolloutInput {
  readonly replicas: number
  readonly maxSurge: IntOrPercent | null
  readonly maxUnavailable: IntOrPercent | null
  readonly oldReplicaSet: string
  readonly newReplicaSet: string
}

/** The messages in order. Each pass syncs until nothing changes; then all new pods become available together. */
export function rolloutMessages(input: RolloutInput): string[] {
  const { replicas, maxSurge, maxUnavailable } = input
  const messages: string[] = []
  let old = replicas
  let oldAvailable = replicas
  let size = 0
  let available = 0
  for (;;) {
    const grown = reconcileNewReplicas({ replicas, maxSurge, totalReplicas: old + size, newReplicas: size })
    if (grown.scaled) {
      messages.push(scalingMessage(input.newReplicaSet, size, grown.replicas))
      size = grown.replicas
      continue
    }
    const shrunk = reconcileOldReplicas({
      replicas,
      maxSurge,
      maxUnavailable,
      oldSets: [{ name: input.oldReplicaSet, replicas: old, available: oldAvailable, createdAt: 0 }],
      newSet: { replicas: size, available },
    })
    if (shrunk.scaled) {
      const left = shrunk.sizes.get(input.oldReplicaSet) ?? old
      messages.push(scalingMessage(input.oldReplicaSet, old, left))
      old = left
      oldAvailable = Math.min(oldAvailable, left)
      continue
    }
    if (available === size) return messages
    available = size
  }
}

/** The text of a `ScalingReplicaSet` event (1.32 and later). */
export function scalingMessage(replicaSet: string, from: number, to: number): string {
  return `Scaled ${to > from ? 'up' : 'down'} replica set ${replicaSet} from ${from} to ${to}`
}
