import type { Emission, World } from '../../../kernel/index.ts'
import { type Call, type Done, fail, type Options, type Program, readOptions } from '../../../shell/index.ts'
import { isAlive } from '../../docker/index.ts'
import { callService, REGION, servicePrincipal } from '../core/index.ts'
import { defaultNetwork, instanceType, launch, machineImages, zonesOf } from '../ec2/index.ts'
import type { ContainerInstance } from './instance/containerInstance.ts'
import { clusterId } from './names.ts'
import type { Task } from './task/task.ts'
import { containersOf } from './task/taskContainers.ts'

/** `lab ecs`: instances for a cluster, a service in one go, and what may go wrong with them. */
export const ecsVerb: Program = {
  name: 'ecs',
  summary: 'add container instances to a cluster, start a service in one go, break and heal parts of it',
  usage: 'instances|service|fault|heal ...',
  operands: 'none',
  flags: [
    { name: 'cluster', value: 'NAME', says: 'the cluster; default when absent' },
    { name: 'count', value: 'N', says: 'how many instances or tasks' },
    { name: 'type', value: 'TYPE', says: 'instance type; m5.large when absent' },
    { name: 'zone', value: 'ZONE', says: 'one zone; in turn in all zones when absent' },
    { name: 'image', value: 'IMAGE', says: 'image of the service; nginx:1.27 when absent' },
    { name: 'port', value: 'N', says: 'port of the container; 80 when absent' },
    { name: 'cpu', value: 'UNITS', says: 'CPU units of a task; 256 when absent' },
    { name: 'memory', value: 'MIB', says: 'memory of a task; 512 when absent' },
    { name: 'fargate', says: 'run the service on Fargate' },
    { name: 'daemon', says: 'one task on every instance' },
    { name: 'region', value: 'REGION', says: 'the region; us-east-1 when absent' },
  ],
  subcommands: [
    {
      name: 'instances',
      summary: 'launch EC2 instances whose agent registers with the cluster',
      usage: '--cluster NAME [--count N] [--type TYPE] [--zone ZONE]',
    },
    {
      name: 'service',
      summary: 'register a task definition and create a service of it',
      usage: 'NAME [--cluster NAME] [--image IMAGE] [--count N] [--fargate]',
    },
    {
      name: 'fault',
      summary: 'stop an agent, kill a task, interrupt a Spot task',
      usage: 'agent INSTANCE-ID | task TASK | spot TASK',
    },
    { name: 'heal', summary: 'start an agent again', usage: 'agent INSTANCE-ID' },
  ],
  examples: [
    'lab ecs instances --cluster web --count 3 --type m5.large',
    'lab ecs service shop --image nginx:1.27 --count 4',
    'lab ecs fault agent i-0123456789abcdef0',
  ],
  run(call) {
    const options = readOptions(ecsVerb, call.argv)
    if ('exit' in options) return options
    const [verb, first = '', second = ''] = options.operands
    switch (verb) {
      case 'instances':
        return instances(call, options)
      case 'service':
        return service(call, options, first)
      case 'fault':
        return fault(call, first, second)
      case 'heal':
        return first === 'agent'
          ? agent(call, second, 'Disconnected', 'Started', 'is connected')
          : fail(`lab ecs heal: there is nothing to heal of ${first}`)
      default:
        return fail('lab ecs: say instances, service, fault or heal')
    }
  },
  complete({ world, words, word }) {
    const what = words.at(-1)
    const found =
      what === 'agent'
        ? [...world.all('aws.ecs.ContainerInstance')].map((one) => (one as ContainerInstance).ec2InstanceId)
        : what === 'task' || what === 'spot'
          ? [...world.all('aws.ecs.Task')].map((one) => (one as Task).taskId)
          : what === 'fault'
            ? ['agent', 'task', 'spot']
            : []
    return found.filter((text) => text.startsWith(word)).map((text) => ({ text }))
  },
}

function text(options: Options, name: string, otherwise: string): string {
  const given = options.given[name]
  return given === undefined ? otherwise : String(given)
}

function instances({ world, host }: Call, options: Options): Done {
  const cluster = text(options, 'cluster', 'default')
  const region = text(options, 'region', REGION)
  const count = Number(text(options, 'count', '1'))
  const type = instanceType(text(options, 'type', 'm5.large'))
  if (!type) return fail(`lab ecs: the lab knows no instance type ${text(options, 'type', '')}`)
  if (!Number.isInteger(count) || count < 1 || count > 1000) return fail('lab ecs: --count is a number from 1 to 1000')
  if (world.get(clusterId(region, cluster))?.state !== 'ACTIVE') return fail(`lab ecs: there is no cluster ${cluster}`)
  const wanted = text(options, 'zone', '')
  const zones = wanted === '' ? zonesOf(region).slice(0, 3) : [wanted]
  const image = [...machineImages(region)].find(
    ({ Name, Architecture }) => /ecs/.test(Name) && Architecture === type.architecture,
  )
  if (!image) return fail(`lab ecs: there is no ECS-optimized image for ${type.architecture} in ${region}`)
  const ids: string[] = []
  const emit: Emission[] = []
  for (const [i, zone] of zones.entries()) {
    const share = Math.floor(count / zones.length) + (i < count % zones.length ? 1 : 0)
    if (share === 0) continue
    const subnet = defaultNetwork(region).subnets.find(({ AvailabilityZone }) => AvailabilityZone === zone)
    if (!subnet) return fail(`lab ecs: ${zone} is no zone of ${region}`)
    const order = {
      ImageId: image.ImageId,
      InstanceType: type.name,
      SubnetId: subnet.SubnetId,
      UserData: `#!/bin/bash\necho ECS_CLUSTER=${cluster} >> /etc/ecs/ecs.config\n`,
      IamInstanceProfile: { Name: 'ecsInstanceRole' },
    }
    const launched = launch(world, region, order, share, host.id, ['ecs', zone, cluster])
    if ('error' in launched) return fail(`lab ecs: ${launched.error.message}`)
    ids.push(...launched.instances.map(({ InstanceId }) => InstanceId))
    emit.push(
      ...launched.emit.filter((emission) => !emit.some((one) => one.to === emission.to && one.type === emission.type)),
    )
  }
  return { exit: 0, stdout: `${ids.map((id) => `${id} will register with ${cluster}`).join('\n')}\n`, emit }
}

function service({ world }: Call, options: Options, name: string): Done {
  if (!/^[\w-]+$/.test(name)) return fail('lab ecs service: give it a name of letters, digits and hyphens')
  const region = text(options, 'region', REGION)
  const cluster = text(options, 'cluster', 'default')
  const fargate = options.given.fargate === true
  const port = Number(text(options, 'port', '80'))
  const input = {
    family: name,
    ...(fargate
      ? {
          networkMode: 'awsvpc',
          requiresCompatibilities: ['FARGATE'],
          cpu: text(options, 'cpu', '256'),
          memory: text(options, 'memory', '512'),
        }
      : {}),
    containerDefinitions: [
      {
        name,
        image: text(options, 'image', 'nginx:1.27'),
        ...(fargate
          ? {}
          : { cpu: Number(text(options, 'cpu', '256')), memory: Number(text(options, 'memory', '512')) }),
        essential: true,
        portMappings: [{ containerPort: port, protocol: 'tcp' }],
      },
    ],
  }
  const principal = servicePrincipal('ecs')
  const registered = callService({
    world,
    service: 'ecs',
    operation: 'RegisterTaskDefinition',
    input: input as never,
    principal,
    region,
  })
  if ('error' in registered) return fail(`lab ecs: ${registered.error.message}`)
  const { taskDefinitionArn } = (registered.output as { taskDefinition: { taskDefinitionArn: string } }).taskDefinition
  const [born] = registered.emit ?? []
  const later = born ? withEntity(world, born) : world
  const { subnets, group } = defaultNetwork(region)
  const created = callService({
    world: later,
    service: 'ecs',
    operation: 'CreateService',
    input: {
      cluster,
      serviceName: name,
      taskDefinition: taskDefinitionArn,
      ...(options.given.daemon === true
        ? { schedulingStrategy: 'DAEMON' }
        : { desiredCount: Number(text(options, 'count', '1')) }),
      ...(fargate
        ? {
            launchType: 'FARGATE',
            networkConfiguration: {
              awsvpcConfiguration: {
                subnets: subnets.slice(0, 3).map(({ SubnetId }) => SubnetId),
                securityGroups: [group.GroupId],
                assignPublicIp: 'ENABLED',
              },
            },
          }
        : {}),
    } as never,
    principal,
    region,
  })
  if ('error' in created) return fail(`lab ecs: ${created.error.message}`)
  return {
    exit: 0,
    stdout: `service ${name} of ${taskDefinitionArn} in ${cluster}\n`,
    emit: [...(registered.emit ?? []), ...(created.emit ?? [])],
  }
}

/** The world as it will be when an entity has come into being. */
function withEntity(world: World, { to, kind = '', data }: Emission): World {
  const entity = { ...(data as object), id: to, kind, state: 'ACTIVE', entry: 1, since: world.now, born: 0 }
  return Object.create(world, {
    get: { value: (id: string) => (id === to ? entity : world.get(id)) },
  }) as World
}

function fault(call: Call, what: string, name: string): Done {
  const { world } = call
  if (what === 'agent') return agent(call, name, 'Connected', 'Stopped', 'is stopped')
  if (what !== 'task' && what !== 'spot') return fail('lab ecs fault: say agent, task or spot')
  const task = [...world.all('aws.ecs.Task')].find((one) => (one as Task).taskId.startsWith(name) && name !== '') as
    | Task
    | undefined
  if (!task) return fail(`lab ecs fault: there is no task ${name}`)
  if (what === 'task') {
    const alive = containersOf(world, task.id).filter(isAlive)
    if (alive.length === 0) return fail(`lab ecs fault: no container of ${name} runs`)
    return {
      exit: 0,
      stdout: `${alive.length} containers killed\n`,
      emit: alive.map(({ id }) => ({ to: id, type: 'Killed', data: { exitCode: 137 } })),
    }
  }
  if (task.capacityProviderName !== 'FARGATE_SPOT') return fail(`lab ecs fault: ${name} does not run on Fargate Spot`)
  const data = { stopCode: 'SpotInterruption', stoppedReason: 'Your Spot Task was interrupted.' }
  return {
    exit: 0,
    stdout: `${name} is interrupted: SIGTERM now, and two minutes at most\n`,
    emit: [{ to: task.id, type: 'StopRequested', data }],
  }
}

function agent({ world }: Call, name: string, state: string, type: string, word: string): Done {
  for (const one of world.all('aws.ecs.Agent'))
    if (one.id.endsWith(`/${name}`)) {
      if (one.state !== state) return fail(`lab ecs: the agent of ${name} is ${one.state.toLowerCase()}`)
      return { exit: 0, stdout: `the agent of ${name} ${word}\n`, emit: [{ to: one.id, type }] }
    }
  return fail(`lab ecs: there is no instance ${name} with an agent`)
}
