import type { Answer, World } from '../../../kernel/index.ts'
import type { EventRecord, Target } from './records.ts'
import type * as api from './types.generated.ts'

/** The event of a target that is under way or next. */
export function currentEvent(target: Target): EventRecord | undefined {
  return target.events.find(({ status }) => status === 'Pending' || status === 'InProgress')
}

/** Events that are still to come. */
export function pending(names: readonly string[]): readonly EventRecord[] {
  return names.map((name) => ({ name, status: 'Pending' }))
}

function changed(target: Target, name: string, more: Partial<EventRecord>): readonly EventRecord[] {
  return target.events.map((one) => (one.name === name ? { ...one, ...more } : one))
}

/** A target's event begins. */
export function beginEvent(target: Target, name: string, world: World, more: Partial<EventRecord> = {}): Answer {
  const events = changed(target, name, { status: 'InProgress', began: world.now, ...more })
  return { to: target.id, type: 'EventBegan', data: { events, script: 0, process: undefined, updated: world.now } }
}

/** A target's event ends well; with the last one the target is done. */
export function endEvent(target: Target, name: string, world: World, status = 'Succeeded'): readonly Answer[] {
  const diagnostics = { errorCode: 'Success', scriptName: '', message: status, logTail: '' }
  const began = target.events.find((one) => one.name === name)?.began ?? world.now
  const events = changed(target, name, { status, began, ended: world.now, diagnostics })
  const isLast = events.every((one) => one.status !== 'Pending' && one.status !== 'InProgress')
  const data = { events, script: 0, process: undefined, updated: world.now }
  return [
    { to: target.id, type: 'EventEnded', data },
    ...(isLast ? [{ to: target.id, type: 'Succeeded', data: { updated: world.now } }] : []),
  ]
}

/** A target's event fails, and what comes after it is not done. */
export function failEvent(target: Target, name: string, world: World, diagnostics: api.Diagnostics): readonly Answer[] {
  const events = changed(target, name, { status: 'Failed', ended: world.now, diagnostics }).map((one) =>
    one.status === 'Pending' ? { ...one, status: 'Skipped' } : one,
  )
  return [{ to: target.id, type: 'Failed', data: { events, process: undefined, updated: world.now } }]
}
