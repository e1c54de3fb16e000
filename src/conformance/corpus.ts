import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { filesBelow } from './files.ts'

/** One file of a corpus, with what its list says of it. */
export interface CorpusFile {
  /** Path that can be read. */
  readonly path: string
  /** Folder that the file's own references are relative to: its repository's. */
  readonly root: string
  readonly repo: string
  /** `manifest`, `config`, `invalid-manifest`, `broken-manifest`; `manifest` where there is no list. */
  readonly category: string
  readonly note: string
}

/**
 * The files of folders of a corpus: those that a `MANIFEST.tsv` lists (in the folder or above it), or every file where there is no list.
 */
export function corpusFiles(paths: readonly string[]): readonly CorpusFile[] {
  return paths.flatMap((path) => {
    const list = listAbove(path)
    const found = filesBelow([path]).filter((file) => !file.endsWith('MANIFEST.tsv'))
    if (list === undefined) return found.map((file) => plain(file, path))
    const base = dirname(list)
    const rows = rowsOf(readFileSync(list, 'utf8'))
    return found.map((file) => {
      const name = relative(base, file)
      const row = rows.get(name)
      const root = join(base, name.split('/')[0] ?? '')
      if (!row) return plain(file, path)
      return { path: file, root, repo: row.repo ?? '', category: row.category ?? 'manifest', note: row.note ?? '' }
    })
  })
}

function plain(file: string, root: string): CorpusFile {
  return { path: file, root, repo: relative(root, file).split('/')[0] ?? '', category: 'manifest', note: '' }
}

function listAbove(path: string): string | undefined {
  for (let folder = path, i = 0; i < 4; folder = dirname(folder), i++) {
    const list = join(folder, 'MANIFEST.tsv')
    if (existsSync(list)) return list
  }
  return undefined
}

function rowsOf(text: string): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const [head = '', ...lines] = text.split('\n')
  const columns = head.split('\t')
  return new Map(
    lines
      .filter((line) => line !== '')
      .map((line) => {
        const cells = line.split('\t')
        return [cells[0] ?? '', Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? '']))]
      }),
  )
}
