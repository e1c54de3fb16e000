import type { World } from '../../../../kernel/index.ts'
import { instancesOf } from '../instance/containerInstance.ts'
import type { Task } from '../task/task.ts'
import type { Deployment } from './deployment.ts'
import type { Pass } from './pass.ts'
import type { Service } from './service.ts'
import { startedWords, startTasks } from './startTasks.ts'

/**
 * Evens out the zones of a service that is steady otherwise: starts a task where there are two fewer than elsewhere. The next look then
 * finds one too many, and stops it where there are most.
 * Models: Amazon ECS developer guide, "Balancing an Amazon ECS service across Availability Zones"
 */
export function rebalance(
  world: World,
  service: Service,
  primary: Deployment,
  live: readonly Task[],
  maxTotal: number,
  pass: Pass,
): boolean {
  const strategy = service.placementStrategy[0]
  const spread = strategy?.type === 'spread' && strategy.field === 'attribute:ecs.availability-zone'
  if (service.availabilityZoneRebalancing !== 'ENABLED' || !spread || live.length >= maxTotal || live.length < 2)
    return false
  const zones = new Map<string, number>()
  const instances = instancesOf(world, service.clusterId).filter(({ state }) => state === 'ACTIVE')
  for (const { zone } of instances) zones.set(zone, 0)
  for (const { zone = '' } of live) if (zones.has(zone)) zones.set(zone, (zones.get(zone) ?? 0) + 1)
  const sorted = [...zones].sort((a, b) => a[1] - b[1])
  const [least] = sorted
  const most = sorted.at(-1)
  if (!least || !most || most[1] - least[1] < 2) return false
  const among = new Set(instances.filter(({ zone }) => zone === least[0]).map(({ id }) => id))
  const { tasks, emit } = startTasks(world, service, primary.deploymentId, primary, 1, live, among)
  if (tasks.length === 0) return false
  pass.emit.push(...emit)
  const told = [...zones].map(([zone, count]) => `${count} tasks in ${zone}`).join(', ')
  pass.messages.push(
    `(service ${service.serviceName}) is not AZ balanced with ${told}. AZ Rebalancing in progress.`,
    ...startedWords(service, tasks),
  )
  pass.fields.steady = false
  return true
}
