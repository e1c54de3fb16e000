import type { Controller } from '../../../kernel/index.ts'
import { newestOf, PARAMETER, type StoredParameter } from './parameter.ts'

/**
 * Does what a parameter's policies ask for when their time has come: tells of it, and deletes what has expired.
 * Models: AWS Systems Manager User Guide, "Assigning parameter policies in Parameter Store"
 */
export const policiesController: Controller = {
  name: 'ssm-policies',
  watches: { [PARAMETER]: ['Created', 'Upgraded', 'Updated', 'PolicyApplied'] },
  wakes(event, world) {
    const parameter = world.get(event.to) as StoredParameter | undefined
    return parameter && newestOf(parameter).policies.length > 0 ? event.to : undefined
  },
  reconcile(id, world) {
    const parameter = world.get(id) as StoredParameter | undefined
    if (parameter?.state !== 'Advanced') return undefined
    const { policies } = newestOf(parameter)
    const pending = policies.filter(({ status }) => status === 'Pending')
    const due = pending.filter((policy) => policy.due <= world.now)
    const next = Math.min(...pending.filter((policy) => policy.due > world.now).map((policy) => policy.due))
    const { arn, name } = parameter
    const { type, description } = newestOf(parameter)
    return [
      ...due.map((policy) => ({ to: id, type: 'PolicyApplied', data: { policy: policies.indexOf(policy) } })),
      ...(due.some((policy) => policy.type === 'Expiration')
        ? [{ to: id, type: 'Deleted', data: { arn, name, type, description, expired: true } }]
        : Number.isFinite(next)
          ? [{ again: next - world.now }]
          : []),
    ]
  },
}
