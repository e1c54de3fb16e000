import { swarmId } from './identity.ts'
import { sameTasks } from './service.ts'
import type { UpdateConfig } from './serviceSpec.ts'
import type { Look } from './slots.ts'
import { isTerminal, type Task } from './task.ts'

/**
 * Replaces tasks that are not as the service wants them: as many at once as its update allows, and stops, goes on or rolls back when too
 * many new ones fail. Models: swarmkit manager/orchestrator/update/updater.go
 */
export function updateTasks(look: Look, slots: readonly string[]): void {
  const { service, world } = look
  const clean = (task: Task): boolean => sameTasks(task.spec, service.spec)
  const dirty = slots.filter((slot) => {
    const live = look.live(slot)
    return live.length > 0 && !look.live(slot).some(clean)
  })
  if (service.state === 'steady') {
    if (dirty.length > 0) look.emit({ to: service.id, type: 'UpdateStarted', data: { slots: dirty.length } })
    return
  }
  const rolling = service.state === 'rollingBack'
  if (service.state !== 'updating' && !rolling) return
  const config: UpdateConfig = rolling ? service.spec.rollback : service.spec.update
  const began = service.updateStatus?.startedAt ?? service.since
  const ours = [...look.slots.values()].flat().filter((task) => task.update === began)
  for (const slot of slots) retireOld(look, slot, clean)
  if (failedTooOften(look, ours, config, rolling)) return
  const busy = slots.filter((slot) => {
    const task = ours.filter((one) => one.slot === slot).at(-1)
    return task !== undefined && !settled(task, config.delay, world.now, look)
  })
  const places = config.parallelism === 0 ? dirty.length : config.parallelism - busy.length
  for (const slot of dirty.slice(0, Math.max(0, places))) replace(look, slot, config, began)
  if (dirty.length > 0) return
  const ends = Math.max(0, ...ours.map((task) => endOf(task, config.monitor)))
  if (ours.some((task) => look.wanted(task) && !isTerminal(task) && task.runningAt === undefined)) return
  if (ends > world.now) look.again(ends - world.now)
  else look.emit({ to: service.id, type: rolling ? 'RollbackCompleted' : 'UpdateCompleted' })
}

function endOf(task: Task, ms: number): number {
  return (isTerminal(task) ? task.since : (task.runningAt ?? Number.POSITIVE_INFINITY)) + ms
}

/** Whether the delay behind a replaced task is over; asks to look again when it is not. */
function settled(task: Task, delay: number, now: number, look: Look): boolean {
  const at = endOf(task, delay)
  if (at <= now) return true
  if (at < Number.POSITIVE_INFINITY) look.again(at - now)
  return false
}

/** With start-first the old task goes when the new one runs. */
function retireOld(look: Look, slot: string, clean: (task: Task) => boolean): void {
  const live = look.live(slot)
  if (!live.some((task) => clean(task) && task.state === 'running')) return
  for (const task of live) if (!clean(task)) look.turn(task, 'shutdown')
}

function replace(look: Look, slot: string, config: UpdateConfig, update: number): void {
  const old = look.live(slot)
  if (config.order === 'start-first') {
    look.make(slot, { desired: 'running', update })
    return
  }
  for (const task of old) look.turn(task, 'shutdown')
  const last = old.at(-1)
  look.make(slot, { desired: 'ready', update, ...(last && !look.over(last) ? { after: last.id } : {}) })
}

/** Acts on failures of new tasks; true when the update does not go on. */
function failedTooOften(look: Look, ours: readonly Task[], config: UpdateConfig, rolling: boolean): boolean {
  const { service } = look
  const failures = ours.filter(
    (task) =>
      (task.state === 'failed' || task.state === 'rejected') &&
      (task.runningAt === undefined || task.since - task.runningAt <= config.monitor),
  )
  const slots = Math.max(1, service.updateStatus?.slots ?? 1)
  const last = failures.at(-1)
  if (!last || failures.length / slots <= config.maxFailureRatio || config.failureAction === 'continue') return false
  const inputs = { failures: failures.length, slots, maxFailureRatio: config.maxFailureRatio }
  const of = `due to failure or early termination of task ${swarmId(last)}`
  if (rolling) look.emit({ to: service.id, type: 'RollbackPaused', data: { message: `rollback paused ${of}` }, inputs })
  else if (config.failureAction === 'rollback' && service.previous)
    look.emit({
      to: service.id,
      type: 'RollbackStarted',
      data: { message: `update rolled back ${of}`, slots: look.slots.size },
      inputs,
    })
  else look.emit({ to: service.id, type: 'UpdatePaused', data: { message: `update paused ${of}` }, inputs })
  return true
}
