import type { World } from '../../../kernel/index.ts'
import { EPOCH } from '../../../kernel/index.ts'
import { resolvePath } from '../../../shell/files.ts'
import type { Call } from '../../../shell/program.ts'
import type { ApiResource } from '../api/apiResource.ts'
import { parseGoDuration } from '../api/goDuration.ts'
import { customResources } from '../apiserver/stored.ts'
import { type Chunk, Output } from './chunks.ts'
import type { Given } from './flags.ts'
import { currentNamespace } from './kubeconfig.ts'
import { Problem, stop } from './problem.ts'

/** One call of a subcommand: what was asked, and where its output goes. */
export class Ask {
  readonly call: Call
  /** `kubectl rollout status`. */
  readonly path: string
  readonly given: Given
  readonly written = new Output()
  private readonly all: () => boolean

  constructor(call: Call, path: string, given: Given) {
    this.call = call
    this.path = path
    this.given = given
    this.all = () => this.flag('all-namespaces')
  }

  get world(): World {
    return this.call.world
  }

  /** Virtual time as ms since 1970, for ages. */
  get clock(): number {
    return EPOCH + this.world.now
  }

  get args(): readonly string[] {
    return this.given.args
  }

  /** The last value of a flag; undefined when it was not given. */
  text(name: string): string | undefined {
    return this.given.values[name]?.at(-1)
  }

  list(name: string): readonly string[] {
    return this.given.values[name] ?? []
  }

  has(name: string): boolean {
    return this.given.values[name] !== undefined
  }

  flag(name: string, otherwise = false): boolean {
    const value = this.text(name)
    return value === undefined ? otherwise : /^(1|t|true)$/i.test(value)
  }

  number(name: string): number | undefined {
    const value = this.text(name)
    return value === undefined ? undefined : Number(value)
  }

  /** A duration in ms. A bare number is seconds. */
  duration(name: string): number | undefined {
    const value = this.text(name)
    if (value === undefined) return undefined
    if (/^-?\d+$/.test(value)) return Number(value) * 1000
    const parsed = parseGoDuration(value)
    return parsed.ok ? parsed.ms : stop(parsed.error)
  }

  /** The namespace of the request: the flag's, else the context's, else `default`. */
  get namespace(): string {
    const given = this.text('namespace')
    return given !== undefined && given !== ''
      ? given
      : currentNamespace(this.call, this.text('context'), this.text('kubeconfig'))
  }

  get namespaceGiven(): boolean {
    return (this.text('namespace') ?? '') !== ''
  }

  /** The namespace that a list covers: undefined for all. */
  get scope(): string | undefined {
    return this.all() ? undefined : this.namespace
  }

  get custom(): readonly ApiResource[] {
    return customResources(this.world)
  }

  /** `none`, `client` or `server`. */
  get dryRun(): 'none' | 'client' | 'server' {
    const value = this.text('dry-run')
    if (value === undefined || value === 'none') return 'none'
    if (value === 'client' || value === 'server') return value
    if (value === 'unchanged')
      return stop('--dry-run flag without a value was specified. A value must be set: "none", "server", or "client".')
    if (/^(true|false|1|0|t|f)$/i.test(value))
      return stop(`Invalid dry-run value (${value}). Must be "none", "server", or "client".`)
    return stop(`Invalid dry-run value (${value}). Must be "none", "server", or "client".`)
  }

  out(text: string): void {
    this.written.add('stdout', text)
  }

  err(text: string): void {
    this.written.add('stderr', text)
  }

  /** Lines on standard error, as the server's warnings are told. */
  warn(warnings: readonly string[] | undefined): void {
    for (const warning of warnings ?? []) this.err(`Warning: ${warning}\n`)
  }

  /** The text of a file of the learner's, or kubectl's complaint. */
  read(path: string): string {
    if (path === '-') return this.call.stdin ?? ''
    const read = this.call.files.read(resolvePath(this.call.cwd, path))
    if ('text' in read) return read.text
    const why = read.error === 'Is a directory' ? 'is a directory' : read.error.toLowerCase()
    throw new Problem(`error: ${read.error === 'Is a directory' ? 'read' : 'open'} ${path}: ${why}`)
  }

  get chunks(): readonly Chunk[] {
    return this.written.chunks
  }
}
