import type { World } from '../../../kernel/index.ts'
import {
  type Access,
  type ApiAnswer,
  type ApiCall,
  arnOf,
  defineOperation,
  type Operation,
  refuse,
} from '../core/index.ts'
import { type Execution, findExecution, findPipeline, type Pipeline } from './pipeline.ts'
import type * as api from './types.generated.ts'

type Refused = ReturnType<typeof refuse>

/** An operation on a pipeline that must be there; `of` takes its name out of the input. */
export function onPipeline<In>(
  name: string,
  of: (input: In) => string,
  run: (call: ApiCall<In>, pipeline: Pipeline) => ApiAnswer,
): Operation {
  return defineOperation<In>(
    name,
    (call) => {
      const wanted = of(call.input)
      const pipeline = findPipeline(call.world, call.region, wanted)
      return pipeline
        ? run(call, pipeline)
        : refuse(
            'PipelineNotFoundException',
            `Account '${call.account}' does not have a pipeline with name '${wanted}'`,
          )
    },
    (call): Access => ({ resource: arnOf('codepipeline', call.region, of(call.input)) }),
  )
}

/** The declaration of a stage, or CodePipeline's refusal. */
export function stageNamed(pipeline: Pipeline, name: string): api.StageDeclaration | Refused {
  return (
    pipeline.declaration.stages.find((stage) => stage.name === name) ??
    refuse(
      'StageNotFoundException',
      `Pipeline '${pipeline.declaration.name}' does not have a stage with name '${name}'`,
    )
  )
}

/** An execution by its id, or CodePipeline's refusal. */
export function executionNamed(world: World, pipeline: Pipeline, id: string): Execution | Refused {
  return (
    findExecution(world, pipeline, id) ??
    refuse(
      'PipelineExecutionNotFoundException',
      `Pipeline '${pipeline.declaration.name}' does not have an execution with ID '${id}'`,
    )
  )
}

/** Whether something found is a refusal. */
export function isRefused<T extends object>(found: T | Refused): found is Refused {
  return 'error' in found
}

export { dated } from '../core/index.ts'
