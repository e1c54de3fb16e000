export type ExecutionMode = 'SUPERSEDED' | 'QUEUED' | 'PARALLEL'
export type ExecutionStatus = 'InProgress' | 'Succeeded' | 'Failed' | 'Stopped' | 'Stopping' | 'Superseded'

/** Where a pipeline's executions are: in which stage, or in front of which. Plain JSON; `advance` gives the next one. */
export interface Track {
  readonly mode: ExecutionMode
  readonly stages: readonly string[]
  /** Every execution in order of its start. */
  readonly executions: readonly TrackedExecution[]
  /** Stages whose inbound transition is disabled. */
  readonly disabled: readonly string[]
  /** By stage: executions in front of it, in order of arrival. */
  readonly waiting: { readonly [stage: string]: readonly string[] }
}

export interface TrackedExecution {
  readonly id: string
  readonly status: ExecutionStatus
  /** The stage that it is in, or failed in; undefined while it waits and when it has ended. */
  readonly stage: string | undefined
  /** Whether it is for one stage alone: a rollback. */
  readonly only?: true | undefined
}

/** What happens to one execution, or to the transition into a stage. */
export type TrackEvent = ExecutionEvent | TransitionEvent

interface TransitionEvent {
  readonly type: 'disable' | 'enable'
  readonly stage: string
}

type ExecutionEvent =
  /** `stage` is where a rollback begins, and ends. */
  | { readonly type: 'start'; readonly id: string; readonly stage?: string }
  | {
      readonly type: 'succeed' | 'approve' | 'fail' | 'reject' | 'approvalTimeout' | 'retry'
      readonly id: string
    }
  | { readonly type: 'stop'; readonly id: string; readonly abandon?: boolean }

/** A pipeline without executions. */
export function emptyTrack(mode: ExecutionMode, stages: readonly string[]): Track {
  return { mode, stages, executions: [], disabled: [], waiting: {} }
}

/** What an event makes of the executions; afterwards all that may enter a stage have entered it. */
export function advance(track: Track, event: TrackEvent): Track {
  return admit(moved(track, event))
}

function moved(track: Track, event: TrackEvent): Track {
  if (isTransition(event)) {
    const others = track.disabled.filter((stage) => stage !== event.stage)
    return { ...track, disabled: event.type === 'disable' ? [...others, event.stage] : others }
  }
  if (event.type === 'start') {
    const executions: Track['executions'] = [
      ...track.executions,
      { id: event.id, status: 'InProgress', stage: undefined, ...(event.stage === undefined ? {} : { only: true }) },
    ]
    return arrive({ ...track, executions }, event.id, event.stage ?? track.stages[0])
  }
  return happened(track, event)
}

function isTransition(event: TrackEvent): event is TransitionEvent {
  return event.type === 'disable' || event.type === 'enable'
}

function happened(track: Track, event: Exclude<ExecutionEvent, { readonly type: 'start' }>): Track {
  const execution = track.executions.find(({ id }) => id === event.id)
  if (!execution) return track
  switch (event.type) {
    case 'succeed':
    case 'approve':
      return finish(track, execution)
    case 'retry':
      return retry(track, execution)
    case 'stop':
      return stop(track, execution, event.abandon ?? false)
    default:
      if (execution.stage === undefined || !isUnderWay(execution)) return track
      return put(track, { ...execution, status: execution.status === 'Stopping' ? 'Stopped' : 'Failed' })
  }
}

function finish(track: Track, execution: TrackedExecution): Track {
  const { stage, status } = execution
  if (stage === undefined || !isUnderWay(execution)) return track
  if (status === 'Stopping') return put(track, { ...execution, status: 'Stopped', stage: undefined })
  const next = track.stages[track.stages.indexOf(stage) + 1]
  if (next === undefined || execution.only) return put(track, { ...execution, status: 'Succeeded', stage: undefined })
  return arrive(put(track, { ...execution, stage: undefined }), execution.id, next)
}

/** A failed stage may be tried again while no other execution has entered it. */
function retry(track: Track, execution: TrackedExecution): Track {
  if (execution.status !== 'Failed' || execution.stage === undefined) return track
  if (track.mode !== 'PARALLEL' && occupant(track, execution.stage)) return track
  return put(track, { ...execution, status: 'InProgress' })
}

function stop(track: Track, execution: TrackedExecution, abandon: boolean): Track {
  if (!isUnderWay(execution)) return track
  if (!abandon && execution.stage !== undefined) return put(track, { ...execution, status: 'Stopping' })
  const waiting = Object.fromEntries(
    Object.entries(track.waiting).map(([stage, ids]) => [stage, ids.filter((id) => id !== execution.id)]),
  )
  return put({ ...track, waiting }, { ...execution, status: 'Stopped', stage: undefined })
}

/** Comes to stand in front of a stage; where newer ones supersede, only the newest stays there. */
function arrive(track: Track, id: string, stage: string | undefined): Track {
  if (stage === undefined) return track
  const there = [...(track.waiting[stage] ?? []), id]
  if (track.mode !== 'SUPERSEDED') return { ...track, waiting: { ...track.waiting, [stage]: there } }
  const order = track.executions.map((execution) => execution.id)
  const newest = there.reduce((a, b) => (order.indexOf(a) > order.indexOf(b) ? a : b))
  const executions = track.executions.map((execution) =>
    there.includes(execution.id) && execution.id !== newest
      ? { ...execution, status: 'Superseded' as const, stage: undefined }
      : execution,
  )
  return { ...track, executions, waiting: { ...track.waiting, [stage]: [newest] } }
}

/** Lets executions in: one where a stage holds only one, all in parallel mode. */
function admit(track: Track): Track {
  let now = track
  for (const stage of track.stages) {
    if (now.disabled.includes(stage)) continue
    for (;;) {
      const [first, ...rest] = now.waiting[stage] ?? []
      if (first === undefined || (now.mode !== 'PARALLEL' && occupant(now, stage))) break
      const execution = now.executions.find(({ id }) => id === first)
      now = { ...now, waiting: { ...now.waiting, [stage]: rest } }
      if (execution) now = put(now, { ...execution, stage })
    }
  }
  return now
}

function occupant(track: Track, stage: string): TrackedExecution | undefined {
  return track.executions.find((execution) => execution.stage === stage && isUnderWay(execution))
}

/** Whether it has not ended: in a stage, or in front of one. */
export function isUnderWay({ status }: TrackedExecution): boolean {
  return status === 'InProgress' || status === 'Stopping'
}

/** Puts a record in the place of the one with its id; all others stay the same records. */
function put(track: Track, changed: TrackedExecution): Track {
  const at = track.executions.findIndex(({ id }) => id === changed.id)
  if (at < 0) return track
  const executions = track.executions.slice()
  executions[at] = changed
  return { ...track, executions }
}
