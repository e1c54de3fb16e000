import { EPOCH } from '../../../kernel/index.ts'
import { filesOfCommit, type Repository as GitRepository, hostedStore, readBlob, readCommit } from '../../git/index.ts'
import type { Artifact, Revision } from '../core/index.ts'
import type { CodeRepository } from './repository.ts'

/** The files of a commit as a bundle, submodules left out, and what it is a revision of. */
export function archiveOf(
  repository: CodeRepository,
  git: GitRepository,
  commitId: string,
): Pick<Artifact, 'files'> & { readonly revision: Revision } {
  const store = hostedStore(git)
  const files: Record<string, string> = {}
  for (const [path, { id, mode }] of filesOfCommit(store, commitId))
    if (mode !== '160000') files[path] = readBlob(store, id)
  const { message, committer } = readCommit(store, commitId)
  const revision = {
    id: commitId,
    summary: message.trimEnd(),
    url: `https://${repository.region}.console.aws.amazon.com/codecommit/home#/repository/${repository.name}/commit/${commitId}`,
    at: committer.at * 1000 - EPOCH,
  }
  return { files, revision }
}

/** Variables that a source action gives to those after it. */
export function commitVariables(
  git: GitRepository,
  repository: CodeRepository,
  branch: string,
  commitId: string,
): { readonly [name: string]: string } {
  const { message, author, committer } = readCommit(hostedStore(git), commitId)
  const date = (at: number) => new Date(at * 1000).toISOString().replace('.000Z', 'Z')
  return {
    RepositoryName: repository.name,
    BranchName: branch,
    CommitId: commitId,
    CommitMessage: message.trimEnd(),
    AuthorDate: date(author.at),
    CommitterDate: date(committer.at),
  }
}

/** A repository by the address of a build's source, or by its name. */
export function repositoryAt(location: string, all: Iterable<CodeRepository>): CodeRepository | undefined {
  const [, region, name] =
    /^https:\/\/git-codecommit\.([\w-]+)\.amazonaws\.com\/v1\/repos\/([\w.-]+?)\/?$/.exec(location) ?? []
  for (const one of all)
    if (name === undefined ? one.name === location : one.name === name && one.region === region) return one
  return undefined
}
