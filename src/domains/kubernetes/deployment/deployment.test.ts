import { expect, test } from 'vitest'
import type { Loose } from '../api/loose.ts'
import { resourceTable } from '../api/resourceTable.ts'
import { get } from '../apiserver/read.ts'
import { setScale } from '../apiserver/scale.ts'
import { replace } from '../apiserver/update.ts'
import { deploymentManifest, FakeCluster } from '../fakeCluster.ts'
import { workloadControllers, workloadDerived, workloadKinds } from '../workloads.ts'
import type { Deployment } from './deployment.ts'
import { history, undoRevision } from './revisions.ts'

const deployments = resourceTable.find((row) => row.kind === 'Deployment')!

function cluster(): FakeCluster {
  return new FakeCluster({
    kinds: workloadKinds,
    controllers: workloadControllers(() => undefined),
    derived: workloadDerived,
  })
}

function edit(lab: FakeCluster, name: string, change: (spec: Loose) => Loose): void {
  const found = get(lab.world, deployments, 'default', name)
  if (!found.ok) throw new Error(found.status.message)
  const object = found.object as unknown as Loose
  lab.carryOut(replace(lab.world, deployments, found.entity, { ...object, spec: change(object.spec as Loose) }))
}

function setImage(lab: FakeCluster, name: string, image: string): void {
  edit(lab, name, (spec) => ({
    ...spec,
    template: { ...(spec.template as Loose), spec: { containers: [{ name: 'app', image }] } },
  }))
}

function deployment(lab: FakeCluster, name = 'web'): Deployment {
  return lab.find('Deployment', name) as Deployment
}

function reason(lab: FakeCluster, type: string): string | undefined {
  return deployment(lab).status?.conditions?.find((one) => one.type === type)?.reason
}

test('a new Deployment grows its first ReplicaSet and is complete', () => {
  const lab = cluster()
  lab.create(deploymentManifest('web', 'nginx:1.25', { replicas: 3 }))
  lab.run(500)
  expect(deployment(lab).state).toBe('Progressing')
  expect(reason(lab, 'Available')).toBe('MinimumReplicasUnavailable')
  lab.run(5000)
  const { status, state, metadata } = deployment(lab)
  expect(state).toBe('Complete')
  expect(status).toMatchObject({
    replicas: 3,
    updatedReplicas: 3,
    readyReplicas: 3,
    availableReplicas: 3,
    observedGeneration: 1,
  })
  expect(metadata.annotations?.['deployment.kubernetes.io/revision']).toBe('1')
  expect(reason(lab, 'Progressing')).toBe('NewReplicaSetAvailable')
  const set = lab.all('ReplicaSet')[0]!
  expect(set.metadata.name).toMatch(/^web-[b-z2-9]{7,10}$/)
  expect(lab.events('Deployment', 'web')).toEqual([
    `ScalingReplicaSet: Scaled up replica set ${set.metadata.name} from 0 to 3`,
  ])
  expect(lab.all('Pod')).toHaveLength(3)
  expect(lab.all('Pod')[0]?.metadata.name).toMatch(new RegExp(`^${set.metadata.name}-[b-z2-9]{5}$`))
})

test('a rolling update goes in the steps of the real one', () => {
  const lab = cluster()
  lab.create(deploymentManifest('web', 'nginx:1.25', { replicas: 4 }))
  lab.run(5000)
  const old = lab.all('ReplicaSet')[0]!.metadata.name
  setImage(lab, 'web', 'nginx:1.26')
  lab.run(20_000)
  expect(deployment(lab).state).toBe('Complete')
  const next = lab.all('ReplicaSet').find((set) => set.metadata.name !== old)!.metadata.name
  expect(lab.events('Deployment', 'web').slice(1)).toEqual([
    `ScalingReplicaSet: Scaled up replica set ${next} from 0 to 1`,
    `ScalingReplicaSet: Scaled down replica set ${old} from 4 to 3`,
    `ScalingReplicaSet: Scaled up replica set ${next} from 1 to 2`,
    `ScalingReplicaSet: Scaled down replica set ${old} from 3 to 1`,
    `ScalingReplicaSet: Scaled up replica set ${next} from 2 to 4`,
    `ScalingReplicaSet: Scaled down replica set ${old} from 1 to 0`,
  ])
})

test('undo goes back to the old ReplicaSet under a new number', () => {
  const lab = cluster()
  lab.create(deploymentManifest('web', 'nginx:1.25', { replicas: 2 }))
  lab.run(5000)
  const first = lab.all('ReplicaSet')[0]!.metadata.name
  setImage(lab, 'web', 'nginx:1.26')
  lab.run(20_000)
  expect(history(lab.world, deployment(lab)).map(({ revision }) => revision)).toEqual([1, 2])
  const back = undoRevision(lab.world, deployment(lab))!
  expect(back.revision).toBe(1)
  edit(lab, 'web', (spec) => ({ ...spec, template: back.template }))
  lab.run(20_000)
  expect(lab.all('ReplicaSet')).toHaveLength(2)
  expect(history(lab.world, deployment(lab)).map(({ revision }) => revision)).toEqual([2, 3])
  const set = lab.find('ReplicaSet', first)!
  expect(set.spec?.replicas).toBe(2)
  expect(set.metadata.annotations?.['deployment.kubernetes.io/revision-history']).toBe('1')
})

test('a broken image leaves old pods alone and misses the deadline', () => {
  const lab = cluster()
  lab.create(deploymentManifest('web', 'nginx:1.25', { replicas: 4, progressDeadlineSeconds: 60 }))
  lab.run(5000)
  setImage(lab, 'web', 'broken:1')
  lab.run(30_000)
  expect(deployment(lab).state).toBe('Progressing')
  expect(deployment(lab).declined?.['deployment-controller']?.reason).toMatch(/waits for 2 pods of web-/)
  lab.run(60_000)
  expect(deployment(lab).state).toBe('Stalled')
  expect(reason(lab, 'Progressing')).toBe('ProgressDeadlineExceeded')
  expect(deployment(lab).status?.availableReplicas).toBe(3)
  setImage(lab, 'web', 'nginx:1.26')
  lab.run(30_000)
  expect(deployment(lab).state).toBe('Complete')
})

test('a paused Deployment scales but does not roll out', () => {
  const lab = cluster()
  lab.create(deploymentManifest('web', 'nginx:1.25', { replicas: 2 }))
  lab.run(5000)
  edit(lab, 'web', (spec) => ({ ...spec, paused: true }))
  setImage(lab, 'web', 'nginx:1.26')
  lab.run(5000)
  expect(deployment(lab).state).toBe('Paused')
  expect(lab.all('ReplicaSet')).toHaveLength(1)
  expect(deployment(lab).declined?.['deployment-controller']?.reason).toMatch(/paused/)
  lab.carryOut(setScale(lab.world, deployments, 'default', 'web', 5))
  lab.run(5000)
  expect(lab.all('Pod')).toHaveLength(5)
  edit(lab, 'web', (spec) => ({ ...spec, paused: false }))
  lab.run(30_000)
  expect(deployment(lab).state).toBe('Complete')
  expect(lab.all('ReplicaSet')).toHaveLength(2)
})

test('scaling in the middle of a rollout is shared by proportion', () => {
  const lab = cluster()
  lab.create(
    deploymentManifest('web', 'nginx:1.25', {
      replicas: 10,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 3, maxUnavailable: 2 } },
    }),
  )
  lab.run(5000)
  setImage(lab, 'web', 'broken:1')
  lab.run(5000)
  const sizes = () => lab.all('ReplicaSet').map((set) => set.spec?.replicas)
  expect(sizes()).toEqual([8, 5])
  lab.carryOut(setScale(lab.world, deployments, 'default', 'web', 15))
  lab.run(5000)
  expect(sizes()).toEqual([11, 7])
})

test('Recreate ends all old pods first', () => {
  const lab = cluster()
  lab.create(deploymentManifest('web', 'nginx:1.25', { replicas: 3, strategy: { type: 'Recreate' } }))
  lab.run(5000)
  setImage(lab, 'web', 'nginx:1.26')
  lab.run(200)
  expect(lab.all('ReplicaSet')).toHaveLength(1)
  expect(deployment(lab).declined?.['deployment-controller']?.reason).toMatch(/Recreate/)
  lab.run(10_000)
  expect(lab.all('ReplicaSet')).toHaveLength(2)
  expect(deployment(lab).state).toBe('Complete')
})

test('the history limit deletes old ReplicaSets', () => {
  const lab = cluster()
  lab.create(deploymentManifest('web', 'nginx:1', { replicas: 1, revisionHistoryLimit: 1 }))
  for (let i = 2; i < 6; i++) {
    lab.run(10_000)
    setImage(lab, 'web', `nginx:${i}`)
  }
  lab.run(10_000)
  expect(lab.all('ReplicaSet')).toHaveLength(2)
})

test('minReadySeconds delays every step', () => {
  const lab = cluster()
  lab.create(deploymentManifest('web', 'nginx:1.25', { replicas: 2, minReadySeconds: 30 }))
  lab.run(20_000)
  expect(deployment(lab).status).toMatchObject({ readyReplicas: 2, unavailableReplicas: 2 })
  expect(deployment(lab).state).toBe('Progressing')
  lab.run(12_000)
  expect(deployment(lab).status?.availableReplicas).toBe(2)
  expect(deployment(lab).state).toBe('Complete')
})

test('many passes change nothing once it is complete', () => {
  const lab = cluster()
  lab.create(deploymentManifest('web', 'nginx:1.25', { replicas: 3 }))
  lab.run(5000)
  const length = lab.simulation.journal.length
  lab.run(3_600_000)
  expect(lab.simulation.journal.length).toBe(length)
})
