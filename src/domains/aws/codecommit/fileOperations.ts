import {
  entryAt,
  filesOfCommit,
  type Repository as GitRepository,
  hostedStore,
  objectSize,
  readBlob,
  readCommit,
  readObject,
  readTree,
  treeDiff,
  walk,
} from '../../git/index.ts'
import { base64Of, type Operation, pageOf } from '../core/index.ts'
import { onRepository } from './asking.ts'
import { commitNamed, commitShown } from './commits.ts'
import { modeName } from './fileModes.ts'
import type * as api from './types.generated.ts'
import { isRefused, type Refused, refused } from './words.ts'

/** Operations that read files, folders and commits. */
export const fileOperations: readonly Operation[] = [
  onRepository<api.GetFileInput>('GetFile', ({ input }, _repository, git) => {
    const commitId = commitOf(git, input.commitSpecifier)
    if (isRefused(commitId)) return commitId
    const path = plainPath(input.filePath)
    if (path === undefined || path === '') return refused('InvalidPath')
    const store = hostedStore(git)
    const entry = entryAt(store, readCommit(store, commitId).tree, path)
    if (!entry || entry.mode === '40000' || entry.mode === '160000') return refused('FileDoesNotExist')
    const text = readBlob(store, entry.id)
    return {
      output: {
        commitId,
        blobId: entry.id,
        filePath: path,
        fileMode: modeName(entry.mode),
        fileSize: objectSize({ type: 'blob', text }),
        fileContent: base64Of(text),
      },
    }
  }),
  onRepository<api.GetFolderInput>('GetFolder', ({ input }, _repository, git) => {
    const commitId = commitOf(git, input.commitSpecifier)
    if (isRefused(commitId)) return commitId
    const path = plainPath(input.folderPath)
    if (path === undefined) return refused('InvalidPath')
    const store = hostedStore(git)
    const entry = entryAt(store, readCommit(store, commitId).tree, path)
    if (entry?.mode !== '40000') return refused('FolderDoesNotExist')
    const at = (name: string) => ({ absolutePath: path === '' ? name : `${path}/${name}`, relativePath: name })
    const { entries } = readTree(store, entry.id)
    const of = (...modes: readonly string[]) => entries.filter(({ mode }) => modes.includes(mode))
    return {
      output: {
        commitId,
        folderPath: path,
        treeId: entry.id,
        subFolders: of('40000').map(({ id, name }) => ({ treeId: id, ...at(name) })),
        files: of('100644', '100755').map(({ id, name, mode }) => ({
          blobId: id,
          ...at(name),
          fileMode: modeName(mode),
        })),
        symbolicLinks: of('120000').map(({ id, name, mode }) => ({
          blobId: id,
          ...at(name),
          fileMode: modeName(mode),
        })),
        subModules: of('160000').map(({ id, name }) => ({ commitId: id, ...at(name) })),
      },
    }
  }),
  onRepository<api.GetBlobInput>('GetBlob', ({ input }, _repository, git) => {
    if (!/^[0-9a-f]{40}$/.test(input.blobId)) return refused('InvalidBlobId')
    const blob = readObject(hostedStore(git), input.blobId)
    return blob?.type === 'blob' ? { output: { content: base64Of(blob.text) } } : refused('BlobIdDoesNotExist')
  }),
  onRepository<api.GetCommitInput>('GetCommit', ({ input }, _repository, git) => {
    if (!/^[0-9a-f]{40}$/i.test(input.commitId)) return refused('InvalidCommitId')
    const commit = readObject(hostedStore(git), input.commitId.toLowerCase())
    if (commit?.type !== 'commit')
      return refused('CommitIdDoesNotExist', `The specified commit ID does not exist: ${input.commitId}`)
    return { output: { commit: commitShown(input.commitId.toLowerCase(), commit) } }
  }),
  onRepository<api.BatchGetCommitsInput>('BatchGetCommits', ({ input }, _repository, git) => {
    if (input.commitIds.length === 0) return refused('CommitIdsListRequired')
    if (input.commitIds.length > 100) return refused('CommitIdsLimitExceeded')
    const commits: api.Commit[] = []
    const errors: api.BatchGetCommitsError[] = []
    for (const commitId of input.commitIds) {
      const commit = readObject(hostedStore(git), commitId)
      if (commit?.type === 'commit') commits.push(commitShown(commitId, commit))
      else
        errors.push({
          commitId,
          errorCode: 'CommitDoesNotExistException',
          errorMessage: `The specified commit does not exist: ${commitId}`,
        })
    }
    return { output: { commits, errors } }
  }),
  onRepository<api.GetDifferencesInput>('GetDifferences', ({ input }, _repository, git) => {
    const after = commitOf(git, input.afterCommitSpecifier)
    if (isRefused(after)) return after
    const before = input.beforeCommitSpecifier === undefined ? undefined : commitOf(git, input.beforeCommitSpecifier)
    if (isRefused(before)) return before
    const store = hostedStore(git)
    const below = (commit: string | undefined, folder: string | undefined) => {
      const files = filesOfCommit(store, commit)
      const path = plainPath(folder ?? '') ?? ''
      if (path === '') return files
      const inside = [...files].flatMap(([name, leaf]) =>
        name === path
          ? [[name, leaf] as const]
          : name.startsWith(`${path}/`)
            ? [[name.slice(path.length + 1), leaf] as const]
            : [],
      )
      return inside.length === 0 ? undefined : new Map(inside)
    }
    const fresh = below(after, input.afterPath)
    const old = below(before, input.beforePath)
    if (!fresh && !old) return refused('PathDoesNotExist')
    const found = treeDiff(store, old ?? new Map(), fresh ?? new Map(), { renames: false })
    const blob = (side: { readonly path: string; readonly id: string; readonly mode: string } | undefined) =>
      side ? { blobId: side.id, path: side.path, mode: side.mode } : undefined
    const differences = found.map(({ status, old: a, new: b }) => ({
      beforeBlob: blob(a),
      afterBlob: blob(b),
      changeType: status === 'A' || status === 'D' ? status : 'M',
    }))
    const { items, nextToken } = pageOf(differences, input.NextToken, input.MaxResults ?? 400)
    return { output: { differences: items, NextToken: nextToken } }
  }),
  onRepository<api.ListFileCommitHistoryRequest>('ListFileCommitHistory', ({ input }, _repository, git) => {
    const tip = commitOf(git, input.commitSpecifier)
    if (isRefused(tip)) return tip
    const path = plainPath(input.filePath)
    if (path === undefined || path === '') return refused('InvalidPath')
    const store = hostedStore(git)
    const at = (commit: string | undefined) =>
      commit === undefined ? undefined : entryAt(store, readCommit(store, commit).tree, path)?.id
    if (at(tip) === undefined) return refused('FileDoesNotExist')
    const shown = walk(store, [tip], { changed: (commit, parent) => at(commit) !== at(parent) })
    const revisionDag = shown
      .filter(({ id }) => at(id) !== undefined)
      .map(({ id, commit }) => ({
        commit: commitShown(id, commit),
        blobId: at(id),
        path,
        revisionChildren: shown.filter(({ parents }) => parents.includes(id)).map((child) => child.id),
      }))
    const { items, nextToken } = pageOf(revisionDag, input.nextToken, input.maxResults ?? 100)
    return { output: { revisionDag: items, nextToken } }
  }),
]

/** The commit that a specifier names, or that of the default branch, or CodeCommit's refusal. */
export function commitOf(git: GitRepository, specifier: string | undefined): string | Refused {
  const found = commitNamed(git, specifier ?? 'HEAD')
  if (found !== undefined) return found
  return refused(
    'CommitDoesNotExist',
    specifier === undefined
      ? 'The specified commit does not exist or no commit was specified, and the specified repository has no default branch.'
      : `The specified commit does not exist: ${specifier}`,
  )
}

/** A path without slashes at its ends; undefined for one that cannot be. */
export function plainPath(path: string): string | undefined {
  const plain = path.replace(/^\/+|\/+$/g, '')
  const parts = plain === '' ? [] : plain.split('/')
  return parts.some((part) => part === '' || part === '.' || part === '..' || part === '.git') ? undefined : plain
}
