import type { Field } from './field.ts'

/** Models: validateLocalDescendingPath. */
export function relativePath(path: Field): void {
  if (path.text.startsWith('/')) path.invalid('must be a relative path')
  noBacksteps(path)
}

/** Models: validatePathNoBacksteps. */
export function noBacksteps(path: Field): void {
  if (path.text.split('/').includes('..')) path.invalid("must not contain '..'")
}
