import type { Controller, World } from '../../../kernel/index.ts'
import { REPOSITORY as GIT, hostedStore, isAncestor, type Push } from '../../git/index.ts'
import { type PullRequest, pullRequestsOf } from './pullRequest.ts'
import { baseOf, closed, eventOf, mergedBy } from './pullRequestOperations.ts'
import { revisionOf } from './pullRequestShown.ts'
import { type CodeRepository, gitOf, repositoryOfGit } from './repository.ts'

/**
 * What a push means for the pull requests of its branches: a new revision without approvals, a merge that was made with git, the end when
 * a branch is gone. Models: AWS CodeCommit User Guide, "Merge a pull request" and "Update a pull request"
 */
export const pullRequestsController: Controller = {
  name: 'codecommit-pull-requests',
  watches: { [GIT]: ['Pushed'] },
  wakes(event, world) {
    const repository = repositoryOfGit(world, event.to)
    if (!repository) return undefined
    const { ref, principal, by } = event.data as Push
    const concerned = pullRequestsOf(world, repository).filter(
      ({ state, source, destination }) => state === 'Open' && (source === ref || destination === ref),
    )
    return concerned.map(({ id }) => `${id}\n${principal ?? by}`)
  },
  reconcile(key, world) {
    const [id = '', actor = ''] = key.split('\n')
    const request = world.get(id) as PullRequest | undefined
    const repository = request && (world.get(request.owner) as CodeRepository | undefined)
    if (!request || !repository || request.state !== 'Open') return undefined
    return followed(world, request, repository, actor)
  },
}

function followed(world: World, request: PullRequest, repository: CodeRepository, actor: string) {
  const git = gitOf(world, repository)
  const [sourceCommit, destinationCommit] = [git.refs[request.source], git.refs[request.destination]]
  if (sourceCommit === undefined || destinationCommit === undefined)
    return [{ ...closed(world, request, actor), by: git.id }]
  const tips = { sourceCommit, destinationCommit }
  if (
    destinationCommit !== request.destinationCommit &&
    isAncestor(hostedStore(git), sourceCommit, destinationCommit)
  ) {
    const merge = {
      isMerged: true,
      mergedBy: actor,
      mergeCommitId: destinationCommit,
      mergeOption: 'FAST_FORWARD_MERGE',
    }
    return [{ ...mergedBy(world, request, repository.name, merge, {}), by: git.id }]
  }
  const mergeBase = baseOf(git, tips)
  const base = mergeBase === undefined ? {} : { mergeBase }
  if (sourceCommit === request.sourceCommit) {
    if (destinationCommit === request.destinationCommit) return undefined
    return [{ to: request.id, type: 'DestinationMoved', data: { destinationCommit, ...base }, by: git.id }]
  }
  const moves = request.moves + 1
  const event = eventOf(world, request, actor, 'PULL_REQUEST_SOURCE_REFERENCE_UPDATED', {
    pullRequestSourceReferenceUpdatedEventMetadata: {
      repositoryName: repository.name,
      beforeCommitId: request.sourceCommit,
      afterCommitId: sourceCommit,
      ...base,
    },
  })
  const data = {
    ...tips,
    ...base,
    moves,
    revisionId: revisionOf(request.id, moves, sourceCommit),
    approvals: [],
    overrider: undefined,
    active: world.now,
    events: [...request.events, event],
  }
  return [{ to: request.id, type: 'SourceMoved', data, by: git.id }]
}
