import type { Face, Meter, World } from '../../../../kernel/index.ts'
import { idleUse } from '../../../docker/index.ts'
import { zoneId } from '../../../places/index.ts'
import { bookings } from '../instance/bookings.ts'
import { agentConnected, type ContainerInstance } from '../instance/containerInstance.ts'
import { type Task, tasksOfInstance } from '../task/task.ts'
import { containersOf } from '../task/taskContainers.ts'
import { regionFlag } from './words.ts'

/** A container instance: a box with two meters and the tasks that run on it. */
export const instanceFace: Face<ContainerInstance> = {
  label: 'Container instance',
  plural: 'Container instances',
  pictogram: 'instance',
  shape: 'host',
  within: (instance, world) =>
    instance.state === 'INACTIVE'
      ? null
      : world.get(zoneId(instance.zone))
        ? zoneId(instance.zone)
        : instance.clusterId,
  look(instance, world) {
    const booked = world.derived(bookings).get(instance.id)
    const connected = agentConnected(world, instance)
    const well = connected && instance.state === 'ACTIVE'
    const cpu = instance.cpu - (booked?.cpu ?? 0)
    const memory = instance.memory - (booked?.memory ?? 0)
    return {
      title: instance.ec2InstanceId,
      note: instance.attributes['ecs.instance-type'],
      tone: !connected ? 'err' : instance.state === 'DRAINING' ? 'warn' : 'ok',
      word: !connected ? 'Agent lost' : instance.state === 'DRAINING' ? 'Draining' : 'Active',
      detail: connected ? undefined : 'Its agent is not connected: what runs goes on, nothing new starts.',
      meters: meters(instance, world, booked?.cpu ?? 0, booked?.memory ?? 0),
      free: well ? `${cpu} CPU, ${memory} MiB free` : undefined,
      facts: [
        ['cluster', instance.cluster],
        ['zone', instance.zone],
        ['tasks', `${booked?.tasks ?? 0}`],
        ['CPU units', `${cpu} of ${instance.cpu} left`],
        ['memory', `${memory} of ${instance.memory} MiB left`],
        ['network interfaces', `${instance.eniTasks - (booked?.enis ?? 0)} of ${instance.eniTasks} left`],
        ['agent', `${instance.agentVersion}, ${connected ? 'connected' : 'not connected'}`],
      ],
    }
  },
  actions(instance, world) {
    const at = `--cluster ${instance.cluster} --container-instances ${instance.instanceId}${regionFlag(instance.region)}`
    const connected = agentConnected(world, instance)
    return [
      instance.state === 'DRAINING'
        ? { id: 'activate', label: 'Activate', line: `aws ecs update-container-instances-state --status ACTIVE ${at}` }
        : { id: 'drain', label: 'Drain', line: `aws ecs update-container-instances-state --status DRAINING ${at}` },
      connected
        ? {
            id: 'agent',
            label: 'Stop its ECS agent',
            line: `lab ecs fault agent ${instance.ec2InstanceId}`,
            sort: 'fault' as const,
          }
        : { id: 'agent', label: 'Start its ECS agent', line: `lab ecs heal agent ${instance.ec2InstanceId}` },
      {
        id: 'crash',
        label: 'Crash the machine',
        line: `lab ec2 crash ${instance.ec2InstanceId}`,
        sort: 'fault' as const,
      },
      {
        id: 'deregister',
        label: 'Deregister',
        line: `aws ecs deregister-container-instance --cluster ${instance.cluster} --container-instance ${instance.instanceId} --force${regionFlag(instance.region)}`,
        sort: 'danger' as const,
      },
    ]
  },
  changes({ instanceId, ec2InstanceId, cluster, region, state }) {
    const at = `--cluster ${cluster} --container-instances ${instanceId}${regionFlag(region)}`
    const line = (status: string) => `aws ecs update-container-instances-state --status ${status} ${at}`
    return state === 'DRAINING'
      ? [{ label: `Activate ${ec2InstanceId}`, line: line('ACTIVE') }]
      : [{ label: `Drain ${ec2InstanceId}`, line: line('DRAINING') }]
  },
  marks: { Registered: 'state', Drained: 'state', Deregistered: 'alert' },
}

function meters(instance: ContainerInstance, world: World, cpu: number, memory: number): readonly Meter[] {
  let milli = 0
  let bytes = 0
  for (const task of world.lookup(tasksOfInstance, instance.id) as readonly Task[])
    for (const container of containersOf(world, task.id)) {
      const use = idleUse(world, container)
      milli += use.milli
      bytes += use.bytes
    }
  return [
    {
      label: 'CPU',
      requested: cpu,
      used: Math.round(milli * 1.024),
      of: instance.cpu,
      text: `${cpu} of ${instance.cpu}`,
    },
    {
      label: 'Mem',
      requested: memory,
      used: Math.round(bytes / 1_048_576),
      of: instance.memory,
      text: `${memory} of ${instance.memory} MiB`,
    },
  ]
}
