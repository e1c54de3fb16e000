/** Why a command ends: what stands on standard error, and its exit code. */
export class Problem extends Error {
  readonly exit: number
  constructor(text: string, exit = 128) {
    super(text)
    this.exit = exit
  }
}

/** Ends with `fatal: ...` and 128, as git's `die`. */
export function die(text: string, exit = 128): never {
  throw new Problem(`fatal: ${text}`, exit)
}

/** Ends with `error: ...` and 1. */
export function refuse(text: string, exit = 1): never {
  throw new Problem(`error: ${text}`, exit)
}
