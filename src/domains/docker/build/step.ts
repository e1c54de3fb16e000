import { defineKind, type Entity } from '../../../kernel/index.ts'
import { defineHost } from '../../../shell/host.ts'
import type { FileChanges, FileNode, FileTree } from '../../../shell/index.ts'
import { defineContainerKind, type Image, isBinary, programsOf } from '../../containerd/index.ts'
import type { Layer } from '../image/layer.ts'
import { filesOfImage, runnableLayers } from '../image/runnable.ts'
import { stepLifecycle } from './build.lifecycle.ts'

/** A mount of a step with its files, by path below its target; `''` for a single file. */
export interface StepMount {
  readonly target: string
  readonly files: FileTree
  /** Id of the cache record that keeps what is written there. */
  readonly cache?: string | undefined
}

/** The container of one RUN. `owner` is the build; ids are `docker.BuildStep/<host>/<build>/<vertex>`. */
export interface BuildStep extends Entity {
  readonly owner: string
  readonly vertex: number
  readonly layers: readonly Layer[]
  readonly root?: string | undefined
  readonly env: { readonly [name: string]: string }
  readonly cwd: string
  readonly mounts: readonly StepMount[]
  /** What was written so far, also into mounts. */
  readonly written: FileChanges
  readonly exitCode?: number | undefined
}

export const stepKind = defineKind<BuildStep>({
  kind: 'docker.BuildStep',
  lifecycle: stepLifecycle,
  apply: {
    FilesChanged: (step, event) => ({
      written: { ...step.written, ...(event.data as { changes: FileChanges }).changes },
    }),
    Exited: (_step, event) => ({ exitCode: (event.data as { exitCode: number }).exitCode }),
  },
  tell: {
    Exited: (event) =>
      `The command of the [build step](${event.to}) ends with exit code ${(event.data as { exitCode: number }).exitCode}.`,
  },
})

defineHost({
  kind: 'docker.BuildStep',
  programs: (host) => programsOf(imageOf(host as BuildStep)),
  files: (host) => filesOfStep(host as BuildStep),
  change: (host, changes) => ({ to: host.id, type: 'FilesChanged', data: { changes }, by: host.id }),
  env: (host) => (host as BuildStep).env,
  cwd: (host) => (host as BuildStep).cwd,
})

defineContainerKind({
  kind: 'docker.BuildStep',
  image: (host) => imageOf(host as BuildStep),
  listens: () => false,
})

/** What a step wrote: into its layer, and into cache mounts by the record that keeps them. */
export function sortWritten(step: BuildStep): {
  readonly layer: FileChanges
  readonly caches: ReadonlyMap<string, FileChanges>
} {
  const layer: { [path: string]: FileNode | null } = {}
  const caches = new Map<string, { [path: string]: FileNode | null }>()
  for (const [path, node] of Object.entries(step.written)) {
    const mount = step.mounts.find(({ target }) => path === target || path.startsWith(`${target}/`))
    if (!mount) layer[path] = node
    else if (mount.cache !== undefined && path !== mount.target) {
      const part = caches.get(mount.cache) ?? {}
      part[path.slice(mount.target.length)] = node
      caches.set(mount.cache, part)
    }
  }
  return { layer, caches }
}

function filesOfStep(step: BuildStep): FileTree {
  const known = trees.get(step)
  if (known) return known
  const tree: { [path: string]: FileNode } = { ...filesOfImage({ layers: step.layers, root: step.root, config: {} }) }
  for (const { target, files } of step.mounts) {
    const single = files['']
    directories(tree, single ? target : `${target}/x`)
    if (single) tree[target] = single
    for (const [path, node] of Object.entries(files)) if (path !== '') tree[target + path] = node
  }
  directories(tree, `${step.cwd}/x`)
  for (const [path, node] of Object.entries(step.written)) {
    if (node) tree[path] = node
    else delete tree[path]
  }
  trees.set(step, tree)
  return tree
}

const trees = new WeakMap<BuildStep, FileTree>()

function directories(tree: { [path: string]: FileNode }, path: string): void {
  for (let cut = path.lastIndexOf('/'); cut > 0; cut = path.lastIndexOf('/', cut - 1))
    tree[path.slice(0, cut)] ??= { dir: true, at: 0 }
}

const BIN = /^\/(?:usr\/(?:local\/)?)?s?bin\/([^/]+)$/

/** The image that a step runs upon, with what it has installed itself so far. */
function imageOf(step: BuildStep): Image {
  const installed = Object.entries(step.written)
    .flatMap(([path, node]) => (node && isBinary(node) ? (BIN.exec(path)?.[1] ?? []) : []))
    .sort()
  let byPrograms = images.get(step.layers)
  if (!byPrograms) {
    byPrograms = new Map()
    images.set(step.layers, byPrograms)
  }
  const key = installed.join(' ')
  let image = byPrograms.get(key)
  if (!image) {
    image = runnableLayers({ layers: step.layers, root: step.root, config: {} }, installed)
    byPrograms.set(key, image)
  }
  return image
}

/** By layers and by what was installed upon them: a function of both. */
const images = new WeakMap<readonly Layer[], Map<string, Image>>()
