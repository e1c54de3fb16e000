import type { World } from '../../../kernel/index.ts'
import { type ApiError, refuse } from '../core/index.ts'
import { lifecyclePolicy, type PolicyRule, type PolicyVerdict } from './lifecyclePolicy.rule.ts'
import { type EcrImage, imagesOf } from './repository.ts'

const DAY = 86_400_000

/** The rules of a lifecycle policy's text, or ECR's refusal. */
export function rulesOfText(text: string): { readonly rules: readonly PolicyRule[] } | { readonly error: ApiError } {
  const bad = (message: string) =>
    refuse(
      'InvalidParameterException',
      `Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy validation failure: ${message}'`,
    )
  let value: { readonly rules?: readonly PolicyRule[] }
  try {
    value = JSON.parse(text) as { readonly rules?: readonly PolicyRule[] }
  } catch {
    return bad('Could not map policyString into LifecyclePolicy.')
  }
  if (!Array.isArray(value.rules)) return bad('object has missing required properties (["rules"])')
  const rules = value.rules as readonly PolicyRule[]
  const priorities = rules.map(({ rulePriority }) => rulePriority)
  if (new Set(priorities).size < priorities.length) return bad('rulePriority must be unique.')
  for (const { rulePriority, selection, action } of rules) {
    if (typeof rulePriority !== 'number' || rulePriority < 1) return bad('rulePriority must be at least 1.')
    if (!selection || !action?.type) return bad('object has missing required properties (["action","selection"])')
    const { tagStatus, tagPrefixList = [], tagPatternList = [], countType, countUnit, countNumber } = selection
    if (!['tagged', 'untagged', 'any'].includes(tagStatus))
      return bad(`instance value ("${tagStatus}") not found in enum (possible values: ["any","tagged","untagged"])`)
    if (tagStatus === 'tagged' && tagPrefixList.length + tagPatternList.length === 0)
      return bad('tagPrefixList or tagPatternList must be specified when tagStatus is tagged.')
    if (tagStatus !== 'tagged' && tagPrefixList.length + tagPatternList.length > 0)
      return bad(`tagPrefixList must not be specified when tagStatus is ${tagStatus}.`)
    if (countType !== 'imageCountMoreThan' && countUnit !== 'days') return bad('countUnit must be specified.')
    if (countType === 'imageCountMoreThan' && countUnit !== undefined)
      return bad('countUnit must not be specified when countType is imageCountMoreThan.')
    if (!(countNumber >= 1)) return bad('countNumber must be at least 1.')
  }
  if (rules.filter(({ selection }) => selection.tagStatus === 'untagged').length > 1)
    return bad('Only one rule may select untagged images.')
  const any = rules.filter(({ selection }) => selection.tagStatus === 'any')
  const last = Math.max(...priorities)
  if (any.some(({ rulePriority }) => rulePriority !== last))
    return bad('A rule with tagStatus any must have the highest rulePriority.')
  return { rules }
}

/** What a policy says of the images of a repository now: marks name images by their digests. */
export function judge(world: World, repository: string, rules: readonly PolicyRule[]): PolicyVerdict {
  const images = imagesOf(world, repository).map((image) => ({
    id: image.digest,
    tags: image.tags,
    pushedDaysAgo: (world.now - image.pushedAt) / DAY,
    pulledDaysAgo: image.pulledAt === undefined ? undefined : (world.now - image.pulledAt) / DAY,
  }))
  return world.decide(lifecyclePolicy, { images, rules })
}

/** ms until the next image may have become too old for a rule; undefined when none ever will. */
export function nextJudgement(
  world: World,
  images: readonly EcrImage[],
  rules: readonly PolicyRule[],
): number | undefined {
  let soonest: number | undefined
  for (const { selection } of rules) {
    if (selection.countType === 'imageCountMoreThan') continue
    for (const image of images) {
      const since = selection.countType === 'sinceImagePulled' ? (image.pulledAt ?? image.pushedAt) : image.pushedAt
      const wait = since + selection.countNumber * DAY + 1 - world.now
      if (wait > 0 && (soonest === undefined || wait < soonest)) soonest = wait
    }
  }
  return soonest
}
