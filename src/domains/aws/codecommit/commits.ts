import type { Emission, World } from '../../../kernel/index.ts'
import {
  type Commit,
  type FlatTree,
  type Repository as GitRepository,
  hostedStore,
  MemoryStore,
  pushEmission,
  readObject,
  type Signature,
  writeObject,
  writeTree,
} from '../../git/index.ts'
import type { Principal } from '../core/index.ts'
import { commitTime, fullBranch } from './asking.ts'
import type * as api from './types.generated.ts'

/** The commit that a branch, tag, full reference, `HEAD` or full commit id names; undefined for none. */
export function commitNamed(git: GitRepository, specifier: string): string | undefined {
  const { refs } = git
  const id =
    specifier === 'HEAD'
      ? refs[git.head]
      : (refs[specifier] ?? refs[`refs/heads/${specifier}`] ?? refs[`refs/tags/${specifier}`] ?? specifier)
  return id === undefined ? undefined : peeled(git, id)
}

/** The commit that an object is or a tag leads to. */
function peeled(git: GitRepository, id: string): string | undefined {
  const object = /^[0-9a-f]{40}$/.test(id) ? readObject(hostedStore(git), id) : undefined
  if (object?.type === 'tag') return peeled(git, object.object)
  return object?.type === 'commit' ? id : undefined
}

/** A commit as the API shows it. */
export function commitShown(commitId: string, { tree, parents, message, author, committer }: Commit): api.Commit {
  const user = ({ name, email, at, zone }: Signature): api.UserInfo => ({ name, email, date: `${at} ${zone}` })
  return {
    commitId,
    treeId: tree,
    parents,
    message,
    author: user(author),
    committer: user(committer),
    additionalData: '',
  }
}

/** Who signs a commit made by the API: the name given, or that of who calls. */
export function signatureOf(
  world: World,
  principal: Principal,
  name: string | undefined,
  email: string | undefined,
): Signature {
  return { name: name ?? userName(principal), email: email ?? '', at: commitTime(world), zone: '+0000' }
}

/** The last part of who calls: a user's name, a session's. */
export function userName({ arn }: Principal): string {
  return arn.slice(Math.max(arn.lastIndexOf('/'), arn.lastIndexOf(':')) + 1)
}

/** A store over a repository's own, for what a new commit needs. */
export function storeOver(git: GitRepository): MemoryStore {
  return new MemoryStore(hostedStore(git))
}

/** A new commit in a store. */
export function writeCommit(
  store: MemoryStore,
  made: {
    readonly files: FlatTree
    readonly parents: readonly string[]
    readonly signature: Signature
    readonly message: string
  },
): { readonly commitId: string; readonly treeId: string } {
  const treeId = writeTree(store, made.files)
  const { parents, message, signature } = made
  const commit = { type: 'commit' as const, tree: treeId, parents, author: signature, committer: signature, message }
  return { commitId: writeObject(store, commit), treeId }
}

/** Moves a branch, with the objects that a store has gained. The first branch of a repository becomes its default. */
export function moveBranch(
  git: GitRepository,
  branch: string,
  commit: string | undefined,
  principal: Principal,
  store?: MemoryStore,
): readonly Emission[] {
  const ref = fullBranch(branch)
  const objects = store && store.added.size > 0 ? Object.fromEntries(store.added) : undefined
  const push = { ref, old: git.refs[ref], new: commit, by: userName(principal), principal: principal.arn, objects }
  return [pushEmission(git.id, push)]
}

/** The text of a blob in a request: base64 as the tool sends it. What is no base64 is taken as it was written. */
export function blobText(content: string, decode: (base64: string) => string | undefined): string {
  return decode(content) ?? content
}
