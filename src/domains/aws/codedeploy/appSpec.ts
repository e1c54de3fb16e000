import { parseDocument } from 'yaml'
import type { Json, JsonObject } from '../../../kernel/index.ts'
import { isObject } from '../core/index.ts'
import { codedeployHookScriptable, type Platform } from './hooks.rule.ts'

/** What a deployment is to do, as read from an AppSpec file. Plain JSON. */
export type AppSpec = ServerSpec | EcsSpec | LambdaSpec

export interface ServerSpec {
  readonly platform: 'Server'
  readonly os: string
  readonly files: readonly { readonly source: string; readonly destination: string }[]
  readonly behavior?: string | undefined
  readonly permissions: readonly PermissionSpec[]
  readonly hooks: { readonly [event: string]: readonly ScriptSpec[] }
}

export interface PermissionSpec {
  readonly object: string
  readonly pattern: string
  readonly mode?: string | undefined
  readonly owner?: string | undefined
  readonly types: readonly string[]
}

export interface ScriptSpec {
  readonly location: string
  /** In seconds. */
  readonly timeout: number
  readonly runas?: string | undefined
}

export interface EcsSpec {
  readonly platform: 'ECS'
  readonly taskDefinition: string
  readonly containerName: string
  readonly containerPort: number
  readonly platformVersion?: string | undefined
  readonly networkConfiguration?: JsonObject | undefined
  readonly capacityProviderStrategy?: Json | undefined
  /** Function by lifecycle event. */
  readonly hooks: { readonly [event: string]: string }
}

export interface LambdaSpec {
  readonly platform: 'Lambda'
  readonly functionName: string
  readonly alias: string
  readonly currentVersion: string
  readonly targetVersion: string
  readonly hooks: { readonly [event: string]: string }
}

class Malformed extends Error {}

function wrong(message: string): never {
  throw new Malformed(message)
}

const INVALID = 'The AppSpec file is invalid: '

/**
 * Reads an AppSpec file, YAML or JSON. `error` is what CodeDeploy says of it.
 * Models: AWS CodeDeploy User Guide, "AppSpec file structure", and aws-codedeploy-agent lib/instance_agent/plugins/codedeploy/application_specification
 */
export function parseAppSpec(
  text: string,
  platform?: Platform,
): { readonly spec: AppSpec } | { readonly error: string } {
  try {
    return { spec: read(text, platform) }
  } catch (problem) {
    if (problem instanceof Malformed) return { error: problem.message }
    throw problem
  }
}

function read(text: string, wanted: Platform | undefined): AppSpec {
  const document = parseDocument(text, { merge: true, uniqueKeys: false, logLevel: 'silent' })
  const [first] = document.errors
  if (first) wrong(`The AppSpec file could not be parsed: ${first.message.split('\n')[0]?.replace(/:$/, '') ?? ''}`)
  const root = document.toJS() as Json
  if (!isObject(root))
    wrong('The deployment specification is not a map: the AppSpec file is empty or is not valid YAML or JSON.')
  const fields = Object.fromEntries(
    Object.entries(root).map(([key, value]) => [key.toLowerCase(), value as Json]),
  ) as JsonObject
  const version = fields['version']
  if (version === undefined) wrong(`${INVALID}it does not contain a version. The version must be 0.0.`)
  if (Number(version) !== 0) wrong(`${INVALID}unsupported version: ${String(version)}. The version must be 0.0.`)
  const platform = wanted ?? (fields['resources'] === undefined ? 'Server' : platformOf(fields['resources']))
  if (platform === 'Server') return server(root)
  if (!Array.isArray(fields['resources']) || fields['resources'].length === 0)
    wrong('The AppSpec file does not contain a Resources section.')
  const [resource] = fields['resources'] as readonly JsonObject[]
  const body = Object.values(resource ?? {})[0]
  if (!isObject(body as Json))
    wrong(`${INVALID}the Resources section must name a resource with its Type and Properties.`)
  const hooks = functions(fields['hooks'], platform)
  return platform === 'ECS' ? ecs(body as JsonObject, hooks) : lambda(body as JsonObject, hooks)
}

function platformOf(resources: Json | undefined): Platform {
  return JSON.stringify(resources).includes('AWS::Lambda::Function') ? 'Lambda' : 'ECS'
}

function ecs(body: JsonObject, hooks: EcsSpec['hooks']): EcsSpec {
  const type = body['Type']
  if (type !== 'AWS::ECS::Service')
    wrong(`${INVALID}the resource type must be AWS::ECS::Service, not ${String(type ?? 'empty')}.`)
  const properties = body['Properties']
  if (!isObject(properties)) wrong(`${INVALID}the ECS service has no Properties.`)
  const taskDefinition = properties['TaskDefinition']
  if (typeof taskDefinition !== 'string' || taskDefinition === '')
    wrong('The AppSpec file does not contain a task definition: TaskDefinition is required.')
  const balancer = properties['LoadBalancerInfo']
  if (!isObject(balancer)) wrong(`${INVALID}LoadBalancerInfo is required.`)
  const { ContainerName: name, ContainerPort: port } = balancer
  if (typeof name !== 'string' || name === '') wrong(`${INVALID}ContainerName is required in LoadBalancerInfo.`)
  if (!Number.isInteger(Number(port)) || port === null || port === undefined || port === '')
    wrong(`${INVALID}ContainerPort is required in LoadBalancerInfo, and must be a number.`)
  const network = properties['NetworkConfiguration']
  return {
    platform: 'ECS',
    taskDefinition,
    containerName: name,
    containerPort: Number(port),
    ...(properties['PlatformVersion'] ? { platformVersion: String(properties['PlatformVersion']) } : {}),
    ...(isObject(network) ? { networkConfiguration: network } : {}),
    ...(properties['CapacityProviderStrategy']
      ? { capacityProviderStrategy: properties['CapacityProviderStrategy'] }
      : {}),
    hooks,
  }
}

function lambda(body: JsonObject, hooks: LambdaSpec['hooks']): LambdaSpec {
  if (body['Type'] !== 'AWS::Lambda::Function')
    wrong(`${INVALID}the resource type must be AWS::Lambda::Function, not ${String(body['Type'] ?? 'empty')}.`)
  const properties = body['Properties']
  if (!isObject(properties)) wrong(`${INVALID}the Lambda function has no Properties.`)
  const text = (key: string): string => {
    const value = properties[key]
    if (value === undefined || value === null || value === '')
      wrong(`${INVALID}${key} is required for a Lambda function.`)
    return String(value)
  }
  const spec: LambdaSpec = {
    platform: 'Lambda',
    functionName: text('Name'),
    alias: text('Alias'),
    currentVersion: text('CurrentVersion'),
    targetVersion: text('TargetVersion'),
    hooks,
  }
  if (spec.currentVersion === spec.targetVersion)
    wrong(`${INVALID}CurrentVersion and TargetVersion are the same: ${spec.currentVersion}.`)
  return spec
}

/** Hooks that are functions: a list of one-key maps. */
function functions(value: Json | undefined, platform: Platform): { readonly [event: string]: string } {
  if (value === undefined || value === null) return {}
  if (!Array.isArray(value)) wrong(`${INVALID}the Hooks section must be a list.`)
  const hooks: Record<string, string> = {}
  for (const one of value as readonly Json[]) {
    if (!isObject(one)) wrong(`${INVALID}every entry of the Hooks section must name a lifecycle event and a function.`)
    for (const [event, name] of Object.entries(one)) {
      scriptable(event, platform)
      if (typeof name !== 'string') wrong(`${INVALID}the hook ${event} must name one Lambda function.`)
      hooks[event] = name
    }
  }
  return hooks
}

function scriptable(event: string, platform: Platform): void {
  if (!codedeployHookScriptable.decide({ platform, hook: event }).scriptable)
    wrong(`${INVALID}unknown lifecycle event in the hooks section: ${event}`)
}

function server(root: JsonObject): ServerSpec {
  const strange = Object.keys(root).find(
    (key) => !['version', 'os', 'files', 'file_exists_behavior', 'permissions', 'hooks'].includes(key),
  )
  if (strange !== undefined && strange !== strange.toLowerCase()) wrong(`${INVALID}unknown section: ${strange}`)
  const os = root['os']
  if (os !== 'linux' && os !== 'windows')
    wrong(
      os === undefined || os === null
        ? `${INVALID}the os section is missing; it must be linux or windows.`
        : `The deployment specification specifies an unsupported os "${String(os)}"; it must be linux or windows.`,
    )
  const hooks: Record<string, readonly ScriptSpec[]> = {}
  const written = root['hooks']
  if (written !== undefined && written !== null && !isObject(written))
    wrong(`${INVALID}the hooks section must be a map.`)
  for (const [event, scripts] of Object.entries((written ?? {}) as JsonObject)) {
    scriptable(event, 'Server')
    if (!Array.isArray(scripts))
      wrong(`The deployment specification includes an invalid script list for the lifecycle event ${event}.`)
    hooks[event] = (scripts as readonly Json[]).map((one) => script(one, event))
  }
  const behavior = root['file_exists_behavior']
  if (behavior !== undefined && !['DISALLOW', 'OVERWRITE', 'RETAIN'].includes(String(behavior)))
    wrong(`The deployment specification has an invalid file_exists_behavior: ${String(behavior)}`)
  return {
    platform: 'Server',
    os,
    files: files(root['files']),
    behavior: behavior === undefined ? undefined : String(behavior),
    permissions: permissions(root['permissions'], os),
    hooks,
  }
}

function script(value: Json, event: string): ScriptSpec {
  if (!isObject(value) || typeof value['location'] !== 'string' || value['location'] === '')
    wrong(`The deployment specification specifies a script with no location value for the lifecycle event ${event}.`)
  const timeout = value['timeout'] === undefined || value['timeout'] === null ? 3600 : Number(value['timeout'])
  if (!Number.isInteger(timeout) || timeout <= 0)
    wrong(
      'The deployment specification specifies an invalid timeout value for a script: it must be a positive number of seconds.',
    )
  if (timeout > 3600)
    wrong(`The deployment specification specifies a script timeout of ${timeout} seconds; at most 3600 are allowed.`)
  return {
    location: value['location'],
    timeout,
    ...(value['runas'] ? { runas: String(value['runas']) } : {}),
  }
}

function files(value: Json | undefined): ServerSpec['files'] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) wrong(`${INVALID}the files section must be a list.`)
  return (value as readonly Json[]).map((one) => {
    const { source, destination } = isObject(one) ? one : {}
    if (typeof source !== 'string' || source === '')
      wrong('The deployment specification file includes an invalid source value: a file mapping must have a source.')
    if (typeof destination !== 'string' || destination === '')
      wrong(
        `The deployment specification file specifies only a source file (${source}). Add the name of the destination file to the files section of the AppSpec file, and then try again.`,
      )
    return { source, destination }
  })
}

function permissions(value: Json | undefined, os: string): readonly PermissionSpec[] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) wrong(`${INVALID}the permissions section must be a list.`)
  if (os === 'windows' && value.length > 0) wrong('Linux permissions specified on unsupported OS')
  return (value as readonly Json[]).map((one) => {
    if (!isObject(one) || typeof one['object'] !== 'string')
      wrong('The deployment specification includes a permission needed for an object, but no object is specified.')
    const mode = one['mode']
    if (mode !== undefined && !/^[0-7]{1,4}$/.test(String(mode)))
      wrong(`The deployment specification includes an invalid mode: ${String(mode)}`)
    return {
      object: one['object'],
      pattern: String(one['pattern'] ?? '**'),
      mode: mode === undefined ? undefined : String(mode),
      owner: one['owner'] === undefined ? undefined : String(one['owner']),
      types: Array.isArray(one['type']) ? (one['type'] as readonly Json[]).map(String) : [],
    }
  })
}
