import { callService, type Reference } from '../core/index.ts'
import type { GetParametersResult } from './types.generated.ts'

/**
 * Parameters that task definitions, builds and templates name: they are read in clear by `GetParameters`, as their owner's role.
 * Models: what the ECS agent, CodeBuild and CloudFormation ask of Systems Manager.
 */
export const references: Reference = {
  bare: true,
  read(reference, principal, region, world) {
    const answer = callService({
      world,
      service: 'ssm',
      operation: 'GetParameters',
      input: { Names: [reference], WithDecryption: true },
      principal,
      region,
    })
    if ('error' in answer) return answer
    const value = (answer.output as GetParametersResult).Parameters?.[0]?.Value
    if (value !== undefined) return { value }
    return { error: { code: 'ParameterNotFound', message: `invalid parameters: ${reference}` } }
  },
}
