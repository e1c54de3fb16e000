import type { Emission } from '../../../kernel/index.ts'
import { defineOperation, type Operation, parseArn } from '../core/index.ts'
import { changesOf, isChange } from './changes.ts'
import { invalid, liveStack, newStack, noStack, noSuchStack, scopeProblem, wantedOf } from './ordering.ts'
import { resourcesOf, type Stack } from './records.ts'
import { backward } from './stacks.controller.ts'
import type * as api from './types.generated.ts'

const UPDATABLE = new Set(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'UPDATE_FAILED'])

export const notUpdatable = (stack: Stack) =>
  invalid(`Stack:${stack.stackId} is in ${stack.state} state and can not be updated.`)

export function isUpdatable(stack: Stack): boolean {
  return UPDATABLE.has(stack.state)
}

/** IAM is asked for the stack's ARN. */
export const onStack = ({
  input,
  region,
  account,
}: {
  readonly input: { readonly StackName?: string | undefined }
  readonly region: string
  readonly account: string
}) => ({
  resource: parseArn(input.StackName ?? '')
    ? (input.StackName ?? '')
    : `arn:aws:cloudformation:${region}:${account}:stack/${input.StackName ?? ''}/*`,
})

/** Operations that make, change and delete stacks. */
export const stackOperations: readonly Operation[] = [
  defineOperation<api.CreateStackInput>(
    'CreateStack',
    (call) => {
      const { input, world, region } = call
      if (!/^[A-Za-z][A-Za-z0-9-]*$/.test(input.StackName))
        return invalid(
          `1 validation error detected: Value '${input.StackName}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
        )
      if (liveStack(world, region, input.StackName))
        return {
          error: { code: 'AlreadyExistsException', message: `Stack [${input.StackName}] already exists` },
        }
      if (input.DisableRollback !== undefined && input.OnFailure !== undefined)
        return invalid('Either DisableRollback or OnFailure can be specified, not both.')
      const read = wantedOf(call, undefined)
      if ('error' in read) return read
      const { stack, emit } = newStack(call, input.StackName, read.wanted, {
        roleArn: input.RoleARN,
        onFailure: input.DisableRollback ? 'DO_NOTHING' : (input.OnFailure ?? 'ROLLBACK'),
        timeoutMinutes: input.TimeoutInMinutes,
        terminationProtection: input.EnableTerminationProtection ?? false,
        policy: input.StackPolicyBody,
      })
      const problem = scopeProblem(stack, read.wanted, world)
      if (problem !== undefined) return invalid(problem)
      return {
        output: { StackId: stack.stackId },
        emit: [
          ...emit,
          { to: stack.id, type: 'CreateBegan', data: { operation: 1, began: world.now, reason: 'User Initiated' } },
        ],
      }
    },
    onStack,
  ),
  defineOperation<api.UpdateStackInput>(
    'UpdateStack',
    (call) => {
      const { input, world, region } = call
      const stack = liveStack(world, region, input.StackName)
      if (!stack) return noSuchStack(input.StackName)
      const read = wantedOf(call, stack.wanted)
      if ('error' in read) return read
      if (!isUpdatable(stack)) return notUpdatable(stack)
      const problem = scopeProblem(stack, read.wanted, world)
      if (problem !== undefined) return invalid(problem)
      if (!isChange(stack, read.wanted, world)) return invalid('No updates are to be performed.')
      const denied = policyProblem(stack, changesOf(stack, read.wanted, world))
      if (denied !== undefined) return invalid(denied)
      return {
        output: { StackId: stack.stackId },
        emit: [
          updateBegan(stack, read.wanted, world.now, {
            onFailure: input.DisableRollback ? 'DO_NOTHING' : 'ROLLBACK',
            ...(input.RoleARN === undefined ? {} : { roleArn: input.RoleARN }),
            ...(input.StackPolicyBody === undefined ? {} : { policy: input.StackPolicyBody }),
          }),
        ],
      }
    },
    onStack,
  ),
  defineOperation<api.DeleteStackInput>(
    'DeleteStack',
    ({ input, world, region }) => {
      const stack = liveStack(world, region, input.StackName)
      if (!stack || stack.state === 'DELETE_IN_PROGRESS') return { output: {} }
      if (stack.terminationProtection)
        return invalid(`Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`)
      if (
        stack.state.endsWith('_IN_PROGRESS') &&
        stack.state !== 'REVIEW_IN_PROGRESS' &&
        stack.state !== 'CREATE_IN_PROGRESS'
      )
        return invalid(`Stack [${stack.name}] cannot be deleted while in status ${stack.state}`)
      const retained = input.RetainResources ?? []
      if (retained.length > 0 && stack.state !== 'DELETE_FAILED')
        return invalid(
          `Invalid operation on stack [${stack.stackId}]. Specify RetainResources only when the stack is in the DELETE_FAILED state.`,
        )
      return {
        output: {},
        emit: [
          {
            to: stack.id,
            type: 'DeleteBegan',
            data: { operation: stack.operation + 1, skipped: retained, reason: 'User Initiated' },
          },
        ],
      }
    },
    onStack,
  ),
  defineOperation<api.CancelUpdateStackInput>(
    'CancelUpdateStack',
    ({ input, world, region }) => {
      const stack = liveStack(world, region, input.StackName)
      if (!stack) return noSuchStack(input.StackName)
      if (stack.state !== 'UPDATE_IN_PROGRESS')
        return invalid(`CancelUpdateStack cannot be called from current stack status`)
      return { output: {}, emit: [backward({ ...stack, onFailure: 'ROLLBACK' }, 'User Initiated') as Emission] }
    },
    onStack,
  ),
  defineOperation<api.ContinueUpdateRollbackInput>(
    'ContinueUpdateRollback',
    ({ input, world, region }) => {
      const stack = liveStack(world, region, input.StackName)
      if (!stack) return noSuchStack(input.StackName)
      if (stack.state !== 'UPDATE_ROLLBACK_FAILED')
        return invalid(`Stack:${stack.stackId} is in ${stack.state} state and can not continue rollback.`)
      const unknown = (input.ResourcesToSkip ?? []).filter(
        (name) => !resourcesOf(world, stack).some(({ logicalId }) => logicalId === name),
      )
      if (unknown.length > 0)
        return invalid(`Resource(s) [${unknown.join(', ')}] does not exist in stack ${stack.name}`)
      return {
        output: {},
        emit: [
          {
            to: stack.id,
            type: 'RollbackBegan',
            data: { skipped: input.ResourcesToSkip ?? [], operation: stack.operation + 1 },
          },
        ],
      }
    },
    onStack,
  ),
  defineOperation<api.RollbackStackInput>(
    'RollbackStack',
    ({ input, world, region }) => {
      const stack = liveStack(world, region, input.StackName)
      if (!stack) return noSuchStack(input.StackName)
      if (stack.state !== 'CREATE_FAILED' && stack.state !== 'UPDATE_FAILED')
        return invalid(`Stack:${stack.stackId} is in ${stack.state} state and can not be rolled back.`)
      const back =
        stack.state === 'CREATE_FAILED'
          ? { to: stack.id, type: 'RollbackBegan', data: { operation: stack.operation + 1, reason: 'User Initiated' } }
          : (backward({ ...stack, onFailure: 'ROLLBACK' }, 'User Initiated') as Emission)
      return { output: { StackId: stack.stackId }, emit: [back] }
    },
    onStack,
  ),
  defineOperation<api.UpdateTerminationProtectionInput>(
    'UpdateTerminationProtection',
    ({ input, world, region }) => {
      const stack = liveStack(world, region, input.StackName)
      if (!stack) return noStack(input.StackName)
      return {
        output: { StackId: stack.stackId },
        emit: [{ to: stack.id, type: 'Changed', data: { terminationProtection: input.EnableTerminationProtection } }],
      }
    },
    onStack,
  ),
  defineOperation<api.SetStackPolicyInput>(
    'SetStackPolicy',
    ({ input, world, region }) => {
      const stack = liveStack(world, region, input.StackName)
      if (!stack) return noStack(input.StackName)
      try {
        JSON.parse(input.StackPolicyBody ?? '')
      } catch {
        return invalid('Error validating stack policy: Invalid stack policy')
      }
      return { output: {}, emit: [{ to: stack.id, type: 'Changed', data: { policy: input.StackPolicyBody } }] }
    },
    onStack,
  ),
  defineOperation<api.GetStackPolicyInput>(
    'GetStackPolicy',
    ({ input, world, region }) => {
      const stack = liveStack(world, region, input.StackName)
      return stack ? { output: { StackPolicyBody: stack.policy } } : noStack(input.StackName)
    },
    onStack,
  ),
]

/** The event with which an update begins. */
export function updateBegan(stack: Stack, wanted: Stack['wanted'], now: number, more: object = {}): Emission {
  return {
    to: stack.id,
    type: 'UpdateBegan',
    data: {
      wanted,
      before: stack.wanted,
      operation: stack.operation + 1,
      began: now,
      updated: now,
      skipped: [],
      reason: 'User Initiated',
      ...more,
    },
  }
}

/** Why a stack policy denies an update; a statement that denies wins, and what is not allowed is denied. */
export function policyProblem(stack: Stack, changes: readonly api.Change[]): string | undefined {
  if (stack.policy === undefined) return undefined
  const { Statement = [] } = JSON.parse(stack.policy) as { readonly Statement?: readonly PolicyStatement[] }
  for (const { ResourceChange: change } of changes) {
    if (!change || change.Action === 'Add') continue
    const action =
      change.Action === 'Remove' ? 'Update:Delete' : change.Replacement === 'True' ? 'Update:Replace' : 'Update:Modify'
    const fitting = Statement.filter(
      (one) => fits(one.Action, action) && fits(one.Resource, `LogicalResourceId/${change.LogicalResourceId ?? ''}`),
    )
    if (fitting.some(({ Effect }) => Effect === 'Deny') || !fitting.some(({ Effect }) => Effect === 'Allow'))
      return `Action denied by stack policy: Statement [#1] does not allow [${action}] for resource [${change.LogicalResourceId ?? ''}]`
  }
  return undefined
}

interface PolicyStatement {
  readonly Effect?: string
  readonly Action?: string | readonly string[]
  readonly Resource?: string | readonly string[]
}

function fits(patterns: string | readonly string[] | undefined, text: string): boolean {
  const list = patterns === undefined ? [] : typeof patterns === 'string' ? [patterns] : patterns
  return list.some((one) =>
    new RegExp(`^${one.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`).test(text),
  )
}
