import type { Face, Tone } from '../../../kernel/index.ts'
import { type ChangeSet, resourcesOf, type Stack, type StackResource } from './records.ts'

function toneOf(state: string): Tone {
  if (state.endsWith('IN_PROGRESS') || state.endsWith('PENDING')) return 'prog'
  if (state.endsWith('FAILED') || state === 'ROLLBACK_COMPLETE') return 'err'
  if (state === 'UPDATE_ROLLBACK_COMPLETE') return 'warn'
  return state.startsWith('DELETE') || state === 'EXECUTED' || state === 'OBSOLETE' ? 'idle' : 'ok'
}

function wordOf(state: string): string {
  const words = state.toLowerCase().replaceAll('_', ' ')
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}

/** A stack: a frame with a chip for every resource. */
export const stackFace: Face<Stack> = {
  label: 'Stack',
  plural: 'Stacks',
  pictogram: 'stack',
  shape: 'host',
  rank: 0,
  within: (stack) => (stack.state === 'DELETE_COMPLETE' ? null : undefined),
  look: (stack, world) => {
    const there = resourcesOf(world, stack).filter(
      ({ state }) => state.endsWith('_COMPLETE') && state !== 'DELETE_COMPLETE',
    )
    return {
      title: stack.name,
      note: stack.wanted.template.description?.slice(0, 60),
      tone: toneOf(stack.state),
      word: wordOf(stack.state),
      detail: stack.reason,
      figures: [`${there.length} of ${Object.keys(stack.wanted.template.resources).length}`],
      facts: stack.outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue] as const),
      beat: stack.operation,
    }
  },
  actions: ({ name, region, state }) => [
    ...(state === 'UPDATE_ROLLBACK_FAILED'
      ? [
          {
            id: 'continue',
            label: 'Continue rollback',
            line: `aws cloudformation continue-update-rollback --stack-name ${name} --region ${region}`,
          },
        ]
      : []),
    {
      id: 'delete',
      label: 'Delete stack',
      line: `aws cloudformation delete-stack --stack-name ${name} --region ${region}`,
      sort: 'danger',
    },
  ],
  marks: { UpdateBegan: 'deploy', CreateBegan: 'deploy', RollbackBegan: 'alert' },
}

export const stackResourceFace: Face<StackResource> = {
  label: 'Stack resource',
  plural: 'Stack resources',
  pictogram: 'resource',
  shape: 'chip',
  within: (resource) => (resource.state === 'DELETE_COMPLETE' ? null : resource.owner),
  look: (resource) => ({
    title: resource.logicalId,
    note: resource.type.replace(/^AWS::/, ''),
    tone: toneOf(resource.state),
    word: wordOf(resource.state),
    detail: resource.reason,
    facts: resource.physicalId === undefined ? [] : [['Physical id', resource.physicalId]],
  }),
}

export const changeSetFace: Face<ChangeSet> = {
  label: 'Change set',
  plural: 'Change sets',
  pictogram: 'changeset',
  shape: 'chip',
  within: (set) => (set.state === 'CREATE_COMPLETE' ? set.owner : null),
  look: (set) => ({
    title: set.name,
    tone: toneOf(set.state),
    word: wordOf(set.state),
    detail: set.reason,
    figures: [`${set.changes.length} changes`],
  }),
}
