import type { FileNode, Files } from '../../../shell/index.ts'
import { type FlatTree, filesOfCommit, type Leaf } from '../object/flatTree.ts'
import { objectId } from '../object/gitObject.ts'
import { type Signature, signatureText } from '../object/signature.ts'
import { MemoryStore, type ObjectStore } from '../object/store.ts'
import type { Config } from './config.ts'
import { Ignore } from './ignore.ts'
import { LooseObjects } from './looseObjects.ts'
import { FileRefs, resolveRef } from './refs.ts'
import { Stage } from './stage.ts'
import { withParents } from './withParents.ts'

const ZERO = '0'.repeat(40)

/** A repository among files: a working copy with its `.git`, or a bare one. */
export class Repo {
  readonly files: Files
  readonly gitDir: string
  /** The top of the working tree; undefined for a bare repository. */
  readonly top: string | undefined
  readonly config: Config
  readonly store: ObjectStore
  readonly refs: FileRefs
  /** The store, and what the working tree has that is not stored. */
  readonly memory: MemoryStore
  private staged: Stage | undefined
  private ignored: Ignore | undefined

  constructor(files: Files, gitDir: string, top: string | undefined, config: Config) {
    this.files = files
    this.gitDir = gitDir
    this.top = top
    this.config = config
    this.store = new LooseObjects(files, gitDir)
    this.refs = new FileRefs(files, gitDir)
    this.memory = new MemoryStore(this.store)
  }

  /** The commit that HEAD leads to; undefined before the first. */
  head(): string | undefined {
    return resolveRef(this.refs, 'HEAD')
  }

  /** The branch that HEAD names, without `refs/heads/`; undefined when it is detached. */
  branch(): string | undefined {
    const value = this.refs.get('HEAD')
    return value?.startsWith('ref: refs/heads/') ? value.slice(16) : undefined
  }

  stage(): Stage {
    this.staged ??= Stage.parse(this.read('index') ?? '')
    return this.staged
  }

  saveStage(stage: Stage): void {
    this.staged = stage
    this.write('index', stage.text())
  }

  /** The files of HEAD. */
  headFiles(): FlatTree {
    return filesOfCommit(this.store, this.head())
  }

  /** A file of the git directory. */
  read(name: string): string | undefined {
    const read = this.files.read(`${this.gitDir}/${name}`)
    return 'text' in read ? read.text : undefined
  }

  write(name: string, text: string, append = false): void {
    withParents(this.files, `${this.gitDir}/${name}`, text, append)
  }

  remove(name: string): void {
    if (this.files.exists(`${this.gitDir}/${name}`)) this.files.remove(`${this.gitDir}/${name}`)
  }

  ignore(): Ignore {
    this.ignored ??= new Ignore(this.files, this.top ?? '/', this.gitDir, this.config.get('core.excludesfile'))
    return this.ignored
  }

  /** Every file of the working tree, tracked or not; repositories within are left out. */
  workFiles(): FlatTree {
    const { top } = this
    const found = new Map<string, Leaf>()
    if (top === undefined) return found
    const prefix = top === '/' ? '/' : `${top}/`
    const foreign: string[] = []
    for (const path of this.files.below(top)) {
      if (path === this.gitDir || path.startsWith(`${this.gitDir}/`)) continue
      if (foreign.some((other) => path.startsWith(other))) continue
      const node = this.files.node(path)
      if (!node) continue
      if (node.dir) {
        if (this.files.exists(`${path}/.git`)) foreign.push(`${path}/`)
        continue
      }
      found.set(path.slice(prefix.length), this.leafOf(node))
    }
    return found
  }

  /** Directories below the top that are repositories of their own. */
  foreign(): readonly string[] {
    const { top } = this
    if (top === undefined) return []
    return this.files
      .below(top)
      .filter((path) => path !== this.gitDir && path.endsWith('/.git'))
      .map((path) => path.slice(top.length + 1, -4))
  }

  /** The version of one file in the working tree. */
  workFile(path: string): Leaf | undefined {
    const node = this.files.node(this.at(path))
    return node && !node.dir ? this.leafOf(node) : undefined
  }

  /** The absolute path of one of the working tree. */
  at(path: string): string {
    return this.top === '/' ? `/${path}` : `${this.top}/${path}`
  }

  /** Moves a ref and notes it in its log, and in HEAD's when HEAD follows it. */
  moveRef(name: string, to: string, who: Signature, message: string): void {
    const before = resolveRef(this.refs, name) ?? ZERO
    const { branch } = this.target(name)
    this.refs.set(branch, to)
    const headFollows = name === 'HEAD' || this.refs.get('HEAD') === `ref: ${name}`
    if (branch !== 'HEAD') this.log(branch, before, to, who, message)
    if (headFollows) this.log('HEAD', before, to, who, message)
  }

  /** Writes a line in the log of a ref. */
  log(name: string, before: string | undefined, to: string, who: Signature, message: string): void {
    if (this.top === undefined || !/^(HEAD|refs\/(heads|remotes|stash))/.test(name)) return
    const line = `${before ?? ZERO} ${to} ${signatureText(who)}\t${message.split('\n')[0]}\n`
    this.write(`logs/${name}`, line, true)
  }

  /** The log of a ref, newest first. */
  reflog(
    name: string,
  ): readonly { readonly before: string; readonly id: string; readonly who: string; readonly message: string }[] {
    return (this.read(`logs/${name}`) ?? '')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const tab = line.indexOf('\t')
        return {
          before: line.slice(0, 40),
          id: line.slice(41, 81),
          who: line.slice(82, tab),
          message: line.slice(tab + 1),
        }
      })
      .reverse()
  }

  /** The shortest beginning of an id, at least so long, that no other object has. */
  abbreviate(id: string, length = 7): string {
    if (/^0+$/.test(id)) return id.slice(0, length)
    const rivals = this.store.startingWith(id.slice(0, length))
    let size = length
    for (const other of rivals) {
      if (other === id) continue
      while (size < 40 && other.slice(0, size) === id.slice(0, size)) size++
    }
    return id.slice(0, size)
  }

  private target(name: string): { readonly branch: string } {
    const value = this.refs.get(name)
    return { branch: value?.startsWith('ref: ') ? value.slice(5) : name }
  }

  private leafOf(node: FileNode): Leaf {
    const text = node.text ?? ''
    let id = ids.get(node)
    if (id === undefined) {
      id = objectId({ type: 'blob', text })
      ids.set(node, id)
    }
    if (this.memory.text(id) === undefined) this.memory.put(id, `blob\n${text}`)
    return { mode: ((node.mode ?? 0o644) & 0o100) !== 0 ? '100755' : '100644', id }
  }
}

/** Blob ids by file: a node never changes. */
const ids = new WeakMap<FileNode, string>()
