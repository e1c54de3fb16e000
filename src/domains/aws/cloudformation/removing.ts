import type { Answer, Emission, World } from '../../../kernel/index.ts'
import { callOf, type Progress, reasonOf } from './converging.ts'
import { resourcesOf, resourceType, type Stack, type StackResource } from './records.ts'

/** One look at resources that are to go: those on which nothing left depends are deleted. */
export function remove(stack: Stack, which: readonly StackResource[], world: World): Progress {
  const answers: Answer[] = []
  const failed: StackResource[] = []
  const isGone = ({ state }: StackResource) => state === 'DELETE_COMPLETE' || state === 'DELETE_SKIPPED'
  const left = which.filter((one) => !isGone(one))
  for (const resource of left) {
    const isOwn = resource.operation === stack.operation
    if (isOwn && resource.state === 'DELETE_FAILED') {
      failed.push(resource)
      continue
    }
    if (resource.state === 'DELETE_IN_PROGRESS') {
      const answer = heardGone(resource, world)
      if (answer) answers.push(answer)
      continue
    }
    const waits = resourcesOf(world, stack).some(
      (other) => other.id !== resource.id && !isGone(other) && other.dependsOn.includes(resource.logicalId),
    )
    if (!waits) answers.push(...begin(stack, resource, world))
  }
  const isStuck = failed.length > 0 && answers.length === 0 && !left.some(({ state }) => state === 'DELETE_IN_PROGRESS')
  return { answers, failed: isStuck ? failed : [], done: left.length === 0 }
}

function heardGone(resource: StackResource, world: World): Emission | undefined {
  const state =
    resource.physicalId === undefined ? 'gone' : resourceType(resource.type)?.state(resource.physicalId, world)
  if (state === 'gone' || state === undefined) return { to: resource.id, type: 'Deleted', data: { updated: world.now } }
  return undefined
}

function begin(stack: Stack, resource: StackResource, world: World): readonly Answer[] {
  const data = { operation: stack.operation, updated: world.now }
  if (resource.physicalId === undefined) {
    return resource.state === 'CREATE_FAILED'
      ? [{ to: resource.id, type: 'Deleted', data }]
      : [{ to: resource.id, type: 'DeleteBegan', data }]
  }
  const isKept =
    stack.skipped.includes(resource.logicalId) ||
    resource.deletionPolicy === 'Retain' ||
    (resource.deletionPolicy === 'RetainExceptOnCreate' && stack.state !== 'ROLLBACK_IN_PROGRESS')
  if (isKept) return [{ to: resource.id, type: 'Skipped', data }]
  const type = resourceType(resource.type)
  const answer = type?.remove(resource.physicalId, resource.properties, callOf(stack, resource.logicalId, world))
  const began: Emission = { to: resource.id, type: 'DeleteBegan', data }
  if (answer && 'error' in answer) {
    if (/NotFound|NoSuch|DoesNotExist/.test(answer.error.code)) return [began]
    const reason = reasonOf(answer.error, world, `${resource.id}#${stack.operation}`)
    return [began, { to: resource.id, type: 'Failed', data: { reason } }]
  }
  return [began, ...(answer?.emit ?? [])]
}

/** Removes what replaced resources were before. */
export function removeOld(stack: Stack, world: World): readonly Answer[] {
  return resourcesOf(world, stack).flatMap((resource): readonly Answer[] => {
    const { old } = resource
    if (!old) return []
    const isKept = resource.replacePolicy === 'Retain'
    const answer = isKept
      ? undefined
      : resourceType(old.type)?.remove(old.physicalId, old.properties, callOf(stack, resource.logicalId, world))
    return [...(answer && 'emit' in answer ? answer.emit : []), { to: resource.id, type: 'OldRemoved' }]
  })
}
