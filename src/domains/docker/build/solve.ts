import { type Emission, stable, type World } from '../../../kernel/index.ts'
import type { FileNode, FileTree } from '../../../shell/index.ts'
import { startProcess } from '../../../shell/process.ts'
import { digestOf, findImage, pullTime, startProblem } from '../../containerd/index.ts'
import { findLocalImage } from '../image/image.ts'
import { chainOf, type Layer, makeLayer } from '../image/layer.ts'
import { filesOfImage, programsIn, runnableLayers } from '../image/runnable.ts'
import type { Build, StepData } from './build.ts'
import { type CacheRecord, cacheId, cacheOf, keep } from './cache.ts'
import { copied, type FilesOf, madeDirectory, NotFound, select, sumsOf } from './contents.ts'
import type { Operation, Source, Vertex } from './graph.ts'
import { reuseRule, type StepInputs } from './reuse.rule.ts'
import type { StepMount } from './step.ts'

/** The file system that a source is: its layers, and the catalogue image below. */
interface Stack {
  readonly layers: readonly Layer[]
  readonly root?: string | undefined
}

const EMPTY: Stack = { layers: [] }

/** Begins a step whose inputs are there: it is reused, or it runs. Models: buildkit solver/edge.go */
export function beginStep(build: Build, vertex: Vertex, world: World): readonly Emission[] {
  const { operation } = vertex
  const by = build.owner
  let inputs: StepInputs
  try {
    inputs = inputsOf(build, vertex)
  } catch (problem) {
    if (!(problem instanceof NotFound)) throw problem
    return [
      fails(
        build,
        vertex,
        `failed to compute cache key: failed to calculate checksum of ref ${refText(build, vertex)}: ${problem.message}`,
      ),
    ]
  }
  const key = digestOf(stable(inputs)).slice(7)
  const place = placeOf(build, vertex)
  const kept = cacheOf(world, by)
  const exact = world.get(cacheId(by, key)) as CacheRecord | undefined
  const present = operation.is === 'image' && findLocalImage(world, by, operation.reference) !== undefined
  const question = {
    inputs,
    before: exact?.inputs
      ? [exact.inputs]
      : kept.flatMap((record) => (record.place === place && record.inputs ? [record.inputs] : [])),
    noCache: vertex.noCache,
  }
  const verdict = world.decide(reuseRule, question)
  if ((verdict.reused && exact) || present) {
    const stack = operation.is === 'image' ? baseOf(build, operation) : under(build, vertex, exact?.layer)
    const data: StepData = { vertex: vertex.id, key, layer: exact?.layer, ...stack }
    return [
      { to: build.id, type: 'StepReused', by, rule: reuseRule.id, inputs: { command: inputs.command }, data },
      ...(exact ? [{ to: exact.id, type: 'Used', by }] : []),
    ]
  }
  const began: Emission = {
    to: build.id,
    type: 'StepBegan',
    by,
    rule: reuseRule.id,
    inputs: { command: inputs.command, why: verdict.why },
    data: { vertex: vertex.id, key, why: operation.is === 'image' ? undefined : verdict.why } satisfies StepData,
  }
  if (operation.is === 'run') return [began, ...runs(build, vertex, operation, world)]
  return [began, ...finishes(build, vertex, operation, key, place, inputs, world)]
}

/** The end of a step that the builder does itself. */
function finishes(
  build: Build,
  vertex: Vertex,
  operation: Exclude<Operation, { readonly is: 'run' }>,
  key: string,
  place: string,
  inputs: StepInputs,
  world: World,
): readonly Emission[] {
  const by = build.owner
  if (operation.is === 'image') {
    const found = findImage(world, operation.reference)
    const after = 'image' in found ? pullTime(found.image) : 400
    return [
      done(build, vertex, { ...baseOf(build, operation), after }),
      keep(
        by,
        { type: 'image', key, place, description: `pulled from ${operation.reference}@${operation.digest}`, inputs },
        after,
      ),
    ]
  }
  const tree = filesOf(build, vertex.parent).tree
  const after = operation.is === 'mkdir' ? 12 : 25 + Math.min(2000, Object.keys(inputs.files ?? {}).length * 2)
  const at = world.now + after
  const files =
    operation.is === 'mkdir'
      ? madeDirectory(operation.path, tree, at)
      : copied(
          operation,
          operation.items.map((item) => select(item, operation, (path) => filesOf(build, path.from))),
          tree,
          at,
        )
  const layer = layerUpon(build, vertex, files, at)
  return [
    done(build, vertex, { ...under(build, vertex, layer), layer, after }),
    keep(
      by,
      {
        type: 'regular',
        key,
        place,
        description: vertex.name.replace(/^\[[^\]]*\] /, ''),
        inputs,
        layer,
        size: layer.size,
      },
      after,
    ),
  ]
}

/** A layer upon those of a step's parent. */
export function layerUpon(
  build: Build,
  vertex: Vertex,
  files: { readonly [path: string]: FileNode | null },
  created: number,
): Layer {
  const createdBy = build.plan.history.flatMap((entry) =>
    entry.is === 'made' && entry.vertex === vertex.id ? [entry.createdBy] : [],
  )[0]
  return makeLayer(chainOf(stackOf(build, vertex.parent).layers), {
    createdBy: createdBy ?? vertex.code,
    comment: 'buildkit.dockerfile.v0',
    created,
    files,
  })
}

/** The layers of a step with its own on top. */
export function under(build: Build, vertex: Vertex, layer: Layer | undefined): Stack {
  const { layers, root } = stackOf(build, vertex.parent)
  return { layers: layer ? [...layers, layer] : layers, root }
}

/** The event of a step's end. */
export function done(build: Build, vertex: Vertex, data: Partial<StepData> & { readonly after?: number }): Emission {
  const { after = 0, ...rest } = data
  return {
    to: build.id,
    type: 'StepDone',
    by: build.owner,
    after,
    data: { vertex: vertex.id, ...rest } satisfies StepData,
  }
}

/** The event of a step's failure, in BuildKit's words. */
export function fails(build: Build, vertex: Vertex, message: string, after = 0): Emission {
  return {
    to: build.id,
    type: 'StepFailed',
    by: build.owner,
    after,
    data: { vertex: vertex.id, message } satisfies StepData,
  }
}

/** Stage and instruction. */
export function placeOf(_build: Build, vertex: Vertex): string {
  return `${vertex.stage}\n${vertex.operation.is === 'image' ? vertex.operation.reference : vertex.code}`
}

function baseOf(build: Build, operation: Operation & { readonly is: 'image' }): Stack {
  return build.plan.bases[operation.reference] ?? EMPTY
}

/** The layers of a source's file system. */
function stackOf(build: Build, source: Source): Stack {
  if (typeof source !== 'number') return EMPTY
  const record = build.steps[source]
  return record?.layers ? { layers: record.layers, root: record.root } : EMPTY
}

function filesOf(build: Build, source: Source): FilesOf {
  if (source === 'context') return { tree: build.context, programs: NONE }
  const { layers, root } = stackOf(build, source)
  const content = { layers, root, config: {} }
  return {
    tree: layers.length > 0 ? filesOfImage(content) : {},
    programs: layers.length > 0 ? programsIn(content) : NONE,
  }
}

const NONE: ReadonlySet<string> = new Set()

/** What a step's result depends upon; throws `NotFound`. */
export function inputsOf(build: Build, vertex: Vertex): StepInputs {
  const { operation } = vertex
  const parent = vertex.parent === undefined ? undefined : build.steps[vertex.parent]?.key
  switch (operation.is) {
    case 'image':
      return { command: `FROM ${operation.reference}@${operation.digest}` }
    case 'mkdir':
      return { parent, command: `WORKDIR ${operation.path} ${operation.user}`.trim() }
    case 'copy': {
      const files = Object.assign(
        {},
        ...operation.items.map((item) => sumsOf(select(item, operation, (path) => filesOf(build, path.from)))),
      ) as { [path: string]: string }
      const { items, excludes, is: _, ...rest } = operation
      const named = items.map((item) =>
        item.is === 'path'
          ? { path: item.path, parents: item.parents }
          : item.is === 'inline'
            ? { inline: item.name }
            : { url: item.url },
      )
      return { parent, command: `COPY ${stable({ ...rest, items: named, excludes })}`, files }
    }
    case 'run': {
      const mounts = operation.mounts.map(({ from: _, ...mount }) => mount)
      const files = Object.assign(
        {},
        ...operation.mounts
          .filter(({ type }) => type === 'bind')
          .map((mount) => {
            const { tree } = filesOf(build, mount.from)
            return sumsOf(
              Object.entries(below(tree, mount.source)).map(([path, node]) => ({
                below: `${mount.target}${path}`.slice(1),
                name: '',
                node,
                source: path,
              })),
            )
          }),
      ) as { [path: string]: string }
      const { argv, cwd, user, network, security, script } = operation
      return {
        parent,
        command: `RUN ${stable({ argv, cwd, user, network, security, script, mounts })}`,
        env: Object.fromEntries(operation.env),
        ...(Object.keys(files).length > 0 ? { files } : {}),
      }
    }
  }
}

/** The files at and below a path, by their path below it. */
function below(tree: FileTree, path: string): FileTree {
  const single = path === '/' ? undefined : tree[path]
  if (single && !single.dir) return { '': single }
  const prefix = path === '/' ? '' : path
  const found: { [path: string]: FileNode } = {}
  for (const [at, node] of Object.entries(tree)) if (at.startsWith(`${prefix}/`)) found[at.slice(prefix.length)] = node
  return found
}

/** The container of a RUN, and the process in it. */
function runs(
  build: Build,
  vertex: Vertex,
  operation: Operation & { readonly is: 'run' },
  world: World,
): readonly Emission[] {
  const { layers, root } = stackOf(build, vertex.parent)
  const mounts: StepMount[] = []
  const env: { [name: string]: string } = { HOME: '/root', ...Object.fromEntries(operation.env) }
  for (const mount of operation.mounts) {
    if (mount.type === 'bind')
      mounts.push({ target: mount.target, files: below(filesOf(build, mount.from).tree, mount.source) })
    else if (mount.type === 'tmpfs') mounts.push({ target: mount.target, files: {} })
    else if (mount.type === 'cache') {
      const cache = mountKey(mount.id)
      const record = world.get(cacheId(build.owner, cache)) as CacheRecord | undefined
      mounts.push({ target: mount.target, files: record?.files ?? {}, cache })
    } else if (mount.type === 'secret') {
      const text = build.secrets[mount.id]
      if (text === undefined) {
        if (mount.required) return [fails(build, vertex, `secret ${mount.id}: not found`)]
        continue
      }
      if (mount.env !== undefined) env[mount.env] = text
      if (mount.env === undefined || mount.target !== '')
        mounts.push({ target: mount.target, files: { '': { text, at: 0, mode: 0o400 } } })
    }
  }
  if (operation.script)
    mounts.push({ target: operation.script.path, files: { '': { text: operation.script.data, at: 0, mode: 0o755 } } })
  const image = runnableLayers({ layers, root, config: {} })
  const tree = filesOfImage({ layers, root, config: {} })
  const problem = startProblem(
    image,
    operation.argv,
    (path) => tree[path] !== undefined || mounts.some(({ target }) => target === path),
  )
  if (problem) {
    const what = problem.message.replace(/^.*?error during container init: /, '').replace(/: unknown$/, '')
    return [
      fails(
        build,
        vertex,
        `process ${JSON.stringify(operation.argv.join(' '))} did not complete successfully: runc run failed: unable to start container process: error during container init: ${what}`,
        60,
      ),
    ]
  }
  const id = stepId(build, vertex)
  return [
    {
      to: id,
      kind: 'docker.BuildStep',
      type: 'Began',
      by: build.owner,
      data: { owner: build.id, vertex: vertex.id, layers, root, env, cwd: operation.cwd, mounts, written: {} },
    },
    { ...startProcess(`${id}/1`, { host: id, pid: 1, argv: operation.argv }), by: build.owner, after: 80 },
  ]
}

export function mountKey(id: string): string {
  return `mount-${digestOf(id).slice(7, 31)}`
}

export function stepId(build: Build, vertex: Vertex): string {
  return `docker.BuildStep/${build.id.slice(build.id.indexOf('/') + 1)}/${vertex.id}`
}

/** A reference of the solver's own to a snapshot, as its errors show it. */
function refText(build: Build, vertex: Vertex): string {
  const letters = (text: string): string =>
    BigInt(`0x${digestOf(text).slice(7, 39)}`)
      .toString(36)
      .padStart(25, '0')
      .slice(0, 25)
  return `${letters(`${build.id} ${build.born}`)}::${letters(`${build.id} ${vertex.id}`)}`
}
