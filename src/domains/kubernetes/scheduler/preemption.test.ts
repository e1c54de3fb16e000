import fc from 'fast-check'
import { expect, it } from 'vitest'
import { explainNode } from './explainNode.ts'
import type { Pod } from './objects.ts'
import { schedulePod } from './schedule.ts'
import { Snapshot } from './snapshot.ts'

const existing = fc.record({
  node: fc.nat(3),
  cpu: fc.integer({ min: 1, max: 9 }),
  priority: fc.nat(4),
  app: fc.constantFrom('x', 'y'),
  port: fc.boolean(),
})

it('victims are enough, none of them is spared in vain, and nothing is changed by trying', () => {
  let preempted = 0
  fc.assert(
    fc.property(
      fc.array(existing, { minLength: 14, maxLength: 25 }),
      fc.integer({ min: 2, max: 5 }),
      fc.boolean(),
      (list, priority, apart) => {
        const snapshot = new Snapshot()
        for (let i = 0; i < 4; i++)
          snapshot.addNode({
            metadata: { name: `n${i}`, labels: { zone: `${i % 2}` } },
            status: { allocatable: { cpu: '2', memory: '1Gi', pods: '20' } },
          })
        const pods = list.map(
          ({ node, cpu, priority: own, app, port }, i): Pod => ({
            metadata: { name: `e${i}`, labels: { app } },
            spec: {
              nodeName: `n${node}`,
              priority: own,
              containers: [
                {
                  name: 'c',
                  resources: { requests: { cpu: `${cpu}00m` } },
                  ...(port ? { ports: [{ hostPort: 80 }] } : {}),
                },
              ],
            },
          }),
        )
        for (const pod of pods) snapshot.addPod(pod)
        const pod: Pod = {
          metadata: { name: 'p', labels: { app: 'z' } },
          spec: {
            priority,
            containers: [{ name: 'c', resources: { requests: { cpu: '1500m' } }, ports: [{ hostPort: 80 }] }],
            ...(apart
              ? {
                  affinity: {
                    podAntiAffinity: {
                      requiredDuringSchedulingIgnoredDuringExecution: [
                        { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'x' } } },
                        { topologyKey: 'zone', labelSelector: { matchLabels: { app: 'nobody' } } },
                      ],
                    },
                  },
                }
              : {}),
          },
        }
        const before = [...snapshot.requestedCpu, ...snapshot.podCount]
        const result = schedulePod({ pod, snapshot, nextStartNodeIndex: 0, draw: () => 0.5 })
        expect([...snapshot.requestedCpu, ...snapshot.podCount]).toEqual(before)
        if (result.verdict !== 'unschedulable' || !result.preemption) return
        preempted++
        const { node, victims } = result.preemption
        expect(victims.length).toBeGreaterThan(0)
        for (const victim of victims) expect(victim.spec.priority ?? 0).toBeLessThan(priority)
        for (const victim of victims) snapshot.removePod(victim)
        expect(explainNode(pod, node, snapshot)?.feasible).toBe(true)
        for (const victim of victims) {
          snapshot.addPod(victim)
          expect(explainNode(pod, node, snapshot)?.feasible).toBe(false)
          snapshot.removePod(victim)
        }
      },
    ),
    { numRuns: 300 },
  )
  expect(preempted).toBeGreaterThan(50)
})
