import { type ApiAnswer, type ApiCall, defineOperation, type Operation, refuse } from '../../core/index.ts'
import { findCluster, tasksOfCluster } from '../cluster/cluster.ts'
import { instanceNamed } from '../instance/containerInstance.ts'
import { apiTime, clusterName, lastPart, serviceId, taskArn } from '../names.ts'
import { pageOf } from '../paging.ts'
import type * as api from '../types.generated.ts'
import { arnOfTask, describeTask } from './describeTask.ts'
import { executeCommand } from './executeCommand.ts'
import { runTask, startTask } from './runTask.ts'
import { definitionOf, type Task, taskNamed } from './task.ts'

/** The operations about tasks. Models: ECS API */
export const taskOperations: readonly Operation[] = [
  defineOperation<api.RunTaskRequest>(
    'RunTask',
    (call) => runTask(call),
    ({ input, region }) => ({
      resource: `arn:aws:ecs:${region}:123456789012:task-definition/${lastPart(input.taskDefinition)}`,
    }),
  ),
  defineOperation<api.StartTaskRequest>('StartTask', startTask),
  defineOperation<api.StopTaskRequest>('StopTask', ({ input, world, region }) => {
    const found = findCluster(world, region, input.cluster)
    if ('error' in found) return found
    const task = taskNamed(world, region, found.cluster.clusterName, input.task)
    if (!task) return refuse('InvalidParameterException', 'The referenced task was not found.')
    if (task.state === 'STOPPED' || task.desiredStatus === 'STOPPED')
      return { output: { task: describeTask(world, task) } }
    const data = { stopCode: 'UserInitiated', stoppedReason: input.reason ?? 'Task stopped by user' }
    const next: Task = { ...task, ...data, desiredStatus: 'STOPPED', stoppingAt: world.now }
    return { output: { task: describeTask(world, next) }, emit: [{ to: task.id, type: 'StopRequested', data }] }
  }),
  defineOperation<api.DescribeTasksRequest>('DescribeTasks', ({ input, world, region }) => {
    const found = findCluster(world, region, input.cluster)
    if ('error' in found) return found
    if (input.tasks.length === 0) return refuse('InvalidParameterException', 'Tasks cannot be empty.')
    const each = input.tasks.map((text) => [text, taskNamed(world, region, found.cluster.clusterName, text)] as const)
    return {
      output: {
        tasks: each.flatMap(([, task]) => (task ? [describeTask(world, task, input.include)] : [])),
        failures: each.flatMap(([text, task]) => (task ? [] : [missing(region, found.cluster.clusterName, text)])),
      },
    }
  }),
  defineOperation<api.ListTasksRequest>('ListTasks', list),
  defineOperation<api.GetTaskProtectionRequest>('GetTaskProtection', ({ input, world, region }) =>
    protection(world, region, input.cluster, input.tasks ?? []),
  ),
  defineOperation<api.UpdateTaskProtectionRequest>('UpdateTaskProtection', ({ input, world, region }) => {
    const minutes = input.expiresInMinutes ?? 120
    if (minutes < 1 || minutes > 2880)
      return refuse('InvalidParameterException', 'expiresInMinutes must be between 1 and 2880.')
    const until = input.protectionEnabled ? world.now + minutes * 60_000 : undefined
    const answer = protection(world, region, input.cluster, input.tasks, { until })
    if ('error' in answer) return answer
    const tasks = input.tasks.map((text) => taskNamed(world, region, clusterName(input.cluster), text))
    return {
      ...answer,
      emit: tasks.flatMap((task) =>
        task?.service === undefined ? [] : [{ to: task.id, type: 'Tagged', data: { protectedUntil: until } }],
      ),
    }
  }),
  defineOperation<api.ExecuteCommandRequest>('ExecuteCommand', executeCommand),
  ...(['SubmitTaskStateChange', 'SubmitContainerStateChange', 'SubmitAttachmentStateChanges'] as const).map((name) =>
    defineOperation(name, () => ({ output: { acknowledgment: 'ACCEPT' } })),
  ),
]

function missing(region: string, cluster: string, text: string): api.Failure {
  return { arn: text.startsWith('arn:') ? text : taskArn(region, cluster, text), reason: 'MISSING' }
}

function list({ input, world, region }: ApiCall<api.ListTasksRequest>): ApiAnswer {
  const found = findCluster(world, region, input.cluster)
  if ('error' in found) return found
  const { cluster } = found
  const wanted = input.desiredStatus ?? 'RUNNING'
  let instance: string | undefined
  if (input.containerInstance !== undefined) {
    instance = instanceNamed(world, region, cluster.clusterName, input.containerInstance)?.id
    if (instance === undefined)
      return refuse('InvalidParameterException', 'The referenced container instance was not found.')
  }
  let service: string | undefined
  if (input.serviceName !== undefined) {
    service = serviceId(region, cluster.clusterName, lastPart(input.serviceName))
    if (!world.get(service)) return refuse('ServiceNotFoundException', 'Service not found.')
  }
  const tasks = (world.lookup(tasksOfCluster, `${cluster.id} ${wanted}`) as readonly Task[]).filter(
    (task) =>
      (instance === undefined || task.instance === instance) &&
      (service === undefined || task.service === service) &&
      (input.startedBy === undefined || task.startedBy === input.startedBy) &&
      (input.launchType === undefined || task.launchType === input.launchType) &&
      (input.family === undefined || definitionOf(world, task).family === input.family),
  )
  const page = pageOf(tasks.map(arnOfTask), input)
  return 'error' in page ? page : { output: { taskArns: page.items, ...page.more } }
}

function protection(
  world: ApiCall['world'],
  region: string,
  clusterText: string | undefined,
  texts: readonly string[],
  put?: { readonly until: number | undefined },
): ApiAnswer {
  const found = findCluster(world, region, clusterText)
  if ('error' in found) return found
  const protectedTasks: api.ProtectedTask[] = []
  const failures: api.Failure[] = []
  for (const text of texts) {
    const task = taskNamed(world, region, found.cluster.clusterName, text)
    if (!task) failures.push(missing(region, found.cluster.clusterName, text))
    else if (task.service === undefined)
      failures.push({ arn: arnOfTask(task), reason: 'TASK_NOT_VALID', detail: 'The task is not part of a service.' })
    else {
      const until = put ? put.until : task.protectedUntil
      const on = until !== undefined && until > world.now
      protectedTasks.push({
        taskArn: arnOfTask(task),
        protectionEnabled: on,
        ...(on ? { expirationDate: apiTime(until) } : {}),
      })
    }
  }
  return { output: { protectedTasks, failures } }
}
