import type { Emission, World } from '../../../kernel/index.ts'
import { arnOf, defineOperation, type Operation, pageOf, refuse, uuid } from '../core/index.ts'
import { changesOf, isChange } from './changes.ts'
import { dated, invalid, liveStack, newStack, noStack, scopeProblem, wantedOf } from './ordering.ts'
import { CHANGE_SET, type ChangeSet, changeSetsOf, type Stack } from './records.ts'
import { isUpdatable, notUpdatable, onStack, policyProblem, updateBegan } from './stackOperations.ts'
import type * as api from './types.generated.ts'

const EXECUTION: { readonly [state: string]: string } = {
  CREATE_PENDING: 'UNAVAILABLE',
  CREATE_COMPLETE: 'AVAILABLE',
  FAILED: 'UNAVAILABLE',
  EXECUTED: 'EXECUTE_COMPLETE',
  OBSOLETE: 'OBSOLETE',
}
const NOTHING = "The submitted information didn't contain changes. Submit different information to create a change set."
const statusOf = ({ state }: ChangeSet) => (state === 'EXECUTED' || state === 'OBSOLETE' ? 'CREATE_COMPLETE' : state)

interface Naming {
  readonly ChangeSetName?: string | undefined
  readonly StackName?: string | undefined
}

function find(
  world: World,
  region: string,
  { ChangeSetName = '', StackName }: Naming,
): { readonly set: ChangeSet; readonly stack: Stack } | undefined {
  if (StackName === undefined) {
    const set = [...world.all(CHANGE_SET)]
      .map((one) => one as ChangeSet)
      .find(({ changeSetId }) => changeSetId === ChangeSetName)
    const stack = set && (world.get(set.owner) as Stack | undefined)
    return set && stack && { set, stack }
  }
  const stack = liveStack(world, region, StackName)
  const set =
    stack && changeSetsOf(world, stack).find((one) => one.name === ChangeSetName || one.changeSetId === ChangeSetName)
  return stack && set && { set, stack }
}

const noSet = (name = '') => refuse('ChangeSetNotFound', `ChangeSet [${name}] does not exist`)

/** Operations on change sets. */
export const changeSetOperations: readonly Operation[] = [
  defineOperation<api.CreateChangeSetInput>(
    'CreateChangeSet',
    (call) => {
      const { input, world, region, account } = call
      const type = input.ChangeSetType ?? 'UPDATE'
      const known = liveStack(world, region, input.StackName)
      if (type === 'CREATE' && known && known.state !== 'REVIEW_IN_PROGRESS')
        return invalid(
          `Stack [${input.StackName}] already exists and cannot be created again with the changeSet [${input.ChangeSetName}].`,
        )
      if (type === 'UPDATE' && !known) return invalid(`Stack [${input.StackName}] does not exist`)
      if (type === 'UPDATE' && known?.state === 'REVIEW_IN_PROGRESS') return notUpdatable(known)
      if (type === 'IMPORT') return invalid('The lab does not import resources into stacks.')
      if (known && changeSetsOf(world, known).some(({ name }) => name === input.ChangeSetName))
        return refuse('AlreadyExistsException', `ChangeSet ${input.ChangeSetName} already exists`)
      const read = wantedOf(call, known?.wanted)
      if ('error' in read) return read
      if (known && type === 'UPDATE' && !isUpdatable(known)) return notUpdatable(known)
      const made = known
        ? { stack: known, emit: [] }
        : newStack(call, input.StackName, read.wanted, {
            roleArn: input.RoleARN,
            onFailure: input.OnStackFailure ?? 'ROLLBACK',
          })
      const { stack } = made
      const problem = scopeProblem(stack, read.wanted, world)
      if (problem !== undefined) return invalid(problem)
      const changes = changesOf(stack, read.wanted, world)
      const key = uuid(world, CHANGE_SET, stack.id, input.ChangeSetName)
      const changeSetId = arnOf('cloudformation', region, `changeSet/${input.ChangeSetName}/${key}`, account)
      const to = `${CHANGE_SET}/${region}/${stack.name}/${input.ChangeSetName}/${key.slice(0, 8)}`
      const data = {
        owner: stack.id,
        region,
        name: input.ChangeSetName,
        changeSetId,
        type,
        description: input.Description,
        wanted: read.wanted,
        changes,
        created: world.now,
      }
      const isEmpty = known !== undefined && type === 'UPDATE' && !isChange(stack, read.wanted, world)
      return {
        output: { Id: changeSetId, StackId: stack.stackId },
        emit: [
          ...made.emit,
          { to, kind: CHANGE_SET, type: 'Created', data },
          isEmpty
            ? { to, type: 'Failed', after: 3000, data: { reason: NOTHING } }
            : { to, type: 'Prepared', after: 3000 },
        ],
      }
    },
    onStack,
  ),
  defineOperation<api.DescribeChangeSetInput>(
    'DescribeChangeSet',
    ({ input, world, region }) => {
      if (input.StackName !== undefined && !liveStack(world, region, input.StackName)) return noStack(input.StackName)
      const found = find(world, region, input)
      if (!found) return noSet(input.ChangeSetName)
      const { set, stack } = found
      const { items, nextToken } = pageOf(set.state === 'CREATE_PENDING' ? [] : set.changes, input.NextToken, 100)
      return {
        output: {
          Changes: items,
          ChangeSetName: set.name,
          ChangeSetId: set.changeSetId,
          StackId: stack.stackId,
          StackName: stack.name,
          Description: set.description,
          Parameters: shownParameters(set.wanted),
          CreationTime: dated(set.created),
          ExecutionStatus: EXECUTION[set.state],
          Status: statusOf(set),
          StatusReason: set.reason,
          NotificationARNs: set.wanted.notificationArns,
          RollbackConfiguration: {},
          Capabilities: set.wanted.capabilities,
          Tags: set.wanted.tags,
          IncludeNestedStacks: false,
          NextToken: nextToken,
        },
      }
    },
    onStack,
  ),
  defineOperation<api.ListChangeSetsInput>(
    'ListChangeSets',
    ({ input, world, region }) => {
      const stack = liveStack(world, region, input.StackName)
      if (!stack) return noStack(input.StackName)
      const { items, nextToken } = pageOf(changeSetsOf(world, stack), input.NextToken, 100)
      return {
        output: {
          Summaries: items.map((set) => ({
            StackId: stack.stackId,
            StackName: stack.name,
            ChangeSetId: set.changeSetId,
            ChangeSetName: set.name,
            ExecutionStatus: EXECUTION[set.state],
            Status: statusOf(set),
            StatusReason: set.reason,
            CreationTime: dated(set.created),
            Description: set.description,
            IncludeNestedStacks: false,
          })),
          NextToken: nextToken,
        },
      }
    },
    onStack,
  ),
  defineOperation<api.ExecuteChangeSetInput>(
    'ExecuteChangeSet',
    ({ input, world, region }) => {
      const found = find(world, region, input)
      if (!found) return noSet(input.ChangeSetName)
      const { set } = found
      if (set.state !== 'CREATE_COMPLETE')
        return refuse(
          'InvalidChangeSetStatus',
          `ChangeSet [${set.changeSetId}] cannot be executed in its current status of [${set.state === 'EXECUTED' ? 'EXECUTE_COMPLETE' : statusOf(set)}]`,
        )
      const denied = policyProblem(found.stack, changesOf(found.stack, set.wanted, world))
      if (denied !== undefined) return invalid(denied)
      return { output: {}, emit: executed(found.stack, set, world) }
    },
    onStack,
  ),
  defineOperation<api.DeleteChangeSetInput>(
    'DeleteChangeSet',
    ({ input, world, region }) => {
      const found = find(world, region, input)
      return { output: {}, emit: found ? [{ to: found.set.id, type: 'Deleted' }] : [] }
    },
    onStack,
  ),
]

/** What the execution of a change set lets happen: the other ones of the stack are obsolete then. */
function executed(stack: Stack, set: ChangeSet, world: World): readonly Emission[] {
  const others = changeSetsOf(world, stack).filter((one) => one.id !== set.id && one.state === 'CREATE_COMPLETE')
  const changed = { changeSetId: set.changeSetId }
  const begin: Emission =
    stack.state === 'REVIEW_IN_PROGRESS'
      ? {
          to: stack.id,
          type: 'CreateBegan',
          data: { wanted: set.wanted, operation: 1, began: world.now, reason: 'User Initiated', ...changed },
        }
      : updateBegan(stack, set.wanted, world.now, changed)
  return [{ to: set.id, type: 'Executed' }, ...others.map(({ id }) => ({ to: id, type: 'Outdated' })), begin]
}

/** Parameters as they are shown: hidden ones as stars. */
export function shownParameters({ parameters, template }: ChangeSet['wanted']): readonly api.Parameter[] {
  return parameters.map((one) =>
    String(template.parameters[one.ParameterKey ?? '']?.NoEcho) === 'true' ? { ...one, ParameterValue: '****' } : one,
  )
}
