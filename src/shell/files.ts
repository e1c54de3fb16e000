/** One file or directory. `at` is the virtual time of its last change in ms. */
export interface FileNode {
  readonly dir?: true | undefined
  readonly text?: string | undefined
  readonly at: number
  /** Permission bits; 0o644 or 0o755 when absent. */
  readonly mode?: number | undefined
}

/** Every file and directory below `/` by absolute path, without a trailing slash. Never mutated; plain JSON. */
export interface FileTree {
  readonly [path: string]: FileNode
}

/** What changed: new nodes by path, `null` for what is gone. */
export interface FileChanges {
  readonly [path: string]: FileNode | null
}

/** A tree with changes laid over it: what programs read and write. The changes become one event when the step ends. */
export class Files {
  private readonly base: FileTree
  private readonly now: number
  private laid = new Map<string, FileNode | null>()

  constructor(base: FileTree, now: number) {
    this.base = base
    this.now = now
  }

  /** The node at an absolute path; the root and every parent of a file is a directory. */
  node(path: string): FileNode | undefined {
    if (path === '/') return { dir: true, at: 0 }
    const laid = this.laid.get(path)
    if (laid !== undefined) return laid ?? undefined
    return this.base[path]
  }

  exists(path: string): boolean {
    return path.startsWith('/dev/') ? devices.has(path) : this.node(path) !== undefined
  }

  isDirectory(path: string): boolean {
    return path === '/dev' || this.node(path)?.dir === true
  }

  /** The text of a file, or the reason in GNU words why there is none. */
  read(path: string): { readonly text: string } | { readonly error: string } {
    if (devices.has(path)) return { text: '' }
    const node = this.node(path)
    if (!node) return { error: this.blockedBy(path) ?? 'No such file or directory' }
    if (node.dir) return { error: 'Is a directory' }
    return { text: node.text ?? '' }
  }

  /** Writes a file; answers the reason in GNU words when it cannot. */
  write(path: string, text: string, append = false): string | undefined {
    if (devices.has(path)) return undefined
    const node = this.node(path)
    if (node?.dir || path === '/') return 'Is a directory'
    const parent = this.node(dirname(path))
    if (!parent) return this.blockedBy(path) ?? 'No such file or directory'
    if (!parent.dir) return 'Not a directory'
    if (node?.mode !== undefined && (node.mode & 0o200) === 0) return 'Permission denied'
    this.laid.set(path, { text: append ? (node?.text ?? '') + text : text, at: this.now, mode: node?.mode })
    return undefined
  }

  mkdir(path: string): string | undefined {
    if (this.exists(path)) return 'File exists'
    const parent = this.node(dirname(path))
    if (!parent) return this.blockedBy(path) ?? 'No such file or directory'
    if (!parent.dir) return 'Not a directory'
    this.laid.set(path, { dir: true, at: this.now })
    return undefined
  }

  /** Removes a file, or a directory with all that is in it. */
  remove(path: string): void {
    for (const below of this.below(path)) this.laid.set(below, null)
    this.laid.set(path, null)
  }

  chmod(path: string, mode: number): void {
    const node = this.node(path)
    if (node) this.laid.set(path, { ...node, mode })
  }

  /** Puts a node where there was none or another. */
  place(path: string, node: FileNode): void {
    this.laid.set(path, node)
  }

  touch(path: string): string | undefined {
    const node = this.node(path)
    if (!node) return this.write(path, '')
    this.laid.set(path, { ...node, at: this.now })
    return undefined
  }

  /** Names in a directory, sorted by code unit. */
  list(path: string): readonly string[] {
    const prefix = path === '/' ? '/' : `${path}/`
    const names = new Set<string>()
    for (const at of this.paths())
      if (at.startsWith(prefix) && at.indexOf('/', prefix.length) < 0) names.add(at.slice(prefix.length))
    if (path === '/dev') for (const device of devices) names.add(device.slice(5))
    return [...names].sort()
  }

  /** Every path under a directory, parents before children. */
  below(path: string): readonly string[] {
    const prefix = path === '/' ? '/' : `${path}/`
    return this.paths()
      .filter((at) => at.startsWith(prefix))
      .sort()
  }

  /** What has changed, or undefined when nothing has. */
  changes(): FileChanges | undefined {
    return this.laid.size === 0 ? undefined : Object.fromEntries(this.laid)
  }

  private paths(): string[] {
    const paths = Object.keys(this.base).filter((path) => !this.laid.has(path))
    for (const [path, node] of this.laid) if (node) paths.push(path)
    return paths
  }

  private blockedBy(path: string): string | undefined {
    for (let at = dirname(path); at !== '/'; at = dirname(at)) {
      const node = this.node(at)
      if (node) return node.dir ? undefined : 'Not a directory'
    }
    return undefined
  }
}

const devices = new Set(['/dev/null', '/dev/stdout', '/dev/stderr', '/dev/stdin', '/dev/tty', '/dev/termination-log'])

/** Lays changes into a tree. */
export function withChanges(tree: FileTree, changes: FileChanges): FileTree {
  const next: { [path: string]: FileNode } = { ...tree }
  for (const [path, node] of Object.entries(changes)) {
    if (node) next[path] = node
    else delete next[path]
  }
  return next
}

/** Makes a tree of file texts (`null` for an empty directory); parents come by themselves. */
export function treeOf(texts: { readonly [path: string]: string | null }, at = 0): FileTree {
  const tree: { [path: string]: FileNode } = {}
  for (const [path, text] of Object.entries(texts)) {
    for (let up = dirname(path); up !== '/'; up = dirname(up)) tree[up] ??= { dir: true, at }
    tree[path] = text === null ? { dir: true, at } : { text, at }
  }
  return tree
}

/** An absolute, normal path of what was written, seen from `cwd`. */
export function resolvePath(cwd: string, path: string): string {
  const parts: string[] = []
  for (const part of (path.startsWith('/') ? path : `${cwd}/${path}`).split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..') parts.pop()
    else parts.push(part)
  }
  return `/${parts.join('/')}`
}

export function dirname(path: string): string {
  const cut = path.lastIndexOf('/')
  return cut <= 0 ? '/' : path.slice(0, cut)
}

export function basename(path: string): string {
  return path === '/' ? '/' : path.slice(path.lastIndexOf('/') + 1)
}
