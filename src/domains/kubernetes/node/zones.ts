import { defineIndex, type World } from '../../../kernel/index.ts'
import type { ObjectEntity } from '../object/object.ts'
import { conditionsOf, type NodeSpec } from './nodeObject.ts'

/** How a zone is: all well, many of its nodes lost, or all of them. */
export type ZoneState = 'Normal' | 'PartialDisruption' | 'FullDisruption'

/** Nodes by zone. */
export const nodesByZone = defineIndex('k8s.nodesByZone', ['k8s.Node'], (entity) => {
  const labels = (entity as ObjectEntity).metadata.labels
  return `${labels?.['topology.kubernetes.io/region'] ?? ''}:${labels?.['topology.kubernetes.io/zone'] ?? ''}`
})

/** The key of a node's zone. */
export function zoneOf(node: ObjectEntity): string {
  const labels = node.metadata.labels
  return `${labels?.['topology.kubernetes.io/region'] ?? ''}:${labels?.['topology.kubernetes.io/zone'] ?? ''}`
}

/** State of a zone. Models: pkg/controller/nodelifecycle/node_lifecycle_controller.go ComputeZoneState */
export function zoneState(world: World, zone: string): ZoneState {
  let lost = 0
  let ready = 0
  for (const node of world.lookup(nodesByZone, zone) as readonly ObjectEntity[]) {
    if (conditionsOf(node.status).find((condition) => condition.type === 'Ready')?.status === 'True') ready++
    else lost++
  }
  if (ready === 0 && lost > 0) return 'FullDisruption'
  if (lost > 2 && lost / (lost + ready) >= 0.55) return 'PartialDisruption'
  return 'Normal'
}

/**
 * ms between two nodes of a zone that are given up; infinite when none is. All zones lost at once means that the controller itself is the
 * one that sees nothing: then nobody is evicted.
 */
export function evictionSpacing(world: World, zone: string): number {
  const state = zoneState(world, zone)
  if (state === 'Normal') return 10_000
  const nodes = world.lookup(nodesByZone, zone).length
  if (state === 'PartialDisruption') return nodes > 50 ? 100_000 : Number.POSITIVE_INFINITY
  for (const other of world.derived(nodesByZone).keys()) if (zoneState(world, other) !== 'FullDisruption') return 10_000
  return Number.POSITIVE_INFINITY
}

/** When the zone's last node was given up: the latest NoExecute taint of a lost node, as text; empty when there is none. */
export function lastGivenUp(world: World, zone: string, except: string): string {
  let last = ''
  for (const node of world.lookup(nodesByZone, zone) as readonly ObjectEntity[]) {
    if (node.id === except) continue
    for (const taint of (node.spec as NodeSpec | undefined)?.taints ?? [])
      if (
        taint.effect === 'NoExecute' &&
        LOST.has(taint.key) &&
        taint.timeAdded !== undefined &&
        taint.timeAdded > last
      )
        last = taint.timeAdded
  }
  return last
}

export const NOT_READY = 'node.kubernetes.io/not-ready'
export const UNREACHABLE = 'node.kubernetes.io/unreachable'
const LOST = new Set([NOT_READY, UNREACHABLE])
