import type { ClusterNode, Labels, Pod } from './objects.ts'
import type { PodShape } from './podShape.ts'
import type { PodTerms } from './podTerms.ts'

/** One node as the scheduler knows it. Its numbers are in the snapshot's columns at `slot`. */
export interface NodeInfo {
  readonly name: string
  readonly slot: number
  /** Absent while only pods name this node and no Node object exists. */
  node: ClusterNode | undefined
  labels: Labels
  zone: string
  /** Allocatable and requested extended resources, hugepages and the like. */
  allocatableScalars: ReadonlyMap<string, number>
  readonly requestedScalars: Map<string, number>
  /** Host ports in use: `protocol/port` to the addresses, with how many pods hold each. */
  readonly ports: Map<string, Map<string, number>>
  /** Images present, by name with tag, and their size in bytes. */
  images: ReadonlyMap<string, number>
  readonly pods: Set<PodEntry>
  /** How many of its pods have each priority: whether preemption could free anything, without looking at every pod. */
  readonly priorities: Map<number, number>
}

/** A pod that occupies a node. */
export interface PodEntry {
  readonly key: string
  pod: Pod
  readonly slot: number
  readonly namespace: string
  readonly shape: PodShape
  readonly terms: PodTerms | undefined
  /** Being deleted: still occupies its node, no longer counts for spreading. */
  readonly terminating: boolean
}

/** An empty record for a node name. */
export function emptyNodeInfo(name: string, slot: number): NodeInfo {
  return {
    name,
    slot,
    node: undefined,
    labels: {},
    zone: '',
    allocatableScalars: new Map(),
    requestedScalars: new Map(),
    ports: new Map(),
    images: new Map(),
    pods: new Set(),
    priorities: new Map(),
  }
}
