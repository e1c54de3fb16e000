import { expect, test } from 'vitest'
import { digest } from '../../../kernel/index.ts'
import { deploymentManifest, FakeCluster } from '../fakeCluster.ts'
import { looseDependents } from '../garbage/dependents.ts'
import { workloadControllers, workloadDerived, workloadKinds } from '../workloads.ts'
import { orphans } from './orphans.ts'
import { podTally } from './podTally.ts'

function busyCluster(): FakeCluster {
  const lab = new FakeCluster({
    kinds: workloadKinds,
    controllers: workloadControllers(() => undefined),
    derived: workloadDerived,
  })
  lab.create(deploymentManifest('web', 'nginx:1', { replicas: 8 }))
  lab.create(deploymentManifest('bad', 'broken:1', { replicas: 3 }))
  lab.run(3000)
  lab.create({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'alone', labels: { app: 'alone' } },
    spec: { containers: [{ name: 'app', image: 'nginx:1' }] },
  })
  lab.give(
    ...lab
      .all('Pod')
      .slice(0, 3)
      .map((pod) => ({ to: pod.id, type: 'Failed', data: { status: { phase: 'Failed' } } })),
  )
  return lab
}

test('W2: tallies and indexes equal a full count', () => {
  const lab = busyCluster()
  for (let step = 0; step < 20; step++) {
    lab.run(137)
    for (const derived of [podTally, orphans, looseDependents] as const) {
      const fresh = derived.create() as never
      for (const kind of derived.kinds) for (const entity of lab.world.all(kind)) derived.add(fresh, entity)
      expect(lab.world.derived(derived as never)).toEqual(fresh)
    }
  }
})

test('R2: what follows a checkpoint is the same however often it is run', () => {
  const lab = busyCluster()
  const saved = lab.simulation.checkpoint()
  lab.run(60_000)
  const once = digest(lab.simulation.journal)
  lab.simulation.restore(saved)
  lab.run(60_000)
  expect(digest(lab.simulation.journal)).toBe(once)
})

test('a pod whose label is taken away is let go and replaced, and one that fits is adopted', () => {
  const lab = busyCluster()
  lab.run(3000)
  const set = lab.all('ReplicaSet').find((one) => one.metadata.labels?.app === 'web')!
  const mine = () => lab.all('Pod').filter((pod) => pod.owner === set.id && pod.state === 'Ready')
  const pod = mine()[0]!
  const { labels } = pod.metadata
  lab.give({
    to: pod.id,
    type: 'Updated',
    data: { metadata: { ...pod.metadata, labels: { ...labels, app: 'debug' } } },
  })
  lab.run(3000)
  expect(lab.world.get(pod.id)?.owner).toBeUndefined()
  expect(mine()).toHaveLength(8)
  const free = lab.find('Pod', pod.metadata.name)!
  lab.give({ to: pod.id, type: 'Updated', data: { metadata: { ...free.metadata, labels: labels ?? {} } } })
  lab.run(3000)
  expect(mine()).toHaveLength(8)
  expect(
    lab
      .all('Pod')
      .filter((one) => one.owner === undefined)
      .map(({ metadata }) => metadata.name),
  ).toEqual(['alone'])
})
