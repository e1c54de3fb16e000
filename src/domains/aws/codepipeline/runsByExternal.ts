import { defineIndex } from '../../../kernel/index.ts'
import { ACTION, type ActionRun } from './pipeline.ts'

/** Running actions by the id of what their provider has begun for them. */
export const runsByExternal = defineIndex('aws.codepipeline.runsByExternal', [ACTION], (entity) =>
  entity.state === 'InProgress' ? (entity as ActionRun).external : undefined,
)
