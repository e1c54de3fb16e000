import type { Answer, Controller, World } from '../../../kernel/index.ts'
import type { Stride } from '../../../shell/process.ts'
import { addImage, imageIdOf } from '../image/image.ts'
import { type Build, isOver } from './build.ts'
import { keep } from './cache.ts'
import { imageContent } from './export.ts'
import type { Vertex } from './graph.ts'
import { sourcesOf } from './planner.ts'
import { stepId } from './runStep.ts'
import { beginStep, layerUpon, placeOf } from './solve.ts'
import { under } from './stack.ts'
import { type BuildStep, sortWritten } from './step.ts'
import { done, fails } from './stepEvents.ts'
import { inputsOf } from './stepInputs.ts'

/** How many finished builds an engine remembers. */
const REMEMBERED = 12

/**
 * Builds images: begins every step as soon as what it needs is there, makes layers of what the commands wrote, and puts the image together.
 * Models: buildkit's solver with moby's exporter.
 */
export const buildsController: Controller = {
  name: 'docker.builds',
  watches: {
    'docker.Build': '*',
    'docker.BuildStep': ['Exited'],
    'shell.Process': ['Exited'],
  },
  wakes(event, world) {
    if (event.kind === 'shell.Process') {
      const { host, exitCode, pid } = event.data as Stride
      return pid === 1 && host.startsWith('docker.BuildStep/') ? `${host}\nexit\n${exitCode}` : undefined
    }
    if (event.kind === 'docker.BuildStep') return (world.get(event.to) as BuildStep | undefined)?.owner
    return event.type === 'after.exported' ? [event.to, `${event.to}\nexport`] : event.to
  },
  reconcile(id, world) {
    const [to = '', what, word] = id.split('\n')
    if (what === 'exit') {
      const step = world.get(to)
      return step?.state === 'running' ? [{ to, type: 'Exited', data: { exitCode: Number(word) } }] : undefined
    }
    const build = world.get(to) as Build | undefined
    if (!build) return undefined
    if (what === 'export') return addImage(world, build.owner, { ...imageContent(build), repoTags: build.tags })
    if (build.state === 'solving') return solve(build, world)
    return isOver(build) ? tidy(build, world) : undefined
  },
}

function solve(build: Build, world: World): readonly Answer[] {
  const answers: Answer[] = []
  for (const vertex of build.plan.vertices) {
    const record = build.steps[vertex.id]
    if (!record) {
      const needs = [...(vertex.parent === undefined ? [] : [vertex.parent]), ...sourcesOf(vertex.operation)]
      if (needs.every((id) => build.steps[id]?.layers !== undefined)) answers.push(...beginStep(build, vertex, world))
    } else if (record.status === 'running' && vertex.operation.is === 'run')
      answers.push(...finish(build, vertex, world))
  }
  if (build.plan.vertices.every(({ id }) => build.steps[id]?.layers !== undefined)) answers.push(exporting(build))
  return answers
}

/** What a command left behind becomes a layer, or the build fails. */
function finish(build: Build, vertex: Vertex, world: World): readonly Answer[] {
  const step = world.get(stepId(build, vertex)) as BuildStep | undefined
  if (step?.state !== 'exited' || vertex.operation.is !== 'run') return []
  const removed: Answer = { to: step.id, type: 'Removed', by: build.owner }
  if (step.exitCode !== 0) {
    const command = JSON.stringify(vertex.operation.argv.join(' '))
    return [
      fails(build, vertex, `process ${command} did not complete successfully: exit code: ${step.exitCode}`),
      removed,
    ]
  }
  const { layer: files, caches } = sortWritten(step)
  const layer = layerUpon(build, vertex, files, world.now)
  const key = build.steps[vertex.id]?.key ?? ''
  return [
    done(build, vertex, { ...under(build, vertex, layer), layer }),
    keep(build.owner, {
      type: 'regular',
      key,
      place: placeOf(vertex),
      description: vertex.name.replace(/^\[[^\]]*\] /, ''),
      inputs: inputsOf(build, vertex),
      layer,
      size: layer.size,
    }),
    ...[...caches].flatMap(([cache, changes]): Answer[] => {
      const record = keep(build.owner, {
        type: 'mount',
        key: cache,
        place: '',
        description: `cached mount of ${vertex.code}`,
      })
      const known = world.get(record.to) !== undefined
      return [...(known ? [] : [record]), { to: record.to, type: 'FilesChanged', data: { changes }, by: step.id }]
    }),
    removed,
  ]
}

function exporting(build: Build): Answer {
  const content = imageContent(build)
  const fresh = Object.values(build.steps).reduce(
    (sum, record) => sum + (record.status === 'done' ? (record.layer?.size ?? 0) : 0),
    0,
  )
  return {
    to: build.id,
    type: 'ExportBegan',
    by: build.owner,
    data: { imageId: imageIdOf(content), exportMs: 40 + Math.round(fresh / 250_000) },
  }
}

/** What is left of a build that is over: containers of steps that were still running, and builds too many. */
function tidy(build: Build, world: World): readonly Answer[] {
  const steps = world.ownedBy(build.id).filter(({ kind }) => kind === 'docker.BuildStep')
  const old = (world.ownedBy(build.owner).filter(({ kind }) => kind === 'docker.Build') as Build[])
    .filter(isOver)
    .sort((a, b) => b.born - a.born)
    .slice(REMEMBERED)
  return [
    ...steps.flatMap(({ id }): Answer[] => [
      ...world.ownedBy(id).map((process): Answer => ({ to: process.id, type: 'Signalled', data: { signal: 'KILL' } })),
      { to: id, type: 'Removed', by: build.owner },
    ]),
    ...old.map(({ id }): Answer => ({ to: id, type: 'Forgotten', by: build.owner })),
  ]
}
