import type { Answer, Emission, World } from '../../../kernel/index.ts'
import { componentId, kubeletReaches } from '../components/component.ts'
import type { ObjectEntity } from '../object/object.ts'
import { type Container, containersOf, freeContainerId } from './container.ts'
import { hostIpOf } from './hostAddress.ts'
import type { PodLook } from './podLook.ts'
import { type ContainerRole, type ContainerSpec, initRole, type PodSpec } from './podPlan.ts'
import { report } from './report.ts'
import { freeAddress } from './sandboxes.ts'
import { newContainer } from './starting.ts'
import { manage, startFrom } from './syncContainer.ts'
import { overdue, stopAll, terminate } from './syncEnding.ts'
import { kubeletSays } from './words.ts'

/** One look of a kubelet at one pod. */
export class PodSync implements PodLook {
  readonly answers: Answer[] = []
  readonly world: World
  readonly pod: ObjectEntity
  readonly spec: PodSpec
  readonly node: string
  readonly by: string
  readonly byName: ReadonlyMap<string, Container>

  constructor(world: World, pod: ObjectEntity, spec: PodSpec, node: string) {
    this.world = world
    this.pod = pod
    this.spec = spec
    this.node = node
    this.by = componentId('kubelet', node)
    const byName = new Map<string, Container>()
    for (const container of containersOf(world, pod)) byName.set(container.name, container)
    this.byName = byName
  }

  run(): void {
    const { world, pod, node, byName } = this
    const reaches = kubeletReaches(world, node)
    const leaving =
      (reaches && pod.metadata.deletionTimestamp !== undefined) ||
      [...byName.values()].some((container) => container.stop?.why === 'deleted')
    if (pod.state === 'Unscheduled') {
      if (reaches) this.say({ to: pod.id, type: 'Scheduled', by: this.by, data: {} })
    } else if (leaving) terminate(this, reaches)
    else if (pod.state === 'Failed' || pod.state === 'Succeeded') stopAll(this, 'evicted')
    else if ((byName.size > 0 || reaches) && !overdue(this, reaches)) {
      if (reaches) this.report()
      this.start()
    }
  }

  /** Brings containers forward: init containers one after the other, then the others together. */
  private start(): void {
    const { spec, byName } = this
    const begun = spec.containers.some(({ name }) => byName.has(name))
    for (const one of spec.initContainers ?? []) {
      const container = byName.get(one.name)
      const role = initRole(one)
      if (!container) {
        if (begun) continue
        this.create(one, role)
        return
      }
      manage(this, container)
      if (begun) continue
      if (role === 'sidecar') {
        if (!container.started) return
      } else if (container.ended?.exitCode !== 0 || container.state !== 'Terminated') return
    }
    for (const one of spec.containers) {
      const container = byName.get(one.name)
      if (container) manage(this, container)
      else this.create(one, 'main')
    }
    for (const one of spec.ephemeralContainers ?? []) {
      const container = byName.get(one.name)
      if (container) manage(this, container)
      else this.create(one, 'ephemeral')
    }
  }

  private create(one: ContainerSpec, role: ContainerRole): void {
    const { world, pod, node, by, spec } = this
    const ip = this.address()
    if (ip === undefined) {
      const message =
        'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox: plugin type="host-local" failed (add): failed to allocate for range 0: no IP addresses available in range set'
      this.say({
        to: pod.id,
        type: 'StatusReported',
        by,
        data: { kubeEvents: [kubeletSays(node, pod.id, 'Warning', 'FailedCreatePodSandBox', message)] },
      })
      this.answers.push({ again: 12_000 })
      return
    }
    const id = freeContainerId(world, pod, one.name)
    this.say({
      to: id,
      type: 'Created',
      kind: 'k8s.Container',
      by,
      data: newContainer(pod, node, one, role, ip, spec.hostNetwork === true),
    })
    startFrom(this, id, { spec: one, node, ip, pullBackOff: undefined, problem: undefined })
  }

  /** Address of the pod's sandbox: that of its other containers, or a new one. */
  private address(): string | undefined {
    const { world, node, spec, byName } = this
    for (const container of byName.values()) return container.ip
    if (spec.hostNetwork) return hostIpOf(world, node)
    this.fresh ??= freeAddress(world, node)
    return this.fresh
  }

  private fresh: string | undefined

  /** Writes the status, if it differs from what the API has. */
  report(): void {
    const event = report(this.world, this.pod, this.spec, this.byName, this.by)
    if (event) this.say(event)
  }

  say(emission: Emission): void {
    this.answers.push(emission)
  }
}
