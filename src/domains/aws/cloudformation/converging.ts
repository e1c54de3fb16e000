import { type Answer, type Emission, type Json, type JsonObject, stable, type World } from '../../../kernel/index.ts'
import { type ApiError, hexId, type ResourceCall, uuid } from '../core/index.ts'
import { evaluate } from './evaluate.ts'
import {
  RESOURCE,
  resourceId,
  resourceNamed,
  resourcesOf,
  resourceType,
  type Stack,
  type StackResource,
  stackPrincipal,
} from './records.ts'
import { scopeOf, wantedNames } from './scope.ts'
import { type ResourceSpec, TemplateProblem } from './template.ts'

/** How far a stack has come on the way to what is wanted. */
export interface Progress {
  readonly answers: readonly Answer[]
  readonly failed: readonly StackResource[]
  readonly done: boolean
}

/** One look at a stack that is to become what its template says: begins what can begin, and hears how the rest fares. */
export function converge(stack: Stack, world: World): Progress {
  const scope = scopeOf(stack, stack.wanted, world)
  const names = wantedNames(scope)
  const isWanted = new Set(names)
  const answers: Answer[] = []
  const failed: StackResource[] = []
  let open = 0
  // One at a look: the next one is to see what this one has made, its address taken and its revision counted.
  let began = false
  const isDone = (name: string): boolean => {
    const resource = resourceNamed(world, stack, name)
    return resource?.operation === stack.operation && /^(CREATE|UPDATE)_COMPLETE$/.test(resource.state)
  }
  const ready = names.filter((name) => !isDone(name))
  for (const name of ready) {
    const resource = resourceNamed(world, stack, name)
    const spec = stack.wanted.template.resources[name]
    if (!spec) continue
    if (resource && resource.operation === stack.operation && resource.state.endsWith('_FAILED')) {
      if (stack.skipped.includes(name)) answers.push(revert(resource, stack))
      else failed.push(resource)
      continue
    }
    open++
    if (resource && resource.operation === stack.operation && resource.state.endsWith('_IN_PROGRESS')) {
      const answer = heard(resource, world)
      if (answer) answers.push(answer)
      continue
    }
    if (began || !spec.dependsOn.every((other) => !isWanted.has(other) || isDone(other))) continue
    began = true
    try {
      answers.push(...begin(stack, name, spec, (evaluate(spec.Properties, scope) ?? {}) as JsonObject, world))
    } catch (problem) {
      if (!(problem instanceof TemplateProblem)) throw problem
      answers.push(...begun(stack, name, spec, {}, world), failure(stack, name, problem.message))
    }
  }
  if (failed.length > 0)
    return {
      answers: resourcesOf(world, stack)
        .filter(
          (one) =>
            one.operation === stack.operation && one.state.endsWith('_IN_PROGRESS') && !one.state.startsWith('DELETE'),
        )
        .map((one) =>
          failure(stack, one.logicalId, `Resource ${one.state.startsWith('CREATE') ? 'creation' : 'update'} cancelled`),
        ),
      failed,
      done: false,
    }
  return { answers, failed, done: open === 0 && answers.length === 0 }
}

/** Whether a resource under way is there by now. */
export function heard(resource: StackResource, world: World): Emission | undefined {
  if (resource.physicalId === undefined) return undefined
  const state = resourceType(resource.type)?.state(resource.physicalId, world)
  if (state === 'working') return undefined
  if (state === 'ready') return { to: resource.id, type: 'Completed', data: { updated: world.now } }
  const message =
    state === 'gone' || state === undefined
      ? `Resource of type '${resource.type}' with identifier '${resource.physicalId}' was not found.`
      : state.failed
  return { to: resource.id, type: 'Failed', data: { reason: message, updated: world.now } }
}

function failure(stack: Stack, name: string, reason: string): Emission {
  return { to: resourceId(stack, name), type: 'Failed', data: { reason } }
}

function revert(resource: StackResource, stack: Stack): Emission {
  return { to: resource.id, type: 'Reverted', data: { operation: stack.operation } }
}

/** How a resource type is called. */
export function callOf(stack: Stack, name: string, world: World): ResourceCall {
  const suffix = hexId(world, 16, stack.id, name, stack.operation).toUpperCase().slice(0, 12)
  return {
    world,
    region: stack.region,
    principal: stackPrincipal(stack),
    stack: stack.name,
    logicalId: name,
    generatedName: `${stack.name}-${name}-${suffix}`,
    tags: Object.fromEntries(stack.wanted.tags.map(({ Key, Value }) => [Key, Value])),
  }
}

/** A service's refusal as CloudFormation tells it. */
export function reasonOf(error: ApiError, world: World, key: string): string {
  return `Resource handler returned message: "${error.message}" (RequestToken: ${uuid(world, key)}, HandlerErrorCode: ${handlerCode(error.code)})`
}

function handlerCode(code: string): string {
  if (/AlreadyExists|InUse|Duplicate/.test(code)) return 'AlreadyExists'
  if (/NotFound|NoSuch|DoesNotExist/.test(code)) return 'NotFound'
  if (/AccessDenied|Unauthorized/.test(code)) return 'AccessDenied'
  if (/Limit/.test(code)) return 'ServiceLimitExceeded'
  return /Invalid|Validation|Malformed/.test(code) ? 'InvalidRequest' : 'GeneralServiceException'
}

const fieldsOf = (stack: Stack, name: string, spec: ResourceSpec, world: World) => ({
  type: spec.Type,
  dependsOn: spec.dependsOn,
  deletionPolicy: typeof spec.DeletionPolicy === 'string' ? spec.DeletionPolicy : undefined,
  replacePolicy: typeof spec.UpdateReplacePolicy === 'string' ? spec.UpdateReplacePolicy : undefined,
  operation: stack.operation,
  updated: world.now,
  logicalId: name,
})

/** The event with which the making or changing of a resource begins. */
function begun(
  stack: Stack,
  name: string,
  spec: ResourceSpec,
  properties: JsonObject,
  world: World,
  more: object = {},
): readonly Emission[] {
  const known = resourceNamed(world, stack, name)
  const to = resourceId(stack, name)
  const isNew = !known || known.physicalId === undefined || known.state.startsWith('DELETE_')
  const data = { ...fieldsOf(stack, name, spec, world), properties, ...more }
  if (!known) return [{ to, kind: RESOURCE, type: 'CreateBegan', data: { owner: stack.id, ...data } }]
  return [{ to, type: isNew ? 'CreateBegan' : 'UpdateBegan', data }]
}

function begin(
  stack: Stack,
  name: string,
  spec: ResourceSpec,
  properties: JsonObject,
  world: World,
): readonly Answer[] {
  const known = resourceNamed(world, stack, name)
  const to = resourceId(stack, name)
  const type = resourceType(spec.Type)
  const key = `${to}#${stack.operation}`
  const isThere = known?.physicalId !== undefined && !known.state.startsWith('DELETE_')
  const fail = (reason: string, kept: JsonObject = properties) => [
    ...begun(stack, name, spec, kept, world),
    failure(stack, name, reason),
  ]
  if (!type) return fail(`The lab does not have resources of type ${spec.Type}.`)
  const missing = type.required.filter((one) => properties[one] === undefined)
  if (missing.length > 0)
    return fail(
      `Properties validation failed for resource ${name} with message:\n[#: required key [${missing[0]}] not found]`,
    )
  const call = callOf(stack, name, world)
  if (!isThere || known.physicalId === undefined) {
    const answer = type.create(properties, call)
    if ('error' in answer) return fail(reasonOf(answer.error, world, key))
    return [...begun(stack, name, spec, properties, world), ...answer.emit, made(to, answer.physicalId)]
  }
  const isSame = known.type === spec.Type && stable(known.properties) === stable(properties)
  if (isSame) {
    if (known.state.endsWith('_FAILED')) return [revert(known, stack)]
    return [{ to, type: 'Kept', data: fieldsOf(stack, name, spec, world) }]
  }
  const { old } = known
  if (old && old.type === spec.Type && stable(old.properties) === stable(properties))
    return [
      {
        to,
        type: 'Reverted',
        data: {
          ...fieldsOf(stack, name, spec, world),
          properties,
          physicalId: old.physicalId,
          old: { physicalId: known.physicalId, type: known.type, properties: known.properties },
        },
      },
    ]
  if (replaced(known, spec, properties)) {
    const answer = type.create(properties, call)
    if ('error' in answer) return fail(reasonOf(answer.error, world, key), known.properties)
    const before = { physicalId: known.physicalId, type: known.type, properties: known.properties }
    const reason = 'Requested update requires the creation of a new physical resource; hence creating one.'
    return [
      ...begun(stack, name, spec, properties, world, { old: before, reason }),
      ...answer.emit,
      made(to, answer.physicalId),
    ]
  }
  const answer = type.update?.(known.physicalId, properties, known.properties, call)
  if (!answer) return fail(`The lab cannot update resources of type ${spec.Type}.`, known.properties)
  if ('error' in answer) return fail(reasonOf(answer.error, world, key), known.properties)
  return [
    ...begun(stack, name, spec, properties, world),
    ...answer.emit,
    ...(answer.physicalId === known.physicalId ? [] : [made(to, answer.physicalId)]),
  ]
}

function made(to: string, physicalId: string): Emission {
  return { to, type: 'Made', data: { physicalId, reason: 'Resource creation Initiated' } }
}

/** Whether a change of properties needs another resource. */
export function replaced(known: StackResource, spec: ResourceSpec, properties: JsonObject): boolean {
  const type = resourceType(spec.Type)
  return (
    known.type !== spec.Type ||
    !type?.update ||
    changedKeys(known.properties, properties).some((key) => type.replaces.includes(key))
  )
}

export function changedKeys(before: JsonObject, after: JsonObject): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .sort()
    .filter((key) => stable(before[key] as Json) !== stable(after[key] as Json))
}
