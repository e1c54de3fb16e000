import type { Call, Program } from '../../../../shell/index.ts'
import { imageOfHost } from '../../../containerd/index.ts'

/** One name, two tools: the one of busybox in images that are built on it, the full one everywhere else. */
export function byToolset(full: Program, busybox: Program): Program {
  return { ...full, run: (call) => (usesBusybox(call) ? busybox : full).run(call) }
}

/** Whether a program runs in a container whose tools are those of busybox. */
export function usesBusybox({ host, world }: Pick<Call, 'host' | 'world'>): boolean {
  const base = imageOfHost(world, host)?.base
  return base === 'busybox' || base === 'alpine'
}
