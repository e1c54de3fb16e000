import { defineRule } from '../../../kernel/index.ts'

/**
 * Which images a lifecycle policy lets go.
 * Models: ECR user guide, LifecyclePolicies.md (evaluation rules) and lifecycle_policy_examples.md
 */
export const lifecyclePolicy = defineRule({
  id: 'ecr.lifecycle',
  says: 'All rules look at all images; in the order of priority each lets go what it marks, except what an earlier rule has selected.',
  source: 'ECR user guide, LifecyclePolicies.md',
  decide: applyPolicy,
})

export interface PolicyImage {
  readonly id: string
  readonly tags: readonly string[]
  readonly pushedDaysAgo: number
  readonly pulledDaysAgo?: number | undefined
}

export interface PolicyRule {
  readonly rulePriority: number
  readonly description?: string | undefined
  readonly selection: {
    readonly tagStatus: 'tagged' | 'untagged' | 'any'
    readonly tagPrefixList?: readonly string[] | undefined
    readonly tagPatternList?: readonly string[] | undefined
    readonly countType: string
    readonly countUnit?: string | undefined
    readonly countNumber: number
  }
  readonly action: { readonly type: string }
}

export interface PolicyVerdict {
  /** Ids, sorted. */
  readonly expired: readonly string[]
  readonly archived: readonly string[]
  /** Which rule marked which image, by priority. */
  readonly marks: readonly { readonly id: string; readonly rulePriority: number; readonly action: string }[]
}

export function applyPolicy(input: {
  readonly images: readonly PolicyImage[]
  readonly rules: readonly PolicyRule[]
}): PolicyVerdict {
  const newestFirst = [...input.images].sort((a, b) => a.pushedDaysAgo - b.pushedDaysAgo)
  const settled = new Set<string>()
  const marks: { readonly id: string; readonly rulePriority: number; readonly action: string }[] = []
  for (const rule of [...input.rules].sort((a, b) => a.rulePriority - b.rulePriority)) {
    const selected = newestFirst.filter((image) => selects(rule, image))
    for (const { id } of marked(rule, selected))
      if (!settled.has(id)) marks.push({ id, rulePriority: rule.rulePriority, action: rule.action.type })
    for (const { id } of selected) settled.add(id)
  }
  const idsOf = (action: string) =>
    marks
      .filter((mark) => mark.action === action)
      .map(({ id }) => id)
      .sort()
  return { expired: idsOf('expire'), archived: idsOf('transition'), marks }
}

/** Whether an image meets a rule's demands on its tags: every prefix or pattern must have a tag of its own. */
function selects({ selection }: PolicyRule, { tags }: PolicyImage): boolean {
  if (selection.tagStatus === 'any') return true
  if (selection.tagStatus === 'untagged') return tags.length === 0
  if (tags.length === 0) return false
  const { tagPrefixList = [], tagPatternList = [] } = selection
  return (
    tagPrefixList.every((prefix) => tags.some((tag) => tag.startsWith(prefix))) &&
    tagPatternList.every((pattern) => tags.some((tag) => patternMatches(pattern, tag)))
  )
}

/** Of those that a rule selects, newest first, the ones that are too many or too old. */
function marked({ selection }: PolicyRule, selected: readonly PolicyImage[]): readonly PolicyImage[] {
  const { countType, countNumber } = selection
  if (countType === 'imageCountMoreThan') return selected.slice(countNumber)
  if (countType === 'sinceImagePulled')
    return selected.filter((image) => (image.pulledDaysAgo ?? image.pushedDaysAgo) > countNumber)
  return selected.filter((image) => image.pushedDaysAgo > countNumber)
}

/** Tag patterns know `*` alone. */
function patternMatches(pattern: string, tag: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`).test(tag)
}
