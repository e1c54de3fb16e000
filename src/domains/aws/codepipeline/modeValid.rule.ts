import { defineRule } from '../../../kernel/index.ts'

/**
 * Whether a pipeline type may have an execution mode, and a feature in it.
 * Models: AWS CodePipeline User Guide, "Set or change the pipeline execution mode"
 */
export const codepipelineModeValid = defineRule({
  id: 'codepipeline.modeValid',
  says: 'V1 knows SUPERSEDED only; rolling a stage back is for V2 and not for PARALLEL.',
  source: 'AWS CodePipeline User Guide, execution-modes, stage-rollback',
  decide: ({
    pipelineType,
    executionMode,
    feature,
  }: {
    readonly pipelineType: string
    readonly executionMode: string
    /** `stageRollback`, or a condition whose result is a rollback. */
    readonly feature?: string
  }) => {
    const mode = pipelineType === 'V1' ? executionMode === 'SUPERSEDED' : MODES.has(executionMode)
    return { valid: mode && (feature === undefined || (pipelineType === 'V2' && executionMode !== 'PARALLEL')) }
  },
})

const MODES = new Set(['SUPERSEDED', 'QUEUED', 'PARALLEL'])
