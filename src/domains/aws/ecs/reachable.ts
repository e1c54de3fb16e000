import type { World } from '../../../kernel/index.ts'
import {
  answer,
  type Container,
  containersOn,
  environmentOf,
  listens,
  published,
  serverOf,
  stationOf,
} from '../../docker/index.ts'
import { type Caller, type Door, defineReach, flows, type Reception, type Visit } from '../../traffic/index.ts'
import {
  findInstance,
  type Instance,
  instancesByAddress,
  instanceWorks,
  interfacesByAddress,
  type NetworkInterface,
} from '../ec2/index.ts'
import type { ContainerInstance } from './instance/containerInstance.ts'
import type { Task } from './task/task.ts'
import { containersOf } from './task/taskContainers.ts'

/** Private addresses behind which tasks listen: their own interfaces, and ports of the instances that they run on. */
defineReach({
  name: 'aws.ecs',
  kinds: ['docker.Container', 'aws.ecs.Task', 'docker.Engine'],
  stirs(event, world) {
    const entity = world.get(event.to)
    const task = entity?.kind === 'docker.Container' ? world.get((entity as Container).owner) : entity
    const address = task?.kind === 'aws.ecs.Task' ? addressOf(world, task as Task) : undefined
    return address === undefined ? undefined : [address]
  },
  door(world, ip, port, from) {
    if (from.inside !== true) return undefined
    const card = world.lookup(interfacesByAddress, ip)[0] as NetworkInterface | undefined
    if (card) return taskDoor(world, card, port, from)
    const machine = world.lookup(instancesByAddress, ip)[0] as Instance | undefined
    return machine && instanceWorks(machine, world) ? machineDoor(world, machine, port, from) : undefined
  },
})

/** The address that a task is reached at: of its own interface, or of its instance. */
function addressOf(world: World, task: Task): string | undefined {
  if (task.eni) return task.eni.ip
  const on = task.instance === undefined ? undefined : (world.get(task.instance) as ContainerInstance | undefined)
  return on && findInstance(world, on.region, on.ec2InstanceId)?.PrivateIpAddress
}

function taskDoor(world: World, card: NetworkInterface, port: number, from: Caller): Door | undefined {
  const task = world.get(card.of)
  if (task?.kind !== 'aws.ecs.Task') return undefined
  const on =
    (task as Task).instance === undefined
      ? undefined
      : (world.get((task as Task).instance ?? '') as ContainerInstance | undefined)
  const machine = on && findInstance(world, on.region, on.ec2InstanceId)
  if (machine && !instanceWorks(machine, world))
    return shut(task.id, 'timeout', 'Its instance has failed: nothing answers.')
  const all = containersOf(world, task.id)
  const container = all.find((one) => listens(world, one, port))
  if (container) return containerDoor(world, container, port, from)
  return shut(task.id, 'refused', `Nothing in the task listens on port ${port}: it refuses.`, opens(world, all, port))
}

function machineDoor(world: World, machine: Instance, port: number, from: Caller): Door | undefined {
  const engine = `docker.Engine/${machine.InstanceId}`
  if (!world.get(engine)) return undefined
  const found = published(world, engine, port)
  if (found && listens(world, found.container, found.port))
    return containerDoor(world, found.container, found.port, from)
  const inHost = containersOn(world, engine).filter(({ spec }) => spec.networkMode === 'host')
  const host = inHost.find((one) => listens(world, one, port))
  if (host) return containerDoor(world, host, port, from)
  const until = found ? opens(world, [found.container], found.port) : opens(world, inHost, port)
  return shut(machine.id, 'refused', `Nothing on the instance listens on port ${port}: it refuses.`, until)
}

/** When one of several containers begins to listen on a port by itself; infinite for never. */
function opens(world: World, containers: readonly Container[], port: number): number {
  let until = Number.POSITIVE_INFINITY
  for (const container of containers) {
    const server = serverOf(world, container)
    if (server?.ports.includes(port) && server.listensAt > world.now) until = Math.min(until, server.listensAt)
  }
  return until
}

function shut(at: string, is: 'refused' | 'timeout', says: string, until = Number.POSITIVE_INFINITY): Door {
  return {
    at,
    visit: () => ({ is, says, until }),
    route(_visit, share, horizon) {
      horizon.until = Math.min(horizon.until, until)
      return { to: at, share, fails: is }
    },
  }
}

function containerDoor(world: World, container: Container, port: number, from: Caller): Door {
  return {
    at: container.id,
    visit: (visit) => ask(world, container, port, visit, from),
    route(_visit, share) {
      const station = stationOf(world, container, port)
      if (!station) return { to: container.id, share, fails: container.state === 'paused' ? 'timeout' : 'refused' }
      return { to: container.id, share, station, calls: callsOf(world, container) }
    },
  }
}

/** URLs that its environment tells it of: the next tier, called once a request. */
function callsOf(world: World, container: Container): readonly string[] {
  return Object.values(environmentOf(world, container)).filter((value) => /^https?:\/\/[^$\s]+$/.test(value))
}

function ask(world: World, container: Container, port: number, visit: Visit, from: Caller): Reception {
  const headers: { [name: string]: string } = {}
  for (const [name, value] of Object.entries(visit.headers)) headers[name.toLowerCase()] = value
  const { method, path, host, body } = visit
  const request = { method, path, host, headers, from: from.ip, ...(body === undefined ? {} : { body }) }
  // A flow that is being worked out cannot ask how slow it makes the server.
  const load = visit.salt === 'flow' ? undefined : flows(world).load.get(container.id)
  const luck = (what: string) => world.draw('visit', what, container.id, from.id, world.revision, visit.salt ?? '')
  if (load && luck('lost') < load.errors)
    return {
      is: 'silent',
      says: `It is too busy (${Math.round(load.utilisation * 100)} % of what it can do): no answer comes in time.`,
    }
  const answered = answer(world, container, request, port, visit.from.id)
  if (answered === undefined) return { is: 'refused', says: `Nothing listens on port ${port}: it refuses.` }
  if (answered === 'silent') return { is: 'silent', says: 'It accepts the connection, and does not answer.' }
  const { status, body: text, headers: own, ms: usual = 1, changesAt } = answered.response
  const busy = load ? Math.round(luck('time') < 0.95 ? load.p50 : load.p95) : usual
  const ms = Math.max(usual, busy)
  return {
    is: 'answered',
    status,
    headers: own,
    body: text,
    ms,
    says: `It answers ${status} after ${ms} ms.`,
    emit: answered.emit,
    ...(changesAt === undefined ? {} : { until: (container.startedAt ?? 0) + changesAt }),
  }
}
