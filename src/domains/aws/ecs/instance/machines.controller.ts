import type { Answer, Controller, World } from '../../../../kernel/index.ts'
import { ecsSettings, findInstance, INSTANCE, type Instance, instanceWorks, typeOf } from '../../ec2/index.ts'
import { clusterId } from '../names.ts'
import { type Task, tasksOfInstance } from '../task/task.ts'
import type { ContainerInstance } from './containerInstance.ts'
import { registerInstance } from './registerInstance.ts'

/**
 * What becomes of the EC2 instances that are to be container instances: when one has booted its agent starts and registers it with the
 * cluster that its user data name; when it stops, crashes or is terminated, engine and agent go with it, and its tasks are lost.
 * Models: the ECS-optimized AMI's ecs.service; ECS deregisters terminated instances by itself
 */
export const machinesController: Controller = {
  name: 'aws.ecs.machines',
  watches: {
    [INSTANCE]: ['after.launch', 'Crashed', 'Recovered', 'Stopped', 'Terminated', 'Rebooted', 'after.shutdown'],
    'place.Zone': '*',
  },
  wakes(event, world) {
    if (event.kind === INSTANCE) return event.to
    const ids: string[] = []
    for (const entity of world.all('aws.ecs.ContainerInstance')) {
      const { region, ec2InstanceId, zone } = entity as ContainerInstance
      const instance = event.to.endsWith(`/${zone}`) ? findInstance(world, region, ec2InstanceId) : undefined
      if (instance) ids.push(instance.id)
    }
    return ids
  },
  delay: (id, world) => {
    const instance = world.get(id) as Instance | undefined
    return instance?.state === 'running' && instanceWorks(instance, world)
      ? BOOTS + Math.floor(BOOTS_SPREAD * world.draw(id, instance.entry, 'boot'))
      : 0
  },
  reconcile(id, world) {
    const instance = world.get(id) as Instance | undefined
    if (!instance) return undefined
    const cluster = clusterWanted(instance)
    const known = containerInstanceOf(world, instance)
    if (cluster === undefined && !known) return undefined
    const engine = `docker.Engine/${instance.InstanceId}`
    const agent = `aws.ecs.Agent/${instance.region}/${instance.InstanceId}`
    if (instanceWorks(instance, world)) {
      if (!known) return cluster === undefined ? undefined : register(world, instance, cluster)
      return [
        ...(world.get(engine)?.state === 'Stopped' ? [{ to: engine, type: 'DaemonStarted' }] : []),
        ...(world.get(agent)?.state === 'Disconnected' ? [{ to: agent, type: 'Started' }] : []),
      ]
    }
    if (!known) return undefined
    return down(world, instance, known, engine, agent)
  },
}

/** ms from the machine's start until the agent has registered it. */
const BOOTS = 24_000
const BOOTS_SPREAD = 12_000

function clusterWanted({ userData, Tags }: Instance): string | undefined {
  const tagged = Tags.find(({ Key }) => Key === 'ECS_CLUSTER')?.Value
  return ecsSettings(userData).ECS_CLUSTER ?? tagged
}

function containerInstanceOf(world: World, instance: Instance): ContainerInstance | undefined {
  return (world.ownedBy(instance.id) as readonly ContainerInstance[]).find(
    ({ kind, state }) => kind === 'aws.ecs.ContainerInstance' && state !== 'INACTIVE',
  )
}

function register(world: World, instance: Instance, cluster: string): readonly Answer[] {
  if (world.get(clusterId(instance.region, cluster))?.state !== 'ACTIVE')
    return [{ to: instance.id, decline: `The ECS agent cannot register: there is no cluster ${cluster}.` }]
  const type = typeOf(instance)
  const settings = ecsSettings(instance.userData)
  const group = instance.Tags.find(({ Key }) => Key === 'aws:autoscaling:groupName')?.Value
  const { emit } = registerInstance(world, instance.region, cluster, {
    ec2InstanceId: instance.InstanceId,
    type: instance.InstanceType,
    zone: instance.Placement.AvailabilityZone,
    vcpus: type.vcpus,
    memoryMiB: type.memoryMiB,
    interfaces: type.interfaces,
    trunkInterfaces: type.trunkInterfaces,
    architecture: type.architecture,
    ip: instance.PrivateIpAddress,
    ami: instance.ImageId,
    vpc: instance.VpcId,
    subnet: instance.SubnetId,
    owner: instance.id,
    attributes: attributesOf(settings.ECS_INSTANCE_ATTRIBUTES),
    capacityProviderName: group === undefined ? undefined : providerOf(world, instance.region, group),
  })
  return emit
}

function attributesOf(text: string | undefined): { readonly [name: string]: string } {
  const found: { [name: string]: string } = {}
  for (const [, name = '', value = ''] of (text ?? '').matchAll(/"([^"]+)"\s*:\s*"([^"]*)"/g)) found[name] = value
  return found
}

/** The capacity provider of an Auto Scaling group. */
function providerOf(world: World, region: string, group: string): string | undefined {
  for (const entity of world.all('aws.ecs.CapacityProvider')) {
    const {
      name,
      autoScalingGroupProvider,
      region: of,
    } = entity as unknown as {
      readonly name: string
      readonly region: string
      readonly autoScalingGroupProvider: { readonly autoScalingGroupArn: string }
    }
    if (of === region && autoScalingGroupProvider.autoScalingGroupArn.endsWith(`autoScalingGroupName/${group}`))
      return name
  }
  return undefined
}

function down(
  world: World,
  instance: Instance,
  known: ContainerInstance,
  engine: string,
  agent: string,
): readonly Answer[] {
  const gone = instance.state === 'shutting-down' || instance.state === 'terminated'
  const stopped = instance.state === 'stopping' || instance.state === 'stopped'
  const words = gone ? 'terminated' : 'stopped'
  const lost =
    gone || stopped
      ? (world.lookup(tasksOfInstance, known.id) as readonly Task[]).map(({ id }) => ({
          to: id,
          type: 'InstanceLost',
          by: instance.id,
          data: {
            stopCode: instance.spot ? 'SpotInterruption' : 'TerminationNotice',
            stoppedReason: `Host EC2 (instance ${instance.InstanceId}) ${words}.`,
          },
        }))
      : []
  return [
    ...(world.get(engine)?.state === 'Running' ? [{ to: engine, type: 'DaemonStopped' }] : []),
    ...(world.get(agent)?.state === 'Connected' ? [{ to: agent, type: 'Stopped' }] : []),
    ...lost,
    ...(gone
      ? [
          { to: known.id, type: 'Deregistered' },
          { to: agent, type: 'Removed' },
          { to: engine, type: 'Removed' },
        ]
      : []),
  ]
}
