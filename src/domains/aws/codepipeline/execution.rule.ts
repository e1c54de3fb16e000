import { defineRule } from '../../../kernel/index.ts'
import { advance, type ExecutionMode, emptyTrack, type Track, type TrackEvent } from './track.ts'

/**
 * What becomes of a pipeline's executions.
 * Models: AWS CodePipeline User Guide, "How pipeline executions work", "execution modes"
 */
export const codepipelineExecution = defineRule({
  id: 'codepipeline.execution',
  says: 'A stage holds one execution; of those waiting in front of it the newest supersedes, or all queue, or in parallel none waits.',
  source: 'AWS CodePipeline User Guide, concepts-how-it-works, execution-modes',
  decide: ({ track, event }: { readonly track: Track; readonly event: TrackEvent }): Track => advance(track, event),
  vector: ({
    mode,
    stages,
    events,
  }: {
    readonly mode: ExecutionMode
    readonly stages: readonly string[]
    readonly events: readonly TrackEvent[]
  }) => {
    const { executions, waiting } = events.reduce(advance, emptyTrack(mode, stages))
    const inStage: Record<string, string[]> = {}
    for (const { id, stage, status } of executions)
      if (stage !== undefined && (status === 'InProgress' || status === 'Stopping'))
        inStage[stage] = [...(inStage[stage] ?? []), id]
    return {
      statuses: Object.fromEntries(executions.map(({ id, status }) => [id, status])),
      inStage,
      waitingFor: Object.fromEntries(Object.entries(waiting).filter(([, ids]) => ids.length > 0)),
    }
  },
})
