import type { Emission, Entity, World } from '../../../kernel/index.ts'
import { byteOrder } from '../object/byteOrder.ts'
import type { ObjectStore } from '../object/store.ts'
import { type Offer, offeredObjects, offerOf } from './offered.ts'

/** A repository on a server: objects by id as `storedText` writes them, refs by full name. */
export interface Repository extends Entity {
  readonly name: string
  readonly url: string
  readonly objects: { readonly [id: string]: string }
  readonly refs: { readonly [name: string]: string }
  /** Full name of the default branch, which need not exist yet. */
  readonly head: string
  /** Id of the entity that it is drawn in, if its server is one. */
  readonly server?: string | undefined
}

export const REPOSITORY = 'git.Repository'

/** What `Pushed` carries: one ref, with the objects that came along. `old` or `new` is absent for a ref that was not there or is not any more. */
export interface Push {
  readonly ref: string
  readonly old?: string | undefined
  readonly new?: string | undefined
  /** Who pushed, in words. */
  readonly by: string
  /** Who pushed, as the server knows them. */
  readonly principal?: string | undefined
  readonly objects?: { readonly [id: string]: string } | undefined
}

/** Entity id of a repository: `git.Repository/<url or name>`. */
export function repositoryId(name: string): string {
  return `${REPOSITORY}/${name}`
}

export function repositoryOf(world: World, id: string): Repository | undefined {
  const entity = world.get(id)
  return entity?.kind === REPOSITORY ? (entity as Repository) : onOffer(id)
}

const unborn = new Map<Offer, Repository>()

/** The record of a repository that is on offer: it is the same in every world, and so no entity of any. */
function onOffer(id: string): Repository | undefined {
  const offer = offerOf(id)
  if (!offer) return undefined
  let record = unborn.get(offer)
  if (!record) {
    const { objects, head } = offeredObjects(offer)
    const { name, url } = offer
    const refs = { 'refs/heads/main': head }
    const life = { id, kind: REPOSITORY, state: 'Open', entry: 0, since: 0, born: 0 }
    record = { ...life, name, url, objects, refs, head: 'refs/heads/main' }
    unborn.set(offer, record)
  }
  return record
}

/** The event that brings an empty repository into being. */
export function createRepository(
  id: string,
  fields: {
    readonly name: string
    readonly url: string
    readonly head?: string
    readonly server?: string
    readonly owner?: string
  },
): Emission {
  return { to: id, type: 'Created', kind: REPOSITORY, data: { head: 'refs/heads/main', ...fields } }
}

/** The event of a ref that moves, with objects that the repository lacks. */
export function pushEmission(id: string, push: Push, by?: string): Emission {
  return { to: id, type: 'Pushed', data: push, rule: 'git.push', ...(by === undefined ? {} : { by }) }
}

/** The event of objects that come without any ref: commits that are only to be looked at. */
export function storeEmission(id: string, objects: { readonly [id: string]: string }, by?: string): Emission {
  return { to: id, type: 'ObjectsStored', data: { objects }, ...(by === undefined ? {} : { by }) }
}

/** The objects of a hosted repository. What is put in is not kept there: it goes with a push. */
export function hostedStore(repository: Repository): ObjectStore {
  const { objects } = repository
  return {
    text: (id) => (Object.hasOwn(objects, id) ? objects[id] : undefined),
    put: () => {
      throw new Error('objects reach a hosted repository by a push alone')
    },
    startingWith: (prefix) => Object.keys(objects).filter((id) => id.startsWith(prefix)),
  }
}

/** Short names of the branches, sorted. */
export function branchesOf(repository: Repository): readonly string[] {
  return Object.keys(repository.refs)
    .filter((name) => name.startsWith('refs/heads/'))
    .map((name) => name.slice(11))
    .sort(byteOrder)
}
