import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../kernel/index.ts'
import { FakeCluster } from '../fakeCluster.ts'
import { find } from '../object/object.ts'
import { objectKind } from '../object/objectKind.ts'
import { persistentVolumeController, podsByClaim } from './persistentVolume.controller.ts'

function cluster(storageClass: JsonObject): FakeCluster {
  const fake = new FakeCluster({
    kinds: ['Namespace', 'ServiceAccount', 'PersistentVolume'].map((kind) => objectKind(kind)),
    controllers: [persistentVolumeController],
    derived: [podsByClaim as never],
  })
  fake.create({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'disk' }, ...storageClass })
  return fake
}

const claim = (storageClassName: string, extra: JsonObject = {}): JsonObject => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'data', namespace: 'default' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '2Gi' } }, storageClassName, ...extra },
})

const volume = (name: string, storage: string): JsonObject => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name },
  spec: {
    accessModes: ['ReadWriteOnce'],
    capacity: { storage },
    hostPath: { path: '/mnt' },
    persistentVolumeReclaimPolicy: 'Retain',
    storageClassName: 'manual',
  },
})

describe('persistent volumes', () => {
  it('binds a claim to the smallest volume that is large enough, and leaves it Released', () => {
    const fake = cluster({ provisioner: 'kubernetes.io/no-provisioner' })
    for (const [name, size] of [
      ['small', '1Gi'],
      ['large', '10Gi'],
      ['right', '3Gi'],
    ] as const)
      fake.create(volume(name, size))
    fake.create(claim('manual'))
    fake.run(1000)
    const bound = find(fake.world, 'PersistentVolumeClaim', 'default', 'data')
    expect(bound?.spec?.volumeName).toBe('right')
    expect(bound?.status).toMatchObject({ phase: 'Bound', capacity: { storage: '3Gi' } })
    expect(find(fake.world, 'PersistentVolume', undefined, 'small')?.status?.phase).toBe('Available')
    fake.give({ to: bound?.id ?? '', type: 'Removed' })
    fake.run(1000)
    expect(find(fake.world, 'PersistentVolume', undefined, 'right')?.status?.phase).toBe('Released')
  })

  it('has a volume made at once, and deletes it with its claim', () => {
    const fake = cluster({ provisioner: 'orrery.local/disk', volumeBindingMode: 'Immediate', reclaimPolicy: 'Delete' })
    fake.create(claim('disk'))
    fake.run(5000)
    const bound = find(fake.world, 'PersistentVolumeClaim', 'default', 'data')
    expect(bound?.status?.phase).toBe('Bound')
    expect(fake.world.count('k8s.PersistentVolume')).toBe(1)
    fake.give({ to: bound?.id ?? '', type: 'Removed' })
    fake.run(1000)
    expect(fake.world.count('k8s.PersistentVolume')).toBe(0)
  })

  it('waits for a pod that uses the claim, and for a provisioner that is not there', () => {
    const fake = cluster({ provisioner: 'orrery.local/disk', volumeBindingMode: 'WaitForFirstConsumer' })
    fake.create(claim('disk'))
    fake.run(5000)
    const waiting = find(fake.world, 'PersistentVolumeClaim', 'default', 'data')
    expect(waiting?.status?.phase).toBe('Pending')
    expect(Object.values(waiting?.declined ?? {})[0]?.reason).toBe(
      'waiting for first consumer to be created before binding',
    )
    const other = cluster({ provisioner: 'ebs.csi.aws.com', volumeBindingMode: 'Immediate' })
    other.create(claim('disk'))
    other.run(5000)
    const declined = find(other.world, 'PersistentVolumeClaim', 'default', 'data')?.declined ?? {}
    expect(Object.values(declined)[0]?.reason).toContain("external provisioner 'ebs.csi.aws.com'")
  })
})
