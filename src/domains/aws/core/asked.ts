import type { JsonObject } from '../../../kernel/index.ts'

/** An access as IAM is asked about it: nothing is left to be filled in. */
export interface Asked {
  readonly action: string
  readonly resource: string
  readonly context: { readonly [key: string]: string | readonly string[] }
  readonly resourcePolicy?: JsonObject | undefined
}
