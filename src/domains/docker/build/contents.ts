import type { FileChanges, FileNode, FileTree } from '../../../shell/index.ts'
import { binaryFile, digestOf } from '../../containerd/index.ts'
import { PatternMatcher } from '../dockerfile/patternMatcher.ts'
import type { CopyItem, Operation } from './graph.ts'

/** Where a COPY's files come from. */
export interface FilesOf {
  readonly tree: FileTree
  /** Programs that are there without being files of the tree: those of a catalogue image. */
  readonly programs: ReadonlySet<string>
}

/** One file or directory that an item selects: its path below the target, and what it is. */
export interface Selected {
  /** Path below the target; empty for a single file that may take the target's own name. */
  readonly below: string
  /** Name of a single file. */
  readonly name: string
  readonly node: FileNode
  /** Path in the source, for sums and for telling what changed. */
  readonly source: string
}

/** A COPY that names something that is not there. */
export class NotFound extends Error {
  readonly path: string
  constructor(path: string) {
    super(`"${path}": not found`)
    this.path = path
  }
}

type Copy = Extract<Operation, { readonly is: 'copy' }>

/** What an item of a COPY selects; throws `NotFound`. Models: buildkit solver/llbsolver/file and fsutil/copy */
export function select(
  item: CopyItem,
  copy: Copy,
  files: (from: CopyItem & { readonly is: 'path' }) => FilesOf,
): readonly Selected[] {
  if (item.is === 'inline') return [one(item.name, { text: item.data, at: 0 })]
  if (item.is === 'http') return [one(item.name, { ...binaryFile(item.url, 4_200_000, 0), mode: 0o600 })]
  if (item.is === 'git') {
    const name =
      item.url
        .replace(/[?#].*$/, '')
        .replace(/\.git$/, '')
        .split('/')
        .at(-1) ?? 'repository'
    return [{ below: 'README.md', name: 'README.md', node: { text: `# ${name}\n`, at: 0 }, source: item.url }]
  }
  const { tree, programs } = files(item)
  const excluded = copy.excludes.length > 0 ? new PatternMatcher(copy.excludes) : undefined
  const kept = (path: string): boolean => !excluded?.matches(path)
  if (item.parents !== undefined) return withParents(item.path, item.parents, tree, kept)
  const roots = hasWildcards(item.path) ? globbed(item.path, tree) : [item.path]
  return roots.flatMap((root) => {
    const node = root === '/' ? DIRECTORY : (tree[root] ?? programAt(root, programs))
    if (!node) throw new NotFound(root)
    const name = root.slice(root.lastIndexOf('/') + 1)
    if (!node.dir) return kept(name) ? [{ below: '', name, node, source: root }] : []
    const prefix = root === '/' ? '/' : `${root}/`
    return Object.keys(tree)
      .filter((path) => path.startsWith(prefix) && kept(path.slice(prefix.length)))
      .sort()
      .map((path) => ({
        below: path.slice(prefix.length),
        name: path.slice(path.lastIndexOf('/') + 1),
        node: tree[path] as FileNode,
        source: path,
      }))
  })
}

const DIRECTORY: FileNode = { dir: true, at: 0 }

function one(name: string, node: FileNode): Selected {
  return { below: '', name, node, source: name }
}

const BIN = /^\/(?:usr\/(?:local\/)?)?s?bin\/([^/]+)$/

function programAt(path: string, programs: ReadonlySet<string>): FileNode | undefined {
  const name = BIN.exec(path)?.[1] ?? /^\/([^/]+)$/.exec(path)?.[1]
  return name !== undefined && programs.has(name) ? binaryFile(name, 1_200_000, 0) : undefined
}

function withParents(
  root: string,
  pattern: string,
  tree: FileTree,
  kept: (path: string) => boolean,
): readonly Selected[] {
  const prefix = root === '/' ? '/' : `${root}/`
  const matcher = new PatternMatcher([pattern === '' ? '**' : pattern])
  const found = Object.keys(tree)
    .filter((path) => path.startsWith(prefix))
    .sort()
    .flatMap((path) => {
      const below = path.slice(prefix.length)
      const node = tree[path] as FileNode
      return matcher.matches(below) && kept(below) ? [{ below, name: below, node, source: path }] : []
    })
  if (found.length === 0 && !hasWildcards(pattern)) throw new NotFound(`${prefix}${pattern}`)
  return found
}

export function hasWildcards(path: string): boolean {
  return /(?<!\\)[*?[]/.test(path)
}

function globbed(pattern: string, tree: FileTree): readonly string[] {
  const depth = pattern.split('/').length
  const source = pattern
    .split('/')
    .map((part) =>
      part.replace(/\\(.)|\*|\?|\[(\^?)([^\]]*)\]|[.+()|{}$^\\]/g, (match, escaped, not, set) => {
        if (escaped !== undefined) return escaped.replace(/[.+*?()|{}$^[\]\\]/, '\\$&')
        if (match === '*') return '[^/]*'
        if (match === '?') return '[^/]'
        if (set !== undefined) return `[${not}${set}]`
        return `\\${match}`
      }),
    )
    .join('\\/')
  const expression = new RegExp(`^${source}$`)
  return Object.keys(tree)
    .filter((path) => path.split('/').length === depth && expression.test(path))
    .sort()
}

/** What a COPY changes in the file system of its stage. `at` is the time of its making. */
export function copied(
  copy: Copy,
  selected: readonly (readonly Selected[])[],
  tree: FileTree,
  at: number,
): FileChanges {
  const changes: { [path: string]: FileNode | null } = {}
  const target = copy.target.length > 1 ? copy.target.replace(/\/$/, '') : copy.target
  const several = selected.flat().filter(({ below }) => below === '').length > 1 || selected.length > 1
  const intoDirectory = copy.target.endsWith('/') || several || tree[target]?.dir === true || target === '/'
  const mode = /^[0-7]+$/.test(copy.chmod) ? Number.parseInt(copy.chmod, 8) : undefined
  const executable = mode === undefined && /x/.test(copy.chmod)
  const directory = (path: string): void => {
    for (let up = path; up !== '/' && up !== ''; up = up.slice(0, up.lastIndexOf('/')))
      if (!changes[up] && tree[up]?.dir !== true) changes[up] = { dir: true, at }
  }
  for (const { below, name, node } of selected.flat()) {
    const path = below === '' ? (intoDirectory ? join(target, name) : target) : join(target, below)
    directory(node.dir ? path : path.slice(0, path.lastIndexOf('/')))
    if (node.dir) continue
    changes[path] = {
      ...node,
      ...(mode === undefined ? (executable ? { mode: (node.mode ?? 0o644) | 0o111 } : {}) : { mode }),
    }
  }
  if (selected.flat().length === 0 && copy.target.endsWith('/')) directory(target)
  return changes
}

function join(folder: string, name: string): string {
  return folder === '/' ? `/${name}` : `${folder}/${name}`
}

/** Sums of what is selected, by path: times do not count. Models: buildkit cache/contenthash */
export function sumsOf(selected: readonly Selected[]): { readonly [path: string]: string } {
  return Object.fromEntries(
    selected
      .filter(({ node }) => !node.dir)
      .map(({ below, name, node }) => [
        below === '' ? name : below,
        digestOf(`${node.mode ?? ''} ${node.text ?? ''}`).slice(7, 23),
      ]),
  )
}

/** Directories that are made for a path that is not there yet. */
export function madeDirectory(path: string, tree: FileTree, at: number): FileChanges {
  const changes: { [path: string]: FileNode } = {}
  for (let up = path; up !== '/' && up !== ''; up = up.slice(0, up.lastIndexOf('/')))
    if (!tree[up]?.dir) changes[up] = { dir: true, at }
  return changes
}
