import type { World } from '../../../kernel/index.ts'
import type { AwsService, BusEvent, Happened } from '../core/index.ts'
import { newestOf, PARAMETER, type StoredParameter } from './parameter.ts'

/** What the bus is told of a change; `gone` tells of a parameter that is not there any more. */
function changed(operation: string, event: Happened, world: World, gone?: Gone): BusEvent | undefined {
  const parameter = world.get(event.to) as StoredParameter | undefined
  const about = gone ?? (parameter && { arn: parameter.arn, name: parameter.name, ...described(parameter) })
  if (!about) return undefined
  const { arn, name, type, description } = about
  return {
    source: 'aws.ssm',
    detailType: 'Parameter Store Change',
    resources: [arn],
    detail: { operation, name, type, ...(description === undefined ? {} : { description }) },
  }
}

interface Gone {
  readonly arn: string
  readonly name: string
  readonly type: string
  readonly description?: string | undefined
}

function described(parameter: StoredParameter): Pick<Gone, 'type' | 'description'> {
  const { type, description } = newestOf(parameter)
  return { type, description }
}

/** What Parameter Store tells the event bus: every change, and what policies do. */
export const announces: NonNullable<AwsService['announces']> = {
  [PARAMETER]: {
    Created: (event, world) => changed('Create', event, world),
    Updated: (event, world) => changed('Update', event, world),
    Labeled: (event, world) => changed('LabelParameterVersion', event, world),
    Deleted: (event, world) => changed('Delete', event, world, event.data as Gone),
    PolicyApplied: (event, world) => {
      const parameter = world.get(event.to) as StoredParameter | undefined
      const policy = parameter && newestOf(parameter).policies[(event.data as { readonly policy: number }).policy]
      if (!policy) return undefined
      return {
        source: 'aws.ssm',
        detailType: 'Parameter Store Policy Action',
        resources: [parameter.arn],
        detail: {
          'policy-type': policy.type,
          'parameter-name': parameter.name,
          'parameter-type': newestOf(parameter).type,
          'policy-content': policy.text,
          'action-status': 'SUCCESS',
        },
      }
    },
  },
}
