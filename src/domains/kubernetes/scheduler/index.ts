export type { ClusterObjects, KubeObject } from './clusterObjects.ts'
export { clusterSnapshot, type SnapshotEntity } from './clusterSnapshot.ts'
export type {
  FilterVerdicts,
  NodeVerdict,
  PluginCase,
  ScoreVerdicts,
} from './conformance.rule.ts'
export type { DecisionRow, DecisionTable } from './decisionTable.ts'
export type { NodeExplanation, PluginWord } from './explainNode.ts'
export { eventNote } from './fitError.ts'
export type { NodeInfo, PodEntry } from './nodeInfo.ts'
export type { ClusterNode, Pod, PodSpec } from './objects.ts'
export type { FilterInput, ScoreInput, ScoreLists } from './plugin.rule.ts'
export type { Cycle, Plugin, Rejection } from './plugin.ts'

export { type PodShape, podShape } from './podShape.ts'
export type { Preemption } from './preemption.ts'

export {
  backoffEnds,
  byQueueOrder,
  type QueuedPod,
  queueDelays,
} from './queue.ts'
export { type ClusterChange, mayBecomeSchedulable } from './queueingHints.ts'

export { type ScheduleInput, type ScheduleResult, schedulePod } from './schedule.ts'
export { Snapshot } from './snapshot.ts'
