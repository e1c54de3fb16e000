import { type Emission, EPOCH } from '../../../kernel/index.ts'
import { type Call, type Files, resolvePath } from '../../../shell/index.ts'
import type { Signature } from '../object/signature.ts'
import { parseDate } from '../revision/date.ts'
import { fullRef, resolveCommit, resolveRevision } from '../revision/resolve.ts'
import type { Config } from '../work/config.ts'
import { type Pathspec, pathspec } from '../work/pathspec.ts'
import type { Repo } from '../work/repo.ts'
import type { Given } from './flags.ts'
import { die, Problem } from './problem.ts'

/** What a command is given: the repository, its own options, and where to write. */
export class Ask {
  readonly call: Call
  readonly given: Given
  readonly config: Config
  readonly cwd: string
  readonly usage: string
  readonly emit: Emission[] = []
  stdout = ''
  stderr = ''
  errorsFirst = false
  /** Whether something went wrong that does not end the command at once. */
  failed = false
  private readonly repository: Repo | undefined

  constructor(call: Call, given: Given, config: Config, cwd: string, usage: string, repository: Repo | undefined) {
    this.call = call
    this.given = given
    this.config = config
    this.cwd = cwd
    this.usage = usage
    this.repository = repository
  }

  /** The same for other options: a command that does another's work. */
  with(given: Given): Ask {
    const other = new Ask(this.call, given, this.config, this.cwd, this.usage, this.repository)
    other.out = (text) => this.out(text)
    other.err = (text) => this.err(text)
    return other
  }

  get repo(): Repo {
    return this.repository ?? die('not a git repository (or any of the parent directories): .git')
  }

  get hasRepo(): boolean {
    return this.repository !== undefined
  }

  get files(): Files {
    return this.call.files
  }

  get args(): readonly string[] {
    return this.given.args
  }

  /** Seconds since 1970. */
  get now(): number {
    return Math.floor((EPOCH + this.call.world.now) / 1000)
  }

  out(text: string): void {
    this.stdout += text
  }

  err(text: string): void {
    if (this.stdout === '') this.errorsFirst = true
    this.stderr += text
  }

  flag(key: string): boolean {
    const given = this.given.options[key]
    return given !== undefined && given !== false
  }

  /** Whether the `--no-` form was given last. */
  no(key: string): boolean {
    return this.given.options[key] === false
  }

  value(key: string): string | undefined {
    const given = this.given.options[key]
    return Array.isArray(given) ? (given[given.length - 1] as string) : undefined
  }

  list(key: string): readonly string[] {
    const given = this.given.options[key]
    return Array.isArray(given) ? given : []
  }

  path(text: string): string {
    return resolvePath(this.cwd, text)
  }

  /** A path of the working tree as seen from where the command runs. */
  relative(path: string): string {
    const top = this.repo.top ?? '/'
    const prefix = this.cwd === top ? '' : this.cwd.slice(top === '/' ? 1 : top.length + 1)
    if (prefix === '') return path
    const from = prefix.split('/')
    const to = path.split('/')
    let common = 0
    while (common < from.length && common < to.length - 1 && from[common] === to[common]) common++
    return [...from.slice(common).map(() => '..'), ...to.slice(common)].join('/')
  }

  pathspec(given: readonly string[]): Pathspec {
    const spec = pathspec(given, this.cwd, this.repo.top ?? '/')
    return 'problem' in spec ? die(spec.problem) : spec
  }

  /** Who does this, as author or committer. Without a name or an address it ends as git does. */
  who(as: 'AUTHOR' | 'COMMITTER', date?: string): Signature {
    const { env } = this.call
    const own = as.toLowerCase()
    const name = env[`GIT_${as}_NAME`] ?? this.config.get(`${own}.name`) ?? this.config.get('user.name')
    const email =
      env[`GIT_${as}_EMAIL`] ?? this.config.get(`${own}.email`) ?? this.config.get('user.email') ?? env['EMAIL']
    if (name === undefined || email === undefined) return this.unknown(as)
    if (name.trim() === '') return die(`empty ident name (for <${email}>) not allowed`)
    const given = date ?? env[`GIT_${as}_DATE`]
    const when = given === undefined ? { at: this.now, zone: '+0000' } : parseDate(given, this.now)
    if (!when) return die(`invalid date format: ${given}`)
    return { name: name.trim().replace(/[<>\n]/g, ''), email: email.trim().replace(/[<>\n]/g, ''), ...when }
  }

  /** Who is written in the log of a ref: never a reason to fail. */
  get logger(): Signature {
    try {
      return this.who('COMMITTER')
    } catch {
      const user = this.call.env['USER'] ?? 'root'
      return { name: user, email: `${user}@${this.call.env['HOSTNAME'] ?? 'localhost'}`, at: this.now, zone: '+0000' }
    }
  }

  /** The commit that a word means, or the end in git's words. */
  commit(text: string): string {
    const id = resolveCommit(this.repo, text)
    if (id !== undefined) return id
    if (resolveRevision(this.repo, text) !== undefined) throw new Problem(`error: object ${text} is not a commit`)
    return this.ambiguous(text)
  }

  ambiguous(text: string): never {
    return die(
      `ambiguous argument '${text}': unknown revision or path not in the working tree.\nUse '--' to separate paths from revisions, like this:\n'git <command> [<revision>...] -- [<file>...]'`,
    )
  }

  bad(text: string): never {
    return die(`bad revision '${text}'`)
  }

  /** The branch of a short name, as `refs/heads/...`; undefined when there is none. */
  branchRef(short: string): string | undefined {
    const ref = `refs/heads/${short}`
    return this.repo.refs.get(ref) === undefined ? undefined : ref
  }

  fullRef(short: string): string | undefined {
    return fullRef(this.repo, short)
  }

  short(id: string): string {
    return this.repo.abbreviate(id)
  }

  private unknown(as: string): never {
    const host = this.call.env['HOSTNAME'] ?? 'localhost'
    throw new Problem(
      `${as === 'AUTHOR' ? 'Author' : 'Committer'} identity unknown\n\n*** Please tell me who you are.\n\nRun\n\n  git config --global user.email "you@example.com"\n  git config --global user.name "Your Name"\n\nto set your account's default identity.\nOmit --global to set the identity only in this repository.\n\nfatal: unable to auto-detect email address (got '${this.call.env['USER'] ?? 'root'}@${host}.(none)')`,
    )
  }
}
