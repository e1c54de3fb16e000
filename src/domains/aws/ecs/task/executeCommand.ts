import { runCommand } from '../../../containerd/index.ts'
import { type ApiAnswer, type ApiCall, refuse } from '../../core/index.ts'
import { findCluster } from '../cluster/cluster.ts'
import { clusterArn, hexId } from '../names.ts'
import type * as api from '../types.generated.ts'
import { arnOfTask } from './describeTask.ts'
import { definitionOf, taskNamed } from './task.ts'
import { containersOf, describeContainers } from './taskContainers.ts'
import { taskShape } from './taskShape.ts'

/** ms after which a command that has not ended is left. */
const PATIENCE = 60_000

/**
 * ECS Exec: the session's data that the API answers with. What the command prints comes through the session in the real thing; here it
 * comes in `output` beside it, for the command line to show.
 * Models: ECS API ExecuteCommand
 */
export function executeCommand({ input, world, region }: ApiCall<api.ExecuteCommandRequest>): ApiAnswer {
  const found = findCluster(world, region, input.cluster)
  if ('error' in found) return found
  const task = taskNamed(world, region, found.cluster.clusterName, input.task)
  if (!task) return refuse('InvalidParameterException', 'The referenced task was not found.')
  if (task.state !== 'RUNNING')
    return refuse(
      'InvalidParameterException',
      'The execute command failed because the task is not in the RUNNING state.',
    )
  if (!task.enableExecuteCommand)
    return refuse(
      'InvalidParameterException',
      'The execute command failed because execute command was not enabled when the task was run or the execute command agent isn’t running. Wait and try again or run a new task with execute command enabled and try again.',
    )
  if (!input.interactive)
    return refuse('InvalidParameterException', 'Interactive is the only mode supported currently.')
  const { containers } = taskShape(definitionOf(world, task), task.overrides)
  const name = input.container ?? (containers.length === 1 ? containers[0]?.name : undefined)
  if (name === undefined)
    return refuse('InvalidParameterException', 'Container name is required for tasks with multiple containers.')
  const at = containers.findIndex((plan) => plan.name === name)
  const container = containersOf(world, task.id)[at]
  if (!container) return refuse('InvalidParameterException', `Container named ${name} is not in the task.`)
  const run = runCommand(world, container, wordsOf(input.command), PATIENCE)
  return {
    output: {
      clusterArn: clusterArn(region, found.cluster.clusterName),
      containerArn: describeContainers(world, task)[at]?.containerArn,
      containerName: name,
      interactive: true,
      session: {
        sessionId: `ecs-execute-command-${hexId(world, 17, 'session', task.id, world.revision)}`,
        streamUrl: `wss://ssmmessages.${region}.amazonaws.com/v1/data-channel`,
        tokenValue: '****',
      },
      taskArn: arnOfTask(task),
      printed: run.output,
    },
    emit: [
      { to: task.id, type: 'Commanded', data: { command: input.command, container: name, exitCode: run.exitCode } },
    ],
  }
}

/** A command line as its words; a shell's own syntax is the shell's to read. */
function wordsOf(line: string): readonly string[] {
  return /[|&;<>$`"'\\*?()]/.test(line) ? ['/bin/sh', '-c', line] : line.trim().split(/\s+/)
}
