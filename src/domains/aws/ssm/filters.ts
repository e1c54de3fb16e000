import { type ApiError, refuse } from '../core/index.ts'
import { newestOf, type StoredParameter } from './parameter.ts'
import { isUnder, pathProblem } from './parameterName.ts'
import type { ParameterStringFilter } from './types.generated.ts'

/** Values that a filter's key may have. */
const VALUES: { readonly [key: string]: readonly string[] } = {
  Type: ['String', 'StringList', 'SecureString'],
  Tier: ['Standard', 'Advanced', 'Intelligent-Tiering'],
}

/** What is wrong with the filters of a request in which `keys` are allowed (`tag:` stands for all tags). */
export function filterProblem(
  filters: readonly ParameterStringFilter[],
  keys: readonly string[],
): ApiError | undefined {
  const seen = new Set<string>()
  for (const { Key, Option, Values } of filters) {
    if (!keys.includes(Key.startsWith('tag:') ? 'tag:' : Key))
      return refuse(
        'InvalidFilterKey',
        `The following filter key is not valid: ${Key}. Valid filter keys include: [${keys.filter((one) => one !== 'tag:').join(', ')}].`,
      ).error
    if (seen.has(Key))
      return refuse(
        'InvalidFilterKey',
        `The following filter is duplicated in the request: ${Key}. A request can contain only one occurrence of a specific filter.`,
      ).error
    seen.add(Key)
    const options = optionsOf(Key)
    if (Option !== undefined && !options.includes(Option))
      return refuse(
        'InvalidFilterOption',
        `The following filter option is not valid: ${Option}. Valid options include: [${options.join(', ')}].`,
      ).error
    if (!Key.startsWith('tag:') && (Values ?? []).length === 0)
      return refuse('InvalidFilterValue', `The following filter values are missing : null for filter key ${Key}.`).error
    const strange = Values?.find((value) => VALUES[Key] && !VALUES[Key].includes(value))
    if (strange !== undefined)
      return refuse(
        'InvalidFilterOption',
        `The following filter value is not valid: ${strange}. Valid values include: [${VALUES[Key]?.join(', ')}].`,
      ).error
    for (const value of Key === 'Path' ? (Values ?? []) : []) {
      if (/^\/(aws|ssm)/i.test(value))
        return refuse(
          'ValidationException',
          'Filters for common parameters can\'t be prefixed with "aws" or "ssm" (case-insensitive). When using global parameters, please specify within a global namespace.',
        ).error
      const wrong = pathProblem(value)
      if (wrong) return wrong
    }
  }
  return undefined
}

function optionsOf(key: string): readonly string[] {
  if (key === 'Path') return ['Recursive', 'OneLevel']
  if (key === 'Label') return ['Equals']
  return key === 'Name' ? ['BeginsWith', 'Equals', 'Contains'] : ['BeginsWith', 'Equals']
}

/** Whether a parameter is among those that a filter lets through. */
export function passes(parameter: StoredParameter, { Key, Option, Values = [] }: ParameterStringFilter): boolean {
  const { type, keyId, tier, dataType } = newestOf(parameter)
  if (Key === 'Path')
    return Values.some((value) => isUnder(value, parameter.name, Option !== undefined && Option !== 'OneLevel'))
  if (Key === 'Label') return parameter.versions.some(({ labels }) => labels.some((label) => Values.includes(label)))
  if (Key.startsWith('tag:')) {
    const tag = parameter.tags.find((one) => one.Key === Key.slice(4))
    return tag !== undefined && (Values.length === 0 || fits(tag.Value, Option, Values))
  }
  const found = { Name: parameter.name, Type: type, KeyId: keyId, Tier: tier, DataType: dataType }[Key]
  return found !== undefined && fits(found, Option, Values)
}

function fits(found: string, option: string | undefined, values: readonly string[]): boolean {
  return values.some((value) =>
    option === 'BeginsWith' ? found.startsWith(value) : option === 'Contains' ? found.includes(value) : found === value,
  )
}
