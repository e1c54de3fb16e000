import { drawText, type Entity, EPOCH, type World } from '../../../kernel/index.ts'

/** Temporary credentials: who they make of their bearer, and until when. */
export interface StsSession extends Entity {
  readonly AccessKeyId: string
  readonly secret: string
  readonly token: string
  /** ARN of the principal that its bearer is. */
  readonly arn: string
  /** Ms since 1970. */
  readonly Expiration: number
  readonly policy?: string | undefined
}

export const SESSION = 'aws.sts.Session'

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** New credentials for a principal: their fields, and as the API shows them. */
export function newSession(world: World, arn: string, seconds: number, policy: string | undefined) {
  const keys = [world.seed, 'sts', arn, world.revision] as const
  const AccessKeyId = `ASIA${drawText('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16, ...keys)}`
  const secret = drawText(BASE64, 40, ...keys, 'secret')
  const token = `IQoJb3JpZ2luX2Vj${drawText(BASE64, 200, ...keys, 'token')}==`
  const Expiration = EPOCH + Math.floor(world.now / 1000) * 1000 + seconds * 1000
  return {
    fields: { AccessKeyId, secret, token, arn, Expiration, ...(policy === undefined ? {} : { policy }) },
    credentials: { AccessKeyId, SecretAccessKey: secret, SessionToken: token, Expiration },
  }
}
