import { describe, expect, it } from 'vitest'
import { crashMachine, cutOffMachine, stopComponent } from './faults.ts'
import { NodeLab } from './nodeLab.ts'
import type { NodeSpec } from './nodeObject.ts'

const tolerations = ['not-ready', 'unreachable'].map((key) => ({
  key: `node.kubernetes.io/${key}`,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: 300,
}))
const web = { containers: [{ name: 'main', image: 'nginx:1.27' }], tolerations }
const taints = (lab: NodeLab, node = 'node-a') =>
  ((lab.entity(`k8s.Node/${node}`).spec as NodeSpec).taints ?? []).map(({ key, effect }) => `${key}:${effect}`)

describe('a node', () => {
  it('registers as real ones do', () => {
    const lab = new NodeLab([{ name: 'node-a', zone: 'eu-west-1b', cpuMilli: 4000 }])
    expect(lab.entity('k8s.Node/node-a')).toMatchObject({
      state: 'Ready',
      metadata: {
        labels: {
          'kubernetes.io/hostname': 'node-a',
          'topology.kubernetes.io/zone': 'eu-west-1b',
          'topology.kubernetes.io/region': 'eu-west-1',
        },
      },
      spec: { podCIDR: '10.244.1.0/24' },
      status: { capacity: { cpu: '4', pods: '110' }, nodeInfo: { kubeletVersion: 'v1.35.0' } },
    })
    expect(lab.told('k8s.Node/node-a')).toContain('Normal NodeReady Node node-a status is now: NodeReady')
  })
  it('costs nothing while it beats', () => {
    const lab = new NodeLab()
    const before = lab.simulation.journal.length
    lab.run(3_600_000)
    expect(lab.simulation.journal.length).toBe(before)
  })
  it('is given up after the grace period, and its pods five minutes later', () => {
    const lab = new NodeLab(['node-a', 'node-b'])
    const id = lab.pod('web', web)
    lab.run(10_000)
    lab.emit(crashMachine('node-a'))
    lab.run(39_000)
    expect(lab.entity('k8s.Node/node-a').state).toBe('Silent')
    lab.run(12_000)
    expect(lab.entity('k8s.Node/node-a').state).toBe('Unknown')
    expect(lab.entity('k8s.Node/node-a').status?.conditions).toContainEqual(
      expect.objectContaining({
        type: 'Ready',
        status: 'Unknown',
        reason: 'NodeStatusUnknown',
        message: 'Kubelet stopped posting node status.',
      }),
    )
    expect(taints(lab)).toEqual([
      'node.kubernetes.io/unreachable:NoSchedule',
      'node.kubernetes.io/unreachable:NoExecute',
    ])
    expect(lab.entity(id).state).toBe('Running')
    expect(lab.told(id).at(-1)).toBe('Warning NodeNotReady Node is not ready')
    lab.run(285_000)
    expect(lab.entity(id).state).toBe('Running')
    lab.run(20_000)
    expect(lab.entity(id).state).toBe('Terminating')
    expect(lab.told(id).at(-1)).toBe('Normal TaintManagerEviction Marking for deletion Pod default/web')
    lab.run(600_000)
    expect(lab.entity(id).state).toBe('Terminating')
    lab.emit([{ to: 'k8s.Machine/node-a', type: 'Booted' }])
    lab.run(40_000)
    expect(lab.world.get(id)).toBeUndefined()
    expect(lab.world.count('k8s.Container')).toBe(0)
    expect(lab.entity('k8s.Node/node-a').state).toBe('Ready')
    expect(taints(lab)).toEqual([])
  })
  it('keeps its pods running behind a cut, and reports again', () => {
    const lab = new NodeLab(['node-a', 'node-b'])
    const id = lab.pod('web', web)
    lab.run(10_000)
    lab.emit(cutOffMachine('node-a', 120_000))
    lab.run(100_000)
    expect(lab.entity(id).state).toBe('Running')
    expect(lab.world.get('k8s.Container/default/web/main')?.state).toBe('Running')
    lab.run(25_000)
    expect(lab.entity('k8s.Node/node-a').state).toBe('Ready')
    expect(lab.entity(id).state).toBe('Ready')
    lab.run(400_000)
    expect(lab.entity(id).state).toBe('Ready')
  })
  it('restarts containers after a quick reboot', () => {
    const lab = new NodeLab()
    const id = lab.pod('web', web)
    lab.run(10_000)
    lab.emit(crashMachine('node-a', 5000))
    lab.run(60_000)
    expect(lab.entity(id).state).toBe('Ready')
    expect(lab.entity(id).status?.containerStatuses).toMatchObject([{ restartCount: 1 }])
  })
  it('evicts nobody when every zone is lost', () => {
    const lab = new NodeLab(['node-a', 'node-b'])
    const id = lab.pod('web', web)
    lab.run(10_000)
    lab.emit([...cutOffMachine('node-a'), ...cutOffMachine('node-b')])
    lab.run(900_000)
    expect(taints(lab).filter((taint) => taint.endsWith('NoExecute')).length).toBeLessThan(2)
    expect(lab.entity('k8s.Node/node-b').state).toBe('Unknown')
    expect(id).toBeDefined()
  })
  it('is tainted while it is cordoned', () => {
    const lab = new NodeLab()
    const node = lab.entity('k8s.Node/node-a')
    lab.emit([{ to: node.id, type: 'Updated', data: { spec: { ...node.spec, unschedulable: true } } }])
    lab.run(100)
    expect(taints(lab)).toEqual(['node.kubernetes.io/unschedulable:NoSchedule'])
  })
  it('is not ready when its runtime is down', () => {
    const lab = new NodeLab()
    lab.emit(stopComponent('containerd', 'node-a', 60_000))
    lab.run(40_000)
    expect(lab.entity('k8s.Node/node-a').state).toBe('NotReady')
    expect(taints(lab)[0]).toBe('node.kubernetes.io/not-ready:NoSchedule')
    lab.run(30_000)
    expect(lab.entity('k8s.Node/node-a').state).toBe('Ready')
  })
  it('gives up the greediest pod when its memory runs short', () => {
    const lab = new NodeLab([{ name: 'node-a', memoryBytes: 1024 ** 3 }])
    const small = lab.pod('small', { containers: [{ name: 'main', image: 'nginx:1.27' }] })
    const args = ['--vm', '1', '--vm-bytes', '600M', '--vm-hang', '1']
    const greedy = lab.pod('greedy', {
      containers: [{ name: 'main', image: 'polinux/stress', command: ['stress'], args }],
    })
    lab.run(40_000)
    expect(lab.entity(greedy)).toMatchObject({ state: 'Failed', status: { phase: 'Failed', reason: 'Evicted' } })
    expect(lab.entity(small).state).toBe('Ready')
    expect(lab.told('k8s.Node/node-a')).toContain('Warning EvictionThresholdMet Attempting to reclaim memory')
    expect(taints(lab)).toEqual(['node.kubernetes.io/memory-pressure:NoSchedule'])
    lab.run(400_000)
    expect(taints(lab)).toEqual([])
    expect(lab.world.get('k8s.Container/default/greedy/main')?.state).toBe('Terminated')
  })
  it('is silent when its kubelet is stopped, while its containers run on', () => {
    const lab = new NodeLab(['node-a', 'node-b'])
    const id = lab.pod('web', web)
    lab.run(10_000)
    lab.emit(stopComponent('kubelet', 'node-a', 100_000))
    lab.run(60_000)
    expect(lab.entity('k8s.Node/node-a').state).toBe('Unknown')
    expect(lab.world.get('k8s.Container/default/web/main')?.state).toBe('Running')
    lab.run(60_000)
    expect(lab.entity(id).state).toBe('Ready')
  })
  it('cleans up after a pod that was replaced under its name while the node was cut off', () => {
    const lab = new NodeLab(['node-a', 'node-b'])
    const id = lab.pod('db', web)
    lab.run(10_000)
    lab.emit(cutOffMachine('node-a'))
    lab.run(5000)
    lab.emit([{ to: id, type: 'Removed', data: {} }])
    lab.run(100)
    lab.pod('db', web, 'node-b')
    lab.run(10_000)
    expect(lab.entity(id).state).toBe('Ready')
    const nodes = (lab.world.ownedBy(id) as readonly { node?: string }[]).map(({ node }) => node)
    expect(nodes).toEqual(['node-a', 'node-b'])
    lab.emit([{ to: 'k8s.Machine/node-a', type: 'Rejoined' }])
    lab.run(10_000)
    expect((lab.world.ownedBy(id) as readonly { node?: string }[]).map(({ node }) => node)).toEqual(['node-b'])
    expect(lab.entity(id).state).toBe('Ready')
  })
  it('stays away when it was deleted, until its kubelet starts anew', () => {
    const lab = new NodeLab(['node-a', 'node-b'])
    const id = lab.pod('web', web)
    lab.run(10_000)
    lab.emit([{ to: 'k8s.Node/node-a', type: 'Removed' }])
    lab.run(60_000)
    expect(lab.world.get('k8s.Node/node-a')).toBeUndefined()
    expect(lab.world.get(id)).toBeUndefined()
    expect(lab.world.count('k8s.Container')).toBe(0)
    lab.emit([{ to: 'k8s.Component/kubelet/node-a', type: 'Crashed' }])
    lab.run(5000)
    expect(lab.entity('k8s.Node/node-a').state).toBe('Ready')
  })
})
