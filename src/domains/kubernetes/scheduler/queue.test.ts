import { describe, expect, it } from 'vitest'
import type { Pod, PodSpec } from './objects.ts'
import { imageWithTag } from './podShape.ts'
import { defaultProfile } from './profile.ts'
import { backoffDuration, backoffEnds, byQueueOrder, isFlushDue, queueAfterEvent } from './queue.ts'
import { mayBecomeSchedulable, queueingHints } from './queueingHints.ts'
import { integerOf, isExtendedResource, isScalarResource, milliOf } from './resource.ts'

const pod = (name: string, spec: PodSpec = {}): Pod => ({ metadata: { name }, spec })
const queued = (name: string, priority: number, timestamp: number, attempts = 0) => ({
  pod: pod(name, { priority }),
  timestamp,
  attempts,
})

describe('the queue', () => {
  it('takes higher priority first, then the longer waiting', () => {
    const list = [queued('c', 0, 5), queued('a', 0, 9), queued('b', 7, 20), queued('d', 0, 5)]
    expect(list.sort(byQueueOrder).map((q) => q.pod.metadata.name)).toEqual(['b', 'c', 'd', 'a'])
  })

  it('backs off 1, 2, 4, 8, 10, 10 seconds', () => {
    expect([0, 1, 2, 3, 4, 5, 6].map(backoffDuration)).toEqual([0, 1000, 2000, 4000, 8000, 10_000, 10_000])
    expect(backoffEnds(queued('a', 0, 500, 2))).toBe(2500)
    expect(queueAfterEvent(queued('a', 0, 500, 2), 2499)).toBe('backoff')
    expect(queueAfterEvent(queued('a', 0, 500, 2), 2500)).toBe('active')
  })

  it('flushes what has waited more than five minutes', () => {
    expect(isFlushDue(queued('a', 0, 0), 300_000)).toBe(false)
    expect(isFlushDue(queued('a', 0, 0), 300_001)).toBe(true)
  })
})

describe('queueing hints', () => {
  it('know every plugin that filters', () => {
    expect(defaultProfile.filter(({ filter, name }) => filter && !queueingHints[name])).toEqual([])
  })

  it('wait for what can help', () => {
    const hungry = pod('p', { containers: [{ name: 'c', resources: { requests: { cpu: '2' } } }] })
    const node = (cpu: string) => ({ metadata: { name: 'n' }, status: { allocatable: { cpu, pods: '10' } } })
    expect(mayBecomeSchedulable(hungry, ['NodeResourcesFit'], 'NodeLabelsChanged')).toBe(false)
    expect(mayBecomeSchedulable(hungry, ['NodeResourcesFit'], 'PodDeleted')).toBe(true)
    expect(mayBecomeSchedulable(hungry, ['NodeResourcesFit'], 'NodeAdded', { node: node('1') })).toBe(false)
    expect(mayBecomeSchedulable(hungry, ['NodeResourcesFit'], 'NodeAdded', { node: node('2') })).toBe(true)
    expect(mayBecomeSchedulable(hungry, ['NodeAffinity', 'TaintToleration'], 'NodeTaintsChanged')).toBe(true)
    expect(mayBecomeSchedulable(hungry, [], 'PodAssigned')).toBe(true)
    const ports = (hostPort: number) => pod('q', { containers: [{ name: 'c', ports: [{ hostPort }] }] })
    expect(mayBecomeSchedulable(ports(80), ['NodePorts'], 'PodDeleted', { pod: ports(81) })).toBe(false)
    expect(mayBecomeSchedulable(ports(80), ['NodePorts'], 'PodDeleted', { pod: ports(80) })).toBe(true)
  })
})

describe('quantities', () => {
  it('are read in all their forms', () => {
    expect(['100m', '1', '0.5', '1.5', '2e3', '1k', '1n', 2].map(milliOf)).toEqual([
      100, 1000, 500, 1500, 2_000_000, 1_000_000, 1, 2000,
    ])
    expect(
      ['1Ki', '1.5Gi', '1M', '128974848', '129e6', '123Mi', '1E', '0.1', '-1500m', 'abc', ''].map(integerOf),
    ).toEqual([1024, 1_610_612_736, 1_000_000, 128_974_848, 129_000_000, 128_974_848, 1e18, 1, -2, 0, 0])
  })

  it('and resource names sorted into kinds', () => {
    expect(
      ['nvidia.com/gpu', 'foo.kubernetes.io/x', 'cpu', 'hugepages-2Mi', 'requests.a/b'].map(isExtendedResource),
    ).toEqual([true, false, false, false, false])
    expect(['nvidia.com/gpu', 'kubernetes.io/x', 'foo', 'hugepages-2Mi'].map(isScalarResource)).toEqual([
      true,
      true,
      false,
      true,
    ])
  })

  it('and images have a tag', () => {
    expect(['nginx', 'nginx:1', 'host:5000/nginx', 'host:5000/nginx:1'].map(imageWithTag)).toEqual([
      'nginx:latest',
      'nginx:1',
      'host:5000/nginx:latest',
      'host:5000/nginx:1',
    ])
  })
})
