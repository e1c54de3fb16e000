import type { Answer, Controller, Emission, PastEvent, World } from '../../../kernel/index.ts'
import { deletion } from '../apiserver/remove.ts'
import { type Component, componentId, kubeletReaches, machineRuns, works } from '../components/component.ts'
import { LATENCY } from '../latency.ts'
import { type ObjectEntity, timeOf } from '../object/object.ts'
import { kubeletBackoff } from './backoff.rule.ts'
import { type Container, containersByNode, containersOf, freeContainerId, isAlive, podsByNode } from './container.ts'
import { hostIpOf } from './hostAddress.ts'
import { type ContainerRole, type ContainerSpec, initRole, type PodSpec, restarts, specOf } from './podPlan.ts'
import { hookFailure } from './probe.ts'
import { probeContainer } from './probing.ts'
import { ESCALATION, report } from './report.ts'
import { freeAddress } from './sandboxes.ts'
import { createProblem, hasImage, newContainer, pulledEvent, pullFailed, startStep } from './starting.ts'
import { hookTime, stopContainer } from './stopping.ts'
import { kubeletSays, podText } from './words.ts'

/**
 * The kubelets of all nodes, pod by pod: each makes the containers on its node what the pod's spec asks for, and reports.
 * Models: pkg/kubelet/kubelet.go syncPod, kuberuntime_manager.go SyncPod. Unlike Kubernetes, init containers that succeeded are not run
 * again when a machine comes back.
 */
export const kubeletController: Controller = {
  name: 'kubelet',
  watches: {
    'k8s.Pod': ['Created', 'Scheduled', 'DeletionRequested', 'Removed', 'Updated', 'Evicted', 'Failed'],
    'k8s.Container': [
      'PullStarted',
      'after.pull',
      'PullFailed',
      'after.pullBackOff',
      'ConfigFailed',
      'after.create',
      'CreateFailed',
      'ProbeTurned',
      'ProbePassed',
      'ProbeFailed',
      'HookRan',
      'StopRequested',
      'Exited',
      'OOMKilled',
      'Killed',
      'after.terminationGrace',
      'Restarted',
      'RestartDelayed',
      'after.crashBackOff',
      'Finished',
      'FilesChanged',
      'VolumeChanged',
      'FaultBegan',
      'FaultEnded',
    ],
    'k8s.Component': '*',
    'k8s.Machine': ['Rejoined', 'after.boot'],
    'traffic.Client': '*',
  },
  wakes,
  delay: (id, world) => {
    const state = world.get(id)?.state
    return state === 'Assigned' || state === 'Terminating' ? LATENCY.kubelet : LATENCY.statusReport
  },
  reconcile,
}

function wakes(event: PastEvent, world: World): string | Iterable<string> | undefined {
  switch (event.kind) {
    case 'k8s.Pod':
      return event.type === 'Created' && !nodeOf(world, event.to) ? undefined : event.to
    case 'k8s.Container': {
      if (event.type === 'FilesChanged' || event.type === 'VolumeChanged') {
        const spec = (world.get(event.to) as Container | undefined)?.spec
        if (!spec?.livenessProbe?.exec && !spec?.readinessProbe?.exec && !spec?.startupProbe?.exec) return undefined
      }
      return (world.get(event.to) as Container | undefined)?.owner
    }
    case 'k8s.Component': {
      if (event.into !== 'Running') return undefined
      const part = world.get(event.to) as Component | undefined
      if (part?.node !== undefined) return part.name === 'kube-proxy' ? undefined : everythingOn(world, part.node)
      return part?.name === 'kube-apiserver' || part?.name === 'etcd' ? everywhere(world) : undefined
    }
    case 'traffic.Client':
      return probed(world)
    default:
      return everythingOn(world, event.to.slice('k8s.Machine/'.length))
  }
}

function nodeOf(world: World, pod: string): string | undefined {
  const node = (world.get(pod) as ObjectEntity | undefined)?.spec?.nodeName
  return typeof node === 'string' && node !== '' ? node : undefined
}

function* everythingOn(world: World, node: string): Iterable<string> {
  for (const pod of world.lookup(podsByNode, node)) yield pod.id
  yield* forgotten(world, world.lookup(containersByNode, node) as readonly Container[])
}

function* everywhere(world: World): Iterable<string> {
  for (const pod of world.all('k8s.Pod')) if (nodeOf(world, pod.id)) yield pod.id
  yield* forgotten(world, world.all('k8s.Container') as Iterable<Container>)
}

/** Owners of containers whose own pod the API no longer has. */
function* forgotten(world: World, containers: Iterable<Container>): Iterable<string> {
  for (const { owner, uid } of containers) {
    const pod = world.get(owner) as ObjectEntity | undefined
    if (pod?.metadata.uid !== uid) yield owner
  }
}

/** Pods whose probes may fare otherwise when traffic changes. */
function* probed(world: World): Iterable<string> {
  for (const container of world.all('k8s.Container') as Iterable<Container>) {
    const { livenessProbe, readinessProbe, startupProbe } = container.spec
    if (livenessProbe?.httpGet || readinessProbe?.httpGet || startupProbe?.httpGet) yield container.owner
  }
}

function reconcile(id: string, world: World): readonly Answer[] | undefined {
  const pod = world.get(id) as ObjectEntity | undefined
  const answers: Answer[] = []
  for (const container of world.ownedBy(id) as readonly Container[])
    if (container.kind === 'k8s.Container' && container.uid !== pod?.metadata.uid)
      answers.push(...discard(world, container))
  if (!pod) return answers
  const spec = specOf(pod)
  const node = spec.nodeName
  if (!node || !works(world, 'kubelet', node) || !machineRuns(world, node)) return answers
  const sync = new PodSync(world, pod, spec, node)
  sync.run()
  return answers.length > 0 ? [...answers, ...sync.answers] : sync.answers
}

/** A container whose pod the API has forgotten: it is stopped as soon as its kubelet hears of that, and removed. */
function discard(world: World, container: Container): readonly Answer[] {
  const { node } = container
  if (!world.get(`k8s.Machine/${node}`)) return [{ to: container.id, type: 'Removed' }]
  if (!kubeletReaches(world, node)) return []
  const by = componentId('kubelet', node)
  if (container.state === 'Stopping') return []
  if (container.state !== 'Running') return [{ to: container.id, type: 'Removed', by }]
  return [{ to: container.id, type: 'StopRequested', by, data: { stop: { grace: 2000, hook: 0, why: 'deleted' } } }]
}

/** One look of a kubelet at one pod. */
class PodSync {
  readonly answers: Answer[] = []
  private readonly world: World
  private readonly pod: ObjectEntity
  private readonly spec: PodSpec
  private readonly node: string
  private readonly by: string
  private readonly byName: Map<string, Container>

  constructor(world: World, pod: ObjectEntity, spec: PodSpec, node: string) {
    this.world = world
    this.pod = pod
    this.spec = spec
    this.node = node
    this.by = componentId('kubelet', node)
    this.byName = new Map()
    for (const container of containersOf(world, pod)) this.byName.set(container.name, container)
  }

  run(): void {
    const { world, pod, node, byName } = this
    const reaches = kubeletReaches(world, node)
    const leaving =
      (reaches && pod.metadata.deletionTimestamp !== undefined) ||
      [...byName.values()].some((container) => container.stop?.why === 'deleted')
    if (pod.state === 'Unscheduled') {
      if (reaches) this.say({ to: pod.id, type: 'Scheduled', by: this.by, data: {} })
    } else if (leaving) this.terminate(reaches)
    else if (pod.state === 'Failed' || pod.state === 'Succeeded') this.stopAll('evicted')
    else if ((byName.size > 0 || reaches) && !this.overdue(reaches)) {
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
      this.manage(container)
      if (begun) continue
      if (role === 'sidecar') {
        if (!container.started) return
      } else if (container.ended?.exitCode !== 0 || container.state !== 'Terminated') return
    }
    for (const one of spec.containers) {
      const container = byName.get(one.name)
      if (container) this.manage(container)
      else this.create(one, 'main')
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
    this.startFrom(id, { spec: one, node, ip, pullBackOff: undefined, problem: undefined })
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

  private startFrom(id: string, container: Pick<Container, 'spec' | 'node' | 'pullBackOff' | 'problem' | 'ip'>): void {
    const { emit, again } = startStep(this.world, this.pod, id, container, this.by)
    for (const emission of emit) {
      this.say(emission)
      if (emission.type !== 'ImagePresent') continue
      const { runs } = emission.data as { runs: string }
      if (runs !== 'shell') continue
      const broken = createProblem(this.world, this.pod, { ...container, id, owner: this.pod.id } as Container, this.by)
      if (broken) this.say(broken)
    }
    if (again !== undefined) this.answers.push({ again })
  }

  /** Does what one container needs now. */
  private manage(container: Container): void {
    const { world, pod, by } = this
    const { now } = world
    switch (container.state) {
      case 'Waiting':
        this.startFrom(container.id, container)
        return
      case 'Pulling': {
        const { pull } = container
        if (pull?.error === undefined) return
        if (now < pull.until) this.answers.push({ again: pull.until - now })
        else this.say(pullFailed(world, pod, container, by))
        return
      }
      case 'ImagePullBackOff':
        if (now < container.since + ESCALATION) this.answers.push({ again: container.since + ESCALATION - now })
        return
      case 'Creating': {
        if (!container.pull) return
        const { spec, node, pull } = container
        this.say({ to: container.id, type: 'ImageStored', by, data: { kubeEvents: [pulledEvent(container)] } })
        if (!hasImage(world, node, spec.image))
          this.say({
            to: componentId('containerd', node),
            type: 'ImagePulled',
            by,
            data: { image: spec.image, bytes: pull.bytes },
          })
        const problem = createProblem(world, pod, container, by)
        if (problem) this.say(problem)
        return
      }
      case 'Running':
        this.watch(container)
        return
      case 'Exited':
        this.decideAfterExit(container)
        return
    }
  }

  /** Hooks and probes of a running container. */
  private watch(container: Container): void {
    const { world, pod, by } = this
    const { lifecycle, startupProbe, livenessProbe, readinessProbe } = container.spec
    const hook = lifecycle?.postStart
    if (hook && !container.hooked) {
      const failure = hookFailure(world, pod, container, hook)
      if (failure !== undefined) {
        const kubeEvents = [kubeletSays(this.node, pod.id, 'Warning', 'FailedPostStartHook', `PostStartHook failed`)]
        this.say(stopContainer(world, pod, container, { why: 'hook', message: 'FailedPostStartHook', kubeEvents }))
        return
      }
      const left = hookTime(world, container, hook) - (world.now - (container.startedAt ?? 0))
      if (left > 0) this.answers.push({ again: left })
      else this.say({ to: container.id, type: 'HookRan', by })
      return
    }
    if (!startupProbe && !livenessProbe && !readinessProbe) return
    const leaving = pod.metadata.deletionTimestamp !== undefined
    this.answers.push(
      ...probeContainer(
        world,
        pod,
        container,
        leaving,
        (why, grace, unhealthy) => [
          stopContainer(world, pod, container, {
            why,
            message: `Container ${container.name} failed ${why} probe, will be restarted`,
            kubeEvents: [kubeletSays(this.node, pod.id, 'Warning', 'Unhealthy', unhealthy)],
            ...(grace === undefined ? {} : { grace }),
          }),
        ],
        by,
      ),
    )
  }

  /** Start again at once, later, or never. */
  private decideAfterExit(container: Container): void {
    const { world, pod, spec, by, node } = this
    const { ended, role } = container
    if (!ended) return
    if (!restarts(role, spec.restartPolicy, ended.exitCode) || this.done(role)) {
      this.say({ to: container.id, type: 'Finished', by })
      return
    }
    const { wait, entry } = world.decide(kubeletBackoff, {
      entry: container.crashBackOff,
      finishedAt: ended.finishedAt,
    })
    const left = Math.max(0, ended.finishedAt + wait - world.now)
    const inputs = { exitCode: ended.exitCode, wait }
    if (left === 0) {
      this.say({
        to: container.id,
        type: 'Restarted',
        by,
        rule: kubeletBackoff.id,
        inputs,
        data: { crashBackOff: entry },
      })
      return
    }
    const kubeEvents = [
      kubeletSays(
        node,
        pod.id,
        'Warning',
        'BackOff',
        `Back-off restarting failed container ${container.name} in pod ${podText(pod)}`,
      ),
    ]
    this.say({
      to: container.id,
      type: 'RestartDelayed',
      by,
      rule: kubeletBackoff.id,
      inputs,
      data: { wait, crashBackOff: entry, kubeEvents },
    })
  }

  /** Whether sidecars have nothing left to ride along with. */
  private done(role: ContainerRole): boolean {
    return role === 'sidecar' && this.mainsDone()
  }

  private mainsDone(): boolean {
    const { spec, byName } = this
    return spec.containers.every(({ name }) => {
      const container = byName.get(name)
      return container?.state === 'Terminated' && !restarts('main', spec.restartPolicy, container.ended?.exitCode ?? 0)
    })
  }

  /** Gives up a pod that has been active for too long. */
  private overdue(reaches: boolean): boolean {
    const { world, pod, spec, node, byName, by } = this
    const limit = spec.activeDeadlineSeconds
    const startTime = (pod.status as { startTime?: string } | undefined)?.startTime
    if (limit === undefined || startTime === undefined) return false
    const left = timeOf(startTime) + limit * 1000 - world.now
    if (left > 0) {
      this.answers.push({ again: left })
      return false
    }
    if (!reaches) return false
    const message = 'Pod was active on the node longer than the specified deadline'
    const kubeEvents = [kubeletSays(node, pod.id, 'Normal', 'DeadlineExceeded', message)]
    const event = report(world, pod, spec, byName, by, { reason: 'DeadlineExceeded', message, kubeEvents })
    if (event) this.say(event)
    this.stopAll('deadline')
    return true
  }

  /** Stops what still runs of a pod that is over. */
  private stopAll(why: 'deadline' | 'evicted'): void {
    const { world, pod } = this
    for (const container of this.byName.values()) {
      if (container.state === 'Running')
        this.say(
          stopContainer(world, pod, container, {
            why,
            message: `Stopping container ${container.name}`,
            ...(pod.status?.reason === 'Evicted' ? { grace: 0 } : {}),
          }),
        )
      else if (container.state === 'Exited') this.say({ to: container.id, type: 'Finished', by: this.by })
      else if (!isAlive(container) && container.state !== 'Terminated')
        this.say({ to: container.id, type: 'Removed', by: this.by })
    }
  }

  /** Deletion: the containers end, sidecars last and in reverse, then the API hears that nothing is left. */
  private terminate(reaches: boolean): void {
    const { world, pod, spec, byName, by } = this
    const grace = pod.metadata.deletionGracePeriodSeconds ?? spec.terminationGracePeriodSeconds ?? 30
    let alive = false
    const sidecars: Container[] = []
    for (const container of byName.values()) {
      if (container.role === 'sidecar') {
        if (isAlive(container)) sidecars.push(container)
        continue
      }
      if (this.stopOne(container, grace)) alive = true
    }
    if (!alive && sidecars.length > 0) {
      const order = (spec.initContainers ?? []).map(({ name }) => name)
      const last = sidecars.reduce((a, b) => (order.indexOf(b.name) > order.indexOf(a.name) ? b : a))
      this.stopOne(last, grace)
      alive = true
    }
    if (alive) {
      if (reaches) this.report()
      return
    }
    if (!reaches) return
    if ((pod.metadata.finalizers?.length ?? 0) > 0 && byName.size > 0) {
      const event = report(world, pod, { ...spec, restartPolicy: 'Never' }, byName, by)
      if (event) this.say(event)
    }
    for (const container of byName.values()) this.say({ to: container.id, type: 'Removed', by })
    const event = deletion(world, pod, { gracePeriodSeconds: 0, by })
    if (event) this.say(event)
  }

  /** Asks a container of a pod under deletion to end; answers whether it still lives. */
  private stopOne(container: Container, grace: number): boolean {
    const { world, pod, by } = this
    if (container.state === 'Running') {
      const message = `Stopping container ${container.name}`
      this.say(stopContainer(world, pod, container, { why: 'deleted', message, grace }))
      return true
    }
    if (container.state !== 'Stopping') return false
    const left = container.since + grace * 1000 - world.now
    if (grace * 1000 < (container.stop?.grace ?? 0)) {
      if (left <= 0) this.say({ to: container.id, type: 'Killed', by, data: { exitCode: 137 } })
      else this.answers.push({ again: left })
    }
    return true
  }

  private report(): void {
    const event = report(this.world, this.pod, this.spec, this.byName, this.by)
    if (event) this.say(event)
  }

  private say(emission: Emission): void {
    this.answers.push(emission)
  }
}
