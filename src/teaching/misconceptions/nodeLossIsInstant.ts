import { taintPatience } from '../../domains/kubernetes/node/taintPatience.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that the pods of a node are replaced as soon as the node is known to be gone. */
export const nodeLossIsInstant = defineMisconception({
  id: 'node-loss-is-instant',
  concept: 'k8s.node-failure',
  rule: taintPatience,
  says: 'As soon as a node is seen to be lost, its pods are replaced.',
  instead: 'Its pods tolerate the taint of a lost node for a while, 300 seconds unless they say otherwise.',
  decide: () => 0,
})
