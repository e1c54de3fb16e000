import { DECLINED, type Emission, type World } from '../../../kernel/index.ts'
import {
  type ApiAnswer,
  type ApiCall,
  type ApiError,
  callService,
  defineOperation,
  refuse,
  servicePrincipal,
} from '../core/index.ts'
import { keyAccess } from './encryption.ts'
import { MOST_VERSIONS } from './kind.ts'
import {
  DEFAULT_KEY,
  findParameter,
  newestOf,
  PARAMETER,
  type Policy,
  parameterArn,
  parameterId,
  parametersOf,
  type StoredParameter,
  type Tier,
  type Version,
} from './parameter.ts'
import { nameProblem } from './parameterName.ts'
import { parameterTier, type WantedTier } from './parameterTier.rule.ts'
import { keptPolicies, readPolicies } from './policy.ts'
import type { PutParameterRequest } from './types.generated.ts'

/** So long after a machine image was put, its check is done, in ms. */
const IMAGE_CHECK = 2000
const TYPES = ['text', 'aws:ec2:image', 'aws:ssm:integration']

/** `PutParameter`: makes a parameter, or a new version of one. */
export const putParameter = defineOperation<PutParameterRequest>('PutParameter', put, ({ input, region, world }) => {
  const name = input.Name.trim()
  const before = findParameter(world, region, name)
  const type = input.Type ?? (before && newestOf(before).type)
  const keyId = input.KeyId ?? (before && newestOf(before).keyId)
  return [
    { resource: parameterArn(region, name), context: { 'ssm:Overwrite': String(input.Overwrite ?? false) } },
    ...(type === 'SecureString' ? keyAccess('kms:Encrypt', region, keyId, name) : []),
  ]
})

function put(call: ApiCall<PutParameterRequest>): ApiAnswer {
  const { input, world, region } = call
  const name = input.Name.trim()
  const wrong = nameProblem(region, name) ?? requestProblem(input)
  if (wrong) return { error: wrong }
  const before = findParameter(world, region, name)
  if (before && !input.Overwrite)
    return refuse(
      'ParameterAlreadyExists',
      'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
    )
  const last = before && newestOf(before)
  const type = input.Type ?? last?.type
  if (type === undefined) return invalid('A parameter type is required when you create a parameter.')
  if (input.KeyId !== undefined && type !== 'SecureString')
    return invalid('KeyId is required for SecureString type parameter only.')
  const allowedPattern = input.AllowedPattern ?? last?.allowedPattern
  const mismatch = patternProblem(allowedPattern, input.Value)
  if (mismatch) return { error: mismatch }
  const policies = policiesOf(input, last, world.now)
  if ('error' in policies) return policies
  const wanted = wantedTier(input, region, world, policies.policies, last?.tier)
  const verdict = world.decide(parameterTier, wanted)
  if ('error' in verdict) return { error: verdict.error }
  if (!('tier' in verdict)) return invalid('No tier was decided.')
  const crowded = before && versionProblem(before)
  if (crowded) return { error: crowded }
  const { tier } = verdict
  const keyId = type === 'SecureString' ? (input.KeyId ?? last?.keyId ?? DEFAULT_KEY) : undefined
  const description = input.Description ?? last?.description
  const version: Version = {
    version: (last?.version ?? 0) + 1,
    type,
    value: input.Value,
    ...(keyId === undefined ? {} : { keyId }),
    at: world.now,
    user: call.principal.arn,
    ...(description === undefined ? {} : { description }),
    ...(allowedPattern === undefined || allowedPattern === '' ? {} : { allowedPattern }),
    tier,
    dataType: input.DataType ?? last?.dataType ?? 'text',
    labels: [],
    policies: policies.policies,
  }
  const cited = { rule: parameterTier.id, inputs: { ...wanted, ...verdict } }
  const emit = emissions(call, name, before, version).map((one) => ({ ...one, ...cited }))
  return { output: { Version: version.version, Tier: tier }, emit: afterImageCheck(call, version, before, emit) }
}

function emissions(
  { input, region }: ApiCall<PutParameterRequest>,
  name: string,
  before: StoredParameter | undefined,
  version: Version,
): readonly Emission[] {
  const to = parameterId(region, name)
  const upgraded =
    version.tier === 'Advanced' && before?.state !== 'Advanced' ? [{ to, type: 'Upgraded', data: {} }] : []
  if (before) return [{ to, type: 'Updated', data: { version } }, ...upgraded]
  const data = { region, name, arn: parameterArn(region, name), versions: [version], tags: input.Tags ?? [] }
  return [{ to, kind: PARAMETER, type: 'Created', data }, ...upgraded]
}

/** What is wrong with a request by itself. */
function requestProblem({ Value, Overwrite, Tags, DataType, Type }: PutParameterRequest): ApiError | undefined {
  if (Value === '')
    return invalid(
      "1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1.",
    ).error
  if (Overwrite && Tags && Tags.length > 0)
    return invalid(
      "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
    ).error
  if (/\{\{.*\}\}/s.test(Value))
    return invalid('Parameter value can\'t nest another parameter. Do not use "{{}}" in the value.').error
  if (DataType !== undefined && !TYPES.includes(DataType))
    return invalid(`The following data type is not supported: ${DataType} (Data type names are all lowercase.)`).error
  if (DataType === 'aws:ec2:image' && Type !== undefined && Type !== 'String')
    return invalid('The data type aws:ec2:image is supported for the String parameter type only.').error
  return undefined
}

function patternProblem(pattern: string | undefined, value: string): ApiError | undefined {
  if (pattern === undefined || pattern === '') return undefined
  let read: RegExp
  try {
    read = new RegExp(`^(?:${pattern})$`, 's')
  } catch {
    return refuse('InvalidAllowedPatternException', "The request doesn't meet the regular expression requirement.")
      .error
  }
  if (read.test(value)) return undefined
  return refuse(
    'ParameterPatternMismatchException',
    `Parameter value, cannot validate against allowedPattern: ${pattern}`,
  ).error
}

/** Policies stay as they are until new ones come, or `[{}]`. */
function policiesOf(
  { Policies }: PutParameterRequest,
  last: Version | undefined,
  now: number,
): { readonly policies: readonly Policy[] } | { readonly error: ApiError } {
  return Policies === undefined ? { policies: keptPolicies(last?.policies ?? [], now) } : readPolicies(Policies, now)
}

function wantedTier(
  { Value, Tier: requestedTier }: PutParameterRequest,
  region: string,
  world: World,
  policies: readonly Policy[],
  current: Tier | undefined,
): WantedTier {
  const many = world.count(PARAMETER) >= 10_000
  const of = (tier: Tier) => parametersOf(world, region).filter(({ state }) => state === tier).length
  return {
    requestedTier: requestedTier as WantedTier['requestedTier'],
    valueBytes: new TextEncoder().encode(Value).length,
    hasPolicies: policies.length > 0,
    ...(current === undefined ? {} : { current }),
    ...(many ? { others: { Standard: of('Standard'), Advanced: of('Advanced') } } : {}),
  }
}

/** A full history loses its oldest version, unless that has a label. */
function versionProblem({ name, versions: [oldest, ...others] }: StoredParameter): ApiError | undefined {
  if (!oldest || others.length + 1 < MOST_VERSIONS || oldest.labels.length === 0) return undefined
  return refuse(
    'ParameterMaxVersionLimitExceeded',
    `You attempted to create a new version of ${name} by calling the PutParameter API with the overwrite flag. Version ${oldest.version}, the oldest version, can't be deleted because it has a label associated with it. Move the label to another version of the parameter, and try again.`,
  ).error
}

/**
 * The id of a machine image is checked after the call was answered: it is put a little later, or, when there is no such image, not at
 * all, as of the real service.
 */
function afterImageCheck(
  { world, region }: ApiCall<PutParameterRequest>,
  { dataType, value }: Version,
  before: StoredParameter | undefined,
  emit: readonly Emission[],
): readonly Emission[] {
  if (dataType !== 'aws:ec2:image') return emit
  const answer = callService({
    world,
    service: 'ec2',
    operation: 'DescribeImages',
    input: { ImageIds: [value] },
    principal: servicePrincipal('ssm'),
    region,
  })
  const found = 'error' in answer ? answer.error.code === 'UnknownOperationException' : imagesIn(answer.output) > 0
  if (/^ami-\w+$/.test(value) && found) return emit.map((one) => ({ ...one, after: IMAGE_CHECK }))
  const reason = `There is no machine image ${value}, so no new version is made.`
  return before ? [{ to: before.id, type: DECLINED, after: IMAGE_CHECK, data: { controller: 'ssm', reason } }] : []
}

function imagesIn(output: object): number {
  return ((output as { readonly Images?: readonly object[] }).Images ?? []).length
}

function invalid(message: string) {
  return refuse('ValidationException', message)
}
