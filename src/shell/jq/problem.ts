/** What jq says about a filter or its input; `exit` is the code that it leaves with. */
export class JqProblem extends Error {
  readonly exit: number

  constructor(message: string, exit = 5) {
    super(message)
    this.exit = exit
  }
}
