import {
  type FlatTree,
  filesOfCommit,
  type Repository as GitRepository,
  type Leaf,
  type MemoryStore,
  readBlob,
  writeBlob,
} from '../../git/index.ts'
import { type Operation, textOfBase64 } from '../core/index.ts'
import { onRepository } from './asking.ts'
import { branchNameProblem, noBranch } from './branchOperations.ts'
import { blobText, moveBranch, signatureOf, storeOver, writeCommit } from './commits.ts'
import { gitMode, modeName } from './fileModes.ts'
import { plainPath } from './fileOperations.ts'
import type * as api from './types.generated.ts'
import { isRefused, type Refused, refused } from './words.ts'

/** Bytes of one file that the API takes. */
const FILE_LIMIT = 6 * 1024 * 1024

/** Operations that write commits. */
export const commitOperations: readonly Operation[] = [
  onRepository<api.PutFileInput>(
    'PutFile',
    ({ input, world, principal }, _repository, git) => {
      const tip = tipOf(git, input.branchName, input.parentCommitId)
      if (isRefused(tip)) return tip
      const store = storeOver(git)
      const files = new Map(filesOfCommit(store, tip.commit))
      const entry = { filePath: input.filePath, fileMode: input.fileMode, fileContent: input.fileContent }
      const path = plainPath(input.filePath)
      if (path === undefined || path === '') return refused('InvalidPath')
      const before = files.get(path)
      const put = putFile(store, files, path, entry)
      if (put) return put
      const after = files.get(path)
      if (before && after?.id === before.id && after.mode === before.mode) return refused('SameFileContent')
      const message = input.commitMessage ?? `${before ? 'Edited' : 'Added'} ${path}`
      const parents = tip.commit === undefined ? [] : [tip.commit]
      const signature = signatureOf(world, principal, input.name, input.email)
      const made = writeCommit(store, { files, parents, signature, message })
      return {
        output: { ...made, blobId: after?.id ?? '' },
        emit: moveBranch(git, input.branchName, made.commitId, principal, store),
      }
    },
    ({ branchName }) => branchName,
  ),
  onRepository<api.DeleteFileInput>(
    'DeleteFile',
    ({ input, world, principal }, _repository, git) => {
      const tip = tipOf(git, input.branchName, input.parentCommitId)
      if (isRefused(tip)) return tip
      if (tip.commit === undefined) return noBranch(input.branchName)
      const store = storeOver(git)
      const files = new Map(filesOfCommit(store, tip.commit))
      const path = plainPath(input.filePath)
      if (path === undefined || path === '') return refused('InvalidPath')
      const blobId = files.get(path)?.id
      if (blobId === undefined) return refused('FileDoesNotExist')
      files.delete(path)
      if (input.keepEmptyFolders) keepFolder(store, files, path)
      const message = input.commitMessage ?? `Deleted ${path}`
      const signature = signatureOf(world, principal, input.name, input.email)
      const made = writeCommit(store, { files, parents: [tip.commit], signature, message })
      return {
        output: { ...made, blobId, filePath: path },
        emit: moveBranch(git, input.branchName, made.commitId, principal, store),
      }
    },
    ({ branchName }) => branchName,
  ),
  onRepository<api.CreateCommitInput>(
    'CreateCommit',
    ({ input, world, principal }, _repository, git) => {
      const tip = tipOf(git, input.branchName, input.parentCommitId)
      if (isRefused(tip)) return tip
      const store = storeOver(git)
      const before = filesOfCommit(store, tip.commit)
      const files = changedFiles(store, before, input)
      if (isRefused(files)) return files
      const differs = (a: Leaf | undefined, b: Leaf | undefined) => a?.id !== b?.id || a?.mode !== b?.mode
      const paths = [...new Set([...before.keys(), ...files.keys()])].sort()
      const changed = paths.filter((path) => differs(before.get(path), files.get(path)))
      if (changed.length === 0) return refused('NoChange')
      const shown = (path: string) => {
        const { id = '', mode = '' } = files.get(path) ?? before.get(path) ?? {}
        return { absolutePath: path, blobId: id, fileMode: modeName(mode) }
      }
      const filesAdded = changed.filter((path) => !before.has(path)).map(shown)
      const filesDeleted = changed.filter((path) => !files.has(path)).map(shown)
      const filesUpdated = changed.filter((path) => before.has(path) && files.has(path)).map(shown)
      const [only] = changed
      const verb = filesAdded.length > 0 ? 'Added' : filesUpdated.length > 0 ? 'Edited' : 'Deleted'
      const message = input.commitMessage ?? `${verb} ${changed.length === 1 ? only : `${changed.length} files`}`
      const parents = tip.commit === undefined ? [] : [tip.commit]
      const signature = signatureOf(world, principal, input.authorName, input.email)
      const made = writeCommit(store, { files, parents, signature, message })
      return {
        output: { ...made, filesAdded, filesUpdated, filesDeleted },
        emit: moveBranch(git, input.branchName, made.commitId, principal, store),
      }
    },
    ({ branchName }) => branchName,
  ),
]

/**
 * The tip of the branch that a commit is put on, which must be the parent named; no tip in a repository without commits, where the
 * branch begins with the commit.
 */
function tipOf(
  git: GitRepository,
  branch: string,
  parent: string | undefined,
): { readonly commit: string | undefined } | Refused {
  const tip = git.refs[`refs/heads/${branch}`]
  if (tip === undefined) {
    if (git.refs[`refs/tags/${branch}`] !== undefined) return refused('BranchNameIsTagName')
    const empty = !Object.keys(git.refs).some((name) => name.startsWith('refs/heads/'))
    if (!empty) return noBranch(branch)
    return branchNameProblem(branch) ?? (parent ? refused('ParentCommitDoesNotExist') : { commit: undefined })
  }
  if (parent === undefined) return refused('ParentCommitIdRequired')
  if (!/^[0-9a-f]{40}$/.test(parent)) return refused('InvalidParentCommitId')
  if (parent === tip) return { commit: tip }
  return git.objects[parent] === undefined ? refused('ParentCommitDoesNotExist') : refused('ParentCommitIdOutdated')
}

function changedFiles(store: MemoryStore, before: FlatTree, input: api.CreateCommitInput): Map<string, Leaf> | Refused {
  const { putFiles = [], deleteFiles = [], setFileModes = [] } = input
  const entries = [...putFiles, ...deleteFiles, ...setFileModes]
  if (entries.length === 0) return refused('FileEntryRequired')
  if (entries.length > 100) return refused('MaximumFileEntriesExceeded')
  const paths = entries.map(({ filePath }) => plainPath(filePath))
  if (paths.some((path) => path === undefined || path === '')) return refused('InvalidPath')
  if (new Set(paths).size < paths.length) return refused('SamePathRequest')
  const put = putFiles.map(({ filePath }) => plainPath(filePath) ?? '')
  if (put.some((path) => put.some((other) => other.startsWith(`${path}/`)))) return refused('PutFileEntryConflict')
  const files = new Map(before)
  for (const { filePath } of deleteFiles) {
    const path = plainPath(filePath) ?? ''
    if (!files.delete(path)) return refused('FileDoesNotExist')
    if (input.keepEmptyFolders) keepFolder(store, files, path)
  }
  for (const { sourceFile } of putFiles) {
    if (!sourceFile?.isMove) continue
    if (sourceFile.filePath.endsWith('.gitkeep')) return refused('RestrictedSourceFile')
    if (!files.delete(plainPath(sourceFile.filePath) ?? '')) return refused('FileDoesNotExist')
    if (input.keepEmptyFolders) keepFolder(store, files, plainPath(sourceFile.filePath) ?? '')
  }
  for (const entry of putFiles) {
    const path = plainPath(entry.filePath) ?? ''
    if (entry.sourceFile) {
      if (entry.fileContent !== undefined) return refused('FileContentAndSourceFileSpecified')
      const source = before.get(plainPath(entry.sourceFile.filePath) ?? '')
      if (!source) return refused('FileDoesNotExist')
      const fileMode = entry.fileMode ?? modeName(source.mode)
      const problem = putText(store, files, path, readBlob(store, source.id), fileMode)
      if (problem) return problem
      continue
    }
    if (entry.fileContent === undefined) return refused('SourceFileOrContentRequired')
    const problem = putFile(store, files, path, entry)
    if (problem) return problem
  }
  for (const { filePath, fileMode } of setFileModes) {
    const path = plainPath(filePath) ?? ''
    const leaf = files.get(path)
    if (!leaf) return refused('FileDoesNotExist')
    files.set(path, { id: leaf.id, mode: gitMode(fileMode) })
  }
  return files
}

function putFile(
  store: MemoryStore,
  files: Map<string, Leaf>,
  path: string,
  { fileContent = '', fileMode }: api.PutFileEntry,
): Refused | undefined {
  return putText(store, files, path, blobText(fileContent, textOfBase64), fileMode)
}

function putText(
  store: MemoryStore,
  files: Map<string, Leaf>,
  path: string,
  text: string,
  mode: string | undefined,
): Refused | undefined {
  if (text === '') return refused('FileContentRequired')
  if (text.length > FILE_LIMIT) return refused('FileContentSizeLimitExceeded')
  if (files.get(path) === undefined && [...files.keys()].some((one) => one.startsWith(`${path}/`)))
    return refused('FileNameConflictsWithDirectoryName')
  for (let cut = path.lastIndexOf('/'); cut > 0; cut = path.lastIndexOf('/', cut - 1))
    if (files.has(path.slice(0, cut))) return refused('DirectoryNameConflictsWithFileName')
  files.set(path, { mode: gitMode(mode), id: writeBlob(store, text) })
  return undefined
}

/** Leaves a `.gitkeep` in the folder of a file that was its last. */
function keepFolder(store: MemoryStore, files: Map<string, Leaf>, path: string): void {
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  if (folder === '' || [...files.keys()].some((one) => one.startsWith(folder))) return
  files.set(`${folder}.gitkeep`, { mode: '100644', id: writeBlob(store, '') })
}
