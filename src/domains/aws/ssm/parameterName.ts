import { type ApiError, refuse } from '../core/index.ts'
import { parameterArn } from './parameter.ts'

const PATH_WORDS =
  'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_'
const PLAIN_WORDS = 'Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive).'

/** What is wrong with the name of a parameter that is to be put; undefined when it may be one. */
export function nameProblem(region: string, name: string): ApiError | undefined {
  const invalid = (message: string) => refuse('ValidationException', message).error
  const isPath = name.startsWith('/')
  if (!isPath && name.includes('/')) return invalid('Parameter name must be a fully qualified name.')
  if (/^\/aws/i.test(name) && name.lastIndexOf('/') > 0)
    return refuse('AccessDeniedException', `No access to reserved parameter name: ${name.slice(1)}.`).error
  if (/^\/?(aws|ssm)/i.test(name)) return invalid(name.lastIndexOf('/') > 0 ? PATH_WORDS : PLAIN_WORDS)
  if (isPath && !/^(\/[\w.-]+)+$/.test(name)) return invalid(PATH_WORDS)
  if (!isPath && !/^[\w.-]+$/.test(name))
    return invalid(`${PLAIN_WORDS} Only a mix of letters, numbers and the following 3 symbols .-_ are allowed.`)
  if (name.split('/').length - (isPath ? 1 : 0) > 15)
    return refuse(
      'HierarchyLevelLimitExceededException',
      'A hierarchy can have a maximum of 15 levels. For more information, see Requirements and constraints for parameter names in the AWS Systems Manager User Guide.',
    ).error
  if (parameterArn(region, name).length > 1011)
    return invalid(
      `1 validation error detected: Value '${name}' at 'name' failed to satisfy constraint: Member must have length less than or equal to 1011`,
    )
  return undefined
}

/** What is wrong with a path that parameters are looked for under. */
export function pathProblem(path: string): ApiError | undefined {
  if (/^\/$|^(\/[\w.-]+)+\/?$/.test(path)) return undefined
  return refuse(
    'ValidationException',
    'The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/". It can\'t be prefixed with "aws" or "ssm" (case-insensitive). It must use only letters, numbers, or the following symbols: . (period), - (hyphen), _ (underscore). Special characters are not allowed. All sub-paths, if specified, must use the forward slash symbol "/". Valid example: /get/parameters2-/by1./path0_.',
  ).error
}

/** Whether a name is directly under a path, or anywhere under it. A name without a slash is at the root. */
export function isUnder(path: string, name: string, deep: boolean): boolean {
  const from = path.endsWith('/') ? path : `${path}/`
  const full = name.startsWith('/') ? name : `/${name}`
  return full.startsWith(from) && (deep || !full.slice(from.length).includes('/'))
}
