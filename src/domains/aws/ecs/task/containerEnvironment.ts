import type { World } from '../../../../kernel/index.ts'
import { resolveReference, rolePrincipal } from '../../core/index.ts'
import { hexId } from '../names.ts'
import { definitionOf, type Task } from './task.ts'
import type { ContainerPlan } from './taskShape.ts'

/**
 * Variables that the agent adds to a container: where to ask for metadata and credentials, and secrets, which it reads by the execution
 * role when the task starts. Models: amazon-ecs-agent, task metadata endpoint v4
 */
export function environmentFor(
  world: World,
  task: Task,
  plan: ContainerPlan,
): { readonly env: { readonly [name: string]: string } } | { readonly error: string } {
  const { spec } = definitionOf(world, task)
  const env: { [name: string]: string } = {
    AWS_EXECUTION_ENV: task.launchType === 'FARGATE' ? 'AWS_ECS_FARGATE' : 'AWS_ECS_EC2',
    ECS_CONTAINER_METADATA_URI_V4: `http://169.254.170.2/v4/${task.taskId}-${plan.name}`,
  }
  if (task.launchType === 'FARGATE') env.AWS_REGION = task.region
  if (task.overrides?.taskRoleArn ?? spec.taskRoleArn)
    env.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI = `/v2/credentials/${hexId(world, 32, 'credentials', task.taskId)}`
  const role = task.overrides?.executionRoleArn ?? spec.executionRoleArn
  for (const { name, valueFrom } of plan.secrets) {
    const found = role && resolveReference(valueFrom, rolePrincipal(role, task.taskId), task.region, world)
    const kind = valueFrom.includes(':secretsmanager:') ? 'asm' : 'ssm'
    const words = kind === 'asm' ? 'unable to retrieve secret from asm' : `unable to retrieve secrets from ssm`
    if (!found || 'error' in found)
      return {
        error: `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: ${words}: service call has been retried 1 time(s): ${found && 'error' in found ? `${found.error.code}: ${found.error.message}` : `no such reference ${valueFrom}`}`,
      }
    env[name] = found.value
  }
  return { env }
}
