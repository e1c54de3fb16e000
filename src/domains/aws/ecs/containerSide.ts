import type { Entity, World } from '../../../kernel/index.ts'
import { type Container, logsOf } from '../../docker/index.ts'
import { type AwsService, type Principal, rolePrincipal } from '../core/index.ts'
import { definitionOf, type Task } from './task/task.ts'
import { containersOf } from './task/taskContainers.ts'
import { taskShape } from './task/taskShape.ts'

/** As whom a program in a container of a task calls AWS: by the task role; nobody without one. Models: the task metadata endpoint */
export const identity: AwsService['identity'] = (host, env, world): Principal | undefined => {
  if (host.kind !== 'docker.Container' || env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI === undefined) return undefined
  const task = taskOf(host, world)
  const role = task && (task.overrides?.taskRoleArn ?? definitionOf(world, task).spec.taskRoleArn)
  return task && role ? rolePrincipal(role, task.taskId) : undefined
}

function taskOf(container: Entity, world: World): Task | undefined {
  const owner = container.owner === undefined ? undefined : world.get(container.owner)
  return owner?.kind === 'aws.ecs.Task' ? (owner as Task) : undefined
}

interface Stream {
  readonly region: string
  readonly group: string
  readonly stream: string
  readonly container: Container
}

/** What containers with the `awslogs` driver write: `prefix/container/task id`, or the container's own id without a prefix. */
export const logSource: NonNullable<AwsService['logSource']> = {
  streams: (region, world) =>
    streams(world).flatMap((one) =>
      one.region === region
        ? [{ group: one.group, stream: one.stream, since: one.container.startedAt ?? one.container.createdAt }]
        : [],
    ),
  lines(region, group, stream, world) {
    const found = streams(world).find((one) => one.region === region && one.group === group && one.stream === stream)
    return found && logsOf(world, found.container).map(({ at, text }) => ({ at, text }))
  },
}

function streams(world: World): readonly Stream[] {
  const found: Stream[] = []
  for (const entity of world.all('aws.ecs.Task')) {
    const task = entity as Task
    const plans = taskShape(definitionOf(world, task), task.overrides).containers
    for (const [i, container] of containersOf(world, task.id).entries()) {
      const { logDriver, logOptions = {} } = container.spec
      if (logDriver !== 'awslogs' || container.life === 0) continue
      const prefix = logOptions['awslogs-stream-prefix']
      found.push({
        region: logOptions['awslogs-region'] ?? task.region,
        group: logOptions['awslogs-group'] ?? '',
        stream: prefix === undefined ? container.name : `${prefix}/${plans[i]?.name ?? container.name}/${task.taskId}`,
        container,
      })
    }
  }
  return found
}
