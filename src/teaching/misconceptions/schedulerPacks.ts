import type { ScoreInput, ScoreLists } from '../../domains/kubernetes/scheduler/plugin.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that the scheduler fills one node before it begins the next. */
export const schedulerPacks = defineMisconception<ScoreInput, ScoreLists | undefined>({
  id: 'scheduler-packs',
  concept: 'k8s.scheduler',
  rule: 'k8s.scheduler.score/NodeResourcesFit',
  says: 'Kubernetes fills one node before it uses the next.',
  instead: 'By default the scheduler prefers the node with the largest share left.',
  decide: (input, real) => {
    const scores = real(input)
    if (!scores) return scores
    // Far enough apart that no other score makes up for it.
    const packed = scores.raw.map((score) => 2_000 - 20 * score)
    return { raw: packed, normalized: packed }
  },
})
