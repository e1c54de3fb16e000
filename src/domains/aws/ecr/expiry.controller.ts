import type { Answer, Controller } from '../../../kernel/index.ts'
import { lifecyclePolicy } from './lifecyclePolicy.rule.ts'
import { judge, nextJudgement, rulesOfText } from './policy.ts'
import { forget } from './registry.ts'
import { type EcrImage, IMAGE, imagesOf, REPOSITORY, type Repository } from './repository.ts'

/** Policies act within a day of what makes them; here some hours later. */
const LATER = 4 * 3_600_000

/**
 * Lets go of images that a repository's lifecycle policy marks.
 * Models: ECR user guide, LifecyclePolicies.md: an image is expired within 24 hours of meeting the criteria
 */
export const expiryController: Controller = {
  name: 'ecr-lifecycle',
  watches: { [REPOSITORY]: ['Changed'], [IMAGE]: ['Pushed', 'Tagged', 'Untagged'] },
  wakes: (event, world) =>
    event.kind === REPOSITORY ? event.to : (world.get(event.to) as EcrImage | undefined)?.repository,
  delay: () => LATER,
  reconcile(id, world) {
    const repository = world.get(id) as Repository | undefined
    if (repository?.lifecyclePolicyText === undefined) return undefined
    const read = rulesOfText(repository.lifecyclePolicyText)
    if ('error' in read) return [{ to: id, decline: read.error.message }]
    const images = imagesOf(world, id)
    const answers: Answer[] = []
    const { marks } = judge(world, id, read.rules)
    for (const { id: digest, rulePriority, action } of marks) {
      const image = images.find((one) => one.digest === digest)
      if (!image || action !== 'expire') continue
      answers.push({ to: image.id, type: 'Deleted', by: id, rule: lifecyclePolicy.id, inputs: { rulePriority } })
      for (const tag of image.tags) answers.push(...forget(world, repository.region, repository.repositoryName, tag))
    }
    const kept = images.filter(({ digest }) => !marks.some((mark) => mark.id === digest))
    const wait = nextJudgement(world, kept, read.rules)
    return wait === undefined ? answers : [...answers, { again: wait }]
  },
}
