import type { World } from '../../../kernel/index.ts'
import type { StoredParameter, Version } from './parameter.ts'

const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
/** Bytes that KMS puts around what it encrypts: the key's id, the nonce, the tag. */
const AROUND = 152

/**
 * What is read of a SecureString that is not decrypted: base64 as long as KMS would make it, always the same for one version, and
 * without anything of the value. Unlike KMS, nobody can turn it back: the value itself is kept beside it.
 */
export function ciphertextOf(parameter: StoredParameter, version: Version, world: World): string {
  const bytes = AROUND + new TextEncoder().encode(version.value).length
  const signs = Math.ceil((bytes * 4) / 3)
  let text = 'AQICAH'
  for (let part = 0; text.length < signs; part++) {
    let bits = Math.floor(world.draw('ssm', parameter.id, parameter.born, version.version, part) * 2 ** 30)
    for (let i = 0; i < 5; i++) {
      text += SIGNS[bits & 63]
      bits >>= 6
    }
  }
  return text.slice(0, signs).padEnd(Math.ceil(signs / 4) * 4, '=')
}
