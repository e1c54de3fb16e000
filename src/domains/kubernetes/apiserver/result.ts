import type { Emission } from '../../../kernel/index.ts'
import type { ApiResource } from '../api/apiResource.ts'
import type { FieldError } from '../api/validation/fieldError.ts'
import type { KubeObject } from '../object/object.ts'

/** What the API server answers: the object as it will be stored and what must be emitted for it, or a refusal. */
export type Result = Done | Refused

export interface Done {
  readonly ok: true
  readonly object: KubeObject
  readonly emit: readonly Emission[]
  /** Texts of `Warning:` headers, which kubectl prints before the result. */
  readonly warnings?: readonly string[]
}

export interface Refused {
  readonly ok: false
  readonly status: ApiStatus
}

/** A `metav1.Status` of a failure. `reason` is empty where the server knows no better than the code. */
export interface ApiStatus {
  readonly code: number
  readonly reason: string
  readonly message: string
  readonly details?: StatusDetails
}

export interface StatusDetails {
  readonly name?: string
  readonly group?: string
  /** The resource (`pods`) or, for Invalid, the kind (`Pod`). */
  readonly kind?: string
  readonly causes?: readonly { readonly reason?: string; readonly message: string; readonly field?: string }[]
  readonly retryAfterSeconds?: number
}

/** Makes a refusal. */
export function refuse(code: number, reason: string, message: string, details?: StatusDetails): Refused {
  return { ok: false, status: { code, reason, message, ...(details ? { details } : {}) } }
}

/** `deployments.apps`, or `pods` in the core group. */
export function qualified(resource: ApiResource): string {
  return resource.group === '' ? resource.plural : `${resource.plural}.${resource.group}`
}

/** 404: `pods "web" not found`. */
export function notFound(resource: ApiResource, name: string): Refused {
  return refuse(404, 'NotFound', `${qualified(resource)} "${name}" not found`, named(resource, name))
}

/** 409: `pods "web" already exists`. */
export function alreadyExists(resource: ApiResource, name: string): Refused {
  return refuse(409, 'AlreadyExists', `${qualified(resource)} "${name}" already exists`, named(resource, name))
}

/** 409: `Operation cannot be fulfilled on pods "web": <why>`; by default that someone else changed it meanwhile. */
export function conflict(
  resource: ApiResource,
  name: string,
  why = 'the object has been modified; please apply your changes to the latest version and try again',
): Refused {
  return refuse(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${qualified(resource)} "${name}": ${why}`,
    named(resource, name),
  )
}

/** 403: `pods "web" is forbidden: <why>`. */
export function forbidden(resource: ApiResource, name: string, why: string): Refused {
  const about = name === '' ? `${qualified(resource)} is forbidden` : `${qualified(resource)} "${name}" is forbidden`
  return refuse(403, 'Forbidden', `${about}: ${why}`, named(resource, name))
}

/** 400 with the server's words. */
export function badRequest(message: string): Refused {
  return refuse(400, 'BadRequest', message)
}

/** 422: `Pod "web" is invalid: spec.containers: Required value`; several complaints stand in brackets. */
export function invalid(resource: ApiResource, name: string, problems: readonly FieldError[]): Refused {
  const told = [...new Set(problems.map((problem) => problem.message))]
  const kind = resource.group === '' ? resource.kind : `${resource.kind}.${resource.group}`
  const list = told.length === 1 ? told[0] : `[${told.join(', ')}]`
  return refuse(422, 'Invalid', `${kind} "${name}" is invalid: ${list}`, {
    name,
    ...(resource.group === '' ? {} : { group: resource.group }),
    kind: resource.kind,
    causes: problems.map(({ field, reason, message }) => ({ field, reason, message: message.slice(field.length + 2) })),
  })
}

function named(resource: ApiResource, name: string): StatusDetails {
  return { name, ...(resource.group === '' ? {} : { group: resource.group }), kind: resource.plural }
}
