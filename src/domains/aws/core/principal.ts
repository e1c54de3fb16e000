/** Who calls: an IAM user, an assumed role's session, a service by its role, or the account itself. */
export interface Principal {
  /** `arn:aws:iam::123456789012:user/learner`, `arn:aws:sts::123456789012:assumed-role/Build/session`. */
  readonly arn: string
  readonly account: string
  /** The service that calls on its own behalf, and is not asked for permissions: `ecs.amazonaws.com`. */
  readonly service?: string | undefined
  /** The text of the policy that its session was limited by. */
  readonly sessionPolicy?: string | undefined
}

/** The lab's account, as in the documentation. */
export const ACCOUNT = '123456789012'

/** Where calls go that name no region. */
export const REGION = 'us-east-1'

/** A service that acts by itself inside the account. */
export function servicePrincipal(service: string): Principal {
  return { arn: `arn:aws:iam::${ACCOUNT}:root`, account: ACCOUNT, service: `${service}.amazonaws.com` }
}

/** A role as whom a service or a container calls; `role` is the role's ARN. */
export function rolePrincipal(role: string, session: string): Principal {
  const [, account = ACCOUNT, name = ''] = /^arn:aws:iam::(\d+):role\/(?:.*\/)?([^/]+)$/.exec(role) ?? []
  return { arn: `arn:aws:sts::${account}:assumed-role/${name}/${session}`, account }
}
