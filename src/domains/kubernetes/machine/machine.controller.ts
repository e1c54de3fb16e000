import type { Controller, Emission } from '../../../kernel/index.ts'
import { componentsByNode } from '../components/component.ts'
import { type Container, containersByNode, isAlive } from '../kubelet/container.ts'

/**
 * What a machine's fate means for what is on it: processes die with it, and are started again when it has booted.
 * Models: power, and systemd on the machine.
 */
export const machineController: Controller = {
  name: 'machine',
  watches: { 'k8s.Machine': ['Crashed', 'after.boot', 'Removed'] },
  wakes: (event) => event.to,
  reconcile(id, world) {
    const node = id.slice('k8s.Machine/'.length)
    const machine = world.get(id)
    const components = world.lookup(componentsByNode, node)
    const containers = world.lookup(containersByNode, node) as readonly Container[]
    if (!machine)
      return [...containers, ...components].map((entity) => ({
        to: entity.id,
        type: entity.kind === 'k8s.Container' ? 'Removed' : 'Stopped',
        by: id,
      }))
    if (machine.state === 'Up') return components.map((component) => ({ to: component.id, type: 'Started', by: id }))
    if (machine.state !== 'Down') return undefined
    const killed: Emission[] = containers
      .filter(isAlive)
      .map((container) => ({ to: container.id, type: 'Killed', by: id, data: { exitCode: 255, reason: 'Unknown' } }))
    return [...killed, ...components.map((component) => ({ to: component.id, type: 'Stopped', by: id }))]
  },
}
