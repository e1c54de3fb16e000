import { defineKind, type SimEvent } from '../../../kernel/index.ts'
import { componentLifecycle } from './component.lifecycle.ts'
import type { Component } from './component.ts'

/** A process of the cluster itself. The runtime of a node (`containerd`) also keeps the node's images and how its pulls fare. */
export const componentKind = defineKind<Component>({
  kind: 'k8s.Component',
  lifecycle: componentLifecycle,
  delays: { startUp: ({ name }) => START_UP[name] ?? 1500 },
  apply: {
    ImagePulled: (component, event) => {
      const { image, bytes } = event.data as { image: string; bytes: number }
      return { images: { ...(component as Store).images, [image]: bytes } }
    },
    ImageRemoved: (component, event) => {
      const { [(event.data as { image: string }).image]: _gone, ...images } = (component as Store).images ?? {}
      return { images }
    },
    PullsSlowed: (_component, event) => ({ pullSlowness: (event.data as { times: number }).times }),
    PullsFailing: (_component, event) => ({ pullError: (event.data as { error: string }).error }),
    PullsRestored: () => ({ pullSlowness: undefined, pullError: undefined }),
  },
  tell: {
    ImagePulled: (event) => `The image \`${(event.data as { image: string }).image}\` is on the node now.`,
    Stopped: (event) => `${label(event)} is stopped and stays so.`,
    Started: (event) => `${label(event)} is started again.`,
    Crashed: (event) => `${label(event)} dies and is started again.`,
    'after.startUp': (event) => `${label(event)} works again.`,
    PullsSlowed: (event) => `Pulls on the node take ${(event.data as { times: number }).times} times as long.`,
    PullsFailing: () => 'The node no longer reaches the registry.',
  },
})

/** One loop of the controller-manager, which can be stopped by itself. */
export const controllerKind = defineKind<Component>({
  kind: 'k8s.Controller',
  lifecycle: componentLifecycle,
  delays: { startUp: () => 500 },
  tell: {
    Stopped: (event) => `The loop ${label(event)} is stopped: nobody does its work.`,
    Started: (event) => `The loop ${label(event)} is started again.`,
  },
})

interface Store extends Component {
  readonly images?: { readonly [reference: string]: number }
}

/** ms from the start of a process until it works. */
const START_UP: { readonly [name: string]: number } = {
  etcd: 2000,
  'kube-apiserver': 3000,
  'kube-controller-manager': 2000,
  'kube-scheduler': 2000,
  coredns: 1500,
  kubelet: 1000,
  containerd: 1000,
  'kube-proxy': 800,
}

function label(event: SimEvent): string {
  const [, part, node] = event.to.split('/')
  return `[${part}${node === undefined ? '' : ` of ${node}`}](${event.to})`
}
