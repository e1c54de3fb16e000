import { expect, test } from 'vitest'
import { kubeletBackoff } from './backoff.rule.ts'
import cases from './cases/k8s.kubelet.backoff.json'

test.each(cases)('$id answers like Kubernetes', ({ input, expect: wanted }) => {
  expect(kubeletBackoff.vector?.(input as never)).toMatchObject(wanted)
})

test('own words: the first end waits for nothing, the second 10 s, and a run of over 600 s starts anew', () => {
  const first = kubeletBackoff.decide({ entry: undefined, finishedAt: 0 })
  expect(first).toEqual({ wait: 0, entry: { backoff: 10_000, lastUpdate: 0 } })
  const second = kubeletBackoff.decide({ entry: first.entry, finishedAt: 1000 })
  expect(second).toEqual({ wait: 10_000, entry: { backoff: 20_000, lastUpdate: 11_000 } })
  expect(kubeletBackoff.decide({ entry: second.entry, finishedAt: 611_001 }).wait).toBe(0)
})
