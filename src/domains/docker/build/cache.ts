import { defineKind, type Emission, type Entity, type Fields, type World } from '../../../kernel/index.ts'
import type { FileChanges, FileTree } from '../../../shell/index.ts'
import { withChanges } from '../../../shell/index.ts'
import type { Layer } from '../image/layer.ts'
import { cacheLifecycle } from './build.lifecycle.ts'
import type { StepInputs } from './reuse.rule.ts'

/** Something that the builder of an engine keeps. `owner` is the engine; ids are `docker.BuildCache/<host>/<key>`. */
export interface CacheRecord extends Entity {
  readonly owner: string
  /** `regular` for a step's result, `image` for a base image, `mount` for `RUN --mount=type=cache`. */
  readonly type: 'regular' | 'image' | 'mount'
  readonly key: string
  /** Stage and instruction: what the same step is found by when its inputs have changed. */
  readonly place: string
  readonly description: string
  readonly inputs?: StepInputs | undefined
  readonly layer?: Layer | undefined
  readonly files?: FileTree | undefined
  readonly size: number
  readonly madeAt: number
  readonly usedAt?: number | undefined
  readonly uses: number
}

export const cacheKind = defineKind<CacheRecord>({
  kind: 'docker.BuildCache',
  lifecycle: cacheLifecycle,
  birth: (event) => ({ uses: 0, size: 0, ...(event.data as Fields), madeAt: event.at }),
  apply: {
    Used: (record, event) => ({ uses: record.uses + 1, usedAt: event.at }),
    Kept: (_record, event) => ({ ...(event.data as Fields), madeAt: event.at }),
    FilesChanged: (record, event) => ({
      files: withChanges(record.files ?? {}, (event.data as { changes: FileChanges }).changes),
    }),
  },
  tell: {
    Kept: (event) => `The builder keeps the result of \`${(event.data as CacheRecord).description}\`.`,
    Pruned: () => 'The builder deletes a result to free room.',
  },
})

export function cacheId(engine: string, key: string): string {
  return `docker.BuildCache/${engine.slice(engine.indexOf('/') + 1)}/${key}`
}

/** The event by which a result is kept. */
export function keep(
  engine: string,
  record: Pick<CacheRecord, 'type' | 'key' | 'place' | 'description'> &
    Partial<Pick<CacheRecord, 'inputs' | 'layer' | 'files' | 'size'>>,
  after = 0,
): Emission {
  return {
    to: cacheId(engine, record.key),
    kind: 'docker.BuildCache',
    type: 'Kept',
    data: { owner: engine, ...record },
    after,
    by: engine,
  }
}

/** What a builder keeps, newest first. */
export function cacheOf(world: World, engine: string): readonly CacheRecord[] {
  return (world.ownedBy(engine).filter(({ kind }) => kind === 'docker.BuildCache') as CacheRecord[]).sort(
    (a, b) => b.madeAt - a.madeAt || (a.id < b.id ? -1 : 1),
  )
}

/** The events that delete what a builder keeps. */
export function prune(world: World, engine: string): readonly Emission[] {
  return cacheOf(world, engine).map(({ id }) => ({ to: id, type: 'Pruned', by: engine }))
}
