import type { World } from '../../../kernel/index.ts'
import { type Container, idleUse } from '../../docker/index.ts'
import { flows } from '../../traffic/index.ts'
import type { Datum, Dimensions, MetricSource } from '../core/index.ts'
import type { Cluster } from './cluster/cluster.ts'
import { bookings } from './instance/bookings.ts'
import { type ContainerInstance, instancesOf } from './instance/containerInstance.ts'
import type { Service } from './service/service.ts'
import { type Task, tasksOfService } from './task/task.ts'
import { containersOf } from './task/taskContainers.ts'

const MIB = 1_048_576

/** What ECS measures: what services use of what their tasks have reserved, and what clusters have reserved of what their instances have. */
export const metrics: readonly MetricSource[] = [
  {
    namespace: 'AWS/ECS',
    list: (world) => [
      ...services(world).flatMap((service) =>
        ['CPUUtilization', 'MemoryUtilization'].map((name) => ({ name, dimensions: dimensionsOf(service) })),
      ),
      ...clusters(world).flatMap(({ clusterName }) =>
        ['CPUReservation', 'MemoryReservation'].map((name) => ({ name, dimensions: { ClusterName: clusterName } })),
      ),
    ],
    now(name, dimensions, period, world) {
      const { ClusterName, ServiceName } = dimensions
      if (ServiceName === undefined) return reservation(name, ClusterName, period, world)
      const service = services(world).find((one) => one.serviceName === ServiceName && one.cluster === ClusterName)
      return service && utilization(name, service, period, world)
    },
  },
]

function services(world: World): readonly Service[] {
  return ([...world.all('aws.ecs.Service')] as unknown as readonly Service[]).filter(({ state }) => state === 'ACTIVE')
}

function clusters(world: World): readonly Cluster[] {
  return ([...world.all('aws.ecs.Cluster')] as unknown as readonly Cluster[]).filter(({ state }) => state === 'ACTIVE')
}

function dimensionsOf({ cluster, serviceName }: Service): Dimensions {
  return { ClusterName: cluster, ServiceName: serviceName }
}

/** CPU and memory in use by a task: CPU in units (1,024 a vCPU), memory in MiB. */
export function useOf(world: World, task: Task): { readonly cpu: number; readonly memory: number } {
  const { load } = flows(world)
  let milli = 0
  let bytes = 0
  for (const container of containersOf(world, task.id) as readonly Container[]) {
    const idle = idleUse(world, container)
    milli += idle.milli + (load.get(container.id)?.cpuMilli ?? 0)
    bytes += idle.bytes
  }
  return { cpu: milli * 1.024, memory: bytes / MIB }
}

function utilization(name: string, service: Service, period: number, world: World): Datum | undefined {
  const shares: number[] = []
  for (const task of world.lookup(tasksOfService, service.id) as readonly Task[]) {
    if (task.state !== 'RUNNING') continue
    const use = useOf(world, task)
    const reserved = name === 'CPUUtilization' ? task.takes.cpu : task.takes.memory
    const used = name === 'CPUUtilization' ? use.cpu : use.memory
    if (reserved > 0) shares.push((100 * used) / reserved)
  }
  return shares.length === 0 ? undefined : datum(shares, period)
}

function reservation(name: string, cluster: string | undefined, period: number, world: World): Datum | undefined {
  const found = clusters(world).find(({ clusterName }) => clusterName === cluster)
  const instances: readonly ContainerInstance[] = found ? instancesOf(world, found.id) : []
  if (instances.length === 0) return undefined
  const books = world.derived(bookings)
  const sum = (of: (instance: ContainerInstance) => number) => instances.reduce((total, one) => total + of(one), 0)
  const share =
    name === 'CPUReservation'
      ? sum(({ id }) => books.get(id)?.cpu ?? 0) / sum(({ cpu }) => cpu)
      : sum(({ id }) => books.get(id)?.memory ?? 0) / sum(({ memory }) => memory)
  return datum([100 * share], period)
}

function datum(values: readonly number[], period: number): Datum {
  const minutes = Math.max(1, Math.round(period / 60))
  return {
    sampleCount: values.length * minutes,
    sum: values.reduce((total, value) => total + value, 0) * minutes,
    minimum: Math.min(...values),
    maximum: Math.max(...values),
    unit: 'Percent',
  }
}
