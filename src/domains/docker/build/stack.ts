import type { FileNode, FileTree } from '../../../shell/index.ts'
import type { Layer } from '../image/layer.ts'
import { filesOfImage, programsIn } from '../image/runnable.ts'
import type { Build } from './build.ts'
import type { FilesOf } from './contents.ts'
import type { Operation, Source, Vertex } from './graph.ts'

/** The file system that a source is: its layers, and the catalogue image below. */
export interface Stack {
  readonly layers: readonly Layer[]
  readonly root?: string | undefined
}

const EMPTY: Stack = { layers: [] }

/** The layers of a source's file system. */
export function stackOf(build: Build, source: Source): Stack {
  if (typeof source !== 'number') return EMPTY
  const record = build.steps[source]
  return record?.layers ? { layers: record.layers, root: record.root } : EMPTY
}

/** The layers of a base image. */
export function baseOf(build: Build, operation: Operation & { readonly is: 'image' }): Stack {
  return build.plan.bases[operation.reference] ?? EMPTY
}

/** The layers of a step with its own on top. */
export function under(build: Build, vertex: Vertex, layer: Layer | undefined): Stack {
  const { layers, root } = stackOf(build, vertex.parent)
  return { layers: layer ? [...layers, layer] : layers, root }
}

/** The files of a source. */
export function filesOf(build: Build, source: Source): FilesOf {
  if (source === 'context') return { tree: build.context, programs: NONE }
  const { layers, root } = stackOf(build, source)
  const content = { layers, root, config: {} }
  return {
    tree: layers.length > 0 ? filesOfImage(content) : {},
    programs: layers.length > 0 ? programsIn(content) : NONE,
  }
}

const NONE: ReadonlySet<string> = new Set()

/** The files at and below a path, by their path below it. */
export function below(tree: FileTree, path: string): FileTree {
  const single = path === '/' ? undefined : tree[path]
  if (single && !single.dir) return { '': single }
  const prefix = path === '/' ? '' : path
  const found: { [path: string]: FileNode } = {}
  for (const [at, node] of Object.entries(tree)) if (at.startsWith(`${prefix}/`)) found[at.slice(prefix.length)] = node
  return found
}
