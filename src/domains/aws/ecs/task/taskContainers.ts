import type { World } from '../../../../kernel/index.ts'
import { type Container, hexOf } from '../../../docker/index.ts'
import { arnOf } from '../../core/index.ts'
import { hexId, taskArn } from '../names.ts'
import type * as api from '../types.generated.ts'
import { type ContainerResult, definitionOf, type Task } from './task.ts'
import { type ContainerPlan, taskShape } from './taskShape.ts'

/** The containers of a task on its engine, in the order of its definition. */
export function containersOf(world: World, task: string): readonly Container[] {
  const owned = world.ownedBy(task)
  if (owned.length === 1 && owned[0]?.kind === 'docker.Container') return owned as readonly Container[]
  return owned.filter((entity) => entity.kind === 'docker.Container') as unknown as readonly Container[]
}

/** What stopped containers came to. */
export function resultsOf(plans: readonly ContainerPlan[], there: readonly Container[]): readonly ContainerResult[] {
  return plans.map(({ name }, i) => {
    const container = there[i]
    if (!container) return { name }
    const { ended, error } = container
    return {
      name,
      runtimeId: hexOf(container),
      ...(ended ? { exitCode: ended.exitCode } : {}),
      ...(ended?.oom
        ? { reason: 'OutOfMemoryError: Container killed due to memory usage' }
        : error === undefined
          ? {}
          : { reason: `CannotStartContainerError: Error response from daemon: ${error}` }),
    }
  })
}

/** HEALTHY, UNHEALTHY or UNKNOWN by the health checks of the essential containers. Models: ECS API Task.healthStatus */
export function taskHealth(world: World, task: Task): string {
  const { containers } = taskShape(definitionOf(world, task), task.overrides)
  let known = false
  for (const [i, container] of containersOf(world, task.id).entries()) {
    const plan = containers[i]
    if (!plan?.essential || !plan.spec.health) continue
    if (container.health?.status === 'unhealthy') return 'UNHEALTHY'
    if (container.health?.status !== 'healthy') return 'UNKNOWN'
    known = true
  }
  return known ? 'HEALTHY' : 'UNKNOWN'
}

/** Containers as DescribeTasks tells them. */
export function describeContainers(world: World, task: Task): readonly api.Container[] {
  const { containers } = taskShape(definitionOf(world, task), task.overrides)
  const there = containersOf(world, task.id)
  const arn = taskArn(task.region, task.cluster, task.taskId)
  return containers.map((plan, i) => {
    const container = there[i]
    const result = task.results?.[i]
    const { cpu, memory, memoryReservation } = plan.definition
    const status = container
      ? container.state === 'created'
        ? 'PENDING'
        : container.state === 'exited' || container.state === 'removing'
          ? 'STOPPED'
          : 'RUNNING'
      : task.state === 'STOPPED'
        ? 'STOPPED'
        : 'PENDING'
    const runtimeId = result?.runtimeId ?? (container && container.life > 0 ? hexOf(container) : undefined)
    const exitCode = result?.exitCode ?? (container?.state === 'exited' ? container.ended?.exitCode : undefined)
    return {
      containerArn: arnOf(
        'ecs',
        task.region,
        `container/${task.cluster}/${task.taskId}/${containerUuid(world, task, plan.name)}`,
      ),
      taskArn: arn,
      name: plan.name,
      image: plan.image,
      ...(runtimeId === undefined ? {} : { runtimeId }),
      lastStatus: status,
      ...(exitCode === undefined ? {} : { exitCode }),
      ...(result?.reason === undefined ? {} : { reason: result.reason }),
      networkBindings: (container?.ports ?? []).map((port) => ({
        bindIP: '0.0.0.0',
        containerPort: port.container,
        hostPort: port.host,
        protocol: port.protocol,
      })),
      networkInterfaces: task.eni ? [{ attachmentId: task.eni.attachmentId, privateIpv4Address: task.eni.ip }] : [],
      healthStatus: plan.spec.health
        ? container?.health?.status === 'healthy'
          ? 'HEALTHY'
          : container?.health?.status === 'unhealthy'
            ? 'UNHEALTHY'
            : 'UNKNOWN'
        : 'UNKNOWN',
      ...(task.enableExecuteCommand
        ? { managedAgents: [{ name: 'ExecuteCommandAgent', lastStatus: status === 'RUNNING' ? 'RUNNING' : 'PENDING' }] }
        : {}),
      cpu: String(cpu ?? 0),
      ...(memory === undefined ? {} : { memory: String(memory) }),
      ...(memoryReservation === undefined ? {} : { memoryReservation: String(memoryReservation) }),
    }
  })
}

function containerUuid(world: World, task: Task, name: string): string {
  const hex = hexId(world, 32, 'container', task.taskId, name)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
