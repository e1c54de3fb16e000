import { defineKind, type Entity, type Fields, type SimEvent } from '../../../kernel/index.ts'
import type { FileTree } from '../../../shell/index.ts'
import type { Layer } from '../image/layer.ts'
import { shortReference } from '../image/names.ts'
import { buildLifecycle } from './build.lifecycle.ts'
import { buildFace } from './face.ts'
import type { Plan, Vertex } from './graph.ts'

/** What became of one step of a build. Times in virtual ms. */
export interface StepRecord {
  readonly status: 'running' | 'reused' | 'done' | 'failed'
  /** Key of its result in the cache. */
  readonly key: string
  /** Why the cache had nothing for it. */
  readonly why?: string | undefined
  readonly startedAt: number
  readonly endedAt?: number | undefined
  /** The layer that it made; none for a base image. */
  readonly layer?: Layer | undefined
  /** All layers of its file system, from the bottom up, once it is there. */
  readonly layers?: readonly Layer[] | undefined
  /** The catalogue image below them. */
  readonly root?: string | undefined
}

/** How a build was asked for. */
export interface BuildSource {
  /** The name of the folder that was sent. */
  readonly folder: string
  /** The context as typed. */
  readonly context: string
  readonly target?: string | undefined
  readonly args: { readonly [name: string]: string }
  readonly labels: { readonly [name: string]: string }
  readonly noCache: boolean
  /** The repository that the folder is a clone of, and its commit. */
  readonly repository?: string | undefined
  readonly revision?: string | undefined
}

/** What a build is given besides its plan. */
export interface BuildRequest {
  readonly owner: string
  /** What progress and pictures call it: its first name, or its folder. */
  readonly title: string
  readonly plan: Plan
  /** The Dockerfile, and what it is called. */
  readonly text: string
  readonly filename: string
  /** Files of the context that were sent, from `/`. */
  readonly context: FileTree
  readonly contextBytes: number
  readonly secrets: { readonly [id: string]: string }
  /** Names for the image, in the familiar form. */
  readonly tags: readonly string[]
  /** What history tells of how it was asked for. */
  readonly source?: BuildSource | undefined
  /** ms until everything is loaded: definition, metadata, context. */
  readonly loadMs: number
}

/** A build. Ids are `docker.Build/<host>/<number>`. */
export interface Build extends Entity, BuildRequest {
  readonly owner: string
  readonly steps: { readonly [vertex: number]: StepRecord }
  /** ms that writing the image takes. */
  readonly exportMs?: number | undefined
  readonly imageId?: string | undefined
  readonly error?: { readonly message: string; readonly vertex: number } | undefined
}

/** What events about a step carry. */
export interface StepData extends Partial<StepRecord> {
  readonly vertex: number
  readonly message?: string
}

export const buildKind = defineKind<Build>({
  kind: 'docker.Build',
  lifecycle: buildLifecycle,
  delays: { loaded: ({ loadMs }) => loadMs, exported: ({ exportMs }) => exportMs ?? 30 },
  birth: (event) => ({ ...(event.data as Fields), steps: {} }),
  apply: {
    StepBegan: (build, event) => step(build, event, { status: 'running', startedAt: event.at }),
    StepReused: (build, event) => step(build, event, { status: 'reused', startedAt: event.at, endedAt: event.at }),
    StepDone: (build, event) => step(build, event, { status: 'done', endedAt: event.at }),
    StepFailed: (build, event) => {
      const { vertex, message = '' } = event.data as StepData
      return {
        ...step(build, event, { status: 'failed', endedAt: event.at }),
        error: { message, vertex },
      }
    },
    ExportBegan: (_build, event) => event.data as Fields,
  },
  face: buildFace,
  tell: {
    Started: (event) => `A [build of ${shortReference((event.data as BuildRequest).title)}](${event.to}) begins.`,
    StepBegan: (event, entity) => {
      const { why } = event.data as StepData
      return `${stepName(entity as Build | undefined, event)} runs: ${why ?? 'its result is not there'}.`
    },
    StepReused: (event, entity) =>
      `${stepName(entity as Build | undefined, event)} is reused: nothing it needs has changed.`,
    StepDone: (event, entity) => `${stepName(entity as Build | undefined, event)} is done.`,
    StepFailed: (event, entity) => `${stepName(entity as Build | undefined, event)} fails, and the build with it.`,
    'after.exported': (event, entity) =>
      `The [build of ${shortReference((entity as Build | undefined)?.title) ?? 'an image'}](${event.to}) has made its image.`,
  },
})

function step(build: Build, event: SimEvent, what: Partial<StepRecord>): Fields {
  const { vertex, message: _, ...data } = event.data as StepData
  const before = build.steps[vertex]
  const record = { key: '', startedAt: event.at, ...before, ...data, ...what } as StepRecord
  return { steps: { ...build.steps, [vertex]: record } }
}

function stepName(build: Build | undefined, event: SimEvent): string {
  const { vertex } = event.data as StepData
  return `Step \`${vertexOf(build, vertex)?.name ?? vertex}\``
}

export function vertexOf(build: Pick<Build, 'plan'> | undefined, id: number): Vertex | undefined {
  return build?.plan.vertices.find((vertex) => vertex.id === id)
}

/** Whether a build is over, one way or another. */
export function isOver(build: Pick<Build, 'state'>): boolean {
  return build.state === 'done' || build.state === 'failed' || build.state === 'canceled'
}
