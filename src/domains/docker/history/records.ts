import type { World } from '../../../kernel/index.ts'
import type { Build } from '../build/build.ts'
import type { Ask } from '../cli/ask.ts'
import { Problem } from '../cli/problem.ts'

/** Builds that an engine remembers, the newest first. */
export function buildsOf(world: World, engine: string): readonly Build[] {
  return (world.ownedBy(engine).filter(({ kind }) => kind === 'docker.Build') as Build[]).sort(
    (a, b) => b.born - a.born,
  )
}

/** The id that history shows: 25 letters and digits. */
export function refOf(build: Pick<Build, 'id'>): string {
  return build.id.slice(build.id.lastIndexOf('/') + 1)
}

/** When a build began, in virtual ms. */
export function beganAt(world: World, build: Build): number {
  return world.journal.byId(build.born)?.at ?? build.since
}

/** How long a build took, or has taken by now. */
export function durationOf(world: World, build: Build): number {
  return (statusOf(build) === 'Running' ? world.now : build.since) - beganAt(world, build)
}

export function statusOf(build: Pick<Build, 'state'>): 'Completed' | 'Error' | 'Canceled' | 'Running' {
  if (build.state === 'done') return 'Completed'
  return build.state === 'failed' ? 'Error' : build.state === 'canceled' ? 'Canceled' : 'Running'
}

/** What history calls a build: its folder, and the target that was asked for. Models: buildx commands/history/utils.go BuildName */
export function nameOf({ source, title }: Build): string {
  const folder = source?.folder ?? title
  return source?.target === undefined ? folder : `${folder} (${source.target})`
}

/** The record that a reference means: an id or its beginning, `^1` for the one before the last, the last when there is none. */
export function recordMeant(ask: Ask, ref: string | undefined): Build {
  const all = buildsOf(ask.world, ask.engine)
  const [, back] = /^\^(\d*)$/.exec(ref ?? '^0') ?? []
  if (back !== undefined) {
    const found = all[back === '' ? 1 : Number(back)]
    if (found) return found
    throw new Problem(
      all.length === 0 || ref === undefined
        ? 'ERROR: no records found'
        : `ERROR: no record found for offset ${ref}, only ${all.length} records exist`,
    )
  }
  const short = (ref ?? '').slice((ref ?? '').lastIndexOf('/') + 1)
  const found = all.filter((build) => refOf(build).startsWith(short))
  if (found.length === 1 && found[0]) return found[0]
  throw new Problem(
    found.length === 0 ? `ERROR: no record found for ref ${JSON.stringify(ref)}` : 'ERROR: multiple records found',
  )
}

/** `1m  1s`, `12.3s`. Models: buildx commands/history/utils.go formatDuration */
export function durationText(ms: number): string {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)}s`
  return `${Math.floor(ms / 60_000)}m ${String(Math.floor(ms / 1000) % 60).padStart(2)}s`
}
