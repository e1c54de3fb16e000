import type { Answer, Controller, Emission, World } from '../../../../kernel/index.ts'
import { installEngine } from '../../../docker/index.ts'
import { makeInterface, subnetOf } from '../../ec2/index.ts'
import type { ContainerInstance } from '../instance/containerInstance.ts'
import { hexId, uuid } from '../names.ts'
import { definitionOf, type Eni, type Task } from './task.ts'
import { taskShape } from './taskShape.ts'

/**
 * Makes what a task needs of its own before its agent can start it: a network interface, and on Fargate a machine that nobody sees.
 * Models: ECS task networking with the awsvpc network mode; Fargate's micro virtual machines
 */
export const provisioningController: Controller = {
  name: 'aws.ecs.provisioning',
  watches: { 'aws.ecs.Task': ['Requested', 'Placed', 'after.release', 'InstanceLost'] },
  wakes(event, world) {
    const task = world.get(event.to) as Task | undefined
    if (!task) return undefined
    if (event.into === 'STOPPED')
      return task.eni || (task.launchType === 'FARGATE' && task.engine) ? event.to : undefined
    return needsMaking(task) ? event.to : undefined
  },
  delay: (id, world) => {
    const task = world.get(id) as Task | undefined
    if (task?.state === 'STOPPED') return 0
    return task?.launchType === 'FARGATE'
      ? FARGATE_MS + Math.floor(FARGATE_SPREAD * world.draw(id, 'fargate'))
      : ENI_MS + Math.floor(ENI_SPREAD * world.draw(id, 'eni'))
  },
  reconcile(id, world) {
    const task = world.get(id) as Task | undefined
    if (!task) return undefined
    if (task.state === 'STOPPED') return release(task)
    if (task.state !== 'PROVISIONING' || !needsMaking(task)) return undefined
    return provide(task, world)
  },
}

/** ms until a network interface is attached to an instance. */
const ENI_MS = 2200
const ENI_SPREAD = 1600
/** ms until Fargate has a machine with a network interface. */
const FARGATE_MS = 9000
const FARGATE_SPREAD = 5000

function release({ eni, launchType, engine }: Task): readonly Answer[] {
  return [
    ...(eni ? [{ to: eni.entity, type: 'Deleted' }] : []),
    ...(launchType === 'FARGATE' && engine !== undefined ? [{ to: engine, type: 'Removed' }] : []),
  ]
}

function needsMaking(task: Task): boolean {
  return task.state === 'PROVISIONING' && (task.launchType === 'FARGATE' || task.instance !== undefined)
}

function provide(task: Task, world: World): readonly Answer[] {
  const shape = taskShape(definitionOf(world, task), task.overrides)
  const made = shape.eni ? interfaceFor(task, world) : undefined
  if (made !== undefined && 'error' in made)
    return [{ to: task.id, type: 'StartFailed', data: { stopCode: 'TaskFailedToStart', stoppedReason: made.error } }]
  const eni = made?.eni
  const own = eni ? { eni } : {}
  const attached = made?.emit ?? []
  if (task.launchType !== 'FARGATE') return [...attached, { to: task.id, type: 'Provisioned', data: own }]
  const host = `fargate-${task.taskId.slice(0, 12)}`
  const engine = installEngine({
    host,
    cpuMilli: Math.round((shape.cpu / 1024) * 1000),
    memory: shape.memory * 1_048_576,
    ip: eni?.ip ?? '169.254.172.2',
    owner: task.id,
  })
  return [...attached, engine, { to: task.id, type: 'Provisioned', data: { ...own, engine: engine.to } }]
}

/** An interface in one of the task's subnets that lies in its zone. */
function interfaceFor(
  task: Task,
  world: World,
): { readonly eni: Eni; readonly emit: readonly Emission[] } | { readonly error: string } {
  const { region, network, id: of } = task
  const ids = network?.subnets ?? []
  const instance = task.instance === undefined ? undefined : (world.get(task.instance) as ContainerInstance | undefined)
  const zone = instance?.zone ?? task.zone
  const fits = ids.filter((id) => subnetOf(world, region, id)?.AvailabilityZone === zone)
  const subnet = fits[Math.floor(world.draw(of, 'subnet') * fits.length)] ?? ids[0] ?? ''
  const order = makeInterface(world, {
    region,
    subnet,
    groups: network?.securityGroups,
    publicAddress: network?.assignPublicIp === 'ENABLED',
    description: `arn:aws:ecs:${region}:attachment/${task.taskId}`,
    of,
  })
  if ('error' in order)
    return {
      error: `Unexpected EC2 error while attempting to Create Network Interface in subnet '${subnet}': ${order.error.code}`,
    }
  const { made, emit } = order
  const hex = hexId(world, 10, 'mac', of)
  const mac = ['02', ...[0, 2, 4, 6, 8].map((at) => hex.slice(at, at + 2))].join(':')
  const eni = {
    attachmentId: uuid(world, 'attachment', of),
    entity: made.id,
    id: made.NetworkInterfaceId,
    ip: made.PrivateIpAddress,
    mac,
    subnet,
  }
  return { eni, emit }
}
