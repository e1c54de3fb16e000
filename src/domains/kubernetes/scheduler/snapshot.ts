import { CounterIndex } from './counterIndex.ts'
import type { CounterScope, MatchCounter } from './matchCounter.ts'
import { NodeColumns } from './nodeColumns.ts'
import { emptyNodeInfo, type NodeInfo, type PodEntry } from './nodeInfo.ts'
import { nodeOrder } from './nodeOrder.ts'
import { type ClusterNode, type Labels, namespaceOf, noLabels, type Pod, podKey, priorityOf } from './objects.ts'
import { PodIndex } from './podIndex.ts'
import { podShape } from './podShape.ts'
import { podTerms } from './podTerms.ts'
import { integerOf, isScalarResource, milliOf } from './resource.ts'
import { TermGroups } from './termGroups.ts'
import { type TopologyColumn, topologyColumn } from './topologyColumn.ts'

/**
 * The cluster as the scheduler sees it, kept incrementally: nodes, and the pods that occupy them. Numbers live in typed columns
 * indexed by a node's slot. Adding and removing in any order equals building anew from what is left.
 * Models: pkg/scheduler/backend/cache (Cache, Snapshot, NodeInfo).
 */
export class Snapshot extends NodeColumns {
  readonly infos: (NodeInfo | undefined)[] = []
  /** Changes whenever a node comes, goes or is relabelled. */
  nodesVersion = 0
  /** Image name to how many nodes hold it, and how often that has changed. */
  readonly imageNodes = new Map<string, ImageSpread>()
  readonly termGroups = new TermGroups()
  /** Room for what others derive from this snapshot; they check their own validity by stamps and versions. */
  readonly caches = new Map<unknown, unknown>()
  /** Claims in use (`namespace/name`) and by how many pods. */
  readonly claimsInUse = new Map<string, number>()
  private readonly slotOf = new Map<string, number>()
  private readonly freeSlots: number[] = []
  private readonly pods = new PodIndex()
  private readonly counters = new CounterIndex()
  private columns = new Map<string, TopologyColumn>()
  private columnsVersion = -1
  private order: Int32Array = new Int32Array(0)
  private orderStale = false
  /** Nodes removed since the order was made, with their zone: one that returns unchanged (an update) leaves the order valid. */
  private readonly departed = new Map<string, { readonly zone: string; readonly labels: Labels }>()

  /** Slots of all existing nodes in scheduling order: zones take turns, names sorted within a zone. */
  nodeOrder(): Int32Array {
    this.settle()
    if (this.orderStale) {
      this.order = nodeOrder(this.infos)
      this.orderStale = false
    }
    return this.order
  }

  get nodeCount(): number {
    return this.nodeOrder().length
  }

  node(name: string): NodeInfo | undefined {
    const slot = this.slotOf.get(name)
    const info = slot === undefined ? undefined : this.infos[slot]
    return info?.node ? info : undefined
  }

  at(slot: number): NodeInfo {
    return this.infos[slot] as NodeInfo
  }

  pod(pod: Pod): PodEntry | undefined {
    return this.pods.get(podKey(pod))
  }

  addNode(node: ClusterNode): void {
    const info = this.infoFor(node.metadata.name)
    if (info.node) this.forgetNode(info)
    const { slot } = info
    const allocatable = node.status?.allocatable ?? node.status?.capacity ?? {}
    info.node = node
    info.labels = node.metadata.labels ?? noLabels
    info.zone = zoneOf(info.labels)
    info.allocatableScalars = new Map(
      Object.entries(allocatable).flatMap(([name, text]) => (isScalarResource(name) ? [[name, integerOf(text)]] : [])),
    )
    this.allocatableCpu[slot] = milliOf(allocatable.cpu)
    this.allocatableMemory[slot] = integerOf(allocatable.memory)
    this.allocatableEphemeral[slot] = integerOf(allocatable['ephemeral-storage'])
    this.allocatablePods[slot] = integerOf(allocatable.pods)
    const images = new Map<string, number>()
    for (const image of node.status?.images ?? [])
      for (const name of image.names ?? []) images.set(name, image.sizeBytes ?? 0)
    info.images = images
    for (const name of images.keys()) this.countImage(name, 1)
    this.touch(slot)
    const was = this.departed.get(info.name)
    if (was && was.zone === info.zone && sameLabels(was.labels, info.labels)) this.departed.delete(info.name)
    else {
      this.orderStale = true
      this.nodesVersion++
    }
  }

  removeNode(node: ClusterNode): void {
    const info = this.node(node.metadata.name)
    if (info) this.forgetNode(info)
  }

  /** Takes in a pod if it occupies a node: has one, and has not ended. */
  addPod(pod: Pod): void {
    const name = pod.spec.nodeName
    if (!name || ended(pod)) return
    const key = podKey(pod)
    const old = this.pods.get(key)
    if (old) this.drop(old)
    const entry: PodEntry = {
      key,
      pod,
      slot: this.infoFor(name).slot,
      namespace: namespaceOf(pod),
      shape: podShape(pod.spec),
      terms: podTerms(pod.spec.affinity),
      terminating: pod.metadata.deletionTimestamp !== undefined && pod.metadata.deletionTimestamp !== null,
    }
    this.pods.add(entry)
    this.at(entry.slot).pods.add(entry)
    this.occupy(entry, 1)
  }

  removePod(pod: Pod): void {
    const entry = this.pods.get(podKey(pod))
    if (entry) this.drop(entry)
  }

  /** Puts a newer record in a pod's place when nothing that is counted has changed; false when it has. */
  updatePod(before: Pod, after: Pod): boolean {
    if (before.spec !== after.spec || before.metadata !== after.metadata || ended(before) !== ended(after)) return false
    const entry = this.pods.get(podKey(after))
    if (entry) entry.pod = after
    return true
  }

  /** The counter of matching pods for a scope, counted once and kept from then on. */
  counter(scope: CounterScope): MatchCounter {
    return this.counters.counter(scope, this.stamp.length, () => this.pods.within(scope))
  }

  /** The domains of all nodes under a topology key. */
  column(key: string): TopologyColumn {
    this.settle()
    if (this.columnsVersion !== this.nodesVersion) {
      this.columns = new Map()
      this.columnsVersion = this.nodesVersion
    }
    let column = this.columns.get(key)
    if (!column) {
      column = topologyColumn(key, this.infos)
      this.columns.set(key, column)
    }
    return column
  }

  private drop(entry: PodEntry): void {
    this.pods.remove(entry)
    const info = this.at(entry.slot)
    info.pods.delete(entry)
    this.occupy(entry, -1)
    if (!info.node && info.pods.size === 0 && !this.departed.has(info.name)) this.free(info)
  }

  private occupy(entry: PodEntry, sign: 1 | -1): void {
    const { slot, shape } = entry
    const info = this.at(slot)
    this.charge(slot, shape, sign)
    tally(info.priorities, priorityOf(entry.pod), sign)
    for (const [name, amount] of shape.scalars) tally(info.requestedScalars, name, sign * amount)
    for (const port of shape.ports) {
      const key = `${port.protocol}/${port.port}`
      const ips = info.ports.get(key) ?? new Map<string, number>()
      tally(ips, port.ip, sign)
      if (ips.size === 0) info.ports.delete(key)
      else info.ports.set(key, ips)
    }
    for (const volume of entry.pod.spec.volumes ?? [])
      if (volume.persistentVolumeClaim)
        tally(this.claimsInUse, `${entry.namespace}/${volume.persistentVolumeClaim.claimName}`, sign)
    if (entry.terms) this.termGroups.count(entry, sign)
    this.counters.count(entry, sign)
  }

  private forgetNode(info: NodeInfo): void {
    if (!this.departed.has(info.name)) this.departed.set(info.name, { zone: info.zone, labels: info.labels })
    for (const name of info.images.keys()) this.countImage(name, -1)
    info.node = undefined
    info.images = new Map()
    this.touch(info.slot)
  }

  /** Accepts that nodes removed since the last look are gone. */
  private settle(): void {
    if (this.departed.size === 0) return
    for (const name of this.departed.keys()) {
      const slot = this.slotOf.get(name)
      const info = slot === undefined ? undefined : this.infos[slot]
      if (info && !info.node && info.pods.size === 0) this.free(info)
    }
    this.departed.clear()
    this.orderStale = true
    this.nodesVersion++
  }

  private infoFor(name: string): NodeInfo {
    const known = this.slotOf.get(name)
    if (known !== undefined) return this.at(known)
    const slot = this.freeSlots.pop() ?? this.infos.length
    if (slot >= this.stamp.length) this.grow(this.stamp.length * 2)
    const info = emptyNodeInfo(name, slot)
    this.infos[slot] = info
    this.slotOf.set(name, slot)
    this.touch(slot)
    return info
  }

  private free(info: NodeInfo): void {
    this.slotOf.delete(info.name)
    this.infos[info.slot] = undefined
    this.freeSlots.push(info.slot)
  }

  private countImage(name: string, delta: number): void {
    const spread = this.imageNodes.get(name) ?? { nodes: 0, version: 0 }
    spread.nodes += delta
    spread.version++
    this.imageNodes.set(name, spread)
  }
}

function ended(pod: Pod): boolean {
  const phase = pod.status?.phase
  return phase === 'Succeeded' || phase === 'Failed'
}

/** On how many nodes an image is; `version` counts the changes. */
interface ImageSpread {
  nodes: number
  version: number
}

function tally<K>(map: Map<K, number>, key: K, delta: number): void {
  const left = (map.get(key) ?? 0) + delta
  if (left === 0) map.delete(key)
  else map.set(key, left)
}

function zoneOf(labels: Labels): string {
  const region = labels['topology.kubernetes.io/region'] ?? labels['failure-domain.beta.kubernetes.io/region'] ?? ''
  const zone = labels['topology.kubernetes.io/zone'] ?? labels['failure-domain.beta.kubernetes.io/zone'] ?? ''
  return region || zone ? `${region}:\0:${zone}` : ''
}

function sameLabels(a: Labels, b: Labels): boolean {
  if (a === b) return true
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key])
}
