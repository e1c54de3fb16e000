import type { Json } from '../../../kernel/index.ts'
import type { Ask } from '../cli/ask.ts'
import type { Reply } from '../cli/command.ts'
import { Problem } from '../cli/problem.ts'
import { containerNamed, isAlive } from '../container/container.ts'
import { createContainer, startContainer, startTime } from '../container/orders.ts'
import { prepare } from '../engine/prepare.ts'
import { findLocalImage } from '../image/index.ts'
import { fetching } from '../registry/fetching.ts'
import type { Builder } from './builder.ts'
import { containerOfNode, engineOfNode, imageOfNode } from './node.ts'

/** How far the start of a builder's nodes is. */
export interface Booting {
  readonly began: number
  /** The node whose image is on its way. */
  readonly pulling?: string | undefined
  /** What has been told: `pulling image moby/buildkit:buildx-stable-1`. */
  readonly told: readonly string[]
}

/**
 * Starts the nodes of a builder that do not run, each as a privileged container; answers what to wait for, or nothing when all run.
 * Models: buildx driver/docker-container
 */
export function boot(ask: Ask, builder: Builder, before: Booting): Reply | undefined {
  const { world } = ask
  if (builder.driver !== 'docker-container')
    throw new Problem(
      `ERROR: failed to boot builder ${builder.name}: the driver ${builder.driver} is not modelled here; nothing answers at ${builder.nodes[0]?.endpoint ?? ''}`,
    )
  const wait = (after: number, more: Partial<Booting> = {}): Reply => ({
    wait: { after },
    state: { ...before, pulling: undefined, ...more } as unknown as Json,
  })
  for (const node of builder.nodes) {
    const engine = engineOfNode(ask, node)
    if (engine === undefined)
      throw new Problem(`ERROR: Cannot connect to the Docker daemon at ${node.endpoint}. Is the docker daemon running?`)
    const name = containerOfNode(node)
    const container = containerNamed(world, engine, name)
    if (container && isAlive(container)) continue
    const image = imageOfNode(node)
    if (container) {
      const began = startContainer(world, container, { now: true })
      ask.emit(began.emit)
      if ('error' in began) throw new Problem(`ERROR: Error response from daemon: ${began.error}`)
      return wait(startTime(world, container))
    }
    const present = findLocalImage(world, engine, image)
    if (!present) {
      const pull = fetching(world, engine, image)
      if ('error' in pull) throw new Problem(`ERROR: Error response from daemon: ${pull.error}`)
      if (before.pulling !== node.name)
        return wait(pull.ms, { pulling: node.name, told: [...before.told, `pulling image ${image}`] })
      ask.emit(pull.emit)
      return wait(1)
    }
    const spec = {
      image,
      command: node.flags,
      privileged: true,
      networkMode: node.options.network,
      restart: { name: 'unless-stopped', max: 0 } as const,
      mounts: [{ type: 'volume', source: `${name}_state`, target: '/var/lib/buildkit' } as const],
    }
    const ready = prepare(world, engine, spec, present)
    ask.emit(ready.emit)
    const ordered = createContainer(world, { engine, name, spec: ready.spec, imageId: present.id })
    if ('error' in ordered) throw new Problem(`ERROR: Error response from daemon: ${ordered.error}`)
    ask.emit(ordered.emit)
    return wait(1, { told: [...before.told, `creating container ${name}`] })
  }
  return undefined
}

/** What a terminal is left with of a start; nothing when all nodes ran already. */
export function bootSummary(ask: Ask, { began, told }: Booting): string {
  if (told.length === 0) return ''
  const seconds = `${((ask.world.now - began) / 1000).toFixed(1)}s`
  const row = (text: string): string => `${text.padEnd(74)} ${seconds}\n`
  return `[+] Building ${seconds} (1/1) FINISHED\n${row(' => [internal] booting buildkit')}${told.map((text) => row(` => => ${text}`)).join('')}`
}
