/** Lines of a Dockerfile that an error or a warning is about, counted from 1, both ends included. */
export interface Lines {
  readonly start: number
  readonly end: number
}

/** A Dockerfile that BuildKit refuses: `message` is in its words, as they follow `failed to solve: `. */
export class DockerfileProblem extends Error {
  readonly lines: Lines | undefined

  constructor(message: string, lines?: Lines) {
    super(message)
    this.name = 'DockerfileProblem'
    this.lines = lines
  }

  /** The same problem with lines, where it has none yet. */
  at(lines: Lines): DockerfileProblem {
    return this.lines ? this : new DockerfileProblem(this.message, lines)
  }
}
