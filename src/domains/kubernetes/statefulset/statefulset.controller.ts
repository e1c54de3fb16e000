import type { Answer, PastEvent, World } from '../../../kernel/index.ts'
import { scaledCount } from '../api/intOrPercent.ts'
import { semanticEqual } from '../api/loose.ts'
import { deletion } from '../apiserver/remove.ts'
import { kubeController } from '../kubeController.ts'
import type { KubeEvent } from '../kubeEvent.ts'
import { find, type ObjectEntity } from '../object/object.ts'
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
} from './controllerRevisions.ts'
import { statefulOrder } from './order.rule.ts'
import { statefulPod } from './statefulPod.ts'
import { ordinalOf, type StatefulSet, type StatefulSetStatus } from './statefulSet.ts'

const KIND = 'k8s.StatefulSet'
const SOURCE = 'statefulset-controller'

/**
 * Keeps the numbered pods of a StatefulSet: one after the other or all at once, and replaces them from the highest number down.
 * Models: pkg/controller/statefulset/stateful_set_control.go updateStatefulSet
 */
export const statefulSetController = kubeController({
  name: SOURCE,
  component: 'kube-controller-manager',
  primary: KIND,
  watches: { [KIND]: ['Created', 'Updated', 'DeletionRequested'], 'k8s.Pod': COUNTED_POD_EVENTS },
  wakes(event: PastEvent, world: World) {
    return event.kind === KIND ? event.to : ownersConcerned(event, world, KIND)
  },
  reconcile(id: string, world: World) {
    const set = world.get(id) as StatefulSet | undefined
    if (set?.kind !== KIND) return undefined
    const claimed =
      set.metadata.deletionTimestamp === undefined
        ? [...claimPods(world, set, (pod) => ordinalOf(set, pod.metadata.name) >= 0), ...claimRevisions(world, set)]
        : []
    return claimed.length > 0 ? [...claimed, { again: 1 }] : new Pass(world, set).run()
  },
})

class Pass {
  private readonly world: World
  private readonly set: StatefulSet
  private readonly answers: Answer[] = []
  private readonly pods: readonly ObjectEntity[]
  private readonly update: ControllerRevision
  private readonly current: ControllerRevision
  private readonly revisions: readonly ControllerRevision[]
  private readonly start: number
  private readonly end: number

  constructor(world: World, set: StatefulSet) {
    this.world = world
    this.set = set
    const found = currentRevision(world, set)
    this.update = found.revision
    this.answers.push(...found.emit)
    this.revisions = revisionsOf(world, set)
    this.current = this.revisions.find(({ name }) => name === set.status?.currentRevision) ?? this.update
    this.pods = [...ownedObjects(world, set, 'k8s.Pod')].sort((a, b) => this.ordinal(a) - this.ordinal(b))
    this.start = set.spec.ordinals?.start ?? 0
    this.end = this.start + (set.spec.replicas ?? 1)
  }

  run(): readonly Answer[] {
    if (this.set.metadata.deletionTimestamp === undefined) this.manage()
    this.report()
    return this.answers
  }

  private manage(): undefined {
    const parallel = this.asked('start', []).together
    const byOrdinal = new Map(this.pods.map((pod) => [this.ordinal(pod), pod]))
    for (let ordinal = this.start; ordinal < this.end; ordinal++) {
      const pod = byOrdinal.get(ordinal)
      if (!pod) {
        if (!this.create(ordinal)) return
        if (!parallel)
          return this.decline(`It starts one pod after the other: ${this.name(ordinal)} must be ready first.`)
        continue
      }
      if (pod.state === 'Failed' || pod.state === 'Succeeded') {
        this.remove(pod)
        if (!parallel) return
        continue
      }
      if (!parallel && pod.state === 'Terminating')
        return this.decline(`It waits for ${pod.metadata.name} to end before it goes on.`)
      if (!parallel && !this.isAvailable(pod))
        return this.decline(`It starts one pod after the other: ${pod.metadata.name} must be ready first.`)
    }
    const condemned = this.inOrder(
      'stop',
      this.pods.filter((pod) => !this.isWanted(this.ordinal(pod))),
    )
    for (const pod of condemned) {
      if (pod.state === 'Terminating') {
        if (parallel) continue
        return this.decline(`It scales down one pod after the other: ${pod.metadata.name} must end first.`)
      }
      this.remove(pod)
      if (!parallel) return
    }
    if (this.set.spec.updateStrategy?.type !== 'OnDelete') this.roll()
    this.cleanUp()
  }

  /** Replaces pods of an older revision, the highest number first, down to the partition. */
  private roll(): undefined {
    const rolling = this.set.spec.updateStrategy?.rollingUpdate
    const partition = rolling?.partition ?? 0
    const most = Math.max(1, scaledCount(rolling?.maxUnavailable ?? 1, this.set.spec.replicas ?? 1, true) ?? 1)
    const wanted = this.pods.filter((pod) => this.isWanted(this.ordinal(pod)))
    let unavailable = wanted.filter((pod) => !this.isAvailable(pod)).length
    for (const pod of this.inOrder('replace', wanted)) {
      if (this.ordinal(pod) < partition) return
      const stale = this.hash(pod) !== hashOf(this.set, this.update)
      if (stale && pod.state !== 'Terminating') {
        if (unavailable >= most && this.isAvailable(pod))
          return this.decline(`${unavailable} of its pods are not available: no other is replaced before.`)
        this.remove(pod)
        if (this.isAvailable(pod)) unavailable++
        if (unavailable >= most) return
      } else if (!this.isAvailable(pod) && unavailable >= most)
        return this.decline(`It waits for ${pod.metadata.name} before it replaces the next pod.`)
    }
  }

  private create(ordinal: number): boolean {
    const partition = this.set.spec.updateStrategy?.rollingUpdate?.partition ?? 0
    const old = this.set.spec.updateStrategy?.type !== 'OnDelete' && ordinal < partition
    const { pod, claims } = statefulPod(this.world, this.set, ordinal, old ? this.current : this.update)
    if ('error' in pod) {
      const message = `Create Pod ${this.name(ordinal)} in StatefulSet ${this.set.metadata.name} failed error: ${pod.error}`
      const kubeEvents: readonly KubeEvent[] = [{ type: 'Warning', reason: 'FailedCreate', message, source: SOURCE }]
      this.answers.push({ to: this.set.id, type: 'CreateRefused', data: { kubeEvents } }, { again: 10_000 })
      this.decline(pod.error)
      return false
    }
    this.answers.push(...claims, { ...pod.emission, rule: statefulOrder.id })
    return true
  }

  private remove(pod: ObjectEntity): undefined {
    const emission = deletion(this.world, pod)
    if (!emission) return
    const message = `Delete Pod ${pod.metadata.name} in StatefulSet ${this.set.metadata.name} successful`
    const kubeEvents: readonly KubeEvent[] = [
      { type: 'Normal', reason: 'SuccessfulDelete', message, source: SOURCE, about: this.set.id },
    ]
    this.answers.push({ ...emission, by: undefined, data: { ...emission.data, kubeEvents }, rule: statefulOrder.id })
    this.releaseClaims(pod)
  }

  /** Claims of a pod that is scaled away go with it where the retention policy says so. */
  private releaseClaims(pod: ObjectEntity): undefined {
    if (this.set.spec.persistentVolumeClaimRetentionPolicy?.whenScaled !== 'Delete') return
    if (this.isWanted(this.ordinal(pod))) return
    for (const template of this.set.spec.volumeClaimTemplates ?? []) {
      const name = `${(template.metadata as { name?: string } | undefined)?.name}-${pod.metadata.name}`
      const claim = find(this.world, 'PersistentVolumeClaim', this.set.metadata.namespace, name)
      const emission = claim && deletion(this.world, claim)
      if (emission) this.answers.push({ ...emission, by: undefined })
    }
  }

  private report(): undefined {
    const { set, pods } = this
    const created = pods.filter((pod) => pod.state !== 'Terminating')
    const updateHash = hashOf(set, this.update)
    const currentHash = hashOf(set, this.current)
    const updated = created.filter((pod) => this.hash(pod) === updateHash).length
    const current = created.filter((pod) => this.hash(pod) === currentHash).length
    const ready = created.filter((pod) => pod.state === 'Ready').length
    const available = created.filter((pod) => this.isAvailable(pod)).length
    const want = set.spec.replicas ?? 1
    const finished =
      updated === want &&
      ready === want &&
      created.length === want &&
      pods.length === want &&
      this.current !== this.update
    const status: StatefulSetStatus = {
      observedGeneration: set.metadata.generation ?? 1,
      replicas: pods.length,
      ...(ready > 0 ? { readyReplicas: ready } : {}),
      ...((finished ? updated : current) > 0 ? { currentReplicas: finished ? updated : current } : {}),
      ...(updated > 0 ? { updatedReplicas: updated } : {}),
      currentRevision: finished ? this.update.name : this.current.name,
      updateRevision: this.update.name,
      collisionCount: 0,
      availableReplicas: available,
    }
    this.lookWhenAvailable(created)
    if (semanticEqual(status, set.status)) return
    const complete = ready === want && pods.length === want && status.currentRevision === status.updateRevision
    this.answers.push({ to: set.id, type: complete ? 'Completed' : 'Progressed', data: { status } })
  }

  private lookWhenAvailable(pods: readonly ObjectEntity[]): undefined {
    const wait = (this.set.spec.minReadySeconds ?? 0) * 1000
    const left = pods
      .filter((pod) => pod.state === 'Ready' && !this.isAvailable(pod))
      .map((pod) => pod.since + wait - this.world.now)
    if (left.length > 0) this.answers.push({ again: Math.min(...left) })
  }

  private cleanUp(): undefined {
    const inUse = new Set([this.update.name, this.current.name, ...this.pods.map((pod) => this.hash(pod) ?? '')])
    for (const { entity } of superfluous(this.revisions, inUse, this.set.spec.revisionHistoryLimit ?? 10))
      if (entity) this.answers.push({ to: entity.id, type: 'Removed' })
  }

  private isAvailable(pod: ObjectEntity): boolean {
    return pod.state === 'Ready' && this.world.now - pod.since >= (this.set.spec.minReadySeconds ?? 0) * 1000
  }

  private isWanted(ordinal: number): boolean {
    return ordinal >= this.start && ordinal < this.end
  }

  private asked(doing: 'start' | 'stop' | 'replace', ordinals: readonly number[]) {
    return this.world.decide(statefulOrder, { doing, policy: this.set.spec.podManagementPolicy, ordinals })
  }

  private inOrder(doing: 'stop' | 'replace', pods: readonly ObjectEntity[]): readonly ObjectEntity[] {
    if (pods.length === 0) return pods
    const byOrdinal = new Map(pods.map((pod) => [this.ordinal(pod), pod]))
    return this.asked(doing, [...byOrdinal.keys()]).ordinals.flatMap((ordinal) => byOrdinal.get(ordinal) ?? [])
  }

  private hash(pod: ObjectEntity): string | undefined {
    return pod.metadata.labels?.[REVISION_HASH]
  }

  private ordinal(pod: ObjectEntity): number {
    return ordinalOf(this.set, pod.metadata.name)
  }

  private name(ordinal: number): string {
    return `${this.set.metadata.name}-${ordinal}`
  }

  private decline(reason: string): undefined {
    this.answers.push({ to: this.set.id, decline: reason })
  }
}
