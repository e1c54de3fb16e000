import { expect, test } from 'vitest'
import cases from './cases/k8s.replicaset.deletionOrder.json'
import { deletionCandidate, deletionOrder } from './deletionOrder.rule.ts'

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

test('own words: reads a pod object', () => {
  const pod = {
    metadata: {
      name: 'web',
      uid: 'u',
      creationTimestamp: '1970-01-01T00:00:01Z',
      annotations: { 'controller.kubernetes.io/pod-deletion-cost': '-7' },
    },
    spec: { nodeName: 'n', initContainers: [{ name: 'side', restartPolicy: 'Always' }, { name: 'init' }] },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: '1970-01-01T00:00:02Z' }],
      containerStatuses: [{ restartCount: 1 }, { restartCount: 4 }],
      initContainerStatuses: [
        { name: 'side', restartCount: 2 },
        { name: 'init', restartCount: 9 },
      ],
    },
  }
  expect(deletionCandidate(pod, 3)).toEqual({
    pod,
    name: 'web',
    uid: 'u',
    nodeName: 'n',
    phase: 'Running',
    ready: true,
    readySince: 2000,
    restarts: 4,
    sidecarRestarts: 2,
    createdAt: 1000,
    deletionCost: -7,
    rank: 3,
  })
})
