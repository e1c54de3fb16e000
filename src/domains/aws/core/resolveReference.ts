import type { World } from '../../../kernel/index.ts'
import type { ApiError } from './apiError.ts'
import { parseArn } from './arn.ts'
import type { Principal } from './principal.ts'
import { services } from './service.ts'

/**
 * Reads a value that is kept by another service, as a principal: an ARN is asked of its service, a bare name of the one that takes such.
 * Undefined when no service of the lab keeps such things.
 */
export function resolveReference(
  reference: string,
  principal: Principal,
  region: string,
  world: World,
): { readonly value: string } | { readonly error: ApiError } | undefined {
  const arn = parseArn(reference)
  if (arn) return services.get(arn.service)?.references?.read(reference, principal, arn.region || region, world)
  for (const { references } of services.values())
    if (references?.bare) {
      const found = references.read(reference, principal, region, world)
      if (found) return found
    }
  return undefined
}
