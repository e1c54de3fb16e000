import { defineKind, defineLifecycle, type Entity, type World } from '../../../kernel/index.ts'
import { swarmId } from './identity.ts'

/** A config or secret of the swarm. Ids are `docker.Config/<name>` and `docker.Secret/<name>`. */
export interface Blob extends Entity {
  readonly name: string
  readonly text: string
  readonly labels: { readonly [name: string]: string }
  readonly createdAt: number
  /** `golang` when its text is a template. */
  readonly template?: string | undefined
}

export type BlobSort = 'config' | 'secret'

/** Models: swarmkit api.Secret and api.Config */
function blobLifecycle(id: string, what: string) {
  return defineLifecycle({
    id,
    initial: 'Present',
    states: {
      Present: {
        description: `The managers keep ${what} in their common state, and give it to the nodes whose tasks use it.`,
        tags: ['ok'],
        on: { Removed: { target: 'Gone', description: 'It is deleted.' } },
      },
      Gone: { description: 'It does not exist any more.', type: 'final' },
    },
  })
}

export const configLifecycle = blobLifecycle('docker.Config', 'the file')
export const secretLifecycle = blobLifecycle('docker.Secret', 'the secret, encrypted,')

export const configKind = defineKind<Blob>({
  kind: 'docker.Config',
  lifecycle: configLifecycle,
  tell: { Created: (event) => `The config [${(event.data as Blob).name}](${event.to}) is made.` },
})

export const secretKind = defineKind<Blob>({
  kind: 'docker.Secret',
  lifecycle: secretLifecycle,
  tell: { Created: (event) => `The secret [${(event.data as Blob).name}](${event.to}) is made.` },
})

const KINDS = { config: 'docker.Config', secret: 'docker.Secret' } as const

export function blobKind(sort: BlobSort): string {
  return KINDS[sort]
}

export function blobId(sort: BlobSort, name: string): string {
  return `${KINDS[sort]}/${name}`
}

/** Configs or secrets, the latest first, as lists show them. */
export function blobsOf(world: World, sort: BlobSort): readonly Blob[] {
  return ([...world.all(KINDS[sort])] as unknown as Blob[]).sort((a, b) => (swarmId(a) < swarmId(b) ? -1 : 1))
}

/** The config or secret that a name, an id or the beginning of one means. */
export function findBlob(world: World, sort: BlobSort, text: string): Blob | undefined {
  const named = world.get(blobId(sort, text)) as Blob | undefined
  if (named) return named
  const begun = text === '' ? [] : blobsOf(world, sort).filter((blob) => swarmId(blob).startsWith(text))
  return begun.length === 1 ? begun[0] : undefined
}
