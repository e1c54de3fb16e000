import type { Daemon, Start } from '../daemon.ts'

/** How a server will end by itself, so many ms after its start. */
export type ServerEnd =
  | { readonly is: 'exits'; readonly after: number; readonly exitCode: number }
  | { readonly is: 'killed'; readonly after: number; readonly limit: number }

/**
 * The end that waits for a server: one of its own, or the memory limit (bytes) of its container; undefined when it runs for ever.
 * Models: the kernel's memory cgroups.
 */
export function serverEnd(daemon: Daemon, start: () => Start, limit: number | undefined): ServerEnd | undefined {
  if (!daemon.ends && limit === undefined) return undefined
  const started = start()
  const ending = daemon.ends?.(started)
  const over =
    limit === undefined
      ? undefined
      : daemon.exceeds
        ? daemon.exceeds(started, limit)
        : daemon.cost.idleBytes > limit
          ? Math.max(1, Math.floor(daemon.startMs * (limit / daemon.cost.idleBytes)))
          : undefined
  if (over !== undefined && limit !== undefined && (ending === undefined || over <= ending.after))
    return { is: 'killed', after: over, limit }
  return ending && { is: 'exits', after: ending.after, exitCode: ending.exit }
}
