import { expect, test } from 'vitest'
import cases from './cases/k8s.kubectl.podStatus.json'
import { podStatus } from './podStatus.rule.ts'

test.each(cases)('$id answers like Kubernetes', ({ input, expect: wanted }) => {
  expect(podStatus.vector?.(input as never)).toMatchObject(wanted)
})

test('own words: a failed container is not hidden by one that completed', () => {
  const container = (reason: string, exitCode: number) => ({
    name: reason,
    state: { terminated: { reason, exitCode } },
  })
  const pod = {
    spec: { containers: [{}, {}] },
    status: { phase: 'Failed', containerStatuses: [container('Completed', 0), container('Error', 1)] },
  }
  expect(podStatus.decide({ pod, now: 0 })).toEqual({ ready: '0/2', status: 'Error', restarts: '0' })
})
