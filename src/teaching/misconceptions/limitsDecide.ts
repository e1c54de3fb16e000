import type { PodSpec } from '../../domains/kubernetes/scheduler/objects.ts'
import type { FilterInput } from '../../domains/kubernetes/scheduler/plugin.rule.ts'
import type { Rejection } from '../../domains/kubernetes/scheduler/plugin.ts'
import { podShape } from '../../domains/kubernetes/scheduler/podShape.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that the scheduler keeps room for what a pod may use at most. */
export const limitsDecide = defineMisconception<FilterInput, Rejection | undefined>({
  id: 'limits-decide',
  concept: 'k8s.requests',
  rule: 'k8s.scheduler.filter/NodeResourcesFit',
  says: 'The limits decide where a pod fits.',
  instead: 'The scheduler adds up requests; it never reads a limit.',
  decide: ({ cycle, info }) => {
    const { snapshot, pod } = cycle
    let [cpu, memory] = [0, 0]
    for (const other of info.pods) {
      const used = podShape(limitsAsRequests(other.pod.spec))
      cpu += used.cpu
      memory += used.memory
    }
    const asked = podShape(limitsAsRequests(pod.spec))
    const short = [
      ...(asked.cpu > (snapshot.allocatableCpu[info.slot] ?? 0) - cpu ? ['Insufficient cpu'] : []),
      ...(asked.memory > (snapshot.allocatableMemory[info.slot] ?? 0) - memory ? ['Insufficient memory'] : []),
    ]
    return short.length > 0 ? { code: 'Unschedulable', reasons: short } : undefined
  },
})

/** A pod as if it requested its limits: where it has none, its requests. */
function limitsAsRequests(spec: PodSpec): PodSpec {
  return {
    ...spec,
    containers: (spec.containers ?? []).map((container) => ({
      ...container,
      resources: {
        ...container.resources,
        requests: { ...container.resources?.requests, ...container.resources?.limits },
      },
    })),
  }
}
