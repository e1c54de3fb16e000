import type { World } from '../../../kernel/index.ts'
import { REPOSITORY as GIT, type Push } from '../../git/index.ts'
import { type ActionProvider, type BuildSource, judgeAccess, type PipelineAction } from '../core/index.ts'
import { archiveOf, commitVariables, repositoryAt } from './archive.ts'
import { fullBranch, repositoryAccess } from './asking.ts'
import { commitNamed } from './commits.ts'
import { type CodeRepository, findRepository, gitOf, REPOSITORY, repositoryOfGit } from './repository.ts'

type Failure = { readonly error: { readonly code: string; readonly message: string } }

/**
 * CodeCommit as the source of a pipeline: the files of a branch's newest commit.
 * Models: AWS CodePipeline User Guide, "CodeCommit source action reference". Unlike AWS, the bundle is there at once.
 */
export const codecommitSource: ActionProvider = {
  category: 'Source',
  provider: 'CodeCommit',
  inputs: [0, 0],
  outputs: [1, 1],
  required: ['RepositoryName', 'BranchName'],
  watches: [GIT],
  start(action, world) {
    const { BranchName = '', RepositoryName: name = '' } = action.configuration
    const denied = permission(action, name, world)
    if (denied) return denied
    const repository = findRepository(world, action.region, name)
    if (!repository)
      return failure(
        `The action failed because no AWS CodeCommit repository named ${name} was found. Make sure you are using the correct repository name, and then try again. Error: null`,
      )
    const git = gitOf(world, repository)
    const commit = action.configuration['RevisionOverride'] ?? git.refs[fullBranch(BranchName)]
    if (commit === undefined)
      return failure(
        `The action failed because no branch named ${BranchName} was found in the selected AWS CodeCommit repository ${name}. Make sure you are using the correct branch name, and then try again. Error: null`,
      )
    if (commitNamed(git, commit) === undefined)
      return failure(
        `The action failed because no commit ${commit} was found in the AWS CodeCommit repository ${name}.`,
      )
    return { external: `${repository.id}@${commitNamed(git, commit)}`, emit: [] }
  },
  state(action, external, world) {
    const cut = external.lastIndexOf('@')
    const commitId = external.slice(cut + 1)
    const found = world.get(external.slice(0, cut))
    if (found?.kind !== REPOSITORY)
      return { failed: { code: 'ConfigurationError', message: 'The AWS CodeCommit repository was deleted.' } }
    const repository = found as CodeRepository
    const git = gitOf(world, repository)
    const { files, revision } = archiveOf(repository, git, commitId)
    return {
      succeeded: {
        artifacts: action.outputs.map((name) => ({ name, files, revision })),
        variables: commitVariables(git, repository, action.configuration['BranchName'] ?? '', commitId),
        revision,
        summary: revision.summary,
      },
    }
  },
  triggers(event, { RepositoryName, BranchName = '' }, world) {
    if (event.type !== 'Pushed') return undefined
    const { ref, new: id } = event.data as Push
    if (id === undefined || ref !== fullBranch(BranchName)) return undefined
    return repositoryOfGit(world, event.to)?.name === RepositoryName ? ref : undefined
  },
}

function failure(message: string): Failure {
  return { error: { code: 'ConfigurationError', message } }
}

function permission({ principal, region }: PipelineAction, name: string, world: World): Failure | undefined {
  for (const action of ['GetBranch', 'GetCommit', 'UploadArchive', 'GetUploadArchiveStatus']) {
    const access = { ...repositoryAccess(region, name), action: `codecommit:${action}` }
    const denial = judgeAccess(principal, region, access, world)
    if (denial)
      return {
        error: {
          code: 'PermissionError',
          message: `The service role or action role doesn’t have the permissions required to access the AWS CodeCommit repository named ${name}. Update the IAM role permissions, and then try again. Error: ${denial.message}`,
        },
      }
  }
  return undefined
}

/** CodeCommit as the source of builds. */
export const codecommitBuilds: BuildSource = {
  type: 'CODECOMMIT',
  fetch(location, version, principal, world) {
    const all = [...world.all(REPOSITORY)].map((one) => one as CodeRepository)
    const repository = repositoryAt(location, all)
    if (!repository) return { error: `repository '${location.replace(/\/?$/, '/')}' not found for primary source` }
    const { region, name } = repository
    const access = { ...repositoryAccess(region, name), action: 'codecommit:GitPull' }
    if (judgeAccess(principal, region, access, world))
      return { error: `authorization failed for primary source and source version ${version ?? ''}` }
    const git = gitOf(world, repository)
    const commit = commitNamed(git, version === undefined || version === '' ? 'HEAD' : version)
    if (commit === undefined)
      return { error: `reference not found for primary source and source version ${version ?? ''}` }
    return archiveOf(repository, git, commit)
  },
}
