import type { Answer, Controller, World } from '../../../kernel/index.ts'
import { services } from '../core/index.ts'
import { converge, type Progress } from './converging.ts'
import { busyStacks, exportsOf, RESOURCE, resourcesOf, STACK, type Stack, type StackResource } from './records.ts'
import { remove, removeOld } from './removing.ts'
import { outputsOf, scopeOf, wantedNames } from './scope.ts'
import { TemplateProblem } from './template.ts'

/**
 * Brings stacks to what is wanted, resource by resource in the order of their dependencies, and back when one fails.
 * Models: AWS CloudFormation User Guide, "How CloudFormation works", "Stack failure options"
 */
export const stacksController: Controller = {
  name: 'cloudformation',
  get watches() {
    const kinds: Record<string, '*'> = { [STACK]: '*', [RESOURCE]: '*' }
    for (const { resources = [] } of services.values())
      for (const { watches } of resources) for (const kind of watches) kinds[kind] = '*'
    return kinds
  },
  wakes(event, world) {
    if (event.kind === STACK) return event.to
    if (event.kind === RESOURCE) return world.get(event.to)?.owner
    const busy = world.lookup(busyStacks, 'busy')
    return busy.length === 0 ? undefined : busy.map(({ id }) => id)
  },
  delay: () => 1000,
  reconcile(id, world) {
    const stack = world.get(id) as Stack | undefined
    if (!stack?.state.endsWith('_IN_PROGRESS') || stack.state === 'REVIEW_IN_PROGRESS') return undefined
    const answers = step(stack, world)
    return answers.length > 0 ? answers : [{ again: 10_000 }]
  },
}

function step(stack: Stack, world: World): readonly Answer[] {
  switch (stack.state) {
    case 'CREATE_IN_PROGRESS':
      return creating(stack, world)
    case 'UPDATE_IN_PROGRESS':
      return updating(stack, world)
    case 'UPDATE_ROLLBACK_IN_PROGRESS':
      return goingBack(stack, world)
    case 'ROLLBACK_IN_PROGRESS':
      return removing(stack, world, 'Rollback')
    case 'DELETE_IN_PROGRESS':
      return removing(stack, world, 'Delete')
    default:
      return cleaning(stack, world)
  }
}

const listed = (resources: readonly StackResource[]) => resources.map(({ logicalId }) => logicalId).join(', ')

/** The outputs, or the reason why they cannot be worked out. */
function finished(
  stack: Stack,
  world: World,
): { readonly outputs: Stack['outputs']; readonly imports: readonly string[] } | { readonly reason: string } {
  try {
    const outputs = outputsOf(scopeOf(stack, stack.wanted, world))
    const taken = exportsOf(world, stack.region).find(
      (one) => one.stack.id !== stack.id && outputs.some(({ ExportName }) => ExportName === one.name),
    )
    if (taken)
      return {
        reason: `Export with name ${taken.name} is already exported by stack ${taken.stack.name}. Rollback requested by user.`,
      }
    return { outputs, imports: importsOf(stack) }
  } catch (problem) {
    if (!(problem instanceof TemplateProblem)) throw problem
    return { reason: problem.message }
  }
}

function creating(stack: Stack, world: World): readonly Answer[] {
  const progress = converge(stack, world)
  const late = stack.timeoutMinutes !== undefined && world.now - stack.began >= stack.timeoutMinutes * 60_000
  if (progress.failed.length > 0 || late) {
    const reason = late
      ? 'Stack creation time exceeded the specified timeout. Rollback requested by user.'
      : `The following resource(s) failed to create: [${listed(progress.failed)}]. ${stack.onFailure === 'ROLLBACK' ? 'Rollback requested by user.' : stack.onFailure === 'DELETE' ? 'Delete requested by user.' : ''}`.trim()
    return [...progress.answers, failedCreation(stack, reason)]
  }
  if (!progress.done) return progress.answers
  const end = finished(stack, world)
  return ['reason' in end ? failedCreation(stack, end.reason) : { to: stack.id, type: 'CreateCompleted', data: end }]
}

function failedCreation(stack: Stack, reason: string): Answer {
  const operation = { operation: stack.operation + 1 }
  if (stack.onFailure === 'DO_NOTHING') return { to: stack.id, type: 'CreateFailed', data: { reason } }
  if (stack.onFailure === 'DELETE') return { to: stack.id, type: 'DeleteBegan', data: { reason, ...operation } }
  return { to: stack.id, type: 'RollbackBegan', data: { reason, ...operation } }
}

function updating(stack: Stack, world: World): readonly Answer[] {
  const progress = converge(stack, world)
  if (progress.failed.length > 0) {
    const failedToCreate = progress.failed.filter(({ state }) => state.startsWith('CREATE'))
    const failedToUpdate = progress.failed.filter(({ state }) => state.startsWith('UPDATE'))
    const reason = [
      failedToCreate.length > 0 ? `The following resource(s) failed to create: [${listed(failedToCreate)}]. ` : '',
      failedToUpdate.length > 0 ? `The following resource(s) failed to update: [${listed(failedToUpdate)}]. ` : '',
    ].join('')
    return [...progress.answers, backward(stack, reason)]
  }
  if (!progress.done) return progress.answers
  const end = finished(stack, world)
  return ['reason' in end ? backward(stack, end.reason) : { to: stack.id, type: 'CleanupBegan', data: end }]
}

/** The event with which a failed update goes back. */
export function backward(stack: Stack, reason: string): Answer {
  if (stack.onFailure === 'DO_NOTHING') return { to: stack.id, type: 'UpdateFailed', data: { reason } }
  return {
    to: stack.id,
    type: 'RollbackBegan',
    data: { reason, wanted: stack.before ?? stack.wanted, before: stack.wanted, operation: stack.operation + 1 },
  }
}

function goingBack(stack: Stack, world: World): readonly Answer[] {
  const progress = converge(stack, world)
  if (progress.failed.length > 0)
    return [
      ...progress.answers,
      {
        to: stack.id,
        type: 'RollbackFailed',
        data: { reason: `The following resource(s) failed to update: [${listed(progress.failed)}]. ` },
      },
    ]
  if (!progress.done) return progress.answers
  const end = finished(stack, world)
  return [{ to: stack.id, type: 'CleanupBegan', data: 'reason' in end ? {} : end }]
}

function removing(stack: Stack, world: World, what: 'Rollback' | 'Delete'): readonly Answer[] {
  if (what === 'Delete') {
    const used = exportsOf(world, stack.region).find(
      (one) => one.stack.id === stack.id && importersOf(world, stack.region, one.name).length > 0,
    )
    if (used) {
      const by = importersOf(world, stack.region, used.name).map(({ name }) => name)
      const reason = `Export ${used.name} cannot be deleted as it is in use by ${by.join(', ')}`
      return [{ to: stack.id, type: 'DeleteFailed', data: { reason } }]
    }
  }
  const progress: Progress = remove(stack, resourcesOf(world, stack), world)
  const old = progress.done ? removeOld(stack, world) : []
  if (progress.failed.length > 0)
    return [
      {
        to: stack.id,
        type: `${what}Failed`,
        data: { reason: `The following resource(s) failed to delete: [${listed(progress.failed)}]. ` },
      },
    ]
  if (!progress.done || old.length > 0) return [...progress.answers, ...old]
  return [
    {
      to: stack.id,
      type: `${what}Completed`,
      data: { outputs: [], imports: [], ...(what === 'Delete' ? { deleted: world.now } : {}) },
    },
  ]
}

function cleaning(stack: Stack, world: World): readonly Answer[] {
  const names = new Set(wantedNames(scopeOf(stack, stack.wanted, world)))
  const extra = resourcesOf(world, stack).filter(({ logicalId }) => !names.has(logicalId))
  const progress = remove(stack, extra, world)
  const old = removeOld(stack, world)
  if (old.length > 0 || (!progress.done && progress.failed.length === 0)) return [...old, ...progress.answers]
  const isBack = stack.state.startsWith('UPDATE_ROLLBACK')
  return [{ to: stack.id, type: isBack ? 'RollbackCompleted' : 'UpdateCompleted', data: { before: undefined } }]
}

/** Stacks that import an export. */
export function importersOf(world: World, region: string, name: string): readonly Stack[] {
  return [...world.all(STACK)]
    .map((one) => one as Stack)
    .filter((stack) => stack.region === region && stack.state !== 'DELETE_COMPLETE' && stack.imports.includes(name))
}

/** Names that a stack imports, where they are written or put together from parameters alone. */
function importsOf(stack: Stack): readonly string[] {
  const found = new Set<string>()
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit)
    else if (typeof value === 'object' && value !== null)
      for (const [key, one] of Object.entries(value)) {
        if (key === 'Fn::ImportValue') found.add(imported(one, stack))
        else visit(one)
      }
  }
  visit(stack.wanted.template.resources)
  visit(stack.wanted.template.outputs)
  return [...found].sort()
}

function imported(value: unknown, stack: Stack): string {
  if (typeof value === 'string') return value
  const { 'Fn::Sub': sub, Ref: ref } = value as { readonly 'Fn::Sub'?: unknown; readonly Ref?: string }
  const parameter = (name: string) =>
    name === 'AWS::StackName'
      ? stack.name
      : name === 'AWS::Region'
        ? stack.region
        : String(stack.wanted.values[name] ?? '')
  if (ref !== undefined) return parameter(ref)
  const text = Array.isArray(sub) ? String(sub[0]) : String(sub ?? '')
  return text.replace(/\$\{([\w:]+)\}/g, (_whole, name: string) => parameter(name))
}
