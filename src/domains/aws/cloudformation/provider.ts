import type { Emission, Json, JsonObject, World } from '../../../kernel/index.ts'
import {
  type ActionProvider,
  type ActionStart,
  type ActionState,
  callService,
  type PipelineAction,
} from '../core/index.ts'
import { CHANGE_SET, type ChangeSet, changeSetsOf, findStack, STACK, type Stack } from './records.ts'

/** What an action asked for, as its external id: `mode`, stack, change set. */
interface Deploying {
  readonly mode: string
  readonly stack: string
  readonly set?: string
  /** The operation of the stack that this one is. */
  readonly operation?: number
  /** Whether there was nothing to do. */
  readonly idle?: true
}

/**
 * CloudFormation as a provider of deploy actions.
 * Models: AWS CodePipeline User Guide, "AWS CloudFormation deploy action reference"
 */
export const cloudformationAction: ActionProvider = {
  category: 'Deploy',
  provider: 'CloudFormation',
  inputs: [0, 10],
  outputs: [0, 1],
  required: ['ActionMode', 'StackName'],
  watches: [STACK, CHANGE_SET],
  start,
  state,
}

function start(action: PipelineAction, world: World): ActionStart {
  const { configuration } = action
  const mode = configuration['ActionMode'] ?? ''
  const name = configuration['StackName'] ?? ''
  const set = configuration['ChangeSetName'] ?? ''
  const stack = findStack(world, action.region, name)
  const known = stack?.state === 'DELETE_COMPLETE' ? undefined : stack
  switch (mode) {
    case 'CREATE_UPDATE':
    case 'REPLACE_ON_FAILURE':
      return createOrUpdate(action, known, mode, world)
    case 'CHANGE_SET_REPLACE': {
      const input = inputOf(action)
      if ('problem' in input) return failed(String(input.problem))
      const old = known && changeSetsOf(world, known).find((one) => one.name === set)
      const world2 = old ? without(world, old.id) : world
      const asked = ask(action, world2, 'CreateChangeSet', {
        ...input,
        ChangeSetName: set,
        ChangeSetType: known && known.state !== 'REVIEW_IN_PROGRESS' ? 'UPDATE' : 'CREATE',
      })
      if ('error' in asked) return asked
      const replaced: readonly Emission[] = old ? [{ to: old.id, type: 'Deleted' }] : []
      return begun({ mode, stack: name, set }, [...replaced, ...asked.emit], `${CHANGE_SET}/`)
    }
    case 'CHANGE_SET_EXECUTE': {
      const asked = ask(action, world, 'ExecuteChangeSet', { StackName: name, ChangeSetName: set })
      if ('error' in asked) return asked
      return begun({ mode, stack: name, operation: (known?.operation ?? 0) + 1 }, asked.emit)
    }
    case 'DELETE_ONLY': {
      if (!known) return begun({ mode, stack: name, idle: true }, [])
      const asked = ask(action, world, 'DeleteStack', { StackName: name })
      return 'error' in asked ? asked : begun({ mode, stack: name, operation: known.operation + 1 }, asked.emit)
    }
    default:
      return failed(`Invalid ActionMode: ${mode}`)
  }
}

/** The world as it is without one entity, for a call that is made right after that entity's end. */
function without(world: World, id: string): World {
  const seen: Pick<World, 'get' | 'ownedBy'> = {
    get: (wanted) => (wanted === id ? undefined : world.get(wanted)),
    ownedBy: (owner) => world.ownedBy(owner).filter((one) => one.id !== id),
  }
  return Object.assign(Object.create(world) as World, seen)
}

function createOrUpdate(action: PipelineAction, known: Stack | undefined, mode: string, world: World): ActionStart {
  const input = inputOf(action)
  if ('problem' in input) return failed(String(input.problem))
  const name = action.configuration['StackName'] ?? ''
  if (known && mode === 'REPLACE_ON_FAILURE' && /(ROLLBACK_COMPLETE|ROLLBACK_FAILED|_FAILED)$/.test(known.state)) {
    const asked = ask(action, world, 'DeleteStack', { StackName: name })
    return 'error' in asked ? asked : begun({ mode: 'REPLACE', stack: name }, asked.emit)
  }
  const asked = ask(action, world, known ? 'UpdateStack' : 'CreateStack', input)
  if ('error' in asked) {
    if (asked.error.message === 'No updates are to be performed.') return begun({ mode, stack: name, idle: true }, [])
    return asked
  }
  return begun({ mode, stack: name, operation: (known?.operation ?? 0) + 1 }, asked.emit)
}

type Asked = { readonly emit: readonly Emission[] } | Extract<ActionStart, { readonly error: unknown }>

function ask(action: PipelineAction, world: World, operation: string, input: object): Asked {
  const answer = callService({
    world,
    service: 'cloudformation',
    operation,
    input: input as JsonObject,
    principal: action.principal,
    region: action.region,
  })
  if ('error' in answer)
    return {
      error: {
        code: 'ActionFailed',
        message: `${answer.error.message} (Service: AmazonCloudFormation; Status Code: 400; Error Code: ${answer.error.code})`,
      },
    }
  return { emit: (answer.emit ?? []).map((one) => ({ ...one, by: action.by })) }
}

function failed(message: string): Extract<ActionStart, { readonly error: unknown }> {
  return { error: { code: 'InvalidActionConfiguration', message } }
}

function begun(deploying: Deploying, emit: readonly Emission[], prefix?: string): ActionStart {
  const to =
    prefix === undefined
      ? emit.find(({ to: id }) => id.startsWith(`${STACK}/`))?.to
      : emit.find(({ kind }) => kind === CHANGE_SET)?.to
  return { external: to ?? `idle:${deploying.stack}`, emit }
}

/** Template and parameters of an action. */
function inputOf(action: PipelineAction): JsonObject | { readonly problem: string } {
  const { configuration } = action
  const place = configuration['TemplatePath'] ?? ''
  const body = fileOf(action, place)
  if (body === undefined)
    return {
      problem: `File [${place.split('::')[1] ?? place}] does not exist in artifact [${place.split('::')[0] ?? ''}]`,
    }
  const settings = configuration['TemplateConfiguration']
  const written = settings === undefined ? undefined : fileOf(action, settings)
  if (settings !== undefined && written === undefined)
    return {
      problem: `File [${settings.split('::')[1] ?? settings}] does not exist in artifact [${settings.split('::')[0] ?? ''}]`,
    }
  const config = objectOf(written ?? '{}')
  const overrides = objectOf(configuration['ParameterOverrides'] ?? '{}')
  if (!config) return { problem: `Template configuration file ${settings ?? ''} is not valid JSON` }
  if (!overrides) return { problem: 'ParameterOverrides is not valid JSON' }
  const parameters = { ...(config['Parameters'] as JsonObject | undefined), ...overrides }
  const tags = (config['Tags'] ?? {}) as { readonly [key: string]: string }
  return {
    StackName: configuration['StackName'] ?? '',
    TemplateBody: body,
    Parameters: Object.entries(parameters).map(([ParameterKey, value]) => ({
      ParameterKey,
      ParameterValue: textOf(action, value as Json),
    })),
    Capabilities: (configuration['Capabilities'] ?? '')
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== ''),
    ...(configuration['RoleArn'] === undefined ? {} : { RoleARN: configuration['RoleArn'] }),
    ...(Object.keys(tags).length > 0 ? { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) } : {}),
  }
}

/** A parameter's value: text, a list, or a function of an artifact. Models: "Using parameter override functions with CodePipeline pipelines" */
function textOf(action: PipelineAction, value: Json): string {
  if (typeof value !== 'object' || value === null) return String(value)
  if (Array.isArray(value)) return value.map((one) => textOf(action, one as Json)).join(',')
  const { 'Fn::GetParam': param, 'Fn::GetArtifactAtt': attribute } = value as {
    readonly [name: string]: readonly string[]
  }
  if (param) {
    const [artifact = '', file = '', key = ''] = param
    const found = objectOf(fileOf(action, `${artifact}::${file}`) ?? '{}')?.[key]
    return found === undefined ? '' : String(found)
  }
  if (attribute) {
    const [artifact = '', name = ''] = attribute
    const found = action.inputs.find((one) => one.name === artifact)
    return name === 'ObjectKey'
      ? `${action.pipeline}/${artifact}/${found?.revision?.id ?? ''}`
      : name === 'BucketName'
        ? `codepipeline-${action.region}`
        : ''
  }
  return JSON.stringify(value)
}

/** `Artifact::path/file`. */
function fileOf(action: PipelineAction, place: string): string | undefined {
  const [artifact, path = ''] = place.split('::')
  return action.inputs.find(({ name }) => name === artifact)?.files[path]
}

function objectOf(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as Json
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined
  } catch {
    return undefined
  }
}

function state(action: PipelineAction, external: string, world: World): ActionState {
  if (external.startsWith('idle:')) return { succeeded: { summary: 'No updates are to be performed.' } }
  if (external.startsWith(`${CHANGE_SET}/`)) {
    const set = world.get(external) as ChangeSet | undefined
    if (set?.state === 'CREATE_PENDING') return 'working'
    if (set?.state === 'FAILED' && !set.reason?.includes("didn't contain changes"))
      return { failed: { code: 'ActionFailed', message: set.reason ?? 'Change set failed' } }
    return { succeeded: { summary: `Change set ${set?.name ?? ''} was created.` } }
  }
  const stack = world.get(external) as Stack | undefined
  if (!stack) return { failed: { code: 'ActionFailed', message: 'The stack is gone.' } }
  if (stack.state.endsWith('_IN_PROGRESS')) return 'working'
  if (action.configuration['ActionMode'] === 'DELETE_ONLY') {
    return stack.state === 'DELETE_COMPLETE'
      ? { succeeded: { summary: 'Stack was deleted.' } }
      : { failed: { code: 'ActionFailed', message: `Stack ${stack.name} is in ${stack.state}: ${stack.reason ?? ''}` } }
  }
  if (stack.state !== 'CREATE_COMPLETE' && stack.state !== 'UPDATE_COMPLETE')
    return {
      failed: {
        code: 'ActionFailed',
        message: `The deployment failed. Stack ${stack.name} reached the status ${stack.state}${stack.reason === undefined ? '' : `. Reason: ${stack.reason}`}`,
      },
    }
  const outputs = Object.fromEntries(
    stack.outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
  )
  const [artifact] = action.outputs
  return {
    succeeded: {
      variables: outputs,
      summary: `Stack ${stack.name} is in ${stack.state}`,
      ...(artifact === undefined
        ? {}
        : {
            artifacts: [
              {
                name: artifact,
                files: { [action.configuration['OutputFileName'] ?? 'output.json']: JSON.stringify(outputs) },
              },
            ],
          }),
    },
  }
}
