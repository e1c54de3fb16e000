import { expect, test } from 'vitest'
import cases from './cases/k8s.job.status.json'
import { jobStatus } from './status.rule.ts'

test.each(cases)('$id answers like Kubernetes', ({ input, expect: wanted }) => {
  expect(jobStatus.vector?.(input as never)).toMatchObject(wanted)
})

const job = {
  parallelism: 2,
  completions: 4,
  backoffLimit: 6,
  active: [],
  succeeded: [],
  failed: [],
  terminating: [],
  counted: { succeeded: 0, failed: 0 },
  conditions: [],
}

test('own words: waits for its retry delay, and replaces terminating pods only when they have failed if told so', () => {
  const pod = { index: null }
  expect(jobStatus.decide({ ...job, failed: [pod], inBackoff: true })).toMatchObject({
    creations: 0,
    status: { failed: 1 },
  })
  expect(jobStatus.decide({ ...job, terminating: [pod] })).toMatchObject({ creations: 2, status: { failed: 1 } })
  expect(jobStatus.decide({ ...job, terminating: [pod], podReplacementPolicy: 'Failed' })).toMatchObject({
    creations: 1,
    status: { failed: 0, terminating: 1 },
  })
})

test('own words: suspending deletes the active pods, resuming says so', () => {
  const active = [{ index: null, ready: true, name: 'a' }]
  const suspended = jobStatus.decide({ ...job, active, suspend: true })
  expect(suspended.deletions).toEqual(active)
  expect(suspended.conditions).toMatchObject([{ type: 'Suspended', status: 'True', reason: 'JobSuspended' }])
  const resumed = jobStatus.decide({ ...job, conditions: suspended.conditions })
  expect(resumed.conditions).toMatchObject([{ type: 'Suspended', status: 'False', reason: 'JobResumed' }])
})
