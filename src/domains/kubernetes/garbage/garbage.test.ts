import { expect, test } from 'vitest'
import { resourceTable } from '../api/resourceTable.ts'
import { create } from '../apiserver/create.ts'
import { evict } from '../apiserver/evict.ts'
import { remove } from '../apiserver/remove.ts'
import { deploymentManifest, FakeCluster } from '../fakeCluster.ts'
import { workloadControllers, workloadDerived, workloadKinds } from '../workloads.ts'

const row = (kind: string) => resourceTable.find((one) => one.kind === kind)!

function cluster(): FakeCluster {
  return new FakeCluster({
    kinds: workloadKinds,
    controllers: workloadControllers(() => undefined),
    derived: workloadDerived,
  })
}

function withDeployment(): FakeCluster {
  const lab = cluster()
  lab.create(deploymentManifest('web', 'nginx:1', { replicas: 3 }))
  lab.run(5000)
  return lab
}

test('in the background the owner goes first', () => {
  const lab = withDeployment()
  lab.carryOut(remove(lab.world, row('Deployment'), 'default', 'web', { propagationPolicy: 'Background' }))
  expect(lab.all('Deployment')).toHaveLength(0)
  lab.run(20)
  expect(lab.all('ReplicaSet')).toHaveLength(0)
  lab.run(2000)
  expect(lab.all('Pod')).toHaveLength(0)
})

test('in the foreground the owner goes last', () => {
  const lab = withDeployment()
  lab.carryOut(remove(lab.world, row('Deployment'), 'default', 'web', { propagationPolicy: 'Foreground' }))
  lab.run(100)
  expect(lab.find('Deployment', 'web')?.state).toBe('Terminating')
  expect(lab.find('Deployment', 'web')?.metadata.finalizers).toEqual(['foregroundDeletion'])
  lab.run(5000)
  expect([lab.all('Deployment').length, lab.all('ReplicaSet').length, lab.all('Pod').length]).toEqual([0, 0, 0])
})

test('orphans stay, and a new Deployment adopts them', () => {
  const lab = withDeployment()
  lab.carryOut(remove(lab.world, row('Deployment'), 'default', 'web', { propagationPolicy: 'Orphan' }))
  lab.run(1000)
  expect(lab.all('Deployment')).toHaveLength(0)
  expect(lab.all('Pod')).toHaveLength(3)
  const set = lab.all('ReplicaSet')[0]!
  expect(set.metadata.ownerReferences).toBeUndefined()
  lab.create(deploymentManifest('web', 'nginx:1', { replicas: 3 }))
  lab.run(2000)
  expect(lab.all('ReplicaSet').map(({ id }) => id)).toEqual([set.id])
  expect(lab.find('Deployment', 'web')?.state).toBe('Complete')
})

test('a namespace empties before it goes', () => {
  const lab = cluster()
  lab.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } })
  lab.run(100)
  expect(lab.find('ServiceAccount', 'default', 'shop')).toBeDefined()
  expect(lab.find('ConfigMap', 'kube-root-ca.crt', 'shop')).toBeDefined()
  lab.create({ ...deploymentManifest('web', 'nginx:1', { replicas: 2 }), metadata: { name: 'web', namespace: 'shop' } })
  lab.run(3000)
  lab.carryOut(remove(lab.world, row('Namespace'), undefined, 'shop'))
  lab.run(100)
  const namespace = lab.all('Namespace').find(({ metadata }) => metadata.name === 'shop')!
  expect(namespace.status?.phase).toBe('Terminating')
  const refused = create(lab.world, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'shop' } })
  expect(refused.ok ? '' : refused.status.message).toBe(
    'configmaps "a" is forbidden: unable to create new content in namespace shop because it is being terminated',
  )
  lab.run(5000)
  expect(lab.all('Namespace').map(({ metadata }) => metadata.name)).toEqual(['default', 'kube-system'])
  expect(lab.all('Pod')).toHaveLength(0)
})

test('a budget refuses an eviction that it cannot spare', () => {
  const lab = withDeployment()
  lab.create({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'web' },
    spec: { minAvailable: 2, selector: { matchLabels: { app: 'web' } } },
  })
  lab.run(100)
  expect(lab.find('PodDisruptionBudget', 'web')?.status).toMatchObject({ disruptionsAllowed: 1, expectedPods: 3 })
  const [first, second] = lab.all('Pod')
  lab.carryOut(evict(lab.world, 'default', first!.metadata.name))
  const refused = evict(lab.world, 'default', second!.metadata.name)
  expect(refused.ok).toBe(false)
  if (refused.ok) return
  expect(refused.status).toMatchObject({
    code: 429,
    message: "Cannot evict pod as it would violate the pod's disruption budget.",
    details: { causes: [{ message: 'The disruption budget web needs 2 healthy pods and has 2 currently' }] },
  })
})

test('a quota shows as FailedCreate on the ReplicaSet, with ever longer waits', () => {
  const lab = cluster()
  lab.create({ apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'few' }, spec: { hard: { pods: '2' } } })
  lab.create(deploymentManifest('web', 'nginx:1', { replicas: 5 }))
  lab.run(3000)
  expect(lab.all('Pod')).toHaveLength(2)
  const set = lab.all('ReplicaSet')[0]!
  expect(set.state).toBe('Blocked')
  expect(lab.events('ReplicaSet', set.metadata.name).filter((text) => text.startsWith('FailedCreate'))[0]).toMatch(
    /^FailedCreate: Error creating: pods "web-[a-z0-9]+-[a-z0-9]{5}" is forbidden: exceeded quota: few, requested: pods=1, used: pods=2, limited: pods=2$/,
  )
  const conditions = lab.find('Deployment', 'web')?.status?.conditions as readonly { type: string; reason: string }[]
  expect(conditions.find(({ type }) => type === 'ReplicaFailure')?.reason).toBe('FailedCreate')
  expect(lab.find('ResourceQuota', 'few')?.status?.used).toEqual({ pods: '2' })
  const length = lab.simulation.journal.length
  lab.run(60_000)
  expect(lab.simulation.journal.length - length).toBeLessThan(40)
})
