import type { Emission, World } from '../../../kernel/index.ts'
import { codepipelineExecution } from './execution.rule.ts'
import { executionEntityId, findExecution, type Pipeline, stageId } from './pipeline.ts'
import { isUnderWay, type Track, type TrackEvent, type TrackedExecution } from './track.ts'

/** What an event makes of a pipeline's executions, as events on the pipeline, on each execution that moves, and on the stages. */
export function moveEmissions(
  world: World,
  pipeline: Pipeline,
  event: TrackEvent,
  data: { readonly [field: string]: unknown } = {},
): readonly Emission[] {
  const next = world.decide(codepipelineExecution, { track: pipeline.track, event })
  const cited = { rule: codepipelineExecution.id, inputs: { mode: next.mode, event }, by: pipeline.id }
  const emissions: Emission[] = [{ to: pipeline.id, type: 'Advanced', data: { track: pruned(next) }, ...cited }]
  const known = pipeline.track.executions
  for (const [i, execution] of next.executions.entries()) {
    const before = known[i]?.id === execution.id ? known[i] : known.find(({ id }) => id === execution.id)
    // who has not moved is the same record still
    if (before === execution) continue
    const own = 'id' in event && event.id === execution.id ? data : {}
    emissions.push(...changes(world, pipeline, before, execution, next, own).map((one) => ({ ...one, ...cited })))
  }
  return emissions
}

function changes(
  world: World,
  pipeline: Pipeline,
  before: TrackedExecution | undefined,
  after: TrackedExecution,
  track: Track,
  data: { readonly [field: string]: unknown },
): readonly Emission[] {
  const to = executionEntityId(pipeline, after.id)
  const attempt = (findExecution(world, pipeline, after.id)?.attempt ?? 0) + 1
  const emissions: Emission[] = []
  const left = before?.stage !== undefined && before.stage !== after.stage ? stageId(pipeline, before.stage) : undefined
  const there = after.stage === undefined ? undefined : stageId(pipeline, after.stage)
  if (before?.status === 'Failed' && after.status === 'InProgress' && there !== undefined)
    return [
      { to, type: 'Retried', data: { attempt, ...data } },
      { to: there, type: 'Entered', data: { latest: to } },
    ]
  if (before?.status !== after.status && before !== undefined) {
    const type = after.status === 'Stopping' ? 'StopRequested' : after.status
    emissions.push({ to, type, data })
    if (after.status === 'Failed' && there !== undefined) emissions.push({ to: there, type: 'Failed' })
    if (after.status === 'Stopped' && left !== undefined) emissions.push({ to: left, type: 'Stopped' })
    if (after.status === 'Succeeded' && left !== undefined) emissions.push({ to: left, type: 'Succeeded' })
    return emissions
  }
  if (left !== undefined && after.status === 'InProgress') emissions.push({ to: left, type: 'Succeeded' })
  if (there !== undefined && before?.stage !== after.stage) {
    emissions.push({ to, type: 'Entered', data: { stage: after.stage, attempt } })
    emissions.push({ to: there, type: 'Entered', data: { latest: to } })
  } else if (after.status === 'InProgress' && there === undefined) {
    const stage = waitsFor(track, after.id)
    const known = findExecution(world, pipeline, after.id)
    if (stage !== undefined && !(known?.waits && known.stage === stage))
      emissions.push({ to, type: 'Waits', data: { stage } })
  }
  return emissions
}

function waitsFor(track: Track, id: string): string | undefined {
  return Object.entries(track.waiting).find(([, ids]) => ids.includes(id))?.[0]
}

/** Without what has ended; what failed stays while it may be retried. */
function pruned(track: Track): Track {
  if (track.executions.every(isUnderWay)) return track
  const busy = new Set(track.executions.flatMap(({ stage, status }) => (status === 'InProgress' ? [stage] : [])))
  const executions = track.executions.filter(
    (execution) => isUnderWay(execution) || (execution.status === 'Failed' && !busy.has(execution.stage)),
  )
  return executions.length === track.executions.length ? track : { ...track, executions }
}
