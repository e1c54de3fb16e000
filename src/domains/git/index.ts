export { changes } from './diff/changes.ts'
export type { DiffSide, FileDiff } from './diff/fileDiff.ts'
export { isBinary, linesOf } from './diff/lines.ts'
export { fileStats, shortStat, statText } from './diff/stat.ts'
export { treeDiff } from './diff/treeDiff.ts'
export { gitDomain } from './domain.ts'
export { git } from './git.ts'
export { type Graph, type GraphCommit, type GraphRef, graphView } from './graph.view.ts'
export { mergeCommits } from './merge/mergeCommits.ts'
export { mergeText } from './merge/mergeText.ts'
export { type MergeOptions, type MergeResult, mergeTrees, type Stages } from './merge/mergeTrees.ts'
export { byteOrder } from './object/byteOrder.ts'
export { entryAt, type FlatTree, filesOfCommit, flatTree, type Leaf, pathsOf, writeTree } from './object/flatTree.ts'
export {
  type Blob,
  type Commit,
  type GitObject,
  objectId,
  objectSize,
  type Tag,
  type Tree,
  type TreeEntry,
} from './object/gitObject.ts'
export type { Signature } from './object/signature.ts'
export {
  EMPTY_TREE,
  MemoryStore,
  type ObjectStore,
  readBlob,
  readCommit,
  readObject,
  readTree,
  writeBlob,
  writeObject,
} from './object/store.ts'
export { exampleUrl } from './remote/exampleServer.ts'
export { defineRemote, type Refusal, type Remote } from './remote/remote.ts'
export { gitVerb } from './repository/gitVerb.ts'
export { type Offer, type OfferedCommit, offerRepository } from './repository/offered.ts'
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
  storeEmission,
} from './repository/repository.ts'
export { aheadBehind, ancestors, isAncestor, mergeBases } from './revision/ancestry.ts'
export { type Walked, type WalkOptions, walk } from './revision/walk.ts'
