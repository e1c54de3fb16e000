import { type FlatTree, writeTree } from '../object/flatTree.ts'
import type { ObjectStore } from '../object/store.ts'
import { MemoryStore, writeBlob, writeObject } from '../object/store.ts'

/** A repository that is there in every world to be cloned: what a sample project is. Nobody may push to it. */
export interface Offer {
  /** Its address: `https://git.example.com/quotes.git`. */
  readonly url: string
  readonly name: string
  readonly commits: readonly OfferedCommit[]
}

export interface OfferedCommit {
  readonly message: string
  readonly author: string
  readonly email: string
  /** Seconds since 1970. */
  readonly at: number
  /** Every file at that commit, by path. */
  readonly files: { readonly [path: string]: string }
}

const offers = new Map<string, Offer>()

/** Puts a repository on offer under the id of its address; a second one there takes its place. */
export function offerRepository(id: string, offer: Offer): Offer {
  offers.set(id, offer)
  return offer
}

export function offerOf(id: string): Offer | undefined {
  return offers.get(id)
}

/** The objects of an offer, and the commit that its branch `main` names. */
export function offeredObjects(offer: Offer): {
  readonly objects: { readonly [id: string]: string }
  readonly head: string
} {
  const store = new MemoryStore()
  const head = offer.commits.reduce<string | undefined>(
    (parent, commit) => writeCommit(store, commit, parent),
    undefined,
  )
  return { objects: Object.fromEntries(store.added), head: head ?? '' }
}

function writeCommit(store: ObjectStore, commit: OfferedCommit, parent: string | undefined): string {
  const files: FlatTree = new Map(
    Object.entries(commit.files).map(([path, text]) => [path, { id: writeBlob(store, text), mode: '100644' as const }]),
  )
  const signature = { name: commit.author, email: commit.email, at: commit.at, zone: '+0000' }
  return writeObject(store, {
    type: 'commit',
    tree: writeTree(store, files),
    parents: parent === undefined ? [] : [parent],
    author: signature,
    committer: signature,
    message: `${commit.message}\n`,
  })
}
