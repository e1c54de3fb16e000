import type { JsonObject } from '../../../kernel/index.ts'
import { type LabelSelector, type Selector, selectorFromObject } from '../api/labels.ts'
import type { Loose } from '../api/loose.ts'
import type { ObjectEntity } from '../object/object.ts'

/** A ReplicaSet as an entity. `refusals` counts creations refused in a row: it sets the wait before the next try. */
export interface ReplicaSet extends ObjectEntity {
  readonly spec: ReplicaSetSpec
  readonly status?: ReplicaSetStatus
  readonly refusals?: number
}

export type ReplicaSetSpec = JsonObject & {
  readonly replicas?: number
  readonly minReadySeconds?: number
  readonly selector: JsonObject
  readonly template: JsonObject
}

export type ReplicaSetStatus = JsonObject & {
  readonly replicas: number
  readonly fullyLabeledReplicas?: number
  readonly readyReplicas?: number
  readonly availableReplicas?: number
  readonly terminatingReplicas?: number
  readonly observedGeneration?: number
  readonly conditions?: readonly JsonObject[]
}

/** How many pods it wants. */
export function wanted(set: ReplicaSet): number {
  return set.spec.replicas ?? 1
}

/** Its selector; one that cannot be read selects nothing. That of a ReplicationController is plain labels, its template's when absent. */
export function selectorOf(owner: { readonly spec?: JsonObject; readonly kind?: string }): Selector {
  const given = owner.spec?.selector as LabelSelector | undefined
  const answer = selectorFromObject(owner.kind === 'k8s.ReplicationController' ? ofLabels(given) : given)
  return answer.ok ? answer.selector : { requirements: [], nothing: true }
}

function ofLabels(labels: object | undefined): LabelSelector | undefined {
  if (labels === undefined) return undefined
  let known = wrapped.get(labels)
  if (!known) {
    known = { matchLabels: labels } as LabelSelector
    wrapped.set(labels, known)
  }
  return known
}

const wrapped = new WeakMap<object, LabelSelector>()

/** Its pod template. */
export function templateOf(owner: { readonly spec?: JsonObject }): Loose {
  return (owner.spec?.template ?? {}) as Loose
}
