import type { Emission, World } from '../../../kernel/index.ts'
import { type ApiAnswer, type ApiCall, refuse, uuid } from '../core/index.ts'
import { capabilityProblem } from './capabilities.ts'
import { parseTemplate } from './checkTemplate.ts'
import { parameterValues } from './parameterValues.ts'
import { findStack, STACK, type Stack, stackArn, type Wanted } from './records.ts'
import { scopeOf, wantedNames } from './scope.ts'
import { TemplateProblem } from './template.ts'
import type * as api from './types.generated.ts'

/** What create, update and change set have in common. */
export interface Order {
  readonly TemplateBody?: string | undefined
  readonly TemplateURL?: string | undefined
  readonly UsePreviousTemplate?: boolean | undefined
  readonly Parameters?: readonly api.Parameter[] | undefined
  readonly Capabilities?: readonly string[] | undefined
  readonly Tags?: readonly api.Tag[] | undefined
  readonly NotificationARNs?: readonly string[] | undefined
}

type Refused = Extract<ApiAnswer, { readonly error: unknown }>

export const invalid = (message: string): Refused => refuse('ValidationError', message)
export const noStack = (name: string): Refused => invalid(`Stack with id ${name} does not exist`)
/** The word for operations that name the stack in brackets. */
export const noSuchStack = (name: string): Refused => invalid(`Stack [${name}] does not exist`)

/** Reads what a stack is to be like from a call; a refusal in the service's words. */
export function wantedOf(call: ApiCall<Order>, before: Wanted | undefined): { readonly wanted: Wanted } | Refused {
  const { input, world, region, principal } = call
  if (input.TemplateURL !== undefined)
    return invalid(
      'S3 error: Access Denied For more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html',
    )
  const body = input.TemplateBody ?? (input.UsePreviousTemplate ? before?.body : undefined)
  if (body === undefined) return invalid('Either Template URL or Template Body must be specified.')
  if (body.length > 51_200)
    return invalid(
      "1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to 51200",
    )
  try {
    const template = parseTemplate(body)
    const problem = capabilityProblem(template, input.Capabilities ?? [])
    if (problem !== undefined) return refuse('InsufficientCapabilitiesException', problem)
    const [transform] = template.transforms
    if (transform !== undefined) return invalid(`No transform named ${transform} found.`)
    const { given, values } = parameterValues(template, input.Parameters ?? [], before?.parameters ?? [], {
      world,
      region,
      principal,
    })
    return {
      wanted: {
        body,
        template,
        parameters: given,
        values,
        tags: input.Tags ?? before?.tags ?? [],
        capabilities: input.Capabilities ?? [],
        notificationArns: input.NotificationARNs ?? before?.notificationArns ?? [],
      },
    }
  } catch (problem) {
    if (problem instanceof TemplateProblem) return invalid(problem.message)
    throw problem
  }
}

/** A stack that is about to come into being, with the event that makes it. */
export function newStack(
  call: ApiCall<Order>,
  name: string,
  wanted: Wanted,
  more: Partial<Stack> = {},
): { readonly stack: Stack; readonly emit: readonly Emission[] } {
  const { world, region, account, principal } = call
  const id = uuid(world, STACK, region, name)
  const data = {
    region,
    account,
    name,
    stackId: stackArn(region, account, name, id),
    wanted,
    principal,
    onFailure: 'ROLLBACK',
    terminationProtection: false,
    created: world.now,
    operation: 0,
    began: world.now,
    outputs: [],
    imports: [],
    told: [],
    skipped: [],
    ...more,
  }
  const to = `${STACK}/${region}/${name}/${id.slice(0, 8)}`
  return {
    stack: { ...data, id: to, kind: STACK, state: 'REVIEW_IN_PROGRESS', entry: 1, since: world.now, born: 0 },
    emit: [{ to, kind: STACK, type: 'Created', data }],
  }
}

/** A stack by name that has not been deleted. */
export function liveStack(world: World, region: string, name: string): Stack | undefined {
  const stack = findStack(world, region, name)
  return stack?.state === 'DELETE_COMPLETE' ? undefined : stack
}

/** Whether the functions of a template can be worked out as far as they can before anything is there. */
export function scopeProblem(stack: Stack, wanted: Wanted, world: World): string | undefined {
  try {
    wantedNames(scopeOf(stack, wanted, world, true))
    return undefined
  } catch (problem) {
    if (problem instanceof TemplateProblem) return problem.message
    throw problem
  }
}

export { dated } from '../core/index.ts'
