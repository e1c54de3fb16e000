import { defineRule } from '../../../kernel/rule.ts'
import type { ProbeKind } from './podPlan.ts'

/**
 * What follows once a probe has failed as often as its threshold says.
 * Models: pkg/kubelet/prober/worker.go doProbe, pkg/kubelet/kuberuntime/kuberuntime_manager.go computePodActions
 */
export const probeFailure = defineRule({
  id: 'k8s.kubelet.probeFailure',
  says: 'A failed liveness or startup probe has the container started again; a failed readiness probe only takes the pod out of its Services.',
  source: 'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#types-of-probe',
  decide: ({ kind }: { readonly kind: ProbeKind }): 'restart' | 'unready' =>
    kind === 'readiness' ? 'unready' : 'restart',
  vector: (input: { readonly kind: ProbeKind }) => ({ follows: input.kind === 'readiness' ? 'unready' : 'restart' }),
})
