import type { JsonObject, World } from '../../../kernel/index.ts'
import { type ApiError, refuse } from './apiError.ts'
import type { Asked } from './asked.ts'
import type { Access, ApiAnswer, ApiCall } from './operation.ts'
import type { Principal } from './principal.ts'
import { type Denial, services } from './service.ts'

/** One call of a service's API, from the command line or from another service. */
export interface ServiceCall {
  readonly world: World
  /** `ecs`: the service's name, not its word on the command line. */
  readonly service: string
  readonly operation: string
  readonly input: JsonObject
  readonly principal: Principal
  readonly region: string
}

/**
 * Calls an operation as a principal: IAM is asked first, then the service answers. Shapes are validated by the client, as in the real
 * tools; callers inside the lab are trusted to send well-formed input.
 */
export function callService({
  world,
  service: name,
  operation: wanted,
  input,
  principal,
  region,
}: ServiceCall): ApiAnswer {
  const service = services.get(name)
  const operation = service?.operations.find((one) => one.name === wanted)
  if (!operation) return refuse('UnknownOperationException', `The lab does not have ${name} ${wanted}.`)
  const call: ApiCall = { input, world, principal, region, account: principal.account }
  for (const access of operation.access(call as ApiCall<never>)) {
    if (access.free || principal.service !== undefined) continue
    const refused = judgeAccess(principal, region, { ...access, action: access.action ?? `${name}:${wanted}` }, world)
    if (refused) return { error: denied(service?.api.protocol, refused.message), emit: refused.emit }
  }
  return operation.run(call as ApiCall<never>)
}

/** Asks IAM about an access, be it a call of an operation or not (`codecommit:GitPush` of a git client). Undefined when it is allowed. */
export function judgeAccess(
  principal: Principal,
  region: string,
  access: Access & { readonly action: string },
  world: World,
): Denial | undefined {
  if (principal.service !== undefined) return undefined
  const asked: Asked = {
    action: access.action,
    resource: access.resource ?? '*',
    context: { 'aws:RequestedRegion': region, ...access.context },
    resourcePolicy: access.resourcePolicy,
  }
  return authorizer()?.(principal, asked, world)
}

/** A refusal by IAM in the code of a service's family. */
function denied(protocol: string | undefined, message: string): ApiError {
  if (protocol === 'ec2')
    return { code: 'UnauthorizedOperation', message: `You are not authorized to perform this operation. ${message}` }
  const old = protocol !== undefined && !protocol.includes('json')
  return { code: old ? 'AccessDenied' : 'AccessDeniedException', message }
}

function authorizer() {
  for (const service of services.values()) if (service.authorize) return service.authorize
  return undefined
}
