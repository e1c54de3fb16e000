import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clusterSnapshot } from './clusterSnapshot.ts'
import type { CounterScope } from './matchCounter.ts'
import type { Affinity, ClusterNode, Pod } from './objects.ts'
import type { Snapshot } from './snapshot.ts'

/** Everything that a snapshot knows, by name, so that slots do not matter. */
function dump(snapshot: Snapshot) {
  const order = [...snapshot.nodeOrder()].map((slot) => snapshot.at(slot).name)
  const scope: CounterScope = {
    key: 'test',
    namespaces: ['default'],
    matches: (labels) => labels.app === 'x',
    pair: ['app', 'x'],
    countTerminating: false,
  }
  const zones = snapshot.column('zone')
  const nodes = snapshot.infos
    .flatMap((info) => (info && (info.node || info.pods.size > 0) ? [info] : []))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((info) => ({
      name: info.name,
      exists: info.node !== undefined,
      allocatable: info.node
        ? [snapshot.allocatableCpu, snapshot.allocatableMemory, snapshot.allocatablePods].map((c) => c[info.slot])
        : [],
      requested: [snapshot.requestedCpu, snapshot.requestedMemory, snapshot.nonZeroCpu, snapshot.nonZeroMemory].map(
        (c) => c[info.slot],
      ),
      podCount: snapshot.podCount[info.slot],
      scalars: [...info.requestedScalars].sort(),
      ports: [...info.ports].map(([key, ips]) => [key, [...ips].sort()]).sort(),
      images: [...info.images].sort(),
      priorities: [...info.priorities].sort(),
      pods: [...info.pods].map(({ key }) => key).sort(),
      matching: snapshot.counter(scope).at(info.slot),
    }))
  const counts = snapshot.counter(scope).byDomain(zones)
  return {
    order,
    nodes,
    byZone: zones.values.map((value, id) => [value, counts[id]]).sort(),
    images: [...snapshot.imageNodes]
      .filter(([, { nodes: n }]) => n > 0)
      .map(([name, { nodes: n }]) => [name, n])
      .sort(),
    claims: [...snapshot.claimsInUse].sort(),
    anti: [...snapshot.termGroups.anti]
      .map(({ namespace, slots }) => [namespace, [...slots].map(([slot, n]) => [snapshot.at(slot).name, n]).sort()])
      .sort(),
  }
}

const affinity: Affinity = {
  podAntiAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: [
      { topologyKey: 'zone', labelSelector: { matchLabels: { app: 'x' } } },
    ],
  },
}

type Entity = { readonly kind: string; readonly id: string }

const nodeEntity = fc
  .record({
    n: fc.integer({ min: 0, max: 4 }),
    zone: fc.constantFrom('1', '2', undefined),
    cpu: fc.constantFrom('1', '2500m'),
  })
  .map(({ n, zone, cpu }): Entity & ClusterNode => ({
    kind: 'k8s.Node',
    id: `node-${n}`,
    metadata: { name: `node-${n}`, ...(zone ? { labels: { zone, 'topology.kubernetes.io/zone': zone } } : {}) },
    status: { allocatable: { cpu, memory: '1Gi', pods: '10' }, images: [{ names: ['nginx:1.29'], sizeBytes: 5 + n }] },
  }))
const podEntity = fc
  .record({
    n: fc.integer({ min: 0, max: 7 }),
    on: fc.constantFrom('node-0', 'node-1', 'node-2', 'elsewhere', undefined),
    app: fc.constantFrom('x', 'y'),
    cpu: fc.constantFrom('100m', '0', undefined),
    anti: fc.boolean(),
    ended: fc.boolean(),
    leaving: fc.boolean(),
  })
  .map(({ n, on, app, cpu, anti, ended, leaving }): Entity & Pod => ({
    kind: 'k8s.Pod',
    id: `pod-${n}`,
    metadata: {
      name: `pod-${n}`,
      namespace: 'default',
      labels: { app, 'pod-template-hash': app },
      ...(leaving ? { deletionTimestamp: '2026-01-01T00:00:00Z' } : {}),
    },
    spec: {
      ...(on ? { nodeName: on } : {}),
      ...(anti ? { affinity } : {}),
      containers: [
        {
          name: 'c',
          resources: { requests: { ...(cpu ? { cpu } : {}), 'example.com/gpu': '1' } },
          ports: [{ containerPort: 80, hostPort: 80 }],
        },
      ],
      volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'data' } }],
    },
    status: { phase: ended ? 'Succeeded' : 'Running' },
  }))

describe('the snapshot', () => {
  it('kept incrementally equals one built anew, whatever came and went', () => {
    const steps = fc.array(
      fc.record({ entity: fc.oneof(nodeEntity, podEntity), leave: fc.boolean(), look: fc.boolean() }),
      { maxLength: 60 },
    )
    fc.assert(
      fc.property(steps, (list) => {
        const kept = clusterSnapshot.create()
        const present = new Map<string, Entity>()
        for (const { entity, leave, look } of list) {
          const old = present.get(entity.id)
          if (old) clusterSnapshot.remove(kept, old)
          present.delete(entity.id)
          if (!leave) {
            clusterSnapshot.add(kept, entity)
            present.set(entity.id, entity)
          }
          if (look) dump(kept)
        }
        const anew = clusterSnapshot.create()
        for (const entity of [...present.values()].reverse()) clusterSnapshot.add(anew, entity)
        expect(dump(kept)).toEqual(dump(anew))
      }),
      { numRuns: 300 },
    )
  })

  it('walks zones in turn', () => {
    const snapshot = clusterSnapshot.create()
    for (const [name, zone] of [
      ['a', '1'],
      ['b', '1'],
      ['c', '2'],
    ] as const)
      snapshot.addNode({ metadata: { name, labels: { 'topology.kubernetes.io/zone': zone } } })
    expect([...snapshot.nodeOrder()].map((slot) => snapshot.at(slot).name)).toEqual(['a', 'c', 'b'])
  })
})
