/** Joins class names and leaves out what is false, null or empty, so that conditions can be written in place. */
export function classes(...names: ReadonlyArray<string | false | null | undefined>): string {
  return names.filter(Boolean).join(' ')
}
