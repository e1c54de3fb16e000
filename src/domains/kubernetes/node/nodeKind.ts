import type { Kind, SimEvent } from '../../../kernel/index.ts'
import { objectKind } from '../object/objectKind.ts'
import { nodeLifecycle } from './node.lifecycle.ts'

/** How long after the last heartbeat a node counts as lost, in ms. */
export const GRACE = 50_000
/** Time between two heartbeats, in ms. */
export const HEARTBEAT = 10_000

/** `k8s.Node`. */
export const nodeKind: Kind = objectKind('Node', {
  lifecycle: nodeLifecycle,
  delays: { grace: (node, world) => GRACE - Math.floor(HEARTBEAT * world.draw(node.id, node.entry)) },
  tell: {
    Created: (event) => `The kubelet of ${label(event)} registers its node.`,
    KubeletSilent: (event) => `Heartbeats of ${label(event)} stay away.`,
    KubeletHeard: (event) => `The kubelet of ${label(event)} reports again.`,
    BecameNotReady: (event) => `The kubelet of ${label(event)} reports that it is not ready.`,
    'after.grace': (event) => `Nothing was heard from ${label(event)} for the grace period of 50 s.`,
    MarkedUnknown: (event) => `The conditions of ${label(event)} become Unknown: nobody knows how it is.`,
    Tainted: (event) => `The taints of ${label(event)} change with its conditions.`,
  },
})

function label(event: SimEvent): string {
  return `[${event.to.slice('k8s.Node/'.length)}](${event.to})`
}
