import type { Emission } from '../../../kernel/index.ts'
import {
  filesOfCommit,
  type Repository as GitRepository,
  hostedStore,
  readCommit,
  storeEmission,
  walk,
} from '../../git/index.ts'
import { type ApiCall, type Operation, pageOf } from '../core/index.ts'
import { onRepository } from './asking.ts'
import { noBranch } from './branchOperations.ts'
import { moveBranch, signatureOf, userName, writeCommit } from './commits.ts'
import { conflictMetadata, mergeHunks } from './conflictShown.ts'
import { commitOf, plainPath } from './fileOperations.ts'
import { type Conflict, type MergeSettings, type Merging, mergeOf } from './merging.ts'
import type * as api from './types.generated.ts'
import { isRefused, type Refused, refused } from './words.ts'

/** Names of the merge options as operations are named for them. */
export const MERGES = {
  FAST_FORWARD_MERGE: 'FastForward',
  SQUASH_MERGE: 'Squash',
  THREE_WAY_MERGE: 'ThreeWay',
} as const
export type MergeOption = keyof typeof MERGES

/** Operations that tell how two commits would merge, and that merge them. */
export const mergeOperations: readonly Operation[] = [
  onRepository<api.GetMergeOptionsInput>('GetMergeOptions', ({ input }, _repository, git) => {
    const merging = mergeOf(git, input)
    if (isRefused(merging)) return merging
    const free = merging.conflicts.length === 0
    const mergeOptions = [
      ...(merging.forward ? ['FAST_FORWARD_MERGE'] : []),
      ...(free ? ['SQUASH_MERGE', 'THREE_WAY_MERGE'] : []),
    ]
    return { output: { mergeOptions, ...ids(merging) } }
  }),
  onRepository<api.GetMergeConflictsInput>('GetMergeConflicts', ({ input }, _repository, git) => {
    const found = conflictsOf(git, input)
    if (isRefused(found)) return found
    const { merging, conflicts, lines } = found
    const { items, nextToken } = pageOf(conflicts, input.nextToken, input.maxConflictFiles ?? 1000)
    return {
      output: {
        mergeable: input.mergeOption === 'FAST_FORWARD_MERGE' ? merging.forward : conflicts.length === 0,
        ...ids(merging),
        conflictMetadataList: items.map((conflict) => conflictMetadata(merging, conflict, lines)),
        nextToken,
      },
    }
  }),
  onRepository<api.DescribeMergeConflictsInput>('DescribeMergeConflicts', ({ input }, _repository, git) => {
    const found = conflictsOf(git, input)
    if (isRefused(found)) return found
    const { merging, conflicts, lines } = found
    const path = plainPath(input.filePath)
    const conflict = conflicts.find((one) => one.path === path) ?? untouched(merging, path ?? '')
    if (!conflict) return refused('FileDoesNotExist')
    const { items, nextToken } = pageOf(mergeHunks(merging, conflict), input.nextToken, input.maxMergeHunks ?? 1000)
    return {
      output: {
        conflictMetadata: conflictMetadata(merging, conflict, lines),
        mergeHunks: items,
        nextToken,
        ...ids(merging),
      },
    }
  }),
  onRepository<api.BatchDescribeMergeConflictsInput>('BatchDescribeMergeConflicts', ({ input }, _repository, git) => {
    const found = conflictsOf(git, input)
    if (isRefused(found)) return found
    const { merging, conflicts, lines } = found
    const paths = input.filePaths?.map((path) => plainPath(path) ?? path)
    const wanted = paths ? conflicts.filter(({ path }) => paths.includes(path)) : conflicts
    const missing = (paths ?? []).filter(
      (path) => !conflicts.some((one) => one.path === path) && !untouched(merging, path),
    )
    const { items, nextToken } = pageOf(wanted, input.nextToken, input.maxConflictFiles ?? 1000)
    return {
      output: {
        conflicts: items.map((conflict) => ({
          conflictMetadata: conflictMetadata(merging, conflict, lines),
          mergeHunks: mergeHunks(merging, conflict).slice(0, input.maxMergeHunks),
        })),
        errors: missing.map((filePath) => ({
          filePath,
          exceptionName: 'FileDoesNotExistException',
          message: refused('FileDoesNotExist').error.message,
        })),
        nextToken,
        ...ids(merging),
      },
    }
  }),
  onRepository<api.GetMergeCommitInput>('GetMergeCommit', ({ input }, _repository, git) => {
    const merging = mergeOf(git, input)
    if (isRefused(merging)) return merging
    const store = hostedStore(git)
    const tips = Object.entries(git.refs).flatMap(([name, id]) => (name.startsWith('refs/heads/') ? [id] : []))
    const merge = walk(store, tips).find(
      ({ parents }) => parents.includes(merging.source) && parents.includes(merging.destination),
    )
    return { output: { ...ids(merging), ...(merge ? { mergedCommitId: merge.id } : {}) } }
  }),
  onRepository<api.CreateUnreferencedMergeCommitInput>('CreateUnreferencedMergeCommit', (call, _repository, git) => {
    const { input } = call
    const option = input.mergeOption === 'SQUASH_MERGE' ? 'SQUASH_MERGE' : 'THREE_WAY_MERGE'
    if (input.mergeOption === 'FAST_FORWARD_MERGE') return refused('InvalidMergeOption')
    const merging = mergeOf(git, input)
    if (isRefused(merging)) return merging
    const made = mergeCommit(call, merging, option, input)
    if (isRefused(made)) return made
    return { output: made, emit: [storeEmission(git.id, Object.fromEntries(merging.store.added))] }
  }),
  ...(['FAST_FORWARD_MERGE', 'SQUASH_MERGE', 'THREE_WAY_MERGE'] as const).map((option) =>
    onRepository<api.MergeBranchesByThreeWayInput>(
      `MergeBranchesBy${MERGES[option]}`,
      (call, _repository, git) => {
        const { input } = call
        const branch = input.targetBranch ?? input.destinationCommitSpecifier
        const short = branch.replace(/^refs\/heads\//, '')
        const tip = git.refs[`refs/heads/${short}`]
        if (tip === undefined)
          return input.targetBranch === undefined ? refused('InvalidTargetBranch') : noBranch(short)
        const destination = commitOf(git, input.destinationCommitSpecifier)
        if (isRefused(destination)) return destination
        if (destination !== tip) return refused('ConcurrentReferenceUpdate')
        const merged = mergeInto(call, git, short, option, input)
        return isRefused(merged) ? merged : { output: merged.made, emit: merged.emit }
      },
      ({ targetBranch, destinationCommitSpecifier }) => targetBranch ?? destinationCommitSpecifier,
    ),
  ),
]

/** Who makes a merge commit and what it says. */
export interface MergeWords {
  readonly authorName?: string | undefined
  readonly email?: string | undefined
  readonly commitMessage?: string | undefined
}

/** Merges into a branch, or says why it cannot be done by itself. */
export function mergeInto(
  call: ApiCall<unknown>,
  git: GitRepository,
  branch: string,
  option: MergeOption,
  settings: MergeSettings & MergeWords,
):
  | { readonly made: { readonly commitId: string; readonly treeId: string }; readonly emit: readonly Emission[] }
  | Refused {
  const merging = mergeOf(git, settings)
  if (isRefused(merging)) return merging
  const at = (commitId: string) => ({ commitId, treeId: readCommit(merging.store, commitId).tree })
  if (merging.done) return { made: at(merging.destination), emit: [] }
  if (option === 'FAST_FORWARD_MERGE') {
    if (!merging.forward) return refused('ManualMergeRequired')
    return { made: at(merging.source), emit: moveBranch(git, branch, merging.source, call.principal) }
  }
  const made = mergeCommit(call, merging, option, settings)
  if (isRefused(made)) return made
  return { made, emit: moveBranch(git, branch, made.commitId, call.principal, merging.store) }
}

function mergeCommit(
  { world, principal }: ApiCall<unknown>,
  merging: Merging,
  option: MergeOption,
  words: MergeWords,
): { readonly commitId: string; readonly treeId: string } | Refused {
  if (merging.conflicts.length > 0) return refused('ManualMergeRequired')
  const parents = option === 'SQUASH_MERGE' ? [merging.destination] : [merging.destination, merging.source]
  const signature = signatureOf(world, principal, words.authorName, words.email)
  const verb = option === 'SQUASH_MERGE' ? 'Squashed' : 'Merged'
  const message =
    words.commitMessage ?? `${verb} ${merging.source} into ${merging.destination} by ${userName(principal)}`
  return writeCommit(merging.store, { files: merging.files, parents, signature, message })
}

function ids({ source, destination, base }: Merging) {
  return { destinationCommitId: destination, sourceCommitId: source, baseCommitId: base ?? '' }
}

/** What is in conflict; a fast-forward has no conflicts of its own. */
function conflictsOf(
  git: GitRepository,
  settings: MergeSettings & { readonly mergeOption: string },
): { readonly merging: Merging; readonly conflicts: readonly Conflict[]; readonly lines: boolean } | Refused {
  const merging = mergeOf(git, settings)
  if (isRefused(merging)) return merging
  return { merging, conflicts: merging.conflicts, lines: settings.conflictDetailLevel === 'LINE_LEVEL' }
}

/** A file that is in no conflict, told like one that is. */
function untouched(merging: Merging, path: string): Conflict | undefined {
  const at = (commit: string | undefined) => filesOfCommit(merging.store, commit).get(path)
  const versions = { base: at(merging.base), source: at(merging.source), destination: at(merging.destination) }
  if (!versions.base && !versions.source && !versions.destination) return undefined
  return { path, ...versions, content: false, mode: false, type: false }
}
