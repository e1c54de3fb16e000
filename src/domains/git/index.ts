export { changes } from './diff/changes.ts'
export type { DiffSide, FileDiff } from './diff/fileDiff.ts'
export { isBinary, linesOf } from './diff/lines.ts'

export { treeDiff } from './diff/treeDiff.ts'
export { gitDomain } from './domain.ts'
export { git } from './git.ts'
export type { Graph, GraphCommit, GraphRef } from './graph.view.ts'

export { mergeText } from './merge/mergeText.ts'
export type { MergeOptions, MergeResult, Stages } from './merge/mergeTrees.ts'
export { byteOrder } from './object/byteOrder.ts'
export { entryAt, type FlatTree, filesOfCommit, type Leaf, pathsOf, writeTree } from './object/flatTree.ts'
export {
  type Blob,
  type Commit,
  type GitObject,
  objectSize,
  type Tag,
  type Tree,
  type TreeEntry,
} from './object/gitObject.ts'
export type { Signature } from './object/signature.ts'
export {
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
export { isAncestor, mergeBases } from './revision/ancestry.ts'
export { type Walked, type WalkOptions, walk } from './revision/walk.ts'
