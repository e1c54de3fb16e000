import type { JsonObject } from '../../../kernel/index.ts'
import type { IntOrPercent } from '../api/intOrPercent.ts'
import type { ObjectEntity } from '../object/object.ts'

/** A DaemonSet as an entity. */
export interface DaemonSet extends ObjectEntity {
  readonly spec: DaemonSetSpec
  readonly status?: DaemonSetStatus
}

export type DaemonSetSpec = JsonObject & {
  readonly selector: JsonObject
  readonly template: JsonObject
  readonly minReadySeconds?: number
  readonly revisionHistoryLimit?: number
  readonly updateStrategy?: JsonObject & {
    readonly type?: string
    readonly rollingUpdate?: JsonObject & { readonly maxSurge?: IntOrPercent; readonly maxUnavailable?: IntOrPercent }
  }
}

export type DaemonSetStatus = JsonObject & {
  readonly currentNumberScheduled: number
  readonly desiredNumberScheduled: number
  readonly numberMisscheduled: number
  readonly numberReady: number
  readonly updatedNumberScheduled?: number
  readonly numberAvailable?: number
  readonly numberUnavailable?: number
  readonly observedGeneration?: number
}
