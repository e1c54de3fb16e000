import { defineIndex, defineKind, type Emission, type Entity, type World } from '../../../kernel/index.ts'
import { hostOf } from '../engine/engine.ts'
import { builderLifecycle } from './builder.lifecycle.ts'
import { builderFace } from './builderFace.ts'

/** A node of a builder: one buildkit daemon, and where it runs. */
export interface BuilderNode {
  readonly name: string
  /** A context's name, or an address: `unix:///var/run/docker.sock`. */
  readonly endpoint: string
  /** Platforms that were asked for; none leaves them to the daemon. */
  readonly platforms: readonly string[]
  /** Options of the driver, in the order of their names. */
  readonly options: { readonly [name: string]: string }
  /** Flags of buildkitd. */
  readonly flags: readonly string[]
  /** Path of a buildkitd.toml. */
  readonly config?: string | undefined
}

/** A builder of buildx besides the engine's own. Ids are `docker.Builder/<host>/<name>`. */
export interface Builder extends Entity {
  readonly owner: string
  readonly name: string
  readonly driver: 'docker-container' | 'kubernetes' | 'remote' | 'cloud'
  readonly nodes: readonly BuilderNode[]
}

export const builderKind = defineKind<Builder>({
  kind: 'docker.Builder',
  lifecycle: builderLifecycle,
  face: builderFace,
  apply: { NodesChanged: (_, event) => ({ nodes: (event.data as Pick<Builder, 'nodes'>).nodes }) },
  tell: {
    Created: (event) => `The builder [${(event.data as Builder).name}](${event.to}) is created.`,
    NodesChanged: (event) => `The nodes of the builder [${nameIn(event.to)}](${event.to}) are changed.`,
    Removed: (event) => `The builder \`${nameIn(event.to)}\` is removed.`,
  },
})

function nameIn(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1)
}

export function builderId(engine: string, name: string): string {
  return `docker.Builder/${hostOf(engine)}/${name}`
}

/** The event that makes a builder. */
export function createBuilder(engine: string, fields: Pick<Builder, 'name' | 'driver' | 'nodes'>): Emission {
  const data = { owner: engine, ...fields } as unknown as Emission['data']
  return { to: builderId(engine, fields.name), kind: 'docker.Builder', type: 'Created', data, by: engine }
}

/** Builders that were made on an engine. */
export const buildersByEngine = defineIndex(
  'docker.buildersByEngine',
  ['docker.Builder'],
  (entity) => (entity as Builder).owner,
)

/** By name. */
export function buildersOn(world: World, engine: string): readonly Builder[] {
  return [...(world.lookup(buildersByEngine, engine) as readonly Builder[])].sort((a, b) => (a.name < b.name ? -1 : 1))
}

export function builderNamed(world: World, engine: string, name: string): Builder | undefined {
  return world.get(builderId(engine, name)) as Builder | undefined
}
