import { type Files, resolvePath } from '../files.ts'
import { isPattern, patternSource, unescapePattern } from './pattern.ts'

/** Paths that match a pattern, sorted, in the form in which the pattern is written; undefined when it has no wildcard or no match. */
export function glob(pattern: string, cwd: string, files: Files): readonly string[] | undefined {
  if (!isPattern(pattern)) return undefined
  const absolute = pattern.startsWith('/')
  let found = [absolute ? '/' : '']
  for (const segment of pattern.split('/')) {
    if (segment === '') continue
    const next: string[] = []
    for (const base of found) {
      const dir = resolvePath(cwd, base === '' ? '.' : base)
      const join = (name: string): string => (base === '' || base.endsWith('/') ? base + name : `${base}/${name}`)
      if (!isPattern(segment)) {
        const name = unescapePattern(segment)
        if (files.exists(resolvePath(dir, name))) next.push(join(name))
      } else if (files.isDirectory(dir)) {
        const regex = new RegExp(`^${patternSource(segment, { path: true })}$`)
        for (const name of files.list(dir))
          if (regex.test(name) && (segment.startsWith('.') || !name.startsWith('.'))) next.push(join(name))
      }
    }
    found = next
  }
  const directories = pattern.endsWith('/')
  if (directories) found = found.filter((path) => files.isDirectory(resolvePath(cwd, path))).map((path) => `${path}/`)
  return found.length === 0 ? undefined : found
}
