/** An expression of HCL, with where it stands: from `from` to `to` in the file's text. */
export type Expression = { readonly from: number; readonly to: number } & (
  | { readonly is: 'value'; readonly value: unknown }
  | { readonly is: 'template'; readonly parts: readonly Expression[] }
  | { readonly is: 'name'; readonly name: string }
  | { readonly is: 'member'; readonly of: Expression; readonly key: Expression }
  | { readonly is: 'splat'; readonly of: Expression; readonly keys: readonly string[] }
  | { readonly is: 'call'; readonly name: string; readonly args: readonly Expression[]; readonly spread: boolean }
  | { readonly is: 'unary'; readonly sign: string; readonly of: Expression }
  | { readonly is: 'binary'; readonly sign: string; readonly left: Expression; readonly right: Expression }
  | { readonly is: 'choice'; readonly test: Expression; readonly yes: Expression; readonly no: Expression }
  | { readonly is: 'list'; readonly items: readonly Expression[] }
  | { readonly is: 'object'; readonly pairs: readonly (readonly [Expression, Expression])[] }
  | {
      readonly is: 'for'
      readonly names: readonly string[]
      readonly over: Expression
      /** Absent when it makes a list. */
      readonly key?: Expression | undefined
      readonly value: Expression
      readonly test?: Expression | undefined
      readonly grouped: boolean
    }
)

/** A block: `target "app" { ... }`. */
export interface Block {
  readonly type: string
  readonly labels: readonly string[]
  readonly body: Body
  readonly from: number
}

/** What stands in a file or between the braces of a block. */
export interface Body {
  readonly attributes: ReadonlyMap<string, Expression>
  readonly blocks: readonly Block[]
}

/** Why a file is refused, in HCL's words: a summary and a detail, and where it stands. */
export class HclProblem extends Error {
  readonly summary: string
  readonly detail: string
  readonly from: number
  readonly to: number

  constructor(summary: string, detail: string, from: number, to: number) {
    super(`${summary}; ${detail}`)
    this.summary = summary
    this.detail = detail
    this.from = from
    this.to = to
  }
}
