import type { Controller, JsonObject, PastEvent, World } from '../../../kernel/index.ts'
import { type Component, componentId, kubeletReaches, machineRuns, works } from '../components/component.ts'
import type { KubeEvent } from '../kubeEvent.ts'
import type { Machine } from '../machine/machine.ts'
import type { ObjectEntity } from '../object/object.ts'
import { nodeObject, nodeStatus } from './nodeObject.ts'

/**
 * The part of every kubelet that speaks of its machine: it registers the Node, and reports that it is ready or why not. Its heartbeats are
 * no events; only that they stay away and come back is. A Node object that is deleted comes back when its kubelet is started anew.
 * Models: pkg/kubelet/kubelet_node_status.go, pkg/kubelet/nodelease
 */
export const heartbeatController: Controller = {
  name: 'kubelet-heartbeat',
  watches: {
    'k8s.Machine': '*',
    'k8s.Component': ['Created', 'Stopped', 'Started', 'Crashed', 'after.startUp'],
  },
  wakes(event, world) {
    if (event.kind === 'k8s.Machine') return event.to
    return machinesOf(event, world)
  },
  delay: () => 100,
  reconcile(wake, world) {
    const [id = '', starts] = wake.split('\n')
    const machine = world.get(id) as Machine | undefined
    if (!machine) return silence(world, id.slice('k8s.Machine/'.length))
    const { name } = machine
    const node = world.get(`k8s.Node/${name}`) as ObjectEntity | undefined
    const by = componentId('kubelet', name)
    if (!kubeletReaches(world, name)) {
      const api = works(world, 'kube-apiserver') && works(world, 'etcd')
      return api ? silence(world, name) : undefined
    }
    if (!node) {
      if (starts === undefined) return undefined
      const object = nodeObject(world, machine)
      const kubeEvents = ['NodeHasSufficientMemory', 'NodeHasNoDiskPressure', 'NodeHasSufficientPID', 'NodeReady'].map(
        (reason) => says(name, 'Normal', reason, `Node ${name} status is now: ${reason}`),
      )
      const registered: KubeEvent = {
        type: 'Normal',
        reason: 'RegisteredNode',
        message: `Node ${name} event: Registered Node ${name} in Controller`,
        source: 'node-controller',
        about: `k8s.Node/${name}`,
      }
      const starting = says(name, 'Normal', 'Starting', 'Starting kubelet.')
      return [
        {
          to: `k8s.Node/${name}`,
          kind: 'k8s.Node',
          type: 'Created',
          by,
          data: { object, kubeEvents: [starting, ...kubeEvents, registered] },
        },
      ]
    }
    const down = works(world, 'containerd', name) ? undefined : 'container runtime is down'
    if (down !== undefined) {
      if (node.state === 'NotReady') return undefined
      const since = world.get(componentId('containerd', name))?.since ?? world.now
      const left = since + RUNTIME_PATIENCE - world.now
      if (left > 0) return [{ again: left }]
      const kubeEvents = [says(name, 'Normal', 'NodeNotReady', `Node ${name} status is now: NodeNotReady`)]
      return [
        {
          to: node.id,
          type: 'BecameNotReady',
          by,
          data: { status: nodeStatus(world, machine, node.status, down), kubeEvents },
        },
      ]
    }
    if (node.state === 'Ready') return undefined
    const kubeEvents =
      node.state === 'Silent' || node.state === 'Overdue'
        ? []
        : [says(name, 'Normal', 'NodeReady', `Node ${name} status is now: NodeReady`)]
    return [
      {
        to: node.id,
        type: 'KubeletHeard',
        by,
        data: { status: nodeStatus(world, machine, node.status) as JsonObject, kubeEvents },
      },
    ]
  },
}

/** ms that a kubelet waits for its runtime before it says so. */
const RUNTIME_PATIENCE = 30_000

function silence(world: World, name: string) {
  const node = world.get(`k8s.Node/${name}`)
  if (node?.state !== 'Ready' && node?.state !== 'NotReady') return undefined
  const by = machineRuns(world, name) ? componentId('kubelet', name) : `k8s.Machine/${name}`
  return [{ to: node.id, type: 'KubeletSilent', by }]
}

/** Machines whose kubelet has something to tell; one that starts, or finds the API at last, also registers its node if there is none. */
function* machinesOf(event: PastEvent, world: World): Iterable<string> {
  const part = world.get(event.to) as Component | undefined
  const runs = event.into === 'Running'
  if (part?.node !== undefined) {
    if (part.name === 'kubelet' && runs) yield `k8s.Machine/${part.node}\nregister`
    else if (part.name !== 'kube-proxy') yield `k8s.Machine/${part.node}`
  } else if (runs && (part?.name === 'kube-apiserver' || part?.name === 'etcd'))
    for (const machine of world.all('k8s.Machine')) yield `${machine.id}\nregister`
}

function says(node: string, type: KubeEvent['type'], reason: string, message: string): KubeEvent {
  return { type, reason, message, source: 'kubelet', host: node, about: `k8s.Node/${node}` }
}
