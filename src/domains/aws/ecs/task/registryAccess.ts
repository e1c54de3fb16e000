import type { World } from '../../../../kernel/index.ts'
import { callService, rolePrincipal, services } from '../../core/index.ts'
import { definitionOf, type Task } from './task.ts'

const ECR = /^(\d{12})\.dkr\.ecr\.([\w-]+)\.amazonaws\.com(?:\.cn)?\//

/**
 * Why a task may not fetch an image from ECR, in the words of the agent's pull error; undefined when it may. Asked with the execution role;
 * without one on EC2 the instance's own role does it, which is taken to be `ecsInstanceRole`.
 */
export function registryProblem(world: World, task: Task, image: string): string | undefined {
  const [, , region] = ECR.exec(image) ?? []
  if (region === undefined || !services.has('ecr')) return undefined
  const role = task.overrides?.executionRoleArn ?? definitionOf(world, task).spec.executionRoleArn
  if (!role) return undefined
  const answer = callService({
    world,
    service: 'ecr',
    operation: 'GetAuthorizationToken',
    input: {},
    principal: rolePrincipal(role, task.taskId),
    region,
  })
  if (!('error' in answer)) return undefined
  return `unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been retried 1 time(s): ${answer.error.code}: ${answer.error.message}`
}
