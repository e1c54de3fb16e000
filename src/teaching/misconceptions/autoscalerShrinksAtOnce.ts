import { stabilize } from '../../domains/kubernetes/hpa/stabilize.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that an autoscaler takes pods away as soon as they are not needed. */
export const autoscalerShrinksAtOnce = defineMisconception({
  id: 'autoscaler-shrinks-at-once',
  concept: 'k8s.autoscaling',
  rule: stabilize,
  says: 'When the load is gone, the autoscaler takes pods away at once.',
  instead: 'It follows the highest recommendation of its window: it shrinks once all of the window asks for fewer.',
  decide: (input, real) => real({ ...input, scaleDownWindow: 0 }),
})
