import type { Answer, World } from '../../../../kernel/index.ts'
import type { TaskDefinition } from '../definition/taskDefinition.ts'
import { deploymentBounds } from '../deploymentBounds.rule.ts'
import { instancesOf } from '../instance/containerInstance.ts'
import { launchTask } from '../task/launchTask.ts'
import { beginPlacing } from '../task/placeTasks.ts'
import { LIVE, type Task, tasksOfService } from '../task/task.ts'
import { failing, giveUp } from './failing.ts'
import { SETTLES } from './fleet.ts'
import { answersOf, type Pass, stop } from './pass.ts'
import { deploymentsOf, type Service } from './service.ts'
import { startedWords, stopTask, unplacedWords } from './startTasks.ts'

/**
 * One look at a DAEMON service: one task on every active instance that meets the constraints; old ones make way within the minimum.
 * Models: Amazon ECS developer guide, "Daemon"; before it, the daemon scheduler of Blox did the same from outside
 */
export function daemonPass(service: Service, world: World): readonly Answer[] {
  const deployments = deploymentsOf(world, service.id)
  const primary = deployments.find(({ status }) => status === 'PRIMARY')
  const all = world.lookup(tasksOfService, service.id) as readonly Task[]
  const live = all.filter(({ state }) => LIVE.has(state))
  if (service.state === 'DRAINING' || !primary) return drained(service, world, live, all.length)
  const why = failing(world, service, primary)
  if (why) return giveUp(world, service, primary, why)
  const definition = world.get(primary.definition) as TaskDefinition
  const pass: Pass = { emit: [], messages: [], fields: {}, again: Number.POSITIVE_INFINITY }
  const byInstance = new Map(live.map((task) => [task.instance, task]))
  const wish = {
    cluster: { id: service.clusterId },
    definition,
    group: `service:${service.serviceName}`,
    strategies: [],
    constraints: service.placementConstraints,
  }
  const started: string[] = []
  const stops: Task[] = []
  let wanted = 0
  let lack: string | undefined
  for (const instance of instancesOf(world, service.clusterId)) {
    const placing = beginPlacing(world, { ...wish, among: new Set([instance.id]) })
    const refusal = placing.refusalOf(instance.id)
    const there = byInstance.get(instance.id)
    if (instance.state !== 'ACTIVE' || refusal === 'memberOf') {
      if (there && refusal === 'memberOf') stops.push(there)
      continue
    }
    wanted++
    if (there) {
      if (there.deployment !== primary.deploymentId) stops.push(there)
      continue
    }
    if (primary.state === 'FAILED') continue
    const place = placing.next(instance.id)
    if (!place) {
      lack ??= unplacedWords(world, service, placing.failure())
      continue
    }
    const made = launchTask(
      world,
      {
        region: service.region,
        clusterId: service.clusterId,
        cluster: service.cluster,
        definition,
        group: wish.group,
        startedBy: primary.deploymentId,
        launchType: 'EC2',
        service: service.id,
        deployment: primary.deploymentId,
        by: service.id,
        ...(primary.network ? { network: primary.network } : {}),
      },
      place,
      primary.deploymentId,
      world.revision,
      instance.id,
    )
    started.push(made.taskId)
    pass.emit.push(...made.emit)
  }
  if (wanted !== service.desiredCount)
    pass.emit.push({ to: service.id, type: 'Updated', by: service.id, data: { desiredCount: wanted } })
  if (started.length > 0) {
    pass.messages.push(...startedWords(service, started))
    pass.fields.steady = false
  }
  if (lack !== service.unplaced) {
    pass.fields.unplaced = lack
    if (lack !== undefined) pass.messages.push(lack)
  }
  const { minRunning } = world.decide(deploymentBounds, {
    desired: wanted,
    minHealthyPercent: service.deploymentConfiguration.minimumHealthyPercent ?? 0,
    maxPercent: 100,
  })
  const running = live.filter(
    ({ state, startedAt }) =>
      state === 'RUNNING' && startedAt !== undefined && (world.now - startedAt >= SETTLES || minRunning === 0),
  )
  stop(
    service,
    stops.slice(0, Math.max(0, running.length - minRunning)),
    pass,
    () => `Scaling activity initiated by (deployment ${primary.deploymentId})`,
  )
  const mine = live.filter(({ deployment, state }) => deployment === primary.deploymentId && state === 'RUNNING')
  const settled = mine.filter(({ startedAt = 0 }) => world.now - startedAt >= SETTLES)
  if (
    settled.length === wanted &&
    live.length === wanted &&
    all.length === live.length &&
    pass.messages.length === 0 &&
    wanted > 0
  ) {
    if (primary.state === 'IN_PROGRESS') {
      pass.emit.push({
        to: primary.id,
        type: 'Completed',
        by: service.id,
        data: { rolloutStateReason: `ECS deployment ${primary.deploymentId} completed.` },
      })
      pass.messages.push(`(service ${service.serviceName}) (deployment ${primary.deploymentId}) deployment completed.`)
    }
    if (!service.steady) {
      pass.messages.push(`(service ${service.serviceName}) has reached a steady state.`)
      pass.fields.steady = true
    }
  } else if (live.length > 0) pass.again = 10_000
  for (const one of deployments)
    if (one.state === 'REPLACED' && !all.some(({ deployment }) => deployment === one.deploymentId))
      pass.emit.push({ to: one.id, type: 'Drained', by: service.id })
  return answersOf(service, pass)
}

function drained(service: Service, world: World, live: readonly Task[], left: number): readonly Answer[] {
  if (live.length > 0)
    return live.map((task) => stopTask(service, task, `Scaling activity initiated by (service ${service.serviceName})`))
  if (left > 0) return []
  return [
    ...deploymentsOf(world, service.id).flatMap(({ id, state }) => [
      ...(state === 'REPLACED' ? [] : [{ to: id, type: 'Superseded' }]),
      { to: id, type: 'Drained' },
    ]),
    { to: service.id, type: 'Emptied', by: service.id },
  ]
}
