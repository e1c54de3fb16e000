import { describe, expect, it } from 'vitest'
import { RuleSet } from '../../../kernel/rule.ts'
import { type KubeObject, objectsFrom } from './clusterObjects.ts'
import { explainNode } from './explainNode.ts'
import { eventNote } from './fitError.ts'
import type { ClusterNode, Pod, PodSpec, Taint } from './objects.ts'
import { feasibleNodesToFind } from './sampling.ts'
import { type ScheduleInput, schedulePod } from './schedule.ts'
import { Snapshot } from './snapshot.ts'

const controlPlane: Taint = { key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }

function node(
  name: string,
  cpu = '2',
  more: { taints?: readonly Taint[]; labels?: Record<string, string> } = {},
): ClusterNode {
  return {
    metadata: { name, ...(more.labels ? { labels: more.labels } : {}) },
    spec: more.taints ? { taints: more.taints } : {},
    status: { allocatable: { cpu, memory: '4Gi', pods: '110' } },
  }
}

function pod(name: string, cpu: string, spec: PodSpec = {}, labels: Record<string, string> = { app: name }): Pod {
  return {
    metadata: { name, namespace: 'default', labels },
    spec: { containers: [{ name: 'main', resources: { requests: { cpu } } }], ...spec },
  }
}

function cluster(nodes: readonly ClusterNode[], pods: readonly Pod[] = []): Snapshot {
  const snapshot = new Snapshot()
  for (const one of nodes) snapshot.addNode(one)
  for (const one of pods) snapshot.addPod(one)
  return snapshot
}

function schedule(one: Pod, snapshot: Snapshot, more: Partial<ScheduleInput> = {}) {
  return schedulePod({ pod: one, snapshot, nextStartNodeIndex: 0, draw: () => 0, ...more })
}

const unhelpful = 'Preemption is not helpful for scheduling'

describe('what FailedScheduling says', () => {
  it('counts reasons, sorts them and nests the preemption part', () => {
    const snapshot = cluster(
      [node('cp', '2', { taints: [controlPlane] }), node('w1'), node('w2')],
      [pod('a', '1500m', { nodeName: 'w1' }), pod('b', '1500m', { nodeName: 'w2' })],
    )
    expect(schedule(pod('p', '1'), snapshot)).toMatchObject({
      verdict: 'unschedulable',
      message: `0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 Insufficient cpu. no new claims to deallocate, preemption: 0/3 nodes are available: 1 ${unhelpful}, 2 No preemption victims found for incoming pod.`,
      rejectedBy: ['TaintToleration', 'NodeResourcesFit'],
      clearNominatedNode: true,
    })
  })

  it('says that preemption is no help where the request exceeds every node', () => {
    expect(schedule(pod('p', '9'), cluster([node('a'), node('b')]))).toMatchObject({
      message: `0/2 nodes are available: 2 Insufficient cpu. no new claims to deallocate, preemption: 0/2 nodes are available: 2 ${unhelpful}.`,
    })
  })

  it('replaces the reasons by what PreFilter said', () => {
    const volumes = [{ name: 'v', persistentVolumeClaim: { claimName: 'data' } }]
    const result = schedule(pod('p', '1', { volumes }), cluster([node('a')]), { objects: objectsFrom([]) })
    expect(result).toMatchObject({
      message: `0/1 nodes are available: persistentvolumeclaim "data" not found. no new claims to deallocate, preemption: 0/1 nodes are available: 1 ${unhelpful}.`,
    })
  })

  it('counts the nodes that a pod bound to one node name does not look at', () => {
    const affinity = {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['a'] }] }],
        },
      },
    }
    expect(schedule(pod('p', '9', { affinity }), cluster([node('a'), node('b'), node('c')]))).toMatchObject({
      message: `0/3 nodes are available: 1 Insufficient cpu, 2 node(s) didn't satisfy plugin(s) [NodeAffinity]. no new claims to deallocate, preemption: 0/3 nodes are available: 3 ${unhelpful}.`,
    })
  })

  it('has its own words for no nodes, never preempting, and gates', () => {
    expect(schedule(pod('p', '1'), cluster([]))).toMatchObject({ message: 'no nodes available to schedule pods' })
    const full = cluster([node('a')], [pod('b', '2', { nodeName: 'a' })])
    expect(schedule(pod('p', '1', { priority: 5, preemptionPolicy: 'Never' }), full)).toMatchObject({
      message:
        '0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: not eligible due to preemptionPolicy=Never.',
      clearNominatedNode: false,
    })
    expect(schedule(pod('p', '1', { schedulingGates: [{ name: 'x' }] }), cluster([node('a')]))).toMatchObject({
      verdict: 'gated',
      message: 'Scheduling is blocked due to non-empty scheduling gates',
    })
  })

  it('cuts an event note at 1024 bytes', () => {
    expect(eventNote('x'.repeat(2000))).toHaveLength(1024)
    expect(eventNote('x'.repeat(2000)).endsWith('x ...')).toBe(true)
    expect(eventNote('short')).toBe('short')
  })
})

describe('choosing', () => {
  it('takes the emptier node and shows how', () => {
    const snapshot = cluster([node('a'), node('b')], [pod('e', '1', { nodeName: 'a' })])
    const result = schedule(pod('p', '500m'), snapshot, { keepTable: true })
    expect(result).toMatchObject({ verdict: 'scheduled', node: 'b', nextStartNodeIndex: 0 })
    const table = result.verdict === 'scheduled' ? result.table : undefined
    expect(table?.plugins.map(({ name, weight }) => `${name}*${weight}`)).toEqual([
      'TaintToleration*3',
      'NodeResourcesFit*1',
      'NodeResourcesBalancedAllocation*1',
      'ImageLocality*1',
    ])
    for (const row of table?.rows ?? []) {
      if (!('total' in row)) throw new Error('a feasible node was refused')
      expect(row.total).toBe(row.normalized.reduce((sum, n, i) => sum + n * (table?.plugins[i]?.weight ?? 0), 0))
    }
    expect(table?.rows[0]).toMatchObject({ node: 'b', winner: true })
  })

  it('settles ties by the draw, and does not score a single feasible node', () => {
    const snapshot = cluster([node('a'), node('b'), node('c')])
    expect(schedule(pod('p', '1'), snapshot, { draw: () => 0.99 })).toMatchObject({ node: 'c' })
    expect(schedule(pod('p', '1'), snapshot, { draw: () => 0 })).toMatchObject({ node: 'a' })
    const single = schedule(pod('p', '3'), cluster([node('a'), node('b', '4')]), { keepTable: true })
    expect(single).toMatchObject({ node: 'b', table: { plugins: [], feasible: 1 } })
  })

  it('looks at enough nodes only, from where it left off', () => {
    expect([99, 100, 1000, 5000, 20_000].map((n) => feasibleNodesToFind(n))).toEqual([99, 100, 420, 500, 1000])
    expect(feasibleNodesToFind(1000, 20)).toBe(200)
    expect(feasibleNodesToFind(200, 10)).toBe(100)
    const snapshot = cluster(Array.from({ length: 200 }, (_, i) => node(`n${i}`)))
    for (const keepTable of [false, true])
      expect(schedule(pod('p', '1'), snapshot, { keepTable, nextStartNodeIndex: 150 }).nextStartNodeIndex).toBe(50)
  })

  it('takes a promised node alone, and keeps it for the pod it was promised to', () => {
    const snapshot = cluster([node('a'), node('b')], [pod('e', '1500m', { nodeName: 'a' })])
    const promised: Pod = { ...pod('p', '500m', { priority: 10 }), status: { nominatedNodeName: 'a' } }
    expect(schedule(promised, snapshot)).toMatchObject({ verdict: 'scheduled', node: 'a' })
    const other = pod('q', '2')
    const claimed: Pod = { ...pod('r', '1', { priority: 10 }), status: { nominatedNodeName: 'b' } }
    expect(schedule(other, snapshot)).toMatchObject({ verdict: 'scheduled', node: 'b' })
    expect(schedule(other, snapshot, { nominated: [claimed] })).toMatchObject({ verdict: 'unschedulable' })
    expect(
      schedule({ ...other, spec: { ...other.spec, priority: 11 } }, snapshot, { nominated: [claimed] }),
    ).toMatchObject({
      verdict: 'scheduled',
      node: 'b',
    })
  })

  it('follows a replaced filter or score rule', () => {
    const snapshot = cluster([node('a', '2', { taints: [controlPlane] }), node('b', '1')])
    const blind = new RuleSet({ 'k8s.scheduler.filter/TaintToleration': () => undefined })
    expect(schedule(pod('p', '2'), snapshot)).toMatchObject({ verdict: 'unschedulable' })
    expect(schedule(pod('p', '2'), snapshot, { rules: blind })).toMatchObject({ verdict: 'scheduled', node: 'a' })
    const two = cluster([node('a'), node('b')], [pod('e', '1', { nodeName: 'a' })])
    const packing = new RuleSet({
      'k8s.scheduler.score/NodeResourcesFit': ({ infos }: { infos: readonly { name: string }[] }) => {
        const scores = infos.map(({ name }) => (name === 'a' ? 100 : 0))
        return { raw: scores, normalized: scores }
      },
    })
    expect(schedule(pod('p', '1'), two)).toMatchObject({ node: 'b' })
    expect(schedule(pod('p', '1'), two, { rules: packing })).toMatchObject({ node: 'a' })
  })
})

describe('preemption', () => {
  const low = (name: string, on: string, cpu: string, priority = 0, startTime = '2026-01-01T00:00:00Z'): Pod => ({
    ...pod(name, cpu, { nodeName: on, priority }),
    status: { startTime },
  })
  const budget = (app: string, disruptionsAllowed: number): KubeObject & object => ({
    kind: 'PodDisruptionBudget',
    metadata: { name: app, namespace: 'default' },
    ...{ spec: { selector: { matchLabels: { app } } }, status: { disruptionsAllowed } },
  })
  const urgent = pod('p', '1', { priority: 100 })
  const found = (one: Pod, snapshot: Snapshot, more: Partial<ScheduleInput> = {}) => {
    const result = schedule(one, snapshot, more)
    return result.verdict === 'unschedulable'
      ? [result.preemption?.node, ...(result.preemption?.victims ?? []).map(({ metadata }) => metadata.name)]
      : result
  }

  it('deletes no more than needed, the least important first', () => {
    const snapshot = cluster([node('a')], [low('old', 'a', '1'), low('new', 'a', '1', 0, '2026-02-01T00:00:00Z')])
    expect(found(urgent, snapshot)).toEqual(['a', 'new'])
    expect(snapshot.podCount[snapshot.node('a')?.slot ?? -1]).toBe(2)
    expect(schedule(urgent, snapshot)).toMatchObject({ message: '0/1 nodes are available: 1 Insufficient cpu.' })
  })

  it('never deletes pods of the same priority', () => {
    expect(
      found({ ...urgent, spec: { ...urgent.spec, priority: 0 } }, cluster([node('a')], [low('x', 'a', '2')])),
    ).toEqual([undefined])
  })

  it('chooses by violations, then priorities, then their sum, then number, then age', () => {
    const nodes = [node('a'), node('b')]
    const pick = (pods: readonly Pod[], budgets: readonly KubeObject[] = []) =>
      found(urgent, cluster(nodes, pods), { objects: objectsFrom(budgets) })
    expect(pick([low('x', 'a', '2'), low('y', 'b', '2', 50)], [budget('x', 0)])).toEqual(['b', 'y'])
    expect(pick([low('x', 'a', '2'), low('y', 'b', '2', 50)], [budget('x', 1)])).toEqual(['a', 'x'])
    expect(pick([low('x', 'a', '2', 20), low('y', 'b', '2', 10)])).toEqual(['b', 'y'])
    const wants = { ...urgent, spec: { ...urgent.spec, containers: pod('w', '2').spec.containers ?? [] } }
    const crowded = cluster(nodes, [low('x', 'a', '1'), low('x2', 'a', '1'), low('y', 'b', '2')])
    expect(found(wants, crowded)).toEqual(['b', 'y'])
    expect(pick([low('x', 'a', '2'), low('y', 'b', '2', 0, '2026-03-01T00:00:00Z')])).toEqual(['b', 'y'])
  })

  it('spares pods under a budget before others', () => {
    const snapshot = cluster([node('a')], [low('x', 'a', '1'), low('y', 'a', '1', 50)])
    expect(found(urgent, snapshot)).toEqual(['a', 'x'])
    expect(found(urgent, snapshot, { objects: objectsFrom([budget('x', 0)]) })).toEqual(['a', 'y'])
  })

  it('waits while earlier victims of its node are still terminating', () => {
    const leaving: Pod = {
      ...low('x', 'a', '2'),
      metadata: { name: 'x', namespace: 'default', deletionTimestamp: '2026-01-01T00:00:00Z' },
      status: { conditions: [{ type: 'DisruptionTarget', status: 'True', reason: 'PreemptionByScheduler' }] },
    }
    const waiting: Pod = { ...urgent, status: { nominatedNodeName: 'a' } }
    expect(schedule(waiting, cluster([node('a')], [leaving]))).toMatchObject({
      message:
        '0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: not eligible due to a terminating pod on the nominated node.',
      clearNominatedNode: false,
    })
  })

  it('says why preemption on a node would not do', () => {
    const spec: PodSpec = { priority: 100 }
    const kept = cluster([node('a')], [low('x', 'a', '500m'), low('y', 'a', '1500m', 200)])
    expect(schedule(pod('p', '1', spec), kept)).toMatchObject({
      message:
        '0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: 0/1 nodes are available: 1 Insufficient cpu.',
    })
  })

  it('withdraws lesser promises of the node it takes', () => {
    const promised: Pod = { ...pod('q', '1', { priority: 5 }), status: { nominatedNodeName: 'a' } }
    const result = schedule(urgent, cluster([node('a')], [low('x', 'a', '2')]), { nominated: [promised] })
    expect(result).toMatchObject({ preemption: { node: 'a', clearedNominations: [promised] } })
  })
})

describe('why not here', () => {
  it('asks every filter and gives the numbers', () => {
    const snapshot = cluster([node('a', '2', { taints: [controlPlane] })], [pod('e', '1500m', { nodeName: 'a' })])
    const answer = explainNode(pod('p', '1'), 'a', snapshot)
    expect(answer?.feasible).toBe(false)
    expect(answer?.words.filter(({ verdict }) => verdict === 'refuses').map(({ plugin }) => plugin)).toEqual([
      'TaintToleration',
      'NodeResourcesFit',
    ])
    const fit = answer?.words.find(({ plugin }) => plugin === 'NodeResourcesFit')?.because
    expect(fit).toMatchObject({
      resources: expect.arrayContaining([
        { resource: 'cpu', asked: 1000, allocatable: 2000, used: 1500, free: 500, shortfall: 500 },
      ]),
    })
    expect(explainNode(pod('p', '1'), 'nowhere', snapshot)).toBeUndefined()
  })
})
