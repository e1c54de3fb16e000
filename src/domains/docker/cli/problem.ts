/** A failure in the tool's words; `text` is whole lines without the last newline. */
export class Problem extends Error {
  readonly exit: number

  constructor(text: string, exit = 1) {
    super(text)
    this.exit = exit
  }
}

/** A failure that the engine reports. */
export function refused(text: string, exit = 1): Problem {
  return new Problem(`Error response from daemon: ${text}`, exit)
}
