import { defineKind, defineLifecycle, type Entity, type Fields, type SimEvent } from '../../../kernel/index.ts'
import { changeSetFace, stackFace, stackResourceFace } from './faces.ts'
import { CHANGE_SET, type ChangeSet, RESOURCE, STACK, type Stack, type StackResource, type Told } from './records.ts'
import { stackLifecycle } from './stack.lifecycle.ts'
import { stackResourceLifecycle } from './stackResource.lifecycle.ts'

const fields = (event: SimEvent): Fields => (event.data ?? {}) as Fields

/** The fields that an event brings, and a line for `describe-stack-events`. */
function told<E extends Entity & { readonly told: readonly Told[]; readonly reason?: string | undefined }>(
  lifecycle: typeof stackLifecycle,
) {
  return (entity: E, event: SimEvent): Fields => {
    const { reason, line, ...data } = fields(event) as { reason?: string; line?: object }
    const status = lifecycle.step(entity.state, event.type)?.into ?? entity.state
    const physical = (data as { physicalId?: string }).physicalId ?? (entity as { physicalId?: string }).physicalId
    const properties = (data as { properties?: object }).properties ?? (entity as { properties?: object }).properties
    return {
      ...data,
      reason,
      told: [
        ...entity.told,
        {
          id: event.id,
          at: event.at,
          status,
          ...(reason === undefined ? {} : { reason }),
          ...(physical === undefined ? {} : { physicalId: physical }),
          ...(properties === undefined ? {} : { properties }),
          ...line,
        },
      ],
    }
  }
}

const tellStack = told<Stack>(stackLifecycle)
const tellResource = told<StackResource>(stackResourceLifecycle)
const named = (stack: Stack | undefined, event: SimEvent) => `[${stack?.name ?? 'stack'}](${event.to})`

const stackKind = defineKind<Stack>({
  kind: STACK,
  lifecycle: stackLifecycle,
  apply: {
    Changed: (_stack, event) => fields(event),
    ...Object.fromEntries(
      [
        'CreateBegan',
        'CreateCompleted',
        'CreateFailed',
        'RollbackBegan',
        'RollbackCompleted',
        'RollbackFailed',
        'UpdateBegan',
        'UpdateCompleted',
        'UpdateFailed',
        'CleanupBegan',
        'DeleteBegan',
        'DeleteCompleted',
        'DeleteFailed',
      ].map((type) => [type, tellStack]),
    ),
  },
  face: stackFace,
  tell: {
    CreateBegan: (event, stack) => `The stack ${named(stack, event)} is to be made.`,
    CreateCompleted: (event, stack) => `All resources of ${named(stack, event)} are there.`,
    RollbackBegan: (event, stack) => `${named(stack, event)} is rolled back: ${stack?.reason ?? ''}`,
    UpdateBegan: (event, stack) => `${named(stack, event)} is to be updated.`,
    UpdateCompleted: (event, stack) => `${named(stack, event)} is updated.`,
    DeleteBegan: (event, stack) => `${named(stack, event)} is to be deleted.`,
    DeleteFailed: (event, stack) => `${named(stack, event)} cannot be deleted: ${stack?.reason ?? ''}`,
  },
})

const resourceKind = defineKind<StackResource>({
  kind: RESOURCE,
  lifecycle: stackResourceLifecycle,
  birth: (event) => ({
    ...fields(event),
    told: [
      {
        id: event.id,
        at: event.at,
        status: 'CREATE_IN_PROGRESS',
        properties: (event.data as StackResource).properties,
      },
    ],
  }),
  apply: {
    ...Object.fromEntries(
      [
        'CreateBegan',
        'Made',
        'Completed',
        'Failed',
        'UpdateBegan',
        'DeleteBegan',
        'Deleted',
        'Skipped',
        'Reverted',
      ].map((type) => [type, tellResource]),
    ),
    Kept: (_resource, event) => fields(event),
    OldRemoved: (resource, event) => {
      const old = resource.old
      const at = event.at
      const line = (status: string) => ({ id: event.id, at, status, physicalId: old?.physicalId })
      return { old: undefined, told: [...resource.told, line('DELETE_IN_PROGRESS'), line('DELETE_COMPLETE')] }
    },
  },
  face: stackResourceFace,
  tell: {
    CreateBegan: (event) =>
      `The resource [${(event.data as StackResource).logicalId}](${event.to}), \`${(event.data as StackResource).type}\`, is to be made.`,
    Completed: (event, resource) => `The resource [${resource?.logicalId}](${event.to}) is as wanted.`,
    Failed: (event, resource) =>
      `The resource [${resource?.logicalId}](${event.to}) fails: \`${resource?.reason ?? ''}\``,
  },
})

const changeSetKind = defineKind<ChangeSet>({
  kind: CHANGE_SET,
  lifecycle: defineLifecycle({
    id: CHANGE_SET,
    initial: 'CREATE_PENDING',
    states: {
      CREATE_PENDING: {
        description: 'What would change is being worked out.',
        tags: ['prog'],
        on: {
          Prepared: { target: 'CREATE_COMPLETE', description: 'Its changes are known.' },
          Failed: { target: 'FAILED', description: 'It has no changes, or they cannot be made.' },
          Deleted: { target: 'Gone', description: 'Someone deletes it.' },
        },
      },
      CREATE_COMPLETE: {
        description: 'It can be executed.',
        tags: ['ok'],
        on: {
          Executed: { target: 'EXECUTED', description: 'The stack is to be as it says.' },
          Outdated: { target: 'OBSOLETE', description: 'The stack has changed meanwhile.' },
          Deleted: { target: 'Gone', description: 'Someone deletes it.' },
        },
      },
      EXECUTED: {
        description: 'It was executed.',
        tags: ['idle'],
        on: { Deleted: { target: 'Gone', description: 'Someone deletes it.' } },
      },
      OBSOLETE: {
        description: 'The stack has changed since: it cannot be executed.',
        tags: ['idle'],
        on: { Deleted: { target: 'Gone', description: 'Someone deletes it.' } },
      },
      FAILED: {
        description: 'It cannot be executed.',
        tags: ['warn'],
        on: { Deleted: { target: 'Gone', description: 'Someone deletes it.' } },
      },
      Gone: { description: 'It does not exist any more.', type: 'final' },
    },
  }),
  apply: { Failed: (_set, event) => fields(event), Prepared: (_set, event) => fields(event) },
  face: changeSetFace,
})

/** The kinds of CloudFormation. */
export const kinds = [stackKind, resourceKind, changeSetKind]
