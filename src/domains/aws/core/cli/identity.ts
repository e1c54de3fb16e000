import type { World } from '../../../../kernel/index.ts'
import type { Call } from '../../../../shell/index.ts'
import { callService } from '../callService.ts'
import type { Principal } from '../principal.ts'
import { ACCOUNT } from '../principal.ts'
import { services } from '../service.ts'
import { misconfigured, refusal } from './cliError.ts'
import { type Profile, profileOf } from './configuration.ts'

/** The learner's own user, who calls where no credentials are set: as in AWS CloudShell, whose console signs in for its user. */
export const LEARNER: Principal = { arn: `arn:aws:iam::${ACCOUNT}:user/learner`, account: ACCOUNT }

/** What is being called, for the words of a refusal. */
export interface Asking {
  readonly operation: string
  readonly protocol: string
}

/**
 * Who calls, in the order of the real tool's chain: the environment, the profile's role, the profile's keys, and what the place it runs
 * on is given (a task's or an instance's role; the learner's own terminal is signed in as `learner`).
 */
export function callerOf(call: Call, profile: Profile, region: string, byOption: boolean, asked: Asking): Principal {
  const { env, world } = call
  const key = env['AWS_ACCESS_KEY_ID']
  if (key !== undefined && key !== '' && !byOption)
    return authenticated(key, env['AWS_SECRET_ACCESS_KEY'], env['AWS_SESSION_TOKEN'], world, asked)
  return profiled(call, profile, region, asked) ?? placed(call)
}

function profiled(call: Call, profile: Profile, region: string, asked: Asking): Principal | undefined {
  const role = profile.config.get('role_arn') ?? profile.credentials.get('role_arn')
  if (role !== undefined) {
    const source = profile.config.get('source_profile')
    const by =
      source === undefined || source === profile.name
        ? (keyed(call, profile, asked) ?? placed(call))
        : (profiled(call, profileOf(call.files, call.env, call.cwd, source), region, asked) ?? placed(call))
    const session = profile.config.get('role_session_name') ?? `botocore-session-${Math.floor(call.world.now / 1000)}`
    const answer = callService({
      world: call.world,
      service: 'sts',
      operation: 'AssumeRole',
      input: { RoleArn: role, RoleSessionName: session, ExternalId: profile.config.get('external_id') },
      principal: by,
      region,
    })
    if ('error' in answer) throw refusal('AssumeRole', answer.error)
    const arn = (answer.output as { AssumedRoleUser?: { Arn?: string } }).AssumedRoleUser?.Arn ?? ''
    return { arn, account: arn.split(':')[4] ?? ACCOUNT }
  }
  return keyed(call, profile, asked)
}

function keyed(call: Call, profile: Profile, asked: Asking): Principal | undefined {
  const setting = (name: string) => profile.credentials.get(name) ?? profile.config.get(name)
  const key = setting('aws_access_key_id')
  return key === undefined
    ? undefined
    : authenticated(key, setting('aws_secret_access_key'), setting('aws_session_token'), call.world, asked)
}

function authenticated(
  key: string,
  secret: string | undefined,
  token: string | undefined,
  world: World,
  { operation, protocol }: Asking,
): Principal {
  if (secret === undefined || secret === '')
    throw misconfigured('PartialCredentials', 'Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY')
  for (const service of services.values()) {
    const answer = service.authenticate?.({ key, secret, token }, world)
    if (!answer) continue
    if ('error' in answer) throw refusal(operation, answer.error)
    return answer.principal
  }
  throw refusal(operation, {
    code: protocol.includes('json') ? 'UnrecognizedClientException' : 'InvalidClientTokenId',
    message: 'The security token included in the request is invalid.',
  })
}

function placed(call: Call): Principal {
  for (const service of services.values()) {
    const found = service.identity?.(call.host, call.env, call.world)
    if (found) return found
  }
  if (call.host.kind === 'shell.Session') return LEARNER
  throw misconfigured(
    'NoCredentials',
    'Unable to locate credentials. You can configure credentials by running "aws login".',
  )
}
