import type { FilterInput } from '../../domains/kubernetes/scheduler/plugin.rule.ts'
import type { Rejection } from '../../domains/kubernetes/scheduler/plugin.ts'
import { podShape } from '../../domains/kubernetes/scheduler/podShape.ts'
import { defineMisconception } from './misconception.ts'

/** Takes a cluster for one large machine: what is left anywhere counts everywhere. */
export const nodesAddUp = defineMisconception<FilterInput, Rejection | undefined>({
  id: 'nodes-add-up',
  concept: 'sched.bin-packing',
  rule: 'k8s.scheduler.filter/NodeResourcesFit',
  says: 'A pod fits if the cluster as a whole has enough left.',
  instead: 'A pod needs all of its request on one node; remainders of several nodes cannot be joined.',
  decide: ({ cycle }) => {
    const { snapshot, pod } = cycle
    const asked = podShape(pod.spec)
    let [cpu, memory] = [0, 0]
    for (const slot of snapshot.allocatableCpu.keys()) {
      cpu += (snapshot.allocatableCpu[slot] ?? 0) - (snapshot.requestedCpu[slot] ?? 0)
      memory += (snapshot.allocatableMemory[slot] ?? 0) - (snapshot.requestedMemory[slot] ?? 0)
    }
    const short = [
      ...(asked.cpu > cpu ? ['Insufficient cpu'] : []),
      ...(asked.memory > memory ? ['Insufficient memory'] : []),
    ]
    return short.length > 0 ? { code: 'Unschedulable', reasons: short } : undefined
  },
})
