import { defineIndex, type Entity, type World } from '../../../../kernel/index.ts'
import type { TaskDefinition } from '../definition/taskDefinition.ts'
import type { Takes } from '../instance/bookings.ts'
import { lastPart, taskId } from '../names.ts'
import type * as api from '../types.generated.ts'

/** A running copy of a task definition. `state` is the API's lastStatus. Times are virtual. */
export interface Task extends Entity {
  readonly region: string
  readonly clusterId: string
  readonly cluster: string
  readonly taskId: string
  /** Entity id of its revision. */
  readonly definition: string
  readonly group: string
  readonly startedBy?: string | undefined
  readonly launchType: string
  readonly capacityProviderName?: string | undefined
  /** Entity id of its container instance; absent on Fargate, and while it waits for capacity. */
  readonly instance?: string | undefined
  /** Id of the `docker.Engine` that runs its containers. */
  readonly engine?: string | undefined
  readonly zone?: string | undefined
  readonly desiredStatus: string
  readonly overrides?: api.TaskOverride | undefined
  readonly network?: api.AwsVpcConfiguration | undefined
  readonly eni?: Eni | undefined
  /** Entity id of its service, and id of the deployment or task set that it was started for. */
  readonly service?: string | undefined
  readonly deployment?: string | undefined
  /** What it takes of its instance. */
  readonly takes: Takes
  readonly tags?: readonly api.Tag[] | undefined
  readonly enableExecuteCommand?: boolean | undefined
  readonly createdAt: number
  readonly pulling?: Pulling | undefined
  readonly startedAt?: number | undefined
  readonly stoppingAt?: number | undefined
  readonly executionStoppedAt?: number | undefined
  readonly stoppedAt?: number | undefined
  readonly stopCode?: string | undefined
  readonly stoppedReason?: string | undefined
  /** What its containers came to, once they have stopped. */
  readonly results?: readonly ContainerResult[] | undefined
  readonly protectedUntil?: number | undefined
  /** Targets that stand for it: set when it is registered with its target groups, cleared when it is deregistered. */
  readonly targets?: readonly Target[] | undefined
}

/** Its own network interface. */
export interface Eni {
  readonly attachmentId: string
  /** Entity id of the interface. */
  readonly entity: string
  readonly id: string
  readonly ip: string
  readonly mac: string
  readonly subnet: string
}

/** Images being fetched: from when, and until when. */
export interface Pulling {
  readonly from: number
  readonly until: number
  readonly images: readonly string[]
  readonly failure?: string | undefined
}

export interface ContainerResult {
  readonly name: string
  readonly runtimeId?: string | undefined
  readonly exitCode?: number | undefined
  readonly reason?: string | undefined
}

export interface Target {
  readonly group: string
  readonly id: string
  readonly port: number
}

/** The tasks of a service, by its entity id; those that are stopped are left out. */
export const tasksOfService = defineIndex('aws.ecs.tasksOfService', ['aws.ecs.Task'], (entity) => {
  const { service, state } = entity as Task
  return service === undefined || state === 'STOPPED' ? undefined : service
})

/** The tasks of a container instance, by its entity id; those that are stopped are left out. */
export const tasksOfInstance = defineIndex('aws.ecs.tasksOfInstance', ['aws.ecs.Task'], (entity) => {
  const { instance, state } = entity as Task
  return instance === undefined || state === 'STOPPED' ? undefined : instance
})

/** Tasks of a cluster that wait for capacity, by the cluster's id. */
export const waitingTasks = defineIndex('aws.ecs.waitingTasks', ['aws.ecs.Task'], (entity) => {
  const { instance, launchType, state, clusterId: cluster } = entity as Task
  return state === 'PROVISIONING' && instance === undefined && launchType !== 'FARGATE' ? cluster : undefined
})

/** States in which a task may still be running something. */
export const LIVE: ReadonlySet<string> = new Set(['PROVISIONING', 'PENDING', 'ACTIVATING', 'RUNNING'])

/** A task by id or ARN, in the cluster that the request names. */
export function taskNamed(world: World, region: string, cluster: string, text: string): Task | undefined {
  const parts = text.split('/')
  const inCluster = parts.length === 3 ? (parts[1] ?? cluster) : cluster
  return world.get(taskId(region, inCluster, lastPart(text))) as Task | undefined
}

/** The revision that a task is a copy of. */
export function definitionOf(world: World, task: Pick<Task, 'definition'>): TaskDefinition {
  return world.get(task.definition) as TaskDefinition
}
