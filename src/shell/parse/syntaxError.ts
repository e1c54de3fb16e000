/** What bash says about a line that it cannot read; `incomplete` when more lines could make it whole. */
export class SyntaxProblem extends Error {
  readonly incomplete: boolean

  constructor(message: string, incomplete = false) {
    super(message)
    this.incomplete = incomplete
  }
}
