import type { JsonObject } from '../../../kernel/index.ts'
import type { ObjectEntity } from '../object/object.ts'
import type { ScalingRules } from './behaviorRate.rule.ts'
import type { Recommendation } from './stabilize.rule.ts'

/** A HorizontalPodAutoscaler as an entity, with what its controller remembers between two looks. */
export interface Autoscaler extends ObjectEntity {
  readonly spec: AutoscalerSpec
  readonly status?: JsonObject & { readonly conditions?: readonly JsonObject[]; readonly lastScaleTime?: string }
  readonly memory?: Memory
}

/** Recommendations and changes of size, as the real controller keeps them in its process; times in virtual ms. */
export interface Memory {
  readonly recommendations: readonly Recommendation[]
  readonly ups: readonly Change[]
  readonly downs: readonly Change[]
}

export interface Change {
  readonly replicaChange: number
  readonly at: number
}

export type AutoscalerSpec = JsonObject & {
  readonly scaleTargetRef: JsonObject & { readonly apiVersion?: string; readonly kind: string; readonly name: string }
  readonly minReplicas?: number
  readonly maxReplicas: number
  readonly metrics?: readonly JsonObject[]
  readonly behavior?: JsonObject & { readonly scaleUp?: Behavior; readonly scaleDown?: Behavior }
}

export type Behavior = JsonObject & ScalingRules & { readonly tolerance?: string | number }

/** A condition of an HPA, without its time. */
export interface Condition {
  readonly type: 'AbleToScale' | 'ScalingActive' | 'ScalingLimited'
  readonly status: 'True' | 'False'
  readonly reason: string
  readonly message: string
}

/** Time between two looks, in ms. */
export const SYNC_PERIOD = 15_000
/** How long shrinking is damped when the HPA does not say, in ms. */
export const DOWNSCALE_STABILIZATION = 300_000
