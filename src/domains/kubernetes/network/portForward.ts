import { defineKind, defineLifecycle, type Emission, type Entity, type World } from '../../../kernel/index.ts'

/** A port of a session's machine that a running `kubectl port-forward` leads to a pod. */
export interface PortForward extends Entity {
  /** Entity id of the process that keeps it open. */
  readonly process: string
  readonly localPort: number
  /** Entity id of the pod, and its port. */
  readonly pod: string
  readonly port: number
}

/** What a port leads to that `kubectl proxy` keeps open: the API server itself, as the user whom the kubeconfig names. */
export const API_PORT = { pod: 'k8s.Component/kube-apiserver', port: 6443 } as const

/** Models: kubectl port-forward; kubernetes pkg/kubelet/server port forwarding streams. */
export const portForwardLifecycle = defineLifecycle({
  id: 'portForward',
  initial: 'Open',
  states: {
    Open: {
      description: 'Connections to the local port are carried through the API server and the kubelet into the pod.',
      tags: ['ok'],
      on: { Closed: { target: 'Closed', description: 'The command that kept it open has ended.' } },
    },
    Closed: { description: 'Nothing listens on the local port any more.', type: 'final' },
  },
})

export const portForwardKind = defineKind<PortForward>({ kind: 'k8s.PortForward', lifecycle: portForwardLifecycle })

/** The event that opens a forwarded port on a session. */
export function openForward(session: string, forward: Omit<PortForward, keyof Entity>): Emission {
  return { to: forwardId(session, forward.localPort), kind: 'k8s.PortForward', type: 'Opened', data: forward }
}

/** The event that closes it. */
export function closeForward(session: string, localPort: number): Emission {
  return { to: forwardId(session, localPort), type: 'Closed' }
}

/** The forward that listens on a local port; one whose process is gone does not. */
export function forwardAt(world: World, session: string, localPort: number): PortForward | undefined {
  const forward = world.get(forwardId(session, localPort)) as PortForward | undefined
  return forward && world.get(forward.process) ? forward : undefined
}

function forwardId(session: string, localPort: number): string {
  return `k8s.PortForward/${session.replace('shell.Session/', '')}/${localPort}`
}
