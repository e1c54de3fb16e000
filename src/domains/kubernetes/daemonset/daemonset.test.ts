import { expect, test } from 'vitest'
import { type Loose, objectsAt } from '../api/loose.ts'
import { resourceTable } from '../api/resourceTable.ts'
import { create } from '../apiserver/create.ts'
import { get } from '../apiserver/read.ts'
import { replace } from '../apiserver/update.ts'
import { FakeCluster } from '../fakeCluster.ts'
import { workloadControllers, workloadDerived, workloadKinds } from '../workloads.ts'
import { nodeOf } from './daemonPod.ts'

const row = (kind: string) => resourceTable.find((one) => one.kind === kind)!

function cluster(nodes: number): FakeCluster {
  const lab = new FakeCluster({
    kinds: workloadKinds,
    controllers: workloadControllers(() => undefined),
    derived: workloadDerived,
  })
  for (let i = 0; i < nodes; i++) addNode(lab, `node-${i}`)
  return lab
}

function addNode(lab: FakeCluster, name: string, taints: readonly Loose[] = []): void {
  const labels = { 'kubernetes.io/hostname': name }
  const made = create(lab.world, { apiVersion: 'v1', kind: 'Node', metadata: { name, labels }, spec: { taints } })
  lab.carryOut(made)
}

function manifest(spec: Loose = {}): Loose {
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'agent' },
    spec: {
      selector: { matchLabels: { app: 'agent' } },
      template: { metadata: { labels: { app: 'agent' } }, spec: { containers: [{ name: 'app', image: 'agent:1' }] } },
      ...spec,
    },
  }
}

function edit(lab: FakeCluster, kind: string, name: string, change: (object: Loose) => Loose): void {
  const found = get(lab.world, row(kind), 'default', name)
  if (!found.ok) throw new Error(found.status.message)
  lab.carryOut(replace(lab.world, row(kind), found.entity, change(found.object as unknown as Loose)))
}

test('every node gets one pod, new nodes too, tainted ones only if tolerated', () => {
  const lab = cluster(2)
  addNode(lab, 'special', [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }])
  addNode(lab, 'cordoned', [{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }])
  lab.create(manifest())
  lab.run(3000)
  expect(lab.all('Pod').map(nodeOf)).toEqual(['node-0', 'node-1', 'cordoned'])
  expect(lab.find('DaemonSet', 'agent')?.status).toMatchObject({
    desiredNumberScheduled: 3,
    numberReady: 3,
    updatedNumberScheduled: 3,
  })
  expect(lab.find('DaemonSet', 'agent')?.state).toBe('Complete')
  addNode(lab, 'late')
  lab.run(3000)
  expect(lab.all('Pod').map(nodeOf)).toContain('late')
})

test('a NoExecute taint takes its pod away', () => {
  const lab = cluster(2)
  lab.create(manifest())
  lab.run(3000)
  edit(lab, 'Node', 'node-0', (node) => ({
    ...node,
    spec: { ...(node.spec as Loose), taints: [{ key: 'out', effect: 'NoExecute' }] },
  }))
  lab.run(3000)
  expect(lab.all('Pod').map(nodeOf)).toEqual(['node-1'])
})

test('a rolling update replaces one pod after the other', () => {
  const lab = cluster(3)
  lab.create(manifest())
  lab.run(3000)
  edit(lab, 'DaemonSet', 'agent', (set) => ({
    ...set,
    spec: {
      ...(set.spec as Loose),
      template: {
        metadata: { labels: { app: 'agent' } },
        spec: { containers: [{ name: 'app', image: 'agent:2' }] },
      },
    },
  }))
  lab.run(100)
  expect(lab.all('Pod').filter((pod) => pod.state === 'Terminating')).toHaveLength(1)
  lab.run(10_000)
  expect(lab.all('Pod').map((pod) => objectsAt(pod.spec, 'containers')[0]?.image)).toEqual(Array(3).fill('agent:2'))
  expect(lab.find('DaemonSet', 'agent')?.state).toBe('Complete')
  expect(lab.all('ControllerRevision')).toHaveLength(2)
})
