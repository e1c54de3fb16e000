import type { Entity } from '../kernel/entity.ts'
import type { Emission } from '../kernel/event.ts'
import { invariant } from '../kernel/invariant.ts'
import type { World } from '../kernel/world.ts'
import type { FileChanges, FileTree } from './files.ts'
import type { Program } from './program.ts'

/** A kind of thing that processes can run on: a terminal session, a container. */
export interface HostKind {
  readonly kind: string
  /** What can be run there, by name or by absolute path. A shell needs `sh` or `bash` among them. */
  programs(host: Entity, world: World): ReadonlyMap<string, Program>
  files(host: Entity, world: World): FileTree
  /** The event by which the host takes changed files. */
  change(host: Entity, changes: FileChanges): Emission
  env(host: Entity, world: World): { readonly [name: string]: string }
  /** As whom its processes run; root, or the session's own `USER`, when absent. */
  user?(host: Entity, world: World): Identity
  /** Where a process starts that is not told otherwise; `/` when absent. */
  cwd?(host: Entity, world: World): string
}

/** Whom a process runs as: numbers, with names where the host knows them. */
export interface Identity {
  readonly uid: number
  readonly gid: number
  /** All of its groups, its own one among them. */
  readonly groups: readonly number[]
  readonly name?: string | undefined
  readonly groupNames: { readonly [gid: number]: string }
}

const registry = new Map<string, HostKind>()

/** Declares a kind of host; a second one for the same kind of entity throws. */
export function defineHost(host: HostKind): HostKind {
  invariant(!registry.has(host.kind), `host ${host.kind} is defined twice`)
  registry.set(host.kind, host)
  return host
}

/** How an entity hosts processes. */
export function hostKind(entity: Entity): HostKind {
  const host = registry.get(entity.kind)
  invariant(host, `${entity.id} is no host of processes`)
  return host
}
