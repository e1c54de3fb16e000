import type { Answer, World } from '../../../../kernel/index.ts'
import { chooseStops } from './chooseStops.ts'
import { EMPTY, fleetsOf } from './fleet.ts'
import { answersOf, type Pass, stop } from './pass.ts'
import { type Service, taskSetsOf } from './service.ts'
import { startedWords, startTasks, stopTask } from './startTasks.ts'
import { computedDesired } from './taskSet.ts'

/**
 * One look at a service whose deployments CodeDeploy or someone outside makes: every task set has its share of the tasks.
 * Models: ECS API CreateTaskSet, Scale
 */
export function taskSetPass(service: Service, world: World): readonly Answer[] {
  const sets = taskSetsOf(world, service.id)
  const { byName, stopping } = fleetsOf(
    world,
    service,
    sets.map((revision) => ({ name: revision.taskSetId, revision })),
  )
  const pass: Pass = { emit: [], messages: [], fields: {}, again: Number.POSITIVE_INFINITY }
  const live = [...byName.values()].flatMap((fleet) => fleet.live)
  if (service.state === 'DRAINING') {
    pass.emit.push(
      ...live.map((task) => stopTask(service, task, `Scaling activity initiated by (service ${service.serviceName})`)),
    )
    if (live.length === 0 && stopping.size === 0) {
      for (const { id, state } of sets) {
        if (state !== 'DRAINING') pass.emit.push({ to: id, type: 'Deleted' })
        pass.emit.push({ to: id, type: 'Drained' })
      }
      pass.emit.push({ to: service.id, type: 'Emptied', by: service.id })
    }
    return answersOf(service, pass)
  }
  let steady = true
  for (const set of sets) {
    const fleet = byName.get(set.taskSetId) ?? EMPTY
    const desired = computedDesired(set, service)
    const good = fleet.live.filter((task) => !fleet.ailing.has(task))
    const missing = desired - good.length
    const why = () => `Scaling activity initiated by (deployment ${set.taskSetId})`
    if (missing > 0) {
      const { tasks, emit, unplaced } = startTasks(world, service, set.taskSetId, set, missing, fleet.live)
      pass.emit.push(...emit)
      if (tasks.length > 0) pass.messages.push(...startedWords(service, tasks))
      if (unplaced !== service.unplaced) {
        pass.fields.unplaced = unplaced
        if (unplaced !== undefined) pass.messages.push(unplaced)
      }
      if (unplaced !== undefined) pass.again = 60_000
    } else if (missing < 0) stop(service, chooseStops(world, service, good, -missing), pass, why)
    for (const [task, reason] of fleet.ailing) stop(service, [task], pass, () => reason)
    const settled = fleet.healthy.length === desired && fleet.live.length === desired && !stopping.has(set.taskSetId)
    if (settled && set.stabilityStatus !== 'STEADY_STATE' && set.state !== 'DRAINING')
      pass.emit.push({ to: set.id, type: 'Stabilised', by: service.id })
    if (!settled && set.stabilityStatus === 'STEADY_STATE')
      pass.emit.push({ to: set.id, type: 'Unsettled', by: service.id })
    if (set.state === 'DRAINING' && fleet.live.length === 0 && !stopping.has(set.taskSetId))
      pass.emit.push({ to: set.id, type: 'Drained', by: service.id })
    if (!settled) {
      steady = false
      pass.again = Math.min(pass.again, fleet.wait > 0 ? fleet.wait : 10_000, 10_000)
    }
  }
  const strays = byName.get('')?.live ?? []
  stop(service, strays, pass, () => 'Scaling activity initiated by (deployment)')
  if (pass.messages.length > 0) pass.fields.steady = false
  else if (steady && !service.steady && sets.length > 0) {
    pass.messages.push(`(service ${service.serviceName}) has reached a steady state.`)
    pass.fields.steady = true
  }
  return answersOf(service, pass)
}
