import { findResource } from '../domains/kubernetes/api/resources.ts'
import type { Presumed } from './presumed.ts'

/**
 * Presumed objects with those that others make replaced by their makers: Pods and ReplicaSets with generated names by a Deployment of so many
 * replicas, Pods that are numbered from 0 by a StatefulSet. What a maker that is there (`isThere`) or presumed itself makes is left to it.
 */
export function withOwners(
  presumed: readonly Presumed[],
  isThere: (kind: string, namespace: string | undefined, name: string) => boolean,
): readonly Presumed[] {
  const made = new Map<string, { readonly maker: Presumed; count: number }>()
  const single: Presumed[] = []
  const exists = (kind: string, { namespace }: Presumed, name: string) =>
    isThere(kind, namespace, name) ||
    presumed.some((other) => other.resource.kind === kind && other.name === name && other.namespace === namespace)
  for (const one of presumed) {
    const maker = makerOf(one, presumed)
    if (maker && exists(maker.kind, one, maker.name)) continue
    if (maker && !one.document) {
      const key = `${maker.kind}/${one.namespace}/${maker.name}`
      const entry = made.get(key)
      if (entry) entry.count += maker.count
      else made.set(key, { maker: asMaker(one, maker), count: maker.count })
    } else if (!ownedByOther(one, exists)) single.push(one)
  }
  const makers = [...made.values()].map(({ maker, count }) => ({
    ...maker,
    cells: { ...maker.cells, DESIRED: String(count) },
  }))
  return [...makers, ...single]
}

interface Maker {
  readonly kind: string
  readonly name: string
  readonly count: number
}

function makerOf({ resource, name, namespace, cells }: Presumed, all: readonly Presumed[]): Maker | undefined {
  if (resource.kind === 'ReplicaSet') {
    const [, owner] = /^(.+)-(?:[0-9]{8,10}|[0-9a-f]{8,10}|[bcdfghjklmnpqrstvwxz2456789]{8,10})$/.exec(name) ?? []
    const count = Number(cells.DESIRED ?? 1) || 0
    const listed = all.some((other) => other.resource.kind === 'Pod' && other.name.startsWith(`${name}-`))
    return owner === undefined ? undefined : { kind: 'Deployment', name: owner, count: listed ? 0 : count }
  }
  if (resource.kind !== 'Pod') return undefined
  const [, owner] = /^(.+)-(?:[0-9a-f]{7,10}|[bcdfghjklmnpqrstvwxz2456789]{7,10})-[a-z0-9]{5}$/.exec(name) ?? []
  if (owner !== undefined) return { kind: 'Deployment', name: owner, count: 1 }
  const [, set] = /^(.+)-\d+$/.exec(name) ?? []
  const first = all.some(
    (other) => other.resource.kind === 'Pod' && other.name === `${set}-0` && other.namespace === namespace,
  )
  return set !== undefined && first ? { kind: 'StatefulSet', name: set, count: 1 } : undefined
}

function asMaker(one: Presumed, { kind, name }: Maker): Presumed {
  const found = findResource(kind)
  const resource = 'resource' in found ? found.resource : one.resource
  const { READY, STATUS, ...cells } = one.cells
  const pod = one.resource.kind === 'Pod' ? { 'POD READY': READY ?? '', STATUS: STATUS ?? '' } : {}
  return { ...one, resource, name, cells: { ...cells, ...pod } }
}

/** Whether another maker that is there gives such names: `fluentd-x7k2p` of a DaemonSet, `pi-9hq4w` of a Job, `hello-1234` of a CronJob. */
function ownedByOther(one: Presumed, exists: (kind: string, one: Presumed, name: string) => boolean): boolean {
  const makers = MAKERS[one.resource.kind] ?? []
  const parts = one.name.split('-')
  return parts.some((_, i) => i > 0 && makers.some((kind) => exists(kind, one, parts.slice(0, i).join('-'))))
}

const MAKERS: Readonly<Record<string, readonly string[]>> = {
  Pod: ['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet', 'Job', 'CronJob', 'ReplicationController'],
  ReplicaSet: ['Deployment'],
  Job: ['CronJob'],
  PersistentVolumeClaim: [],
}
