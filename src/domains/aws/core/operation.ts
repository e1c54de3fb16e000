import type { Emission, JsonObject, World } from '../../../kernel/index.ts'
import type { ApiError } from './apiError.ts'
import type { Principal } from './principal.ts'

/** One call of an operation, as its code sees it. `In` is its input structure, already validated against its shape. */
export interface ApiCall<In = JsonObject> {
  readonly input: In
  readonly world: World
  readonly account: string
  readonly region: string
  readonly principal: Principal
}

/** What an operation answers: its output structure with what it lets happen, or a refusal. Timestamps in it are ms since 1970. */
export type ApiAnswer =
  | { readonly output: object; readonly emit?: readonly Emission[] | undefined }
  | { readonly error: ApiError; readonly emit?: readonly Emission[] | undefined }

/** What IAM is asked before the operation runs. */
export interface Access {
  /** `ecs:RunTask`; the service's prefix and the operation's name when absent. */
  readonly action?: string | undefined
  /** ARN of what it is done to; `*` when absent. */
  readonly resource?: string | undefined
  /** Condition keys beyond the global ones. */
  readonly context?: { readonly [key: string]: string | readonly string[] } | undefined
  /** The resource's own policy, where it has one. */
  readonly resourcePolicy?: JsonObject | undefined
  /** Needs no permission: `sts:GetCallerIdentity`. */
  readonly free?: true | undefined
}

/** One operation of a service. */
export interface Operation {
  /** As in the API: `RunTask`. */
  readonly name: string
  readonly access: (call: ApiCall<never>) => readonly Access[]
  readonly run: (call: ApiCall<never>) => ApiAnswer
}

/**
 * Declares an operation. `access` says what it does to which resource, for IAM; one access on `*` when absent.
 * `run` is pure: it reads the world and answers with output and events.
 */
export function defineOperation<In>(
  name: string,
  run: (call: ApiCall<In>) => ApiAnswer,
  access: (call: ApiCall<In>) => readonly Access[] | Access = () => [],
): Operation {
  return {
    name,
    run: run as Operation['run'],
    access: (call) => {
      const asked = access(call as unknown as ApiCall<In>)
      const list = Array.isArray(asked) ? asked : [asked as Access]
      return list.length > 0 ? list : [{}]
    },
  }
}
