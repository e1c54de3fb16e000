export { gitDomain } from './domain.ts'
export { git } from './git.ts'
export { defineRemote, type Remote } from './remote/remote.ts'
export { gitVerb } from './repository/gitVerb.ts'
export {
  branchesOf,
  createRepository,
  hostedStore,
  type Push,
  pushEmission,
  REPOSITORY,
  type Repository,
  repositoryId,
  repositoryOf,
} from './repository/repository.ts'
