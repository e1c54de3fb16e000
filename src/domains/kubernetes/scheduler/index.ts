export { type ClusterObjects, type KubeObject, objectsFrom } from './clusterObjects.ts'
export { clusterSnapshot, type SnapshotEntity } from './clusterSnapshot.ts'
export {
  type FilterVerdicts,
  filterRule,
  type NodeVerdict,
  type PluginCase,
  type ScoreVerdicts,
  scoreRule,
} from './conformance.rule.ts'
export type { DecisionRow, DecisionTable } from './decisionTable.ts'
export { explainNode, type NodeExplanation, type PluginWord } from './explainNode.ts'
export { eventNote, fitErrorMessage, noNodesAvailable } from './fitError.ts'
export type { NodeInfo, PodEntry } from './nodeInfo.ts'
export type { ClusterNode, Pod, PodSpec } from './objects.ts'
export { type FilterInput, filterRules, type ScoreInput, type ScoreLists, scoreRules } from './plugin.rule.ts'
export type { Cycle, Plugin, Rejection } from './plugin.ts'
export { schedulingGated } from './plugins/schedulingGates.ts'
export { type PodShape, podShape } from './podShape.ts'
export type { Preemption } from './preemption.ts'
export { defaultProfile, pluginNamed } from './profile.ts'
export {
  backoffDuration,
  backoffEnds,
  byQueueOrder,
  isFlushDue,
  type QueuedPod,
  queueAfterEvent,
  queueDelays,
} from './queue.ts'
export { type ClusterChange, mayBecomeSchedulable, queueingHints } from './queueingHints.ts'
export { feasibleNodesToFind } from './sampling.ts'
export { type ScheduleInput, type ScheduleResult, schedulePod } from './schedule.ts'
export { Snapshot } from './snapshot.ts'
