import type { Emission } from '../../../kernel/index.ts'
import { type ControlPlanePart, componentId, controllerEntityId, type NodePart } from '../components/component.ts'
import type { ContainerFault } from '../kubelet/container.ts'

/** ms after which a fault is undone by itself; it stays until someone undoes it when absent. */
export type Lasting = number | undefined

function lasting(begin: Emission, end: Omit<Emission, 'after'>, ms: Lasting): readonly Emission[] {
  return ms === undefined ? [begin] : [begin, { ...end, after: ms }]
}

/** The machine dies with everything on it, and is booted again after a while. */
export function crashMachine(node: string, ms?: Lasting): readonly Emission[] {
  const to = `k8s.Machine/${node}`
  return lasting({ to, type: 'Crashed' }, { to, type: 'Booted' }, ms)
}

/** The network to a machine is cut. */
export function cutOffMachine(node: string, ms?: Lasting): readonly Emission[] {
  const to = `k8s.Machine/${node}`
  return lasting({ to, type: 'CutOff' }, { to, type: 'Rejoined' }, ms)
}

/** A part of the cluster is stopped: `kubelet` of a node, `kube-scheduler`, `etcd`. */
export function stopComponent(name: ControlPlanePart | NodePart, node?: string, ms?: Lasting): readonly Emission[] {
  const to = componentId(name, node)
  return lasting({ to, type: 'Stopped' }, { to, type: 'Started' }, ms)
}

/** One loop of the controller-manager is stopped. */
export function stopController(name: string, ms?: Lasting): readonly Emission[] {
  const to = controllerEntityId(name)
  return lasting({ to, type: 'Stopped' }, { to, type: 'Started' }, ms)
}

/** A container's process is killed, as by `kill -9`. */
export function killContainer(id: string): readonly Emission[] {
  return [{ to: id, type: 'Killed', data: { exitCode: 137 } }]
}

/** The kernel kills a container's process for its memory. */
export function oomKill(id: string): readonly Emission[] {
  return [{ to: id, type: 'OOMKilled', data: {} }]
}

/** Servers of a container answer with a status, or later, or not at all. */
export function misbehave(id: string, fault: Omit<ContainerFault, 'id'>, ms?: Lasting): readonly Emission[] {
  const data = { id: `${fault.status ?? ''}/${fault.slow ?? ''}/${fault.refuse ?? ''}`, ...fault }
  return lasting({ to: id, type: 'FaultBegan', data }, { to: id, type: 'FaultEnded', data: { id: data.id } }, ms)
}

/** Pulls on a node take so many times as long. */
export function slowPulls(node: string, times: number, ms?: Lasting): readonly Emission[] {
  const to = componentId('containerd', node)
  return lasting({ to, type: 'PullsSlowed', data: { times } }, { to, type: 'PullsRestored' }, ms)
}

/** No registry can be reached from a node. */
export function failPulls(node: string, ms?: Lasting): readonly Emission[] {
  const to = componentId('containerd', node)
  const error =
    'failed to pull and unpack image: failed to resolve reference: failed to do request: dial tcp: i/o timeout'
  return lasting({ to, type: 'PullsFailing', data: { error } }, { to, type: 'PullsRestored' }, ms)
}
