import { type Entity, EPOCH, type World } from '../../../../kernel/index.ts'
import { ofCluster } from '../cluster/cluster.ts'
import type { InstanceFacts } from '../clusterQuery.ts'
import { instanceArn, instanceId, lastPart } from '../names.ts'
import type { Candidate } from '../placement.ts'
import type * as api from '../types.generated.ts'
import { bookings } from './bookings.ts'

/** An instance with an ECS agent that has registered with a cluster. */
export interface ContainerInstance extends Entity {
  readonly region: string
  readonly clusterId: string
  readonly cluster: string
  /** 32 hex digits. */
  readonly instanceId: string
  readonly ec2InstanceId: string
  /** Id of its `docker.Engine`, and of its agent. */
  readonly engine: string
  readonly agent: string
  readonly zone: string
  readonly attributes: { readonly [name: string]: string }
  /** CPU units, MiB and GPUs that tasks may take. */
  readonly cpu: number
  readonly memory: number
  readonly gpu?: number | undefined
  /** How many awsvpc tasks its network interfaces are enough for. */
  readonly eniTasks: number
  readonly agentVersion: string
  readonly dockerVersion: string
  readonly registeredAt: number
  readonly capacityProviderName?: string | undefined
  readonly tags: readonly api.Tag[]
  readonly statusReason?: string | undefined
}

/** Ports of an instance that tasks cannot have. */
export const RESERVED_PORTS = ['22', '2375', '2376', '51678', '51679'] as const

/** A container instance by id or ARN, in the cluster that the request names. */
export function instanceNamed(
  world: World,
  region: string,
  cluster: string,
  text: string,
): ContainerInstance | undefined {
  const parts = text.split('/')
  const inCluster = parts.length === 3 ? (parts[1] ?? cluster) : cluster
  const found = world.get(instanceId(region, inCluster, lastPart(text))) as ContainerInstance | undefined
  return found?.state === 'INACTIVE' ? undefined : found
}

/** Whether its agent is in touch with the service. */
export function agentConnected(world: World, instance: Pick<ContainerInstance, 'agent'>): boolean {
  return world.get(instance.agent)?.state === 'Connected'
}

/** All that are registered with a cluster and not deregistered. */
export function instancesOf(world: World, cluster: string): readonly ContainerInstance[] {
  return (world.lookup(ofCluster, `aws.ecs.ContainerInstance ${cluster}`) as readonly ContainerInstance[]).filter(
    ({ state }) => state !== 'INACTIVE',
  )
}

/** The instances of a cluster as a placement sees them, with what is left on each. */
export function candidatesOf(world: World, cluster: string): readonly Candidate[] {
  const books = world.derived(bookings)
  return instancesOf(world, cluster).map((instance) => {
    const booked = books.get(instance.id)
    const connected = agentConnected(world, instance)
    return {
      id: instance.id,
      facts: factsOf(instance, connected),
      cpu: instance.cpu - (booked?.cpu ?? 0),
      memory: instance.memory - (booked?.memory ?? 0),
      gpu: (instance.gpu ?? 0) - (booked?.gpu ?? 0),
      enis: instance.eniTasks - (booked?.enis ?? 0),
      ports: booked?.ports.size ? new Set([...RESERVED, ...booked.ports.keys()]) : RESERVED,
      groups: booked?.groups ?? NO_GROUPS,
      tasks: booked?.tasks ?? 0,
      ...(instance.state !== 'ACTIVE' ? { closed: 'INACTIVE' } : connected ? {} : { closed: 'AGENT' }),
    }
  })
}

const RESERVED: ReadonlySet<string> = new Set(RESERVED_PORTS.map((port) => `${port}/tcp`))
const NO_GROUPS: ReadonlyMap<string, number> = new Map()

/** What the cluster query language may ask, tasks apart. */
export function factsOf(instance: ContainerInstance, connected: boolean): InstanceFacts {
  const known = facts.get(instance)
  if (known?.agentConnected === connected) return known
  const made: InstanceFacts = {
    attributes: instance.attributes,
    agentVersion: instance.agentVersion,
    agentConnected: connected,
    ec2InstanceId: instance.ec2InstanceId,
    registeredAt: new Date(EPOCH + instance.registeredAt).toISOString(),
  }
  facts.set(instance, made)
  return made
}

const facts = new WeakMap<ContainerInstance, InstanceFacts>()

/** A container instance as the API describes it. */
export function describeInstance(
  world: World,
  instance: ContainerInstance,
  include: readonly string[] = [],
): api.ContainerInstance {
  const { region, cluster, instanceId: id, attributes } = instance
  const booked = world.derived(bookings).get(instance.id)
  const resource = (name: string, integerValue: number): api.Resource => ({
    name,
    type: 'INTEGER',
    doubleValue: 0,
    longValue: 0,
    integerValue,
  })
  const ports = (name: string, stringSetValue: readonly string[]): api.Resource => ({
    name,
    type: 'STRINGSET',
    doubleValue: 0,
    longValue: 0,
    integerValue: 0,
    stringSetValue,
  })
  const taken = (protocol: string) =>
    [...(booked?.ports.keys() ?? [])].flatMap((port) => (port.endsWith(protocol) ? [port.split('/')[0] ?? ''] : []))
  const resources = (cpu: number, memory: number, gpu: number, tcp: readonly string[], udp: readonly string[]) => [
    resource('CPU', cpu),
    resource('MEMORY', memory),
    ports('PORTS', tcp),
    ports('PORTS_UDP', udp),
    ...(instance.gpu ? [resource('GPU', gpu)] : []),
  ]
  return {
    containerInstanceArn: instanceArn(region, cluster, id),
    ec2InstanceId: instance.ec2InstanceId,
    ...(instance.capacityProviderName === undefined ? {} : { capacityProviderName: instance.capacityProviderName }),
    version: instance.entry + (booked?.tasks ?? 0),
    versionInfo: {
      agentVersion: instance.agentVersion,
      agentHash: 'c2ed3ff4',
      dockerVersion: `DockerVersion: ${instance.dockerVersion}`,
    },
    remainingResources: resources(
      instance.cpu - (booked?.cpu ?? 0),
      instance.memory - (booked?.memory ?? 0),
      (instance.gpu ?? 0) - (booked?.gpu ?? 0),
      [...RESERVED_PORTS, ...taken('/tcp')],
      taken('/udp'),
    ),
    registeredResources: resources(instance.cpu, instance.memory, instance.gpu ?? 0, RESERVED_PORTS, []),
    status: instance.state,
    ...(instance.statusReason === undefined ? {} : { statusReason: instance.statusReason }),
    agentConnected: agentConnected(world, instance),
    runningTasksCount: booked?.running ?? 0,
    pendingTasksCount: (booked?.tasks ?? 0) - (booked?.running ?? 0),
    attributes: Object.entries(attributes).map(([name, value]) => (value === '' ? { name } : { name, value })),
    registeredAt: EPOCH + instance.registeredAt,
    attachments: [],
    tags: include.includes('TAGS') ? instance.tags : [],
  }
}
