import { type Emission, type PastEvent, Simulation } from '../../../kernel/index.ts'
import { shellDomain } from '../../../shell/index.ts'
import { containerd } from '../../containerd/index.ts'
import { applyDefaults } from '../api/defaults.ts'
import { CONTROL_PLANE, componentId, controllerEntityId } from '../components/component.ts'
import { kubeEventsOf } from '../kubeEvent.ts'
import { type MachineOptions, machineEmissions } from '../machine/machine.ts'
import { nodeControllers, nodeDerived, nodeKinds, nodeLoops } from '../nodeside.ts'
import type { KubeObject, ObjectEntity } from '../object/object.ts'
import { objectKind } from '../object/objectKind.ts'

/** A small cluster for tests of the node side: machines, a control plane without scheduler and API programs; objects are made by hand. */
export class NodeLab {
  readonly simulation: Simulation

  constructor(nodes: readonly (string | MachineOptions)[] = ['node-a'], seed = 1) {
    this.simulation = new Simulation({
      domains: [
        shellDomain,
        containerd,
        {
          name: 'kubernetes',
          kinds: [...nodeKinds, objectKind('ConfigMap'), objectKind('Secret'), objectKind('Service')],
          controllers: nodeControllers,
          derived: nodeDerived,
          views: [],
        },
      ],
      seed,
    })
    for (const name of CONTROL_PLANE)
      this.emit([{ to: componentId(name), kind: 'k8s.Component', type: 'Created', data: { name } }])
    for (const name of nodeLoops)
      this.emit([{ to: controllerEntityId(name), kind: 'k8s.Controller', type: 'Created', data: { name } }])
    for (const node of nodes) this.emit(machineEmissions(this.world, typeof node === 'string' ? { name: node } : node))
    this.run(1000)
  }

  get world() {
    return this.simulation.world
  }

  /** Schedules events as a command would, and takes them. */
  emit(emissions: readonly Emission[]): void {
    for (const emission of emissions) this.simulation.schedule(emission, [])
    this.simulation.advanceTo(this.simulation.now)
  }

  run(ms: number): void {
    this.simulation.advanceTo(this.simulation.now + ms)
  }

  /** Stores an object, with defaults, as the API server would. */
  create(kind: string, name: string, fields: object, namespace: string | undefined = 'default'): string {
    const object = applyDefaults({
      apiVersion: 'v1',
      kind,
      metadata: {
        name,
        ...(namespace ? { namespace } : {}),
        uid: `uid-${name}-${this.simulation.now}`,
        creationTimestamp: '2026-01-01T00:00:00Z',
        generation: 1,
      },
      ...fields,
    } as never) as unknown as KubeObject
    const to = `k8s.${kind}/${namespace ? `${namespace}/` : ''}${name}`
    this.emit([{ to, kind: `k8s.${kind}`, type: 'Created', data: { object } }])
    return to
  }

  /** Stores a pod and binds it. */
  pod(name: string, spec: object, node = 'node-a', metadata: object = {}): string {
    const id = this.create('Pod', name, { spec })
    const pod = this.entity(id)
    if (Object.keys(metadata).length > 0)
      this.emit([{ to: id, type: 'Updated', data: { metadata: { ...pod.metadata, ...metadata } } }])
    this.emit([{ to: id, type: 'Scheduled', data: { spec: { ...pod.spec, nodeName: node } } }])
    return id
  }

  entity(id: string): ObjectEntity {
    return this.world.get(id) as ObjectEntity
  }

  /** Type, reason and message of the KubeEvents about an object so far, in order. */
  told(id: string): readonly string[] {
    return [...this.simulation.journal].flatMap((event: PastEvent) =>
      kubeEventsOf(event)
        .filter((one) => (one.about ?? event.to) === id)
        .map((one) => `${one.type} ${one.reason} ${one.message}`),
    )
  }

  /** Types of the journal's events about entities whose id begins so. */
  types(prefix: string): readonly string[] {
    return [...this.simulation.journal].filter(({ to }) => to.startsWith(prefix)).map(({ type }) => type)
  }
}
