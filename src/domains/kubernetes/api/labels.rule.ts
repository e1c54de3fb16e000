import { defineRule } from '../../../kernel/rule.ts'
import {
  formatSelector,
  type LabelSelector,
  type Labels,
  matches,
  parseSelector,
  selectorFromObject,
} from './labels.ts'

/**
 * Whether a label selector (its text, or the object of a manifest) selects an object with the given labels.
 * Models: staging/src/k8s.io/apimachinery/pkg/labels/selector.go, apis/meta/v1/helpers.go LabelSelectorAsSelector
 */
export const labelSelectorRule = defineRule({
  id: 'k8s.labels.selector',
  says: 'A selector matches an object when every one of its requirements holds for the labels; a missing label satisfies only !=, notin and !.',
  source: 'staging/src/k8s.io/apimachinery/pkg/labels/selector.go',
  decide: select,
  vector: (input: { selector?: string; labelSelector?: LabelSelector | null; labels?: Labels }) =>
    select({ selector: input.selector ?? input.labelSelector ?? null, labels: input.labels ?? {} }),
})

interface LabelQuestion {
  readonly selector: string | LabelSelector | null
  readonly labels: Labels
}

type LabelAnswer = { valid: false; error: string } | { valid: true; canonical: string; matches: boolean }

function select({ selector, labels }: LabelQuestion): LabelAnswer {
  const answer = typeof selector === 'string' ? parseSelector(selector) : selectorFromObject(selector)
  if (!answer.ok) return { valid: false, error: answer.error }
  return { valid: true, canonical: formatSelector(answer.selector), matches: matches(answer.selector, labels) }
}
