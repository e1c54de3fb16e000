import {
  defineIndex,
  defineKind,
  defineLifecycle,
  type Emission,
  type Entity,
  type World,
} from '../../../kernel/index.ts'
import type { FileChanges } from '../../../shell/files.ts'
import { hostOf } from '../engine/engine.ts'

/** A named volume of an engine. Ids are `docker.Volume/<host>/<name>`. */
export interface Volume extends Entity {
  readonly owner: string
  readonly name: string
  readonly driver: string
  readonly labels?: { readonly [name: string]: string } | undefined
  readonly options?: { readonly [name: string]: string } | undefined
  readonly createdAt: number
  /** Whether nobody named it: it goes with `docker rm -v` and `--rm`. */
  readonly anonymous?: true | undefined
  /** What is in it, by path below its root. */
  readonly files: FileChanges
}

/** Models: moby volume/service and the local driver. */
export const volumeLifecycle = defineLifecycle({
  id: 'docker.Volume',
  initial: 'Present',
  states: {
    Present: {
      description: 'A directory that the engine keeps; it outlives the containers that mount it.',
      tags: ['ok'],
      on: {
        Written: { description: 'A container has written files to it.' },
        Removed: { target: 'Gone', description: 'It is deleted with all that is in it.' },
      },
    },
    Gone: { description: 'It does not exist any more.', type: 'final' },
  },
})

export const volumeKind = defineKind<Volume>({
  kind: 'docker.Volume',
  lifecycle: volumeLifecycle,
  apply: {
    Written: (volume, event) => ({ files: { ...volume.files, ...(event.data as { changes: FileChanges }).changes } }),
  },
  tell: {
    Created: (event) => `The volume [${(event.data as Volume).name}](${event.to}) is created.`,
    Removed: (event) => `The volume \`${event.to.slice(event.to.lastIndexOf('/') + 1)}\` is deleted.`,
  },
})

export function volumeId(engine: string, name: string): string {
  return `docker.Volume/${hostOf(engine)}/${name}`
}

/** The event that makes a volume. `files` is what an image has at its mount point. */
export function createVolume(
  world: World,
  engine: string,
  name: string,
  options: Partial<Pick<Volume, 'driver' | 'labels' | 'options' | 'anonymous' | 'files'>> = {},
): Emission {
  const data = { owner: engine, name, driver: 'local', createdAt: world.now, files: {}, ...options }
  return { to: volumeId(engine, name), kind: 'docker.Volume', type: 'Created', data, by: engine }
}

/** Volumes of an engine, by name. */
export const volumesByEngine = defineIndex(
  'docker.volumesByEngine',
  ['docker.Volume'],
  (entity) => (entity as Volume).owner,
)

export function volumesOn(world: World, engine: string): readonly Volume[] {
  return [...(world.lookup(volumesByEngine, engine) as readonly Volume[])].sort((a, b) => (a.name < b.name ? -1 : 1))
}
