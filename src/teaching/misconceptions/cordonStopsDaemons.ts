import { daemonNodeFit } from '../../domains/kubernetes/daemonset/nodeFit.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that a cordoned node takes no pod of any sort. */
export const cordonStopsDaemons = defineMisconception({
  id: 'cordon-stops-daemons',
  concept: 'k8s.daemonset',
  rule: daemonNodeFit,
  says: 'A cordoned node gets no pod of a DaemonSet.',
  instead: 'Daemon pods tolerate the taint of a cordoned node: cordoning keeps other pods away.',
  decide: (input, real) =>
    real({
      ...input,
      spec: {
        ...input.spec,
        tolerations: (input.spec.tolerations ?? []).filter(({ key }) => key !== 'node.kubernetes.io/unschedulable'),
      },
    }),
})
