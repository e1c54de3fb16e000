import type { World } from '../../../kernel/index.ts'
import type { Process } from '../../../shell/process.ts'
import type { Daemon } from '../daemon.ts'
import type { Image } from '../image.ts'

/**
 * The server that a process of a container has come to run, with its arguments and the ms since when: what is left of
 * `sh -c 'echo hello > index.html && exec httpd-foreground'`. Undefined while none does.
 */
export function servedBy(
  world: World,
  image: Image,
  container: string,
): { readonly daemon: Daemon; readonly argv: readonly string[]; readonly since: number } | undefined {
  for (const entity of world.ownedBy(container)) {
    if (entity.kind !== 'shell.Process') continue
    const { machine, since } = entity as Process
    for (const { status, stack } of machine.tasks) {
      if (status !== undefined) continue
      for (const frame of stack) {
        if (frame.f !== 'program' || !frame.begun) continue
        const daemon = image.daemons.find(({ program }) => program === frame.name)
        if (daemon) return { daemon, argv: frame.argv, since }
      }
    }
  }
  return undefined
}
