import { expect, test } from 'vitest'
import { type Loose, objectsAt } from '../api/loose.ts'
import { resourceTable } from '../api/resourceTable.ts'
import { get } from '../apiserver/read.ts'
import { remove } from '../apiserver/remove.ts'
import { replace } from '../apiserver/update.ts'
import { FakeCluster } from '../fakeCluster.ts'
import { workloadControllers, workloadDerived, workloadKinds } from '../workloads.ts'
import { revisionsOf } from './controllerRevisions.ts'

const sets = resourceTable.find((row) => row.kind === 'StatefulSet')!

function cluster(): FakeCluster {
  return new FakeCluster({
    kinds: workloadKinds,
    controllers: workloadControllers(() => undefined),
    derived: workloadDerived,
  })
}

function manifest(image: string, spec: Loose = {}): Loose {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'db' },
    spec: {
      replicas: 3,
      serviceName: 'db',
      selector: { matchLabels: { app: 'db' } },
      template: { metadata: { labels: { app: 'db' } }, spec: { containers: [{ name: 'app', image }] } },
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      ],
      ...spec,
    },
  }
}

function edit(lab: FakeCluster, change: (spec: Loose) => Loose): void {
  const found = get(lab.world, sets, 'default', 'db')
  if (!found.ok) throw new Error(found.status.message)
  const object = found.object as unknown as Loose
  lab.carryOut(replace(lab.world, sets, found.entity, { ...object, spec: change(object.spec as Loose) }))
}

function withImage(image: string): (spec: Loose) => Loose {
  return (spec) => ({
    ...spec,
    template: { ...(spec.template as Loose), spec: { containers: [{ name: 'app', image }] } },
  })
}

const images = (lab: FakeCluster) =>
  lab
    .all('Pod')
    .map((pod) => `${pod.metadata.name} ${objectsAt(pod.spec, 'containers')[0]?.image}`)
    .sort()

test('pods start one after the other, each with its claim', () => {
  const lab = cluster()
  lab.create(manifest('pg:1'))
  lab.run(500)
  expect(lab.all('Pod').map((pod) => pod.metadata.name)).toEqual(['db-0'])
  lab.run(1000)
  expect(lab.all('Pod').map((pod) => pod.metadata.name)).toEqual(['db-0', 'db-1'])
  lab.run(5000)
  expect(lab.find('StatefulSet', 'db')?.state).toBe('Complete')
  expect(lab.all('PersistentVolumeClaim').map((claim) => claim.metadata.name)).toEqual([
    'data-db-0',
    'data-db-1',
    'data-db-2',
  ])
  const pod = lab.find('Pod', 'db-1')!
  expect(pod.spec).toMatchObject({ hostname: 'db-1', subdomain: 'db' })
  expect(pod.metadata.labels).toMatchObject({
    'apps.kubernetes.io/pod-index': '1',
    'statefulset.kubernetes.io/pod-name': 'db-1',
  })
  expect(lab.events('StatefulSet', 'db').slice(0, 2)).toEqual([
    'SuccessfulCreate: Create Claim data-db-0 Pod db-0 in StatefulSet db success',
    'SuccessfulCreate: Create Pod db-0 in StatefulSet db successful',
  ])
})

test('an update goes from the highest number down to the partition', () => {
  const lab = cluster()
  lab.create(manifest('pg:1', { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 1 } } }))
  lab.run(10_000)
  edit(lab, withImage('pg:2'))
  lab.run(1000)
  expect(images(lab)).toEqual(['db-0 pg:1', 'db-1 pg:1', 'db-2 pg:2'])
  lab.run(20_000)
  expect(images(lab)).toEqual(['db-0 pg:1', 'db-1 pg:2', 'db-2 pg:2'])
  expect(revisionsOf(lab.world, lab.find('StatefulSet', 'db')!).map(({ revision }) => revision)).toEqual([1, 2])
  edit(lab, (spec) => ({ ...spec, updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } } }))
  lab.run(20_000)
  const { status, state } = lab.find('StatefulSet', 'db')!
  expect(images(lab)).toEqual(['db-0 pg:2', 'db-1 pg:2', 'db-2 pg:2'])
  expect(state).toBe('Complete')
  expect(status?.currentRevision).toBe(status?.updateRevision)
})

test('scaling down goes from the highest number, and claims stay', () => {
  const lab = cluster()
  lab.create(manifest('pg:1', { podManagementPolicy: 'Parallel' }))
  lab.run(100)
  expect(lab.all('Pod')).toHaveLength(3)
  lab.run(5000)
  edit(lab, (spec) => ({ ...spec, replicas: 1 }))
  lab.run(5000)
  expect(lab.all('Pod').map((pod) => pod.metadata.name)).toEqual(['db-0'])
  expect(lab.all('PersistentVolumeClaim')).toHaveLength(3)
})

test('claims go with their set where the retention policy says so', () => {
  const lab = cluster()
  lab.create(
    manifest('pg:1', { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Retain' } }),
  )
  lab.run(10_000)
  expect(lab.all('PersistentVolumeClaim')).toHaveLength(3)
  lab.carryOut(remove(lab.world, sets, 'default', 'db', { propagationPolicy: 'Background' }))
  lab.run(5000)
  expect(lab.all('Pod')).toHaveLength(0)
  expect(lab.all('PersistentVolumeClaim')).toHaveLength(0)
})
