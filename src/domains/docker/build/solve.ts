import { type Emission, stable, type World } from '../../../kernel/index.ts'
import type { FileNode } from '../../../shell/index.ts'
import { digestOf, findImage, pullTime } from '../../containerd/index.ts'
import { findLocalImage } from '../image/image.ts'
import { chainOf, type Layer, makeLayer } from '../image/layer.ts'
import type { Build, StepData } from './build.ts'
import { type CacheRecord, cacheId, cacheOf, keep } from './cache.ts'
import { copied, madeDirectory, NotFound, select } from './contents.ts'
import type { Operation, Vertex } from './graph.ts'
import { reuseRule, type StepInputs } from './reuse.rule.ts'
import { runStep } from './runStep.ts'
import { baseOf, filesOf, stackOf, under } from './stack.ts'
import { done, fails } from './stepEvents.ts'
import { inputsOf } from './stepInputs.ts'

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
  const place = placeOf(vertex)
  const kept = cacheOf(world, by)
  const exact = world.get(cacheId(by, key)) as CacheRecord | undefined
  const here = kept.filter((record) => record.place === place && record.inputs)
  const present = operation.is === 'image' && findLocalImage(world, by, operation.reference) !== undefined
  const question = {
    inputs,
    before: exact?.inputs ? [exact.inputs] : here.flatMap((record) => record.inputs ?? []),
    noCache: vertex.noCache,
  }
  const verdict = world.decide(reuseRule, question)
  // One who is mistaken about the rule reuses what was made from other inputs: the newest result of this step.
  const reused = exact ?? (verdict.reused ? here[0] : undefined)
  if ((verdict.reused && reused) || present) {
    const stack = operation.is === 'image' ? baseOf(build, operation) : under(build, vertex, reused?.layer)
    const data: StepData = { vertex: vertex.id, key: reused?.key ?? key, layer: reused?.layer, ...stack }
    return [
      { to: build.id, type: 'StepReused', by, rule: reuseRule.id, inputs: { command: inputs.command }, data },
      ...(reused ? [{ to: reused.id, type: 'Used', by }] : []),
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
  if (operation.is === 'run') return [began, ...runStep(build, vertex, operation, world)]
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

/** Stage and instruction. */
export function placeOf(vertex: Vertex): string {
  return `${vertex.stage}\n${vertex.operation.is === 'image' ? vertex.operation.reference : vertex.code}`
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
