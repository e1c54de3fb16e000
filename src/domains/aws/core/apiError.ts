import type { JsonObject } from '../../../kernel/index.ts'

/** A service's refusal: what `An error occurred (code) when calling the X operation: message` is made of. */
export interface ApiError {
  readonly code: string
  readonly message: string
  /** Further members of the error's shape. */
  readonly more?: JsonObject | undefined
}

/** An operation's answer of refusal, in the words of the real service. */
export function refuse(code: string, message: string, more?: JsonObject): { readonly error: ApiError } {
  return { error: { code, message, ...(more ? { more } : {}) } }
}
