import type { World } from '../../../kernel/index.ts'
import { type ApiError, arnOf, type Principal, refuse, services } from '../core/index.ts'
import { ciphertextOf } from './ciphertext.ts'
import { isPublic } from './encryption.ts'
import { findParameter, newestOf, readReference, type StoredParameter, shownAt, type Version } from './parameter.ts'
import type { Parameter } from './types.generated.ts'

/** Who reads, where, and whether in clear. */
export interface Reading {
  readonly world: World
  readonly region: string
  readonly principal: Principal
  readonly decrypt: boolean | undefined
}

/** The parameter and version that a reference names, as the API shows it, or why there is none. */
export function readParameter(
  reference: string,
  reading: Reading,
): { readonly parameter: Parameter } | { readonly error: ApiError } {
  const { world, region } = reading
  const asked = readReference(reference)
  const given = asked && (findParameter(world, region, asked.name) ?? findParameter(world, region, asked.other ?? ''))
  if (!asked || !given) return (asked && publicParameter(asked.name, reading)) ?? NOT_FOUND
  const { selector } = asked
  if (selector === undefined) return { parameter: parameterShown(given, newestOf(given), reading) }
  const isNumber = /^\d+$/.test(selector)
  const version = given.versions.find((one) =>
    isNumber ? one.version === Number(selector) : one.labels.includes(selector),
  )
  if (!version)
    return refuse(
      'ParameterVersionNotFound',
      `Systems Manager could not find ${isNumber ? 'version' : 'label'} ${selector} of ${given.name}. Verify the ${isNumber ? 'version' : 'label'} and try again.`,
    )
  return { parameter: { ...parameterShown(given, version, reading), Selector: `:${selector}` } }
}

/** The real service's refusal has no words. */
export const NOT_FOUND = refuse('ParameterNotFound', '')

/** A version as `GetParameter` shows it. */
export function parameterShown(parameter: StoredParameter, version: Version, reading: Reading): Parameter {
  return {
    Name: parameter.name,
    Type: version.type,
    Value: shownValue(parameter, version, reading),
    Version: version.version,
    LastModifiedDate: shownAt(version.at),
    ARN: parameter.arn,
    DataType: version.dataType,
  }
}

/** The value of a version, encrypted unless it is to be read in clear. */
export function shownValue(
  parameter: StoredParameter,
  version: Version,
  { world, decrypt }: Pick<Reading, 'world' | 'decrypt'>,
) {
  return version.type === 'SecureString' && !decrypt ? ciphertextOf(parameter, version, world) : version.value
}

/** A parameter under `/aws/service/`, which the service keeps that it is about: EC2 knows its machine images. */
function publicParameter(
  name: string,
  { world, region, principal }: Reading,
): { readonly parameter: Parameter } | undefined {
  if (!isPublic(name)) return undefined
  for (const { references } of services.values()) {
    const found = references?.bare ? undefined : references?.read(name, principal, region, world)
    if (!found || 'error' in found) continue
    return {
      parameter: {
        Name: name,
        Type: 'String',
        Value: found.value,
        Version: 1,
        LastModifiedDate: shownAt(0),
        ARN: arnOf('ssm', region, `parameter${name}`, ''),
        DataType: found.value.startsWith('ami-') ? 'aws:ec2:image' : 'text',
      },
    }
  }
  return undefined
}
