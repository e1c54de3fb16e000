import { defineService } from '../core/index.ts'
import { announces } from './announcing.ts'
import { api } from './api.generated.ts'
import { approvalOperations } from './approvalOperations.ts'
import { branchOperations } from './branchOperations.ts'
import { commentKind } from './comment.ts'
import { commentOperations } from './commentOperations.ts'
import { commitOperations } from './commitOperations.ts'
import { credentialHelper } from './credentialHelper.ts'
import { fileOperations } from './fileOperations.ts'
import { mergeOperations } from './mergeOperations.ts'
import { codecommitBuilds, codecommitSource } from './provider.ts'
import { pullRequestKind } from './pullRequest.kind.ts'
import { pullRequestOperations } from './pullRequestOperations.ts'
import { pullRequestsController } from './pullRequests.controller.ts'
import { pushesController } from './pushes.controller.ts'
import './remote.ts'
import { exported } from './exported.ts'
import { repositoryKind } from './repository.kind.ts'
import { repositoryOperations } from './repositoryOperations.ts'
import { repositoryResource } from './resources.ts'
import { templateKind } from './template.ts'
import { templateOperations } from './templateOperations.ts'
import { triggerOperations } from './triggerOperations.ts'
import { triggersController } from './triggers.controller.ts'

/** AWS CodeCommit: git repositories behind IAM, with pull requests. */
export const codecommit = defineService({
  name: 'codecommit',
  api,
  operations: [
    ...repositoryOperations,
    ...branchOperations,
    ...fileOperations,
    ...commitOperations,
    ...mergeOperations,
    ...pullRequestOperations,
    ...approvalOperations,
    ...templateOperations,
    ...commentOperations,
    ...triggerOperations,
  ],
  kinds: [repositoryKind, pullRequestKind, templateKind, commentKind],
  controllers: [pushesController, pullRequestsController, triggersController],
  actions: [codecommitSource],
  buildSources: [codecommitBuilds],
  exports: exported,
  resources: [repositoryResource],
  announces,
  commands: [credentialHelper],
})

export { findPullRequest, PULL_REQUEST, type PullRequest } from './pullRequest.ts'
export { type CodeRepository, findRepository, httpsUrl, REPOSITORY } from './repository.ts'
