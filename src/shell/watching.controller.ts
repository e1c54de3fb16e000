import type { Controller } from '../kernel/controller.ts'
import { defineIndex } from '../kernel/derived.ts'
import type { Process } from './process.ts'

/** Processes by the kinds whose change they wait for. */
export const watchers = defineIndex('shell.watchers', ['shell.Process'], (entity) => (entity as Process).kinds)

/** Models: the watch of an API client: a process that waits for a change is woken once the events of that instant have settled. */
export const watchingController: Controller = {
  name: 'shell.watching',
  watches: { '*': '*', 'shell.Process': [] },
  wakes: (event, world) => (event.kind === undefined ? undefined : world.derived(watchers).get(event.kind)),
  delay: () => 1,
  reconcile(id, world) {
    const process = world.get(id) as Process | undefined
    return process?.state === 'Waiting' && process.kinds.length > 0
      ? [{ to: id, type: 'Noticed', data: { change: true } }]
      : undefined
  },
}
