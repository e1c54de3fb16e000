/** One page of documentation: the commands that it tells to type, and what it says they print. */
export interface Page {
  readonly page: string
  readonly steps: readonly PageStep[]
}

export interface PageStep {
  readonly command: string
  /** What the command refers to, by the reference as typed: paths below the corpus's `files`; a folder ends with a slash. */
  readonly files?: Readonly<Record<string, string>>
  /** Null when the page shows none; empty when it says that nothing is printed. */
  readonly output: string | null
  readonly assoc?: string
  readonly output_scope?: 'block'
  readonly block_commands?: number
  readonly in_container?: boolean
  readonly from_prose?: boolean
  readonly placeholder?: boolean
  readonly files_missing?: readonly string[]
}

const TRUSTED: ReadonlySet<string | undefined> = new Set(['inline', 'adjacent', 'hinted', 'no-output'])

/** Whether the lab can be given the step as it stands. */
export function playable(step: PageStep): boolean {
  if (step.in_container || step.placeholder) return false
  return !(step.from_prose && step.output === null)
}

/** Why a step with output is left out of the score; undefined when it counts. */
export function unscored(step: PageStep): string | undefined {
  if (!TRUSTED.has(step.assoc)) return 'its output is not surely its own'
  if (step.in_container) return 'typed inside a container'
  if (step.placeholder) return 'has a placeholder to fill in'
  if (step.files_missing && step.files_missing.length > 0) return 'files that the corpus lacks'
  return undefined
}
