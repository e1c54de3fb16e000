import { objectsFrom } from './clusterObjects.ts'
import type { ClusterNode, Labels, Pod, PodSpec } from './objects.ts'
import { schedulePod } from './schedule.ts'
import { Snapshot } from './snapshot.ts'

/** Placements a second on 5,000 nodes up to 150,000 pods, for several sorts of pods. Run: npx tsx src/domains/kubernetes/scheduler/schedule.bench.ts */
const nodeCount = Number(process.argv[2] ?? 5_000)
const podCount = Number(process.argv[3] ?? 150_000)
const replicas = 500

function node(i: number): ClusterNode {
  const zone = `zone-${i % 3}`
  return {
    metadata: {
      name: `node-${i}`,
      labels: { 'kubernetes.io/hostname': `node-${i}`, 'topology.kubernetes.io/zone': zone },
    },
    spec: {},
    status: { allocatable: { cpu: '16', memory: '64Gi', pods: '110', 'ephemeral-storage': '100Gi' } },
  }
}

interface Sort {
  readonly name: string
  readonly pods: number
  readonly owned: boolean
  readonly extra: (labels: Labels) => Partial<PodSpec>
}

const sorts: readonly Sort[] = [
  { name: 'bare pods', pods: podCount, owned: false, extra: () => ({}) },
  { name: 'of ReplicaSets and Services (default spreading)', pods: podCount, owned: true, extra: () => ({}) },
  {
    name: 'DoNotSchedule spreading over zones',
    pods: Math.min(podCount, 5_000),
    owned: true,
    extra: (labels) => ({
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: 'topology.kubernetes.io/zone',
          whenUnsatisfiable: 'DoNotSchedule',
          labelSelector: { matchLabels: labels },
        },
      ],
    }),
  },
  {
    name: 'required anti-affinity by host',
    pods: Math.min(podCount, 5_000),
    owned: true,
    extra: (labels) => ({
      affinity: {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: labels } },
          ],
        },
      },
    }),
  },
]

/** A small counter-based draw is enough here. */
function drawing(): () => number {
  let state = 12_345
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

for (const sort of sorts) {
  const snapshot = new Snapshot()
  for (let i = 0; i < nodeCount; i++) snapshot.addNode(node(i))
  const sets = Math.ceil(sort.pods / replicas)
  const labelsOf = (set: number): Labels => ({ app: `app-${set}`, 'pod-template-hash': `hash${set}` })
  const objects = objectsFrom(
    Array.from({ length: sort.owned ? sets : 0 }, (_, set) => [
      { kind: 'Service', metadata: { name: `app-${set}` }, spec: { selector: { app: `app-${set}` } } },
      {
        kind: 'ReplicaSet',
        metadata: { name: `rs-${set}` },
        spec: { selector: { matchLabels: labelsOf(set) } },
      },
    ]).flat(),
  )
  const templates = Array.from(
    { length: sets },
    (_, set): PodSpec => ({
      containers: [{ name: 'main', image: 'nginx:1.29', resources: { requests: { cpu: '100m', memory: '128Mi' } } }],
      ...sort.extra(labelsOf(set)),
    }),
  )
  const draw = drawing()
  let nextStartNodeIndex = 0
  let placed = 0
  const began = process.hrtime.bigint()
  for (let i = 0; i < sort.pods; i++) {
    const set = Math.floor(i / replicas)
    const spec = templates[set] as PodSpec
    const owner = { kind: 'ReplicaSet', name: `rs-${set}`, controller: true }
    const metadata = {
      name: `pod-${i}`,
      namespace: 'default',
      labels: labelsOf(set),
      ...(sort.owned ? { ownerReferences: [owner] } : {}),
    }
    const pod: Pod = { metadata, spec }
    const result = schedulePod({ pod, snapshot, nextStartNodeIndex, draw, objects })
    nextStartNodeIndex = result.nextStartNodeIndex
    if (result.verdict !== 'scheduled') continue
    placed++
    snapshot.addPod({ metadata, spec: { ...spec, nodeName: result.node } })
  }
  const seconds = Number(process.hrtime.bigint() - began) / 1e9
  console.log(
    `${Math.round(placed / seconds)} placements/s: ${placed} pods ${sort.name}, ${nodeCount} nodes, ${seconds.toFixed(2)} s`,
  )
}
