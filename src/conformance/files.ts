import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Every file below the given files and folders, in order of their paths. */
export function filesBelow(paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) => {
    if (!statSync(path).isDirectory()) return [path]
    return filesBelow(
      readdirSync(path)
        .sort()
        .map((name) => join(path, name)),
    )
  })
}

/** The JSON files among them, read. */
export function* jsonFiles(paths: readonly string[]): Iterable<{ readonly path: string; readonly value: unknown }> {
  for (const path of filesBelow(paths)) {
    if (path.endsWith('.json')) yield { path, value: JSON.parse(readFileSync(path, 'utf8')) }
  }
}
