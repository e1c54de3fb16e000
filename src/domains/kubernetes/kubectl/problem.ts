import type { ApiStatus, Refused } from '../apiserver/result.ts'

/** A refusal that ends a kubectl command: the whole text for standard error, without the last newline, and the exit code. */
export class Problem extends Error {
  readonly exit: number

  constructor(text: string, exit = 1) {
    super(text)
    this.exit = exit
  }
}

/** Ends the command with `error: <text>`. */
export function stop(text: string): never {
  throw new Problem(text.startsWith('error: ') ? text : `error: ${text}`)
}

/** Ends the command with a complaint about how it was called. Models: kubectl/pkg/cmd/util UsageErrorf */
export function misuse(path: string, text: string): never {
  throw new Problem(`error: ${text}\nSee '${path} -h' for help and examples`)
}

/**
 * kubectl's words for a refusal of the API server that ends a command: field errors of an invalid object one a line.
 * Models: kubectl/pkg/cmd/util/helpers.go checkErr
 */
export function wordsOf(status: ApiStatus, verb?: string, source?: string): string {
  if (status.reason === 'Invalid' && status.details) {
    const { kind = '', name = '', causes = [] } = status.details
    const lead = kind !== '' || name !== '' ? `The ${kind} "${name}" is invalid` : 'The request is invalid'
    const told = [
      ...new Set(
        causes.map(({ field, message }) => (field === undefined || field === '' ? message : `${field}: ${message}`)),
      ),
    ]
    if (told.length === 0) return kind === '' && name === '' ? `${lead}: ${status.message}` : lead
    if (told.length === 1) return `${lead}: ${told[0]}`
    return `${lead}: \n${told.map((one) => `* ${one}`).join('\n')}`
  }
  return lineOf(status, verb, source)
}

/** The same in one line, as it stands among several errors. Models: StandardErrorMessage */
export function lineOf(status: ApiStatus, verb?: string, source?: string): string {
  const message =
    verb !== undefined && source !== undefined ? `error when ${verb} "${source}": ${status.message}` : status.message
  if (status.reason === 'Unauthorized') return `error: You must be logged in to the server (${message})`
  return status.reason === '' ? `Error from server: ${message}` : `Error from server (${status.reason}): ${message}`
}

/** Ends the command with a refusal of the API server. */
export function refuseAs(refused: Refused, verb?: string, source?: string): never {
  throw new Problem(wordsOf(refused.status, verb, source))
}

/** Texts of a list of errors as kubectl prints them at the end: one alone in full, several a line each. */
export function several(errors: readonly { readonly full: string; readonly line: string }[]): string | undefined {
  if (errors.length === 0) return undefined
  if (errors.length === 1) return errors[0]?.full
  return errors.map(({ line }) => line).join('\n')
}
