import type { JsonObject } from '../../../kernel/index.ts'
import type { IntOrPercent } from '../api/intOrPercent.ts'
import type { ObjectEntity } from '../object/object.ts'

/** A StatefulSet as an entity. */
export interface StatefulSet extends ObjectEntity {
  readonly spec: StatefulSetSpec
  readonly status?: StatefulSetStatus
}

export type StatefulSetSpec = JsonObject & {
  readonly replicas?: number
  readonly serviceName?: string
  readonly selector: JsonObject
  readonly template: JsonObject
  readonly podManagementPolicy?: string
  readonly minReadySeconds?: number
  readonly revisionHistoryLimit?: number
  readonly ordinals?: JsonObject & { readonly start?: number }
  readonly volumeClaimTemplates?: readonly JsonObject[]
  readonly updateStrategy?: JsonObject & {
    readonly type?: string
    readonly rollingUpdate?: JsonObject & { readonly partition?: number; readonly maxUnavailable?: IntOrPercent }
  }
  readonly persistentVolumeClaimRetentionPolicy?: JsonObject & {
    readonly whenDeleted?: string
    readonly whenScaled?: string
  }
}

export type StatefulSetStatus = JsonObject & {
  readonly replicas: number
  readonly readyReplicas?: number
  readonly currentReplicas?: number
  readonly updatedReplicas?: number
  readonly availableReplicas?: number
  readonly currentRevision?: string
  readonly updateRevision?: string
  readonly observedGeneration?: number
}

/** The ordinal at the end of a pod's name, or -1 when the pod is not of this set. */
export function ordinalOf(set: StatefulSet, name: string): number {
  const prefix = `${set.metadata.name}-`
  const rest = name.startsWith(prefix) ? name.slice(prefix.length) : ''
  return /^(0|[1-9][0-9]*)$/.test(rest) ? Number(rest) : -1
}
