import { type ApiCall, arnOf, defineOperation, type Operation, pageOf, refuse } from '../core/index.ts'
import { decrypting, readingAccess } from './encryption.ts'
import { filterProblem, passes } from './filters.ts'
import { findParameter, newestOf, parametersOf, type StoredParameter, shownAt, type Version } from './parameter.ts'
import { isUnder, pathProblem } from './parameterName.ts'
import { NOT_FOUND, parameterShown, type Reading, readParameter, shownValue } from './reading.ts'
import type {
  DescribeParametersRequest,
  GetParameterHistoryRequest,
  GetParameterRequest,
  GetParametersByPathRequest,
  GetParametersRequest,
  Parameter,
} from './types.generated.ts'

/** Operations that read parameters. */
export const readOperations: readonly Operation[] = [
  defineOperation<GetParameterRequest>(
    'GetParameter',
    (call) => {
      const found = readParameter(call.input.Name, readingOf(call))
      return 'error' in found ? found : { output: { Parameter: found.parameter } }
    },
    ({ input, region, world }) => readingAccess(world, region, [input.Name], input.WithDecryption),
  ),
  defineOperation<GetParametersRequest>(
    'GetParameters',
    (call) => {
      const found: Parameter[] = []
      const InvalidParameters: string[] = []
      for (const name of new Set(call.input.Names)) {
        const answer = readParameter(name, readingOf(call))
        if ('error' in answer) InvalidParameters.push(name)
        else found.push(answer.parameter)
      }
      return { output: { Parameters: found.sort(byName), InvalidParameters } }
    },
    ({ input, region, world }) => readingAccess(world, region, input.Names, input.WithDecryption),
  ),
  defineOperation<GetParametersByPathRequest>(
    'GetParametersByPath',
    (call) => {
      const { Path, Recursive = false, ParameterFilters = [], MaxResults = 10, NextToken } = call.input
      const wrong = pathProblem(Path) ?? filterProblem(ParameterFilters, ['Type', 'KeyId', 'Label'])
      if (wrong) return { error: wrong }
      const labels = ParameterFilters.find(({ Key }) => Key === 'Label')?.Values
      const found = under(call, Path, Recursive).filter((one) =>
        ParameterFilters.every((filter) => passes(one, filter)),
      )
      const { items, nextToken } = pageOf(found, NextToken, MaxResults)
      const Parameters = items.map((one) => parameterShown(one, labelled(one, labels), readingOf(call)))
      return { output: { Parameters, ...(nextToken === undefined ? {} : { NextToken: nextToken }) } }
    },
    (call) => [
      { resource: arnOf('ssm', call.region, `parameter${call.input.Path}`) },
      ...(call.input.WithDecryption
        ? under(call, call.input.Path, call.input.Recursive ?? false).flatMap(decrypting)
        : []),
    ],
  ),
  defineOperation<GetParameterHistoryRequest>(
    'GetParameterHistory',
    (call) => {
      const { Name, MaxResults = 50, NextToken } = call.input
      const parameter = findParameter(call.world, call.region, Name.trim())
      if (!parameter) return NOT_FOUND
      const { items, nextToken } = pageOf(parameter.versions, NextToken, MaxResults)
      const Parameters = items.map((version) => ({
        ...described(parameter, version),
        Value: shownValue(parameter, version, readingOf(call)),
        Labels: version.labels,
      }))
      return { output: { Parameters, ...(nextToken === undefined ? {} : { NextToken: nextToken }) } }
    },
    ({ input, region, world }) => readingAccess(world, region, [input.Name], input.WithDecryption),
  ),
  defineOperation<DescribeParametersRequest>(
    'DescribeParameters',
    ({ input, world, region }) => {
      const { Filters = [], ParameterFilters = [], MaxResults = 10, NextToken, Shared = false } = input
      if (Filters.length > 0 && ParameterFilters.length > 0)
        return refuse('ValidationException', 'You can use either Filters or ParameterFilters in a single request.')
      const wrong = filterProblem(ParameterFilters, ['Path', 'Name', 'Type', 'KeyId', 'Tier', 'DataType', 'tag:'])
      if (wrong) return { error: wrong }
      const old = Filters.map((one) => ({ ...one, Option: one.Key === 'Name' ? 'BeginsWith' : 'Equals' }))
      const found = parametersOf(world, region).filter(
        (one) => !Shared && [...old, ...ParameterFilters].every((filter) => passes(one, filter)),
      )
      const { items, nextToken } = pageOf(found, NextToken, MaxResults)
      const Parameters = items.map((one) => ({ ...described(one, newestOf(one)), ARN: one.arn }))
      return { output: { Parameters, ...(nextToken === undefined ? {} : { NextToken: nextToken }) } }
    },
    ({ region }) => ({ resource: arnOf('ssm', region, '*') }),
  ),
]

function readingOf({
  input,
  world,
  region,
  principal,
}: ApiCall<{ readonly WithDecryption?: boolean | undefined }>): Reading {
  return { world, region, principal, decrypt: input.WithDecryption }
}

function under({ world, region }: ApiCall<never> | ApiCall<object>, path: string, deep: boolean) {
  return parametersOf(world, region).filter(({ name }) => isUnder(path, name, deep))
}

/** The version that has one of the labels that were asked for, or the newest. */
function labelled(parameter: StoredParameter, wanted: readonly string[] | undefined): Version {
  const found = wanted && parameter.versions.find(({ labels }) => labels.some((label) => wanted.includes(label)))
  return found ?? newestOf(parameter)
}

/** What is told of a version besides its value. */
function described({ name }: StoredParameter, version: Version) {
  const { type, keyId, at, user, description, allowedPattern, tier, dataType, policies } = version
  return {
    Name: name,
    Type: type,
    ...(keyId === undefined ? {} : { KeyId: keyId }),
    LastModifiedDate: shownAt(at),
    LastModifiedUser: user,
    ...(description === undefined ? {} : { Description: description }),
    ...(allowedPattern === undefined ? {} : { AllowedPattern: allowedPattern }),
    Version: version.version,
    Tier: tier,
    Policies: policies.map((policy) => ({
      PolicyText: policy.text,
      PolicyType: policy.type,
      PolicyStatus: policy.status,
    })),
    DataType: dataType,
  }
}

function byName(a: Parameter, b: Parameter): number {
  const [x, y] = [a.Name ?? '', b.Name ?? '']
  return x < y ? -1 : x > y ? 1 : (a.Version ?? 0) - (b.Version ?? 0)
}
