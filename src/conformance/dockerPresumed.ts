/** A file that a page shows with `cat`, or that it tells to type after `cat > FILE`: a step that shows no output of the lab's. */
export function shownFile(
  line: string,
  documented: string,
): { readonly path: string; readonly typed: boolean } | undefined {
  if (documented.trim() === '' || /No such file/.test(documented)) return undefined
  const [, into, path] = /^(?:sudo )?cat (>>? ?)?([\w./-]+)\s*$/.exec(line.trim()) ?? []
  return path === undefined || path.startsWith('/proc') || path.startsWith('/sys')
    ? undefined
    : { path, typed: into !== undefined }
}

/** The definition behind a documented `bake --print` of a page that has no file: the same groups and targets, as JSON. */
export function bakeFileOf(documented: string): string | undefined {
  const start = documented.indexOf('{')
  if (start < 0) return undefined
  try {
    const { group, target } = JSON.parse(documented.slice(start)) as {
      readonly group?: unknown
      readonly target?: unknown
    }
    return target === undefined ? undefined : `${JSON.stringify({ group, target }, undefined, 2)}\n`
  } catch {
    return undefined
  }
}
