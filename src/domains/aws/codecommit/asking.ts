import { EPOCH, type World } from '../../../kernel/index.ts'
import type { Repository as GitRepository } from '../../git/index.ts'
import { type Access, type ApiAnswer, type ApiCall, defineOperation, type Operation } from '../core/index.ts'
import { findPullRequest, type PullRequest } from './pullRequest.ts'
import { type CodeRepository, findRepository, gitOf, repositoryArn } from './repository.ts'
import { noRepository, refused } from './words.ts'

/** An operation on the repository that the input names, which must be there. `refs`: the references that it moves, for IAM. */
export function onRepository<In extends { readonly repositoryName?: string | undefined }>(
  name: string,
  run: (call: ApiCall<In>, repository: CodeRepository, git: GitRepository) => ApiAnswer,
  refs?: (input: In) => string | undefined,
): Operation {
  return defineOperation<In>(
    name,
    (call) => {
      const wanted = call.input.repositoryName
      if (wanted === undefined)
        return refused('RepositoryNameRequired', 'A repository name is required, but was not specified.')
      const repository = findRepository(call.world, call.region, wanted)
      return repository ? run(call, repository, gitOf(call.world, repository)) : noRepository(wanted)
    },
    ({ input, region }) => repositoryAccess(region, input.repositoryName ?? '*', refs?.(input)),
  )
}

/** An operation on the pull request that the input names, which must be there. */
export function onPullRequest<In extends { readonly pullRequestId: string }>(
  name: string,
  run: (call: ApiCall<In>, request: PullRequest, repository: CodeRepository) => ApiAnswer,
): Operation {
  return defineOperation<In>(
    name,
    (call) => {
      const { pullRequestId } = call.input
      if (!/^\d+$/.test(pullRequestId)) return refused('InvalidPullRequestId')
      const request = findPullRequest(call.world, call.region, pullRequestId)
      const repository = request && (call.world.get(request.owner) as CodeRepository | undefined)
      return request && repository ? run(call, request, repository) : refused('PullRequestDoesNotExist')
    },
    ({ input, world, region }) => {
      const request = findPullRequest(world, region, input.pullRequestId)
      const repository = request && (world.get(request.owner) as CodeRepository | undefined)
      return repository ? repositoryAccess(region, repository.name, request.destination) : {}
    },
  )
}

/** What IAM is asked about an operation on a repository. */
export function repositoryAccess(region: string, name: string, ref?: string): Access {
  return {
    resource: repositoryArn(region, name),
    ...(ref === undefined ? {} : { context: { 'codecommit:References': [fullBranch(ref)] } }),
  }
}

/** The full name of a branch. */
export function fullBranch(name: string): string {
  return name.startsWith('refs/') ? name : `refs/heads/${name}`
}

/** Seconds since 1970, as commits are dated. */
export function commitTime(world: World): number {
  return Math.floor((EPOCH + world.now) / 1000)
}

export { dated } from '../core/index.ts'
