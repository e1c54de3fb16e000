import type { FileDiff } from '../diff/fileDiff.ts'
import { treeDiff } from '../diff/treeDiff.ts'
import { byteOrder } from '../object/byteOrder.ts'
import type { Repo } from './repo.ts'

/** What `git status` tells: staged against HEAD, the working tree against the index, conflicts, and what is not tracked. */
export interface Status {
  readonly staged: readonly FileDiff[]
  readonly unstaged: readonly FileDiff[]
  /** Path and the two letters: `UU`, `AA`, `DU`, ... */
  readonly conflicts: readonly (readonly [path: string, letters: string])[]
  readonly untracked: readonly string[]
  readonly ignored: readonly string[]
}

export interface StatusOptions {
  readonly untracked?: 'no' | 'normal' | 'all'
  readonly ignored?: boolean
  readonly paths?: ((path: string) => boolean) | undefined
}

/** Compares HEAD, index and working tree. Models: git wt-status.c */
export function statusOf(repo: Repo, options: StatusOptions = {}): Status {
  const { untracked = 'normal', paths = () => true } = options
  const stage = repo.stage()
  const settled = new Map([...stage.files].sort(([a], [b]) => byteOrder(a, b)))
  const head = new Map([...repo.headFiles()].filter(([path]) => !stage.conflicts.has(path)))
  const staged = treeDiff(repo.memory, head, settled, { paths })
  const work = repo.workFiles()
  const unstaged = treeDiff(repo.memory, settled, new Map([...work].filter(([path]) => settled.has(path))), {
    renames: false,
    paths,
  })
  const conflicts = [...stage.conflicts.keys()]
    .filter(paths)
    .sort(byteOrder)
    .map((path) => [path, lettersOf(stage.conflicts.get(path) ?? {})] as const)
  const others = [...work.keys(), ...repo.foreign().map((one) => `${one}`)].filter(
    (path) => !stage.has(path) && paths(path),
  )
  const ignore = repo.ignore()
  const ignored = others.filter((path) => ignore.ignores(path, path.endsWith('/')))
  const shown = others.filter((path) => !ignore.ignores(path, path.endsWith('/')))
  return {
    staged,
    unstaged,
    conflicts,
    untracked:
      untracked === 'no' ? [] : untracked === 'all' ? [...shown].sort(byteOrder) : collapsed(shown, stage.paths()),
    ignored: !options.ignored
      ? []
      : untracked === 'all'
        ? [...ignored].sort(byteOrder)
        : collapsedIgnored(ignored, stage.paths(), shown),
  }
}

/** Directories without anything tracked stand for all that is in them. */
function collapsed(paths: readonly string[], tracked: readonly string[]): readonly string[] {
  const known = directoriesOf(tracked)
  return [...new Set(paths.map((path) => uppermost(path, known)))].sort(byteOrder)
}

function collapsedIgnored(
  paths: readonly string[],
  tracked: readonly string[],
  shown: readonly string[],
): readonly string[] {
  const known = directoriesOf([...tracked, ...shown])
  return [...new Set(paths.map((path) => uppermost(path, known)))].sort(byteOrder)
}

function uppermost(path: string, known: ReadonlySet<string>): string {
  for (let cut = path.indexOf('/'); cut >= 0 && cut < path.length - 1; cut = path.indexOf('/', cut + 1))
    if (!known.has(path.slice(0, cut))) return path.slice(0, cut + 1)
  return path
}

function directoriesOf(paths: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>()
  for (const path of paths)
    for (let cut = path.lastIndexOf('/'); cut > 0; cut = path.lastIndexOf('/', cut - 1)) {
      if (found.has(path.slice(0, cut))) break
      found.add(path.slice(0, cut))
    }
  return found
}

function lettersOf(stages: { readonly 1?: unknown; readonly 2?: unknown; readonly 3?: unknown }): string {
  const key = [1, 2, 3].filter((number) => stages[number as 1 | 2 | 3] !== undefined).join('')
  return { '1': 'DD', '2': 'AU', '3': 'UA', '12': 'UD', '13': 'DU', '23': 'AA', '123': 'UU' }[key] ?? 'UU'
}
