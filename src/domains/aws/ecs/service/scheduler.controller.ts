import type { Answer, Controller, World } from '../../../../kernel/index.ts'
import { ofCluster } from '../cluster/cluster.ts'
import type { Task } from '../task/task.ts'
import { servicesOfTargetGroup } from './balancing.ts'
import { daemonPass } from './daemonPass.ts'
import type { Deployment } from './deployment.ts'
import { rollingPass } from './rollingPass.ts'
import { type Service, servicesOfAlarm } from './service.ts'
import { taskSetPass } from './taskSetPass.ts'

/**
 * The service scheduler: makes the tasks of each service equal to what the service wants, within its percentages.
 * Models: Amazon ECS developer guide, "Service scheduler concepts"
 */
export const schedulerController: Controller = {
  name: 'aws.ecs.scheduler',
  watches: {
    'aws.ecs.Service': ['Created', 'Updated', 'Deleted'],
    'aws.ecs.Deployment': [
      'Began',
      'TaskFailed',
      'Failed',
      'Restored',
      'Shifted',
      'after.bake',
      'BakeBegan',
      'Superseded',
    ],
    'aws.ecs.TaskSet': ['Created', 'Scaled', 'Promoted', 'Demoted', 'Deleted'],
    'aws.ecs.Task': [
      'Started',
      'StopRequested',
      'StartFailed',
      'EssentialContainerExited',
      'InstanceLost',
      'ContainersStopped',
      'after.release',
      'TargetsRegistered',
    ],
    'aws.ecs.ContainerInstance': ['Registered', 'Activated', 'Drained', 'Deregistered', 'Updated'],
    'aws.ecs.Agent': ['Started', 'Stopped'],
    'docker.Container': ['HealthTurned'],
    'aws.elbv2.Target': '*',
    'aws.cloudwatch.Alarm': '*',
  },
  wakes(event, world) {
    switch (event.kind) {
      case 'aws.ecs.Service':
        return event.to
      case 'aws.ecs.Deployment':
      case 'aws.ecs.TaskSet':
        return (world.get(event.to) as Deployment | undefined)?.service
      case 'aws.ecs.Task': {
        const task = world.get(event.to) as Task | undefined
        if (task?.service !== undefined)
          return event.into === 'STOPPED' ? [task.service, ...unplacedServices(task.clusterId, world)] : task.service
        return task && (event.into === 'STOPPED' || event.into === 'DEPROVISIONING')
          ? unplacedServices(task.clusterId, world)
          : undefined
      }
      case 'docker.Container': {
        const owner = world.get(event.to)?.owner
        return owner?.startsWith('aws.ecs.Task/') ? (world.get(owner) as Task | undefined)?.service : undefined
      }
      case 'aws.elbv2.Target': {
        const group = (world.get(event.to) as unknown as { readonly group?: string } | undefined)?.group
        const arn =
          group === undefined ? undefined : (world.get(group) as unknown as { readonly arn?: string } | undefined)?.arn
        return arn === undefined
          ? undefined
          : world.lookup(servicesOfTargetGroup, arn).map((one) => (one as Deployment).service)
      }
      case 'aws.cloudwatch.Alarm':
        if (event.type === 'Sampled') return undefined
        return world.lookup(servicesOfAlarm, event.to.slice(event.to.lastIndexOf('/') + 1)).map(({ id }) => id)
      default:
        return servicesAround(event.kind ?? '', event.to, world)
    }
  },
  delay: (id, world) => THINKS + Math.floor(THINKS_SPREAD * world.draw(id, Math.floor(world.now / 1000), 'scheduler')),
  reconcile(id, world): readonly Answer[] | undefined {
    const service = world.get(id) as Service | undefined
    if (!service || service.state === 'INACTIVE') return undefined
    if (service.controller !== 'ECS') return taskSetPass(service, world)
    return service.schedulingStrategy === 'DAEMON' ? daemonPass(service, world) : rollingPass(service, world)
  },
}

/** ms from a change until the scheduler has acted upon it. */
const THINKS = 700
const THINKS_SPREAD = 900

/** Services of a cluster that wait for room. */
function unplacedServices(cluster: string, world: World): readonly string[] {
  const ids: string[] = []
  for (const entity of world.lookup(ofCluster, `aws.ecs.Service ${cluster}`))
    if ((entity as Service).unplaced !== undefined) ids.push(entity.id)
  return ids
}

function servicesAround(kind: string, id: string, world: World): readonly string[] {
  const instance = kind === 'aws.ecs.Agent' ? world.get(id)?.owner : id
  const cluster =
    instance === undefined
      ? undefined
      : (world.get(instance) as unknown as { readonly clusterId?: string } | undefined)?.clusterId
  if (cluster === undefined) return []
  return world
    .lookup(ofCluster, `aws.ecs.Service ${cluster}`)
    .flatMap((one) => (one.state === 'ACTIVE' ? [one.id] : []))
}
