import type { World } from '../../../kernel/index.ts'
import { stressMilli } from '../../containerd/index.ts'
import { parseQuantity } from '../api/quantity.ts'
import { type Container, containersByNode, containersOf } from '../kubelet/container.ts'
import { launchOf, startOf } from '../kubelet/serving.ts'
import type { ObjectEntity } from '../object/object.ts'
import { podLoad } from './podLoad.ts'

/** What a container, a pod or a node uses: thousandths of a core and bytes. */
export interface Usage {
  readonly milli: number
  readonly bytes: number
}

/**
 * What the kubelet reports of one container: idle use of its image, and its requests' share of cores up to its limit.
 * Models: pkg/kubelet/stats with cAdvisor. Unlike cAdvisor the figure is that of the moment, not an average over 15 s.
 */
export function containerUsage(world: World, container: Container): Usage {
  if (container.state !== 'Running' && container.state !== 'Stopping') return NOTHING
  const launch = launchOf(world, container.spec, container.env)
  const daemon = launch?.server?.daemon
  if (!launch || !daemon) return { milli: 1, bytes: SHELL_BYTES }
  const { cost } = daemon
  const uptime = world.now - (container.startedAt ?? world.now)
  const load = cost.cpuMsPerRequest === 0 ? 0 : podLoad(world, container.owner).requestsPerSecond * cost.cpuMsPerRequest
  const hogs = daemon.program === 'stress' ? stressMilli({ argv: launch.argv }) : 0
  const wanted = (hogs > 0 ? hogs : cost.idleMilli) + load
  const cap = limitMilli(container)
  const start = startOf(world, container, launch.image, launch.server?.argv ?? launch.argv)
  const bytes = daemon.bytes?.({ ...start, uptime }) ?? cost.idleBytes
  return { milli: Math.round(Math.min(wanted, cap)), bytes: Math.round(bytes) }
}

/** What all containers of a pod use together. */
export function podUsage(world: World, pod: ObjectEntity): Usage {
  return sum(containersOf(world, pod).map((container) => containerUsage(world, container)))
}

/** What a node uses: its pods, and the system with its kubelet. */
export function nodeUsage(world: World, node: string): Usage {
  const pods = world.lookup(containersByNode, node) as readonly Container[]
  return sum([{ milli: 60, bytes: 450 * 1024 ** 2 }, ...pods.map((container) => containerUsage(world, container))])
}

const NOTHING: Usage = { milli: 0, bytes: 0 }
const SHELL_BYTES = 1_048_576

function limitMilli(container: Container): number {
  const text = container.spec.resources?.limits?.cpu
  return text === undefined ? Number.POSITIVE_INFINITY : (parseQuantity(text)?.milli ?? Number.POSITIVE_INFINITY)
}

function sum(parts: readonly Usage[]): Usage {
  return parts.reduce(
    (total, { milli, bytes }) => ({ milli: total.milli + milli, bytes: total.bytes + bytes }),
    NOTHING,
  )
}
