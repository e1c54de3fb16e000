import type { Emission, World } from '../../../kernel/index.ts'
import type { Call } from '../../../shell/index.ts'

/** A server of git repositories, as its domain declares it. */
export interface Remote {
  readonly name: string
  /** Whether an address is one of its. */
  matches(url: string): boolean
  /** Entity id of the `git.Repository` at an address; undefined when there is none. */
  repository(url: string, world: World): string | undefined
  /**
   * Whether the caller may read, or move a ref; the refusal is what stands behind `fatal:` (for a whole push or pull) or in the
   * brackets of `! [remote rejected]` (when `ref` is given, a full ref name). Everybody may when it is absent.
   */
  authorize?(call: Call, url: string, action: 'pull' | 'push', ref?: string): string | Refusal | undefined
  /** Who the server takes the caller for. */
  principal?(call: Call, url: string): string | undefined
  /** What stands behind `fatal:` when there is no such repository. */
  missing?(url: string): string
}

/** A refusal that is also told in the journal, for *why*. */
export interface Refusal {
  readonly why: string
  readonly emit: readonly Emission[]
}

const remotes: Remote[] = []

/** Declares a server. The last one declared that knows an address answers for it. */
export function defineRemote(remote: Remote): Remote {
  remotes.unshift(remote)
  return remote
}

/** The server that an address belongs to. */
export function remoteOf(url: string): Remote | undefined {
  return remotes.find((remote) => remote.matches(url))
}
