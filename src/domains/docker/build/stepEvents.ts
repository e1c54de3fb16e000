import type { Emission } from '../../../kernel/index.ts'
import type { Build, StepData } from './build.ts'
import type { Vertex } from './graph.ts'

/** The event of a step's end. */
export function done(build: Build, vertex: Vertex, data: Partial<StepData> & { readonly after?: number }): Emission {
  const { after = 0, ...rest } = data
  return {
    to: build.id,
    type: 'StepDone',
    by: build.owner,
    after,
    data: { vertex: vertex.id, ...rest } satisfies StepData,
  }
}

/** The event of a step's failure, in BuildKit's words. */
export function fails(build: Build, vertex: Vertex, message: string, after = 0): Emission {
  return {
    to: build.id,
    type: 'StepFailed',
    by: build.owner,
    after,
    data: { vertex: vertex.id, message } satisfies StepData,
  }
}
