import type { Json } from '../../kernel/json.ts'
import type { Filter } from './parse.ts'

/** Variables, and the functions in reach. */
export interface Scope {
  readonly vars: { readonly [name: string]: Json }
  /** Evaluates a filter within a scope: for builtins, which the evaluator itself calls. */
  readonly evaluate: (filter: Filter, input: Json, scope: Scope) => readonly Json[]
  readonly functions: {
    readonly [name: string]: { readonly params: readonly string[]; readonly body: Filter; readonly scope?: Scope }
  }
}
