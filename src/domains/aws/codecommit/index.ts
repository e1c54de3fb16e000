import { defineService } from '../core/index.ts'
import { api } from './api.generated.ts'
import { branchOperations } from './branchOperations.ts'
import { commitOperations } from './commitOperations.ts'
import { fileOperations } from './fileOperations.ts'
import { codecommitBuilds, codecommitSource } from './provider.ts'
import { pushesController } from './pushes.controller.ts'
import './remote.ts'
import { repositoryKind } from './repository.kind.ts'
import { repositoryOperations } from './repositoryOperations.ts'

/** AWS CodeCommit: git repositories behind IAM. */
export const codecommit = defineService({
  name: 'codecommit',
  api,
  operations: [...repositoryOperations, ...branchOperations, ...fileOperations, ...commitOperations],
  kinds: [repositoryKind],
  controllers: [pushesController],
  actions: [codecommitSource],
  buildSources: [codecommitBuilds],
})
