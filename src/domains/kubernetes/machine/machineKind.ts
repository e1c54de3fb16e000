import { defineKind, type SimEvent } from '../../../kernel/index.ts'
import { machineLifecycle } from './machine.lifecycle.ts'
import type { Machine } from './machine.ts'

/** The machine under a cluster node. */
export const machineKind = defineKind<Machine>({
  kind: 'k8s.Machine',
  lifecycle: machineLifecycle,
  delays: { boot: () => 25_000 },
  tell: {
    Created: (event) => `The machine ${label(event)} is there and boots its kubelet.`,
    Crashed: (event) => `The machine ${label(event)} dies, and everything on it with it.`,
    CutOff: (event) => `The network to ${label(event)} is cut; its pods run on unseen.`,
    Rejoined: (event) => `${label(event)} is reachable again.`,
    Booted: (event) => `Someone starts the machine ${label(event)} again.`,
    'after.boot': (event) => `${label(event)} is up again; its containers of before are gone.`,
    Removed: (event) => `The machine ${label(event)} is taken away for good.`,
  },
})

function label(event: SimEvent): string {
  return `[${event.to.slice('k8s.Machine/'.length)}](${event.to})`
}
