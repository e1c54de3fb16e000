/** One line of what a fetch or push tells: flag, summary, the two names, and why. */
export interface UpdateLine {
  readonly flag: ' ' | '+' | '-' | '*' | '!' | '=' | 't'
  readonly summary: string
  readonly from: string
  readonly to: string
  readonly why?: string | undefined
}

/** The short form of a full ref name. */
export function prettyRef(ref: string): string {
  return ref.replace(/^refs\/(heads|tags|remotes)\//, '')
}

/** The lines of a push. Models: git transport.c print_ref_status */
export function pushLines(lines: readonly UpdateLine[]): string {
  return lines
    .map(({ flag, summary, from, to, why }) => {
      const names = from === '' ? to : `${from} -> ${to}`
      return ` ${flag} ${summary.padEnd(17)} ${names}${why === undefined ? '' : ` (${why})`}\n`
    })
    .join('')
}

/** The lines of a fetch, their names in columns. Models: git builtin/fetch.c display_ref_update */
export function fetchLines(lines: readonly UpdateLine[]): string {
  let column = 10
  for (const { from, to } of lines) if (21 + from.length + 4 + to.length < 80) column = Math.max(column, from.length)
  return lines
    .map(
      ({ flag, summary, from, to, why }) =>
        ` ${flag} ${summary.padEnd(17)} ${from.padEnd(column)} -> ${to}${why === undefined ? '' : `  (${why})`}\n`,
    )
    .join('')
}
