import { defineIndex, type Entity, type World } from '../../../kernel/index.ts'

/** The parts of the control plane, in the order in which they are drawn. */
export const CONTROL_PLANE = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'coredns', 'kube-scheduler'] as const

/** The parts of every node. */
export const NODE_COMPONENTS = ['kubelet', 'containerd', 'kube-proxy'] as const

export type ControlPlanePart = (typeof CONTROL_PLANE)[number]
export type NodePart = (typeof NODE_COMPONENTS)[number]

/** One process of the cluster itself. */
export interface Component extends Entity {
  /** `kube-scheduler`, `kubelet`. */
  readonly name: string
  /** Name of the machine that it runs on; absent for the control plane. */
  readonly node?: string
}

/** Entity id of a part: `k8s.Component/etcd`, `k8s.Component/kubelet/node-a`. */
export function componentId(name: ControlPlanePart | NodePart, node?: string): string {
  if (node === undefined) return `k8s.Component/${name}`
  let known = ids.get(name)
  if (!known) {
    known = new Map()
    ids.set(name, known)
  }
  let id = known.get(node)
  if (id === undefined) {
    id = `k8s.Component/${name}/${node}`
    known.set(node, id)
  }
  return id
}

/** Ids made so far: kubelets look their parts up with every step, and a string that is not new is found faster. */
const ids = new Map<string, Map<string, string>>()

/** Entity id of one loop of the controller-manager: `k8s.Controller/deployment-controller`; it can be stopped by itself. */
export function controllerEntityId(name: string): string {
  return `k8s.Controller/${name}`
}

/** Whether a part runs and works. */
export function works(world: World, name: ControlPlanePart | NodePart, node?: string): boolean {
  return world.get(componentId(name, node))?.state === 'Running'
}

/** Whether the API answers: the API server runs and etcd behind it. */
export function apiWorks(world: World): boolean {
  return works(world, 'kube-apiserver') && works(world, 'etcd')
}

/** Whether the kubelet of a node works and can speak with the API: both run, and nothing cuts the machine off. */
export function kubeletReaches(world: World, node: string): boolean {
  return works(world, 'kubelet', node) && machineState(world, node) === 'Up' && apiWorks(world)
}

/** Whether processes on a machine run at all: it is not crashed. A cut network does not stop them. */
export function machineRuns(world: World, node: string): boolean {
  const state = machineState(world, node)
  return state === 'Up' || state === 'CutOff'
}

function machineState(world: World, node: string): string | undefined {
  let id = machineIds.get(node)
  if (id === undefined) {
    id = `k8s.Machine/${node}`
    machineIds.set(node, id)
  }
  return world.get(id)?.state
}

const machineIds = new Map<string, string>()

/** The parts of one machine. */
export const componentsByNode = defineIndex(
  'k8s.componentsByNode',
  ['k8s.Component'],
  (entity) => (entity as Component).node,
)
