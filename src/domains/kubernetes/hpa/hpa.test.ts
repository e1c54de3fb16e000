import { expect, test } from 'vitest'
import { type Loose, objectsAt } from '../api/loose.ts'
import { resourceTable } from '../api/resourceTable.ts'
import { setScale } from '../apiserver/scale.ts'
import { deploymentManifest, FakeCluster } from '../fakeCluster.ts'
import type { ReadPodMetrics } from '../metrics/podMetrics.ts'
import { workloadControllers, workloadDerived, workloadKinds } from '../workloads.ts'

const deployments = resourceTable.find((row) => row.kind === 'Deployment')!

/** A load in millicores that all ready pods share. */
function cluster(load: { milli: number | undefined }): FakeCluster {
  const read: ReadPodMetrics = (world, id) => {
    if (load.milli === undefined || world.get(id)?.state !== 'Ready') return undefined
    const cpuMilli = Math.floor(load.milli / world.count('k8s.Pod', 'Ready'))
    return { cpuMilli, memoryBytes: 1_000_000, windowMs: 15_000, at: world.now }
  }
  return new FakeCluster({ kinds: workloadKinds, controllers: workloadControllers(read), derived: workloadDerived })
}

function start(load: { milli: number | undefined }, requests: Loose = { cpu: '100m' }, spec: Loose = {}): FakeCluster {
  const lab = cluster(load)
  const manifest = deploymentManifest('web', 'nginx:1', { replicas: 2 })
  const template = (manifest.spec as Loose).template as Loose
  template.spec = { containers: [{ name: 'app', image: 'nginx:1', resources: { requests } }] }
  lab.create(manifest)
  lab.create({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'web' },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      minReplicas: 2,
      maxReplicas: 10,
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } } },
      ],
      ...spec,
    },
  })
  return lab
}

const replicas = (lab: FakeCluster) => lab.find('Deployment', 'web')?.spec?.replicas
const reason = (lab: FakeCluster, type: string) =>
  objectsAt(lab.find('HorizontalPodAutoscaler', 'web')?.status, 'conditions').find((one) => one.type === type)?.reason

test('load grows the target, and its end shrinks it after five minutes', () => {
  const load = { milli: 100 }
  const lab = start(load)
  lab.run(400_000)
  expect(replicas(lab)).toBe(2)
  load.milli = 300
  lab.run(30_000)
  expect(replicas(lab)).toBe(6)
  const rescales = lab.events('HorizontalPodAutoscaler', 'web').filter((text) => text.startsWith('SuccessfulRescale'))
  expect(rescales[0]).toBe(
    'SuccessfulRescale: New size: 4; reason: cpu resource utilization (percentage of request) above target',
  )
})

test('shrinking waits for the stabilization window', () => {
  const load = { milli: 100 }
  const lab = start(load)
  lab.run(400_000)
  load.milli = 200
  lab.run(60_000)
  expect(replicas(lab)).toBe(4)
  load.milli = 100
  lab.run(200_000)
  expect(replicas(lab)).toBe(4)
  expect(reason(lab, 'AbleToScale')).toBe('ScaleDownStabilized')
  expect(
    lab.find('HorizontalPodAutoscaler', 'web')?.declined?.['horizontal-pod-autoscaler-controller']?.reason,
  ).toMatch(/recent recommendations hold it at 4/)
  lab.run(200_000)
  expect(replicas(lab)).toBe(2)
  expect(lab.events('HorizontalPodAutoscaler', 'web').at(-1)).toBe(
    'SuccessfulRescale: New size: 2; reason: All metrics below target',
  )
})

test('without metrics or requests it is blind and changes nothing', () => {
  const lab = start({ milli: undefined })
  lab.run(60_000)
  expect(lab.find('HorizontalPodAutoscaler', 'web')?.state).toBe('Blind')
  expect(reason(lab, 'ScalingActive')).toBe('FailedGetResourceMetric')
  expect(lab.events('HorizontalPodAutoscaler', 'web')[0]).toBe(
    'FailedGetResourceMetric: failed to get cpu utilization: unable to get metrics for resource cpu: no metrics returned from resource metrics API',
  )
  const bare = start({ milli: 500 }, { memory: '1Mi' })
  bare.run(400_000)
  expect(replicas(bare)).toBe(2)
  expect(bare.events('HorizontalPodAutoscaler', 'web').at(-1)).toMatch(
    /missing request for cpu in container app of Pod web-/,
  )
})

test('bounds hold, and a target at zero is left alone', () => {
  const lab = start({ milli: 5000 })
  lab.run(400_000)
  expect(replicas(lab)).toBe(10)
  expect(lab.find('HorizontalPodAutoscaler', 'web')?.state).toBe('Limited')
  expect(reason(lab, 'ScalingLimited')).toBe('TooManyReplicas')
  lab.carryOut(setScale(lab.world, deployments, 'default', 'web', 0))
  lab.run(60_000)
  expect(replicas(lab)).toBe(0)
  expect(reason(lab, 'ScalingActive')).toBe('ScalingDisabled')
})
