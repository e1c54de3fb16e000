import type { Emission, World } from '../../../../kernel/index.ts'
import type { TaskDefinition } from '../definition/taskDefinition.ts'
import type { Takes } from '../instance/bookings.ts'
import type { ContainerInstance } from '../instance/containerInstance.ts'
import { hexId, taskId } from '../names.ts'
import type * as api from '../types.generated.ts'
import type { Task } from './task.ts'
import { type TaskShape, taskShape } from './taskShape.ts'

/** What a new task is to be. */
export interface TaskOrder {
  readonly region: string
  readonly clusterId: string
  readonly cluster: string
  readonly definition: TaskDefinition
  readonly group: string
  readonly startedBy?: string | undefined
  readonly launchType: string
  readonly capacityProviderName?: string | undefined
  readonly overrides?: api.TaskOverride | undefined
  readonly network?: api.AwsVpcConfiguration | undefined
  readonly service?: string | undefined
  readonly deployment?: string | undefined
  readonly tags?: readonly api.Tag[] | undefined
  readonly enableExecuteCommand?: boolean | undefined
  /** Who starts it: a service, a rule of EventBridge. */
  readonly by?: string | undefined
}

/** Why it was put where it is. */
export interface PlacedOn {
  readonly instance?: ContainerInstance | undefined
  readonly zone?: string | undefined
  readonly rule?: string | undefined
  readonly inputs?: unknown
}

/** A task that will be, and the events that bring it about; `keys` tell it apart from others of the same moment. */
export function launchTask(
  world: World,
  order: TaskOrder,
  { instance, zone, rule, inputs }: PlacedOn,
  ...keys: readonly (string | number)[]
): { readonly task: Task; readonly taskId: string; readonly emit: readonly Emission[] } {
  const { by, clusterId, cluster, region } = order
  const shape = taskShape(order.definition, order.overrides)
  const id = hexId(world, 32, 'task', clusterId, ...keys)
  const to = taskId(region, cluster, id)
  const data: Omit<Task, 'id' | 'kind' | 'state' | 'entry' | 'since' | 'born'> = {
    ...alikeOf(order, shape),
    taskId: id,
    createdAt: world.now,
    ...(instance ? { instance: instance.id, engine: instance.engine, zone: instance.zone } : {}),
    ...(zone === undefined ? {} : { zone }),
  }
  const direct = instance !== undefined && !shape.eni && order.launchType !== 'FARGATE'
  return {
    get task() {
      return {
        ...data,
        id: to,
        kind: 'aws.ecs.Task',
        state: direct ? 'PENDING' : 'PROVISIONING',
        entry: 1,
        since: world.now,
        born: 0,
      }
    },
    taskId: id,
    emit: [
      { to, kind: 'aws.ecs.Task', type: 'Requested', data, by, rule, inputs },
      ...(direct ? [{ to, type: 'Provisioned', by }] : []),
    ],
  }
}

/** What all tasks of one order have in common. */
function alikeOf(order: TaskOrder, shape: TaskShape) {
  let known = alike.get(order)
  if (!known) {
    const { definition, by: _, ...rest } = order
    known = {
      ...rest,
      owner: order.service ?? order.clusterId,
      definition: definition.id,
      desiredStatus: 'RUNNING',
      takes: takesOf(shape),
    }
    alike.set(order, known)
  }
  return known
}

const alike = new WeakMap<
  TaskOrder,
  Omit<TaskOrder, 'by' | 'definition'> & Pick<Task, 'owner' | 'definition' | 'desiredStatus' | 'takes'>
>()

/** What a task of a shape takes of its instance: one record for all tasks of the shape. */
export function takesOf(shape: TaskShape): Takes {
  let known = takes.get(shape)
  if (!known) {
    const { cpu, memory, gpu, eni, ports } = shape
    known = { cpu, memory, ...(gpu ? { gpu } : {}), ...(eni ? { eni } : {}), ...(ports.length > 0 ? { ports } : {}) }
    takes.set(shape, known)
  }
  return known
}

const takes = new WeakMap<TaskShape, Takes>()
