import type { World } from '../../../kernel/index.ts'
import { type Access, arnOf } from '../core/index.ts'
import { DEFAULT_KEY, findParameter, newestOf, parameterArn, readReference, type StoredParameter } from './parameter.ts'

/**
 * What IAM is asked about a key of the account's own that encrypts a parameter; nothing for the key that AWS manages, which lets
 * everybody in the account use it through Parameter Store. Models: AWS Systems Manager User Guide, "KMS encryption for SecureString"
 */
export function keyAccess(
  action: 'kms:Decrypt' | 'kms:Encrypt',
  region: string,
  keyId: string | undefined,
  name: string,
): readonly Access[] {
  if (keyId === undefined || keyId === DEFAULT_KEY || keyId.endsWith(`:${DEFAULT_KEY}`)) return []
  const resource = keyId.startsWith('arn:')
    ? keyId
    : arnOf('kms', region, keyId.startsWith('alias/') ? keyId : `key/${keyId}`)
  return [
    {
      action,
      resource,
      context: {
        'kms:ViaService': `ssm.${region}.amazonaws.com`,
        'kms:EncryptionContext:PARAMETER_ARN': parameterArn(region, name),
      },
    },
  ]
}

/** What IAM is asked when values are read by their references, decrypted or not: the action itself on each, and each key. */
export function readingAccess(
  world: World,
  region: string,
  references: readonly string[],
  decrypt: boolean | undefined,
): readonly Access[] {
  return references.flatMap((reference) => {
    const asked = readReference(reference)
    if (!asked) return [{ resource: reference }]
    const resource = isPublic(asked.name)
      ? arnOf('ssm', region, `parameter${asked.name}`, '')
      : parameterArn(region, asked.name)
    const found = findParameter(world, region, asked.name) ?? findParameter(world, region, asked.other ?? '')
    return [{ resource }, ...(decrypt && found ? decrypting(found) : [])]
  })
}

/** What IAM is asked when a parameter's value is decrypted. */
export function decrypting(parameter: StoredParameter): readonly Access[] {
  return keyAccess('kms:Decrypt', parameter.region, newestOf(parameter).keyId, parameter.name)
}

/** Whether a name is of the parameters that AWS itself keeps for everybody. */
export function isPublic(name: string): boolean {
  return name.startsWith('/aws/service/')
}
