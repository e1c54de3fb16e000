import type { Files } from '../../../shell/index.ts'

/** Writes a file after making the directories that it is in. */
export function withParents(files: Files, path: string, text: string, append = false): void {
  makeParents(files, path)
  files.write(path, text, append)
}

/** Makes the directories above a path. */
export function makeParents(files: Files, path: string): void {
  const missing: string[] = []
  for (
    let up = path.slice(0, path.lastIndexOf('/'));
    up !== '' && !files.isDirectory(up);
    up = up.slice(0, up.lastIndexOf('/'))
  )
    missing.push(up)
  for (const up of missing.reverse()) files.mkdir(up)
}
