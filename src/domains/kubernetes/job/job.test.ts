import { expect, test } from 'vitest'
import type { Loose } from '../api/loose.ts'
import { resourceTable } from '../api/resourceTable.ts'
import { get } from '../apiserver/read.ts'
import { replace } from '../apiserver/update.ts'
import { FakeCluster } from '../fakeCluster.ts'
import { workloadControllers, workloadDerived, workloadKinds } from '../workloads.ts'
import type { Job } from './job.ts'

const jobs = resourceTable.find((row) => row.kind === 'Job')!

function cluster(): FakeCluster {
  return new FakeCluster({
    kinds: workloadKinds,
    controllers: workloadControllers(() => undefined),
    derived: workloadDerived,
  })
}

function manifest(image: string, spec: Loose = {}): Loose {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'pi' },
    spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'app', image }] } }, ...spec },
  }
}

function job(lab: FakeCluster): Job {
  return lab.find('Job', 'pi') as Job
}

test('a Job runs its completions, parallelism at a time', () => {
  const lab = cluster()
  lab.create(manifest('job-ok', { completions: 3, parallelism: 2 }))
  lab.run(100)
  expect(lab.all('Pod')).toHaveLength(2)
  expect(lab.all('Pod')[0]?.metadata.finalizers).toEqual(['batch.kubernetes.io/job-tracking'])
  lab.run(10_000)
  expect(job(lab).state).toBe('Complete')
  expect(job(lab).status).toMatchObject({ succeeded: 3, ready: 0, terminating: 0 })
  expect((job(lab).status?.conditions ?? []).map((one) => `${one.type} ${one.reason}`)).toEqual([
    'SuccessCriteriaMet CompletionsReached',
    'Complete CompletionsReached',
  ])
  expect(lab.all('Pod')).toHaveLength(3)
  expect(lab.all('Pod').some((pod) => pod.metadata.finalizers)).toBe(false)
  expect(lab.events('Job', 'pi').at(-1)).toBe('Completed: Job completed')
})

test('failures are retried after 10 s, 20 s and so on, until the limit', () => {
  const lab = cluster()
  lab.create(manifest('job-fail', { backoffLimit: 2 }))
  lab.run(5000)
  expect(job(lab).status?.failed).toBe(1)
  expect(job(lab).declined?.['job-controller']?.reason).toMatch(/tries again/)
  const starts = () => lab.all('Pod').map((pod) => pod.metadata.creationTimestamp.slice(14, 19))
  lab.run(120_000)
  expect(starts()).toEqual(['00:00', '00:12', '00:34'])
  expect(job(lab).state).toBe('Failed')
  expect(job(lab).status?.failed).toBe(3)
  expect(lab.events('Job', 'pi').at(-1)).toBe('BackoffLimitExceeded: Job has reached the specified backoff limit')
})

test('an Indexed Job gives every pod its number', () => {
  const lab = cluster()
  lab.create(manifest('job-ok', { completions: 3, parallelism: 3, completionMode: 'Indexed' }))
  lab.run(100)
  const pods = lab.all('Pod')
  expect(pods.map((pod) => pod.metadata.name.replace(/-[^-]+$/, ''))).toEqual(['pi-0', 'pi-1', 'pi-2'])
  expect(pods[1]?.spec?.hostname).toBe('pi-1')
  lab.run(10_000)
  expect(job(lab).status?.completedIndexes).toBe('0-2')
})

test('a deadline ends it, and a time to live removes it with its pods', () => {
  const lab = cluster()
  lab.create(manifest('broken', { activeDeadlineSeconds: 5, ttlSecondsAfterFinished: 60 }))
  lab.run(10_000)
  expect(job(lab).state).toBe('Failed')
  expect(job(lab).status?.conditions?.at(-1)).toMatchObject({ type: 'Failed', reason: 'DeadlineExceeded' })
  expect(lab.all('Pod')).toHaveLength(0)
  lab.run(61_000)
  expect(lab.find('Job', 'pi')).toBeUndefined()
})

test('suspending deletes running pods without counting them', () => {
  const lab = cluster()
  lab.create(manifest('job-ok', { completions: 2, parallelism: 2 }))
  lab.run(800)
  const suspend = (value: boolean) => {
    const found = get(lab.world, jobs, 'default', 'pi')
    if (!found.ok) throw new Error(found.status.message)
    const object = found.object as unknown as Loose
    lab.carryOut(
      replace(lab.world, jobs, found.entity, { ...object, spec: { ...(object.spec as Loose), suspend: value } }),
    )
  }
  suspend(true)
  lab.run(1000)
  expect(job(lab).state).toBe('Suspended')
  expect(lab.all('Pod')).toHaveLength(0)
  expect(job(lab).status?.failed).toBeUndefined()
  suspend(false)
  lab.run(10_000)
  expect(job(lab).state).toBe('Complete')
})

test('a CronJob starts a Job at its time and keeps a short history', () => {
  const lab = cluster()
  lab.create({
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'tick' },
    spec: {
      schedule: '*/1 * * * *',
      jobTemplate: {
        spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'app', image: 'job-ok' }] } } },
      },
    },
  })
  lab.run(60_050)
  expect(lab.all('Job')).toHaveLength(0)
  lab.run(1000)
  expect(lab.all('Job').map((one) => one.metadata.name)).toEqual(['tick-29453761'])
  expect(lab.find('CronJob', 'tick')?.state).toBe('Active')
  lab.run(600_000)
  expect(lab.find('CronJob', 'tick')?.status?.lastScheduleTime).toBe('2026-01-01T00:11:00Z')
  expect(lab.all('Job').length).toBeLessThanOrEqual(4)
  expect(lab.all('Pod').length).toBeLessThanOrEqual(4)
})
