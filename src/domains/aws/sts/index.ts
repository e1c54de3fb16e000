import { EPOCH } from '../../../kernel/index.ts'
import { defineService, recordKind } from '../core/index.ts'
import { api } from './api.generated.ts'
import { stsOperations } from './operations.ts'
import { SESSION, type StsSession } from './session.ts'

/** AWS Security Token Service: who one is, and credentials for a while. */
export const sts = defineService({
  name: 'sts',
  api,
  operations: stsOperations,
  kinds: [recordKind<StsSession>({ kind: SESSION, noun: 'a set of temporary credentials' })],
  authenticate({ key, secret, token }, world) {
    const found = world.get(`${SESSION}/${key}`) as StsSession | undefined
    if (!found) return undefined
    const invalid = {
      error: { code: 'InvalidClientTokenId', message: 'The security token included in the request is invalid.' },
    }
    if (found.token !== token) return invalid
    if (found.secret !== secret)
      return {
        error: {
          code: 'SignatureDoesNotMatch',
          message:
            'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
        },
      }
    if (EPOCH + world.now >= found.Expiration)
      return { error: { code: 'ExpiredToken', message: 'The security token included in the request is expired' } }
    return {
      principal: { arn: found.arn, account: found.arn.split(':')[4] ?? '', sessionPolicy: found.policy },
    }
  },
})
