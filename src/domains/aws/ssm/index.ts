import { defineService } from '../core/index.ts'
import { announces } from './announcing.ts'
import { api } from './api.generated.ts'
import { changeOperations } from './changeOperations.ts'
import { exported } from './exported.ts'
import { parameterKind } from './kind.ts'
import { policiesController } from './policies.controller.ts'
import { putParameter } from './putParameter.ts'
import { readOperations } from './readOperations.ts'
import { references } from './references.ts'
import { resources } from './resources.ts'

/** AWS Systems Manager Parameter Store. */
export const ssm = defineService({
  name: 'ssm',
  api,
  operations: [putParameter, ...readOperations, ...changeOperations],
  kinds: [parameterKind],
  controllers: [policiesController],
  exports: exported,
  resources,
  announces,
  references,
})
