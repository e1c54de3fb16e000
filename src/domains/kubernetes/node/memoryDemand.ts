import type { Derived } from '../../../kernel/index.ts'
import { commandOf, daemonOf, parseReference, wellKnown } from '../../containerd/index.ts'
import type { Container } from '../kubelet/container.ts'
import type { ContainerSpec } from '../kubelet/podPlan.ts'

/** Bytes that the containers of each node may come to hold: so that only nodes that could run short are watched. */
export const memoryDemand: Derived<Map<string, number>> = {
  name: 'k8s.memoryDemand',
  kinds: ['k8s.Container'],
  create: () => new Map(),
  add: (demand, entity) => count(demand, entity as Container, 1),
  remove: (demand, entity) => count(demand, entity as Container, -1),
  same: (before, after) => (before as Container).spec === (after as Container).spec,
  copy: (demand) => new Map(demand),
}

function count(demand: Map<string, number>, { node, spec }: Container, sign: 1 | -1): void {
  const bytes = (demand.get(node) ?? 0) + sign * mostOf(spec)
  if (bytes === 0) demand.delete(node)
  else demand.set(node, bytes)
}

/** The most that a container may hold. Images of the learner's own count as 64 MiB. */
function mostOf(spec: ContainerSpec): number {
  let most = known.get(spec)
  if (most === undefined) {
    most = reckon(spec)
    known.set(spec, most)
  }
  return most
}

const known = new WeakMap<ContainerSpec, number>()

function reckon(spec: ContainerSpec): number {
  const reference = parseReference(spec.image)
  const image = reference && wellKnown(reference)
  const server = image && daemonOf(image, commandOf(image, spec.command, spec.args))
  if (!image || !server) return 64 * 1024 ** 2
  const start = { argv: server.argv, env: {}, hostname: '', ip: '', version: image.version, read: () => undefined }
  return server.daemon.bytes?.({ ...start, uptime: 86_400_000 }) ?? server.daemon.cost.idleBytes
}
