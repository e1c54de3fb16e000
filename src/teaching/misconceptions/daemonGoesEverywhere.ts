import { daemonNodeFit } from '../../domains/kubernetes/daemonset/nodeFit.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that a DaemonSet reaches every node, taints or not. */
export const daemonGoesEverywhere = defineMisconception({
  id: 'daemon-goes-everywhere',
  concept: 'k8s.daemonset',
  rule: daemonNodeFit,
  says: 'A DaemonSet has a pod on every node, whatever taints there are.',
  instead: 'A taint that its pods do not tolerate keeps them away as it does others.',
  decide: ({ spec, node }, real) => real({ spec, node: { ...node, spec: { ...node.spec, taints: [] } } }),
})
