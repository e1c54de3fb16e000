import fc from 'fast-check'
import { expect, it } from 'vitest'
import { objectsFrom } from './clusterObjects.ts'
import type { ClusterNode, Pod, PodSpec } from './objects.ts'
import { schedulePod } from './schedule.ts'
import { Snapshot } from './snapshot.ts'

const nodes = fc.array(
  fc.record({
    cpu: fc.constantFrom('500m', '1', '2', '4'),
    memory: fc.constantFrom('1Gi', '2Gi', '8Gi'),
    zone: fc.constantFrom('1', '2', undefined),
    taint: fc.constantFrom(undefined, 'NoSchedule', 'PreferNoSchedule'),
    image: fc.boolean(),
    cordoned: fc.boolean(),
  }),
  { minLength: 1, maxLength: 12 },
)
const steps = fc.array(fc.record({ template: fc.nat(8), remove: fc.boolean(), pick: fc.nat(50) }), { maxLength: 40 })

const templates: readonly PodSpec[] = [
  {},
  { nodeSelector: { 'topology.kubernetes.io/zone': '1' } },
  { tolerations: [{ operator: 'Exists' }] },
  { tolerations: [{ key: 'soft', operator: 'Exists', effect: 'PreferNoSchedule' }] },
  {
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'topology.kubernetes.io/zone',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: { app: '4' } },
      },
    ],
  },
  {},
  {
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'topology.kubernetes.io/zone',
        whenUnsatisfiable: 'DoNotSchedule',
        labelSelector: { matchLabels: { app: '6' } },
      },
    ],
  },
  {
    affinity: {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: '7' } } },
        ],
      },
    },
  },
  {
    affinity: {
      podAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 7,
            podAffinityTerm: {
              topologyKey: 'topology.kubernetes.io/zone',
              labelSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['7', '0'] }] },
            },
          },
        ],
      },
    },
  },
].map((extra, i) => ({
  ...extra,
  containers: [
    {
      name: 'main',
      ...(i === 3 ? { ports: [{ hostPort: 80 }] } : {}),
      image: 'nginx:1.29',
      resources: { requests: i === 5 ? {} : { cpu: `${100 * (i + 1)}m`, memory: '100Mi' } },
    },
  ],
}))

const objects = objectsFrom(
  templates.map((_, i) => ({
    kind: 'ReplicaSet',
    metadata: { name: `rs-${i}` },
    spec: { selector: { matchLabels: { app: `${i}` } } },
  })),
)

it('the shorter way chooses as the whole way does', () => {
  let shorter = 0
  fc.assert(
    fc.property(nodes, steps, (list, moves) => {
      const snapshot = new Snapshot()
      list.forEach(({ cpu, memory, zone, taint, image, cordoned }, i) => {
        const one: ClusterNode = {
          metadata: {
            name: `n${i}`,
            labels: { 'kubernetes.io/hostname': `n${i}`, ...(zone ? { 'topology.kubernetes.io/zone': zone } : {}) },
          },
          spec: {
            unschedulable: cordoned && i > 3,
            ...(taint ? { taints: [{ key: 'soft', value: 'x', effect: taint }] } : {}),
          },
          status: {
            allocatable: { cpu, memory, pods: '5' },
            ...(image ? { images: [{ names: ['nginx:1.29'], sizeBytes: 400_000_000 }] } : {}),
          },
        }
        snapshot.addNode(one)
      })
      const placed: Pod[] = []
      let start = 0
      moves.forEach(({ template, remove, pick }, i) => {
        if (remove && placed.length > 0) {
          const [gone] = placed.splice(pick % placed.length, 1)
          if (gone) snapshot.removePod(gone)
          return
        }
        const spec = templates[template] as PodSpec
        const pod: Pod = {
          metadata: {
            name: `p${i}`,
            labels: { app: `${template}` },
            ownerReferences: [{ kind: 'ReplicaSet', name: `rs-${template}`, controller: true }],
          },
          spec,
        }
        const input = { pod, snapshot, nextStartNodeIndex: start, draw: () => (pick % 10) / 10, objects }
        const whole = schedulePod({ ...input, keepTable: true })
        const short = schedulePod(input)
        expect(short.nextStartNodeIndex).toBe(whole.nextStartNodeIndex)
        expect(short.verdict).toBe(whole.verdict)
        if (short.verdict !== 'scheduled' || whole.verdict !== 'scheduled') return
        expect(short.node).toBe(whole.node)
        shorter++
        start = short.nextStartNodeIndex
        const bound: Pod = { ...pod, spec: { ...spec, nodeName: short.node } }
        placed.push(bound)
        snapshot.addPod(bound)
      })
    }),
    { numRuns: 200 },
  )
  expect(shorter).toBeGreaterThan(500)
})
