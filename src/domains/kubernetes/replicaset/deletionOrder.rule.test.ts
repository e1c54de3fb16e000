import { expect, test } from 'vitest'
import cases from './cases/k8s.replicaset.deletionOrder.json'
import { deletionOrder } from './deletionOrder.rule.ts'

test.each(cases)('$id answers like Kubernetes', ({ input, expect: wanted }) => {
  expect(deletionOrder.vector?.(input as never)).toMatchObject(wanted)
})

test('own words: returns the given pods themselves, ties in given order, and leaves the input alone', () => {
  const pod = { nodeName: 'n', phase: 'Running', ready: true, readySince: 0, createdAt: 0 }
  const pods = Object.freeze([
    { ...pod, name: 'old', uid: '1' },
    { ...pod, name: 'new', uid: '2', readySince: 90_000, createdAt: 90_000 },
    { ...pod, name: 'pending', uid: '3', phase: 'Pending', ready: false, nodeName: '' },
  ])
  expect(deletionOrder.decide({ pods, now: 100_000 }).map(({ name }) => name)).toEqual(['pending', 'new', 'old'])
  expect(deletionOrder.decide({ pods, now: 100_000 })[2]).toBe(pods[0])
})
