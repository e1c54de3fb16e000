/**
 * Why a documented step is not one of today's docker: its command or its output belongs to a release that has gone. Told by marks that no
 * release in use prints, never by page; undefined when it may be compared.
 */
export function olderDocker(command: string, documented: string): string | undefined {
  if (/(?:^|[|;&\n(] *)docker(?:-| )machine\b/.test(command)) return 'docker machine, which is gone'
  if (/(?:^|[|;&\n(] *)(?:\w+=\S* )*docker trust\b/.test(command))
    return 'docker trust, which has left the command line tool with release 29'
  if (/^Sending build context to Docker daemon|^Step \d+(?:\/\d+)? ?: /m.test(documented))
    return 'the builder before BuildKit'
  if (
    /\bcompose\b/.test(command) &&
    /^ *Name {2,}Command {2,}State {2,}Ports|^(?:Creating|Starting|Recreating|Stopping|Removing) \w+_\w+_\d+ ?\.\.\.|^(?:Creating|Removing) (?:network|volume) "?\w+"?|^Going to remove \w+_\w+_\d+|^\w+_\d+ +\| /m.test(
      documented,
    )
  )
    return 'the words of compose before release 2'
  if (/^\S+ {2,}.*\bORCHESTRATOR\b|^CONTAINER {2,}CPU % {2,}PRIV WORKING SET/m.test(documented))
    return 'a column that docker has no more'
  return undefined
}

/** Why a step is not typed at a POSIX shell, or is no command as it stands; undefined when it is. */
export function untypable(command: string): string | undefined {
  if (/\{\{[%<] .* [%>]\}\}/.test(command)) return 'has a placeholder to fill in'
  if (/`\s*(?:\n|$)/.test(command) && (command.match(/`/g) ?? []).length % 2 === 1) return 'typed in PowerShell'
  return undefined
}
