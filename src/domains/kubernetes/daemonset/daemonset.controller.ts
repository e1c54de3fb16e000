import type { Answer, PastEvent, World } from '../../../kernel/index.ts'
import { scaledCount } from '../api/intOrPercent.ts'
import { type Loose, semanticEqual } from '../api/loose.ts'
import { NewPods } from '../apiserver/newPods.ts'
import { deletion } from '../apiserver/remove.ts'
import { kubeController } from '../kubeController.ts'
import type { KubeEvent } from '../kubeEvent.ts'
import { LATENCY } from '../latency.ts'
import type { ObjectEntity } from '../object/object.ts'
import { claimPods, claimRevisions } from '../replicaset/claimPods.ts'
import { COUNTED_POD_EVENTS, ownersConcerned } from '../replicaset/orphans.ts'
import { ownedObjects } from '../replicaset/podTally.ts'
import {
  type ControllerRevision,
  currentRevision,
  hashOf,
  REVISION_HASH,
  revisionsOf,
  superfluous,
} from '../statefulset/controllerRevisions.ts'
import { daemonSpec, fit, nodeOf, specForNode } from './daemonPod.ts'
import type { DaemonSet, DaemonSetStatus } from './daemonSet.ts'
import { daemonNodeFit } from './nodeFit.rule.ts'

const KIND = 'k8s.DaemonSet'
const NODE = 'k8s.Node'
const SOURCE = 'daemonset-controller'

/** Most pods created or deleted in one pass. */
const BURST = 250

/** How long after its failure a daemon pod is replaced, in ms. Unlike Kubernetes, which doubles the wait up to 15 min, it stays the same. */
const FAILED_WAIT = 1000

/**
 * Keeps one pod on every node that should have one, and replaces pods of an older template.
 * Models: pkg/controller/daemon/daemon_controller.go, update.go
 */
export const daemonSetController = kubeController({
  name: SOURCE,
  component: 'kube-controller-manager',
  primary: KIND,
  watches: {
    [KIND]: ['Created', 'Updated', 'DeletionRequested'],
    'k8s.Pod': COUNTED_POD_EVENTS,
    [NODE]: '*',
  },
  wakes(event: PastEvent, world: World) {
    if (event.kind === KIND) return event.to
    if (event.kind !== NODE) return ownersConcerned(event, world, KIND)
    if (event.type === 'StatusReported') return undefined
    return [...world.all(KIND)].map((entity) => entity.id)
  },
  delay: (_id, world) => LATENCY.controller + Math.min(500, Math.floor(world.count(NODE) / 10)),
  reconcile(id: string, world: World) {
    const set = world.get(id) as DaemonSet | undefined
    if (set?.kind !== KIND) return undefined
    const claimed =
      set.metadata.deletionTimestamp === undefined ? [...claimPods(world, set), ...claimRevisions(world, set)] : []
    return claimed.length > 0 ? [...claimed, { again: 1 }] : new Pass(world, set).run()
  },
})

class Pass {
  private readonly world: World
  private readonly set: DaemonSet
  private readonly answers: Answer[] = []
  private readonly update: ControllerRevision
  private readonly spec: Loose
  private readonly nodes: readonly ObjectEntity[]
  private readonly pods: readonly ObjectEntity[]
  private readonly byNode = new Map<string, ObjectEntity[]>()
  private readonly doomed = new Set<string>()
  private readonly wanted: string[] = []

  constructor(world: World, set: DaemonSet) {
    this.world = world
    this.set = set
    const found = currentRevision(world, set)
    this.update = found.revision
    this.answers.push(...found.emit)
    this.spec = daemonSpec(set.spec.template as Loose)
    this.nodes = [...world.all(NODE)] as ObjectEntity[]
    this.pods = ownedObjects(world, set, 'k8s.Pod')
    for (const pod of this.pods) {
      const node = nodeOf(pod)
      const there = this.byNode.get(node)
      if (there) there.push(pod)
      else this.byNode.set(node, [pod])
    }
  }

  run(): readonly Answer[] {
    if (this.set.metadata.deletionTimestamp === undefined) {
      this.place()
      if (this.set.spec.updateStrategy?.type !== 'OnDelete') this.roll()
      this.carryOut()
      this.cleanUp()
    }
    this.report()
    return this.answers
  }

  /** One live pod on every node that should have one, none elsewhere. Models: daemon_controller.go podsShouldBeOnNode */
  private place(): undefined {
    const known = new Set<string>()
    for (const node of this.nodes) {
      const { name } = node.metadata
      known.add(name)
      const { shouldRun, shouldContinue } = fit(this.world, this.spec, node)
      const pods = this.byNode.get(name) ?? []
      if (!shouldContinue) {
        for (const pod of pods) this.doom(pod)
        continue
      }
      const live: ObjectEntity[] = []
      for (const pod of pods) {
        if (pod.state === 'Terminating') continue
        if (pod.state === 'Failed') this.replaceFailed(pod, name)
        else live.push(pod)
      }
      const ending = pods.some((pod) => pod.state === 'Terminating')
      if (shouldRun && live.length === 0 && !ending && pods.length === 0) this.wanted.push(name)
      else if (live.length > 1 && !this.surges) for (const pod of live.slice(1)) this.doom(pod)
    }
    for (const [name, pods] of this.byNode)
      if (!known.has(name)) for (const pod of pods) if (textNode(pod) === '') this.doom(pod)
  }

  private replaceFailed(pod: ObjectEntity, node: string): undefined {
    const left = pod.since + FAILED_WAIT - this.world.now
    if (left > 0) {
      this.answers.push({ again: left })
      return
    }
    const message = `Found failed daemon pod ${pod.metadata.namespace}/${pod.metadata.name} on node ${node}, will try to kill it`
    this.answers.push({
      to: this.set.id,
      type: 'Progressed',
      data: { kubeEvents: [{ type: 'Warning', reason: 'FailedDaemonPod', message, source: SOURCE }] },
    })
    this.doom(pod)
  }

  /** Models: pkg/controller/daemon/update.go rollingUpdate */
  private roll(): undefined {
    const desired = this.desired().length
    const rolling = this.set.spec.updateStrategy?.rollingUpdate
    const surge = scaledCount(rolling?.maxSurge ?? 0, desired, true) ?? 0
    const allowed = scaledCount(rolling?.maxUnavailable ?? 1, desired, true) ?? 1
    if (surge > 0) return this.rollWithSurge(surge)
    let unavailable = 0
    const candidates: ObjectEntity[] = []
    for (const node of this.desired()) {
      const pods = (this.byNode.get(node) ?? []).filter(
        (pod) => pod.state !== 'Terminating' && !this.doomed.has(pod.id),
      )
      const old = pods.find((pod) => !this.isNew(pod))
      const current = pods.find((pod) => this.isNew(pod))
      if (!old && !(current && this.isAvailable(current))) unavailable++
      else if (old && !this.isAvailable(old)) {
        unavailable++
        this.doom(old)
      } else if (old) candidates.push(old)
    }
    const spare = Math.max(0, allowed - unavailable)
    for (const pod of candidates.slice(0, spare)) this.doom(pod)
    if (candidates.length > spare && spare === 0)
      this.decline(
        `${unavailable} nodes lack an available pod, and at most ${allowed} may: no other pod is replaced yet.`,
      )
  }

  private rollWithSurge(surge: number): undefined {
    let under = 0
    const candidates: string[] = []
    for (const node of this.desired()) {
      const pods = (this.byNode.get(node) ?? []).filter(
        (pod) => pod.state !== 'Terminating' && !this.doomed.has(pod.id),
      )
      const old = pods.find((pod) => !this.isNew(pod))
      const current = pods.find((pod) => this.isNew(pod))
      if (!old) continue
      if (current && this.isAvailable(current)) this.doom(old)
      else if (current) under++
      else if (!this.isAvailable(old)) this.wanted.push(node)
      else candidates.push(node)
    }
    this.wanted.push(...candidates.slice(0, Math.max(0, surge - under)))
  }

  private get surges(): boolean {
    const surge = this.set.spec.updateStrategy?.rollingUpdate?.maxSurge
    return surge !== undefined && surge !== 0 && surge !== '0%'
  }

  private desired(): readonly string[] {
    return this.nodes.filter((node) => fit(this.world, this.spec, node).shouldRun).map((node) => node.metadata.name)
  }

  private carryOut(): undefined {
    let count = 0
    for (const pod of this.pods) {
      if (!this.doomed.has(pod.id) || count++ >= BURST) continue
      const emission = deletion(this.world, pod)
      if (!emission) continue
      const message = `Deleted pod: ${pod.metadata.name}`
      const kubeEvents: readonly KubeEvent[] = [
        { type: 'Normal', reason: 'SuccessfulDelete', message, source: SOURCE, about: this.set.id },
      ]
      this.answers.push({ ...emission, by: undefined, data: { ...emission.data, kubeEvents } })
    }
    const pods = new NewPods(this.world, this.set, this.set.spec.template as Loose, {
      source: SOURCE,
      message: (name) => `Created pod: ${name}`,
    })
    const labels = {
      [REVISION_HASH]: hashOf(this.set, this.update),
      'pod-template-generation': String(this.set.metadata.generation ?? 1),
    }
    for (const node of this.wanted.slice(0, BURST)) {
      const made = pods.make({ labels, spec: () => specForNode(this.spec, node) })
      if ('error' in made) {
        const message = `Error creating: ${made.error}`
        this.answers.push({
          to: this.set.id,
          type: 'CreateRefused',
          data: { kubeEvents: [{ type: 'Warning', reason: 'FailedCreate', message, source: SOURCE }] },
        })
        this.decline(made.error)
        this.answers.push({ again: 10_000 })
        return
      }
      this.answers.push({ ...made.emission, rule: daemonNodeFit.id, inputs: { node } })
    }
  }

  private report(): undefined {
    const desired = this.desired()
    const wanted = new Set(desired)
    const minimum = (this.set.spec.minReadySeconds ?? 0) * 1000
    let scheduled = 0
    let ready = 0
    let updated = 0
    let available = 0
    let again = Number.POSITIVE_INFINITY
    for (const node of desired) {
      const pods = this.byNode.get(node) ?? []
      if (pods.length === 0) continue
      scheduled++
      const live = pods.filter((pod) => pod.state !== 'Terminating')
      if (live.some((pod) => pod.state === 'Ready')) ready++
      if (live.some((pod) => this.isAvailable(pod))) available++
      for (const pod of live)
        if (pod.state === 'Ready' && !this.isAvailable(pod))
          again = Math.min(again, pod.since + minimum - this.world.now)
      if (live.some((pod) => this.isNew(pod))) updated++
    }
    const misplaced = this.nodes.filter(
      ({ metadata }) => !wanted.has(metadata.name) && (this.byNode.get(metadata.name)?.length ?? 0) > 0,
    ).length
    const status: DaemonSetStatus = {
      currentNumberScheduled: scheduled,
      numberMisscheduled: misplaced,
      desiredNumberScheduled: desired.length,
      numberReady: ready,
      observedGeneration: this.set.metadata.generation ?? 1,
      ...(updated > 0 ? { updatedNumberScheduled: updated } : {}),
      ...(available > 0 ? { numberAvailable: available } : {}),
      ...(desired.length > available ? { numberUnavailable: desired.length - available } : {}),
    }
    if (again !== Number.POSITIVE_INFINITY) this.answers.push({ again })
    if (semanticEqual(status, this.set.status)) return
    const complete = updated === desired.length && available === desired.length
    this.answers.push({ to: this.set.id, type: complete ? 'Completed' : 'Progressed', data: { status } })
  }

  private cleanUp(): undefined {
    const revisions = revisionsOf(this.world, this.set)
    const hashes = new Set(this.pods.map((pod) => pod.metadata.labels?.[REVISION_HASH]))
    const inUse = new Set(
      revisions
        .filter((one) => one.name === this.update.name || hashes.has(hashOf(this.set, one)))
        .map(({ name }) => name),
    )
    for (const { entity } of superfluous(revisions, inUse, this.set.spec.revisionHistoryLimit ?? 10))
      if (entity) this.answers.push({ to: entity.id, type: 'Removed' })
  }

  private isNew(pod: ObjectEntity): boolean {
    return pod.metadata.labels?.[REVISION_HASH] === hashOf(this.set, this.update)
  }

  private isAvailable(pod: ObjectEntity): boolean {
    return pod.state === 'Ready' && this.world.now - pod.since >= (this.set.spec.minReadySeconds ?? 0) * 1000
  }

  private doom(pod: ObjectEntity): undefined {
    if (pod.state !== 'Terminating') this.doomed.add(pod.id)
  }

  private decline(reason: string): undefined {
    this.answers.push({ to: this.set.id, decline: reason })
  }
}

function textNode(pod: ObjectEntity): string {
  return typeof pod.spec?.nodeName === 'string' ? pod.spec.nodeName : ''
}
