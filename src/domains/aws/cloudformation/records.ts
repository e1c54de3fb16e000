import { defineIndex, type Entity, type Json, type JsonObject, type World } from '../../../kernel/index.ts'
import { arnOf, type Principal, type ResourceType, rolePrincipal, services } from '../core/index.ts'
import type { Template } from './template.ts'
import type * as api from './types.generated.ts'

export const STACK = 'aws.cloudformation.Stack'
export const RESOURCE = 'aws.cloudformation.StackResource'
export const CHANGE_SET = 'aws.cloudformation.ChangeSet'

/** One line of `describe-stack-events`. `id` is that of the journal's event. */
export interface Told {
  readonly id: number
  readonly at: number
  readonly status: string
  readonly reason?: string | undefined
  readonly physicalId?: string | undefined
  readonly properties?: JsonObject | undefined
}

/** What a stack is to be like: changes as a whole with every update, and back with a rollback. */
export interface Wanted {
  readonly body: string
  readonly template: Template
  readonly parameters: readonly api.Parameter[]
  readonly values: { readonly [name: string]: Json }
  readonly tags: readonly api.Tag[]
  readonly capabilities: readonly string[]
  readonly notificationArns: readonly string[]
}

/** A stack. Times in ms of virtual time. */
export interface Stack extends Entity {
  readonly region: string
  readonly account: string
  readonly name: string
  readonly stackId: string
  readonly wanted: Wanted
  /** What it was before the update that is under way. */
  readonly before?: Wanted | undefined
  readonly principal: Principal
  readonly roleArn?: string | undefined
  readonly onFailure: string
  readonly timeoutMinutes?: number | undefined
  readonly terminationProtection: boolean
  readonly policy?: string | undefined
  readonly created: number
  readonly updated?: number | undefined
  readonly deleted?: number | undefined
  /** Counts creations, updates and deletions: tells what was done in which. */
  readonly operation: number
  /** When the operation under way began. */
  readonly began: number
  readonly outputs: readonly api.Output[]
  readonly imports: readonly string[]
  readonly reason?: string | undefined
  readonly told: readonly Told[]
  readonly changeSetId?: string | undefined
  /** Logical ids to be left out of a deletion, or of a rollback that goes on. */
  readonly skipped: readonly string[]
}

/** One resource of a stack. Its owner is the stack. */
export interface StackResource extends Entity {
  readonly owner: string
  readonly logicalId: string
  readonly type: string
  readonly physicalId?: string | undefined
  /** As they were last asked for, worked out. */
  readonly properties: JsonObject
  readonly dependsOn: readonly string[]
  readonly deletionPolicy?: string | undefined
  readonly replacePolicy?: string | undefined
  /** The stack's operation that dealt with it last. */
  readonly operation: number
  readonly reason?: string | undefined
  readonly told: readonly Told[]
  /** What it was before it was replaced, to be removed when all is well. */
  readonly old?: { readonly physicalId: string; readonly type: string; readonly properties: JsonObject } | undefined
  readonly updated: number
}

export interface ChangeSet extends Entity {
  readonly owner: string
  readonly region: string
  readonly name: string
  readonly changeSetId: string
  readonly type: string
  readonly description?: string | undefined
  readonly wanted: Wanted
  readonly changes: readonly api.Change[]
  readonly created: number
  readonly reason?: string | undefined
}

/** Stacks that are there, by Region and name. */
export const stacksByName = defineIndex('aws.cloudformation.stacksByName', [STACK], (entity) =>
  entity.state === 'DELETE_COMPLETE' ? undefined : `${(entity as Stack).region}/${(entity as Stack).name}`,
)

/** Stacks in the middle of something, under `busy`. */
export const busyStacks = defineIndex('aws.cloudformation.busyStacks', [STACK], (entity) =>
  entity.state.endsWith('_IN_PROGRESS') && entity.state !== 'REVIEW_IN_PROGRESS' ? 'busy' : undefined,
)

/** A stack by its name or id; deleted ones by their id only. */
export function findStack(world: World, region: string, text: string): Stack | undefined {
  if (text.startsWith('arn:'))
    return [...world.all(STACK)].map((one) => one as Stack).find(({ stackId }) => stackId === text)
  return world.lookup(stacksByName, `${region}/${text}`)[0] as Stack | undefined
}

/** Resources of a stack, in order of their first mention in its template. */
export function resourcesOf(world: World, stack: Pick<Stack, 'id'>): readonly StackResource[] {
  return world
    .ownedBy(stack.id)
    .filter(({ kind }) => kind === RESOURCE)
    .map((one) => one as StackResource)
}

export function resourceId(stack: Pick<Stack, 'id'>, logicalId: string): string {
  return `${RESOURCE}${stack.id.slice(STACK.length)}/${logicalId}`
}

export function resourceNamed(world: World, stack: Pick<Stack, 'id'>, logicalId: string): StackResource | undefined {
  return world.get(resourceId(stack, logicalId)) as StackResource | undefined
}

export function changeSetsOf(world: World, stack: Stack): readonly ChangeSet[] {
  return world
    .ownedBy(stack.id)
    .filter(({ kind }) => kind === CHANGE_SET)
    .map((one) => one as ChangeSet)
}

export function stackArn(region: string, account: string, name: string, uuid: string): string {
  return arnOf('cloudformation', region, `stack/${name}/${uuid}`, account)
}

/** As whom a stack works: its role, or who asked for it. */
export function stackPrincipal(stack: Stack): Principal {
  return stack.roleArn === undefined ? stack.principal : rolePrincipal(stack.roleArn, 'AWSCloudFormation')
}

/** Who makes resources of a type in this lab; undefined when nobody does. */
export function resourceType(type: string): ResourceType | undefined {
  for (const { resources = [] } of services.values()) {
    const found = resources.find((one) => one.type === type)
    if (found) return found
  }
  return undefined
}

/** Exports of a Region: their values and the stacks that give them. */
export function exportsOf(
  world: World,
  region: string,
): readonly { readonly name: string; readonly value: string; readonly stack: Stack }[] {
  return [...world.all(STACK)]
    .map((one) => one as Stack)
    .filter((stack) => stack.region === region && stack.state !== 'DELETE_COMPLETE')
    .flatMap((stack) =>
      stack.outputs.flatMap(({ ExportName, OutputValue = '' }) =>
        ExportName === undefined ? [] : [{ name: ExportName, value: OutputValue, stack }],
      ),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}
