import { branchesOf } from '../../git/index.ts'
import { type Operation, pageOf } from '../core/index.ts'
import { onRepository } from './asking.ts'
import { commitNamed, moveBranch } from './commits.ts'
import type * as api from './types.generated.ts'
import { type Refused, refused } from './words.ts'

/** Operations on branches. */
export const branchOperations: readonly Operation[] = [
  onRepository<api.CreateBranchInput>(
    'CreateBranch',
    ({ input, principal }, _repository, git) => {
      const { branchName: branch, commitId } = input
      const problem = branchNameProblem(branch)
      if (problem) return problem
      if (git.refs[`refs/heads/${branch}`] !== undefined)
        return refused('BranchNameExists', `Branch ${branch} already exists`)
      const commit = commitNamed(git, commitId)
      if (commit === undefined) return refused('CommitDoesNotExist', `Commit ${commitId} does not exist`)
      return { output: {}, emit: moveBranch(git, branch, commit, principal) }
    },
    ({ branchName }) => branchName,
  ),
  onRepository<api.GetBranchInput>('GetBranch', ({ input }, _repository, git) => {
    const { branchName } = input
    if (branchName === undefined) return refused('BranchNameRequired')
    const commitId = git.refs[`refs/heads/${branchName}`]
    return commitId === undefined ? noBranch(branchName) : { output: { branch: { branchName, commitId } } }
  }),
  onRepository<api.ListBranchesInput>('ListBranches', ({ input }, _repository, git) => {
    const { items, nextToken } = pageOf(branchesOf(git), input.nextToken, 1000)
    return { output: { branches: items, nextToken } }
  }),
  onRepository<api.DeleteBranchInput>(
    'DeleteBranch',
    ({ input, principal }, _repository, git) => {
      const { branchName } = input
      const ref = `refs/heads/${branchName}`
      const commitId = git.refs[ref]
      if (ref === git.head && commitId !== undefined) return refused('DefaultBranchCannotBeDeleted')
      if (commitId === undefined) return { output: {} }
      return {
        output: { deletedBranch: { branchName, commitId } },
        emit: moveBranch(git, branchName, undefined, principal),
      }
    },
    ({ branchName }) => branchName,
  ),
  onRepository<api.UpdateDefaultBranchInput>('UpdateDefaultBranch', ({ input, world }, repository, git) => {
    const head = `refs/heads/${input.defaultBranchName}`
    if (git.refs[head] === undefined) return noBranch(input.defaultBranchName)
    return {
      output: {},
      emit: [
        { to: git.id, type: 'HeadMoved', data: { head } },
        { to: repository.id, type: 'Changed', data: { modified: world.now } },
      ],
    }
  }),
]

export function noBranch(name: string): Refused {
  return refused('BranchDoesNotExist', `Branch ${name} does not exist`)
}

/** What is wrong with a new branch's name. Models: git check-ref-format; a name that looks like a commit id is refused too. */
export function branchNameProblem(name: string): Refused | undefined {
  const bad =
    name.startsWith('refs/') ||
    /^[0-9a-f]{40}$/.test(name) ||
    // biome-ignore lint/suspicious/noControlCharactersInRegex: git forbids them in names
    /[\x00-\x20\x7f~^:?*[\\]|\.\.|@\{|\/\/|\.$|\/$|^\/|^-|(^|\/)\.|\.lock(\/|$)/.test(name)
  return bad ? refused('InvalidBranchName') : undefined
}
