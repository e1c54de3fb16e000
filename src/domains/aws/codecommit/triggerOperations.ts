import type { Emission } from '../../../kernel/index.ts'
import { defineOperation, type Operation, parseArn, uuid } from '../core/index.ts'
import { onRepository, repositoryAccess } from './asking.ts'
import { type CodeRepository, findRepository } from './repository.ts'
import { tell, triggersProblem } from './triggers.ts'
import type * as api from './types.generated.ts'
import { isRefused, noRepository, type Refused, refused } from './words.ts'

/** Operations on triggers and tags of repositories. */
export const triggerOperations: readonly Operation[] = [
  onRepository<api.PutRepositoryTriggersInput>('PutRepositoryTriggers', ({ input, world, region }, repository) => {
    const triggers = input.triggers.map(whole)
    const problem = triggersProblem(region, triggers)
    if (problem) return problem
    const triggersId = uuid(world, repository.id, 'triggers', triggers.length)
    return {
      output: { configurationId: triggersId },
      emit: [{ to: repository.id, type: 'TriggersPut', data: { triggers, triggersId } }],
    }
  }),
  onRepository<api.GetRepositoryTriggersInput>('GetRepositoryTriggers', (_call, { triggers, triggersId }) => ({
    output: { configurationId: triggersId, triggers },
  })),
  onRepository<api.TestRepositoryTriggersInput>('TestRepositoryTriggers', (call, repository, git) => {
    const { input, world, region, principal } = call
    const triggers = input.triggers.map(whole)
    const problem = triggersProblem(region, triggers)
    if (problem) return problem
    const successfulExecutions: string[] = []
    const failedExecutions: api.RepositoryTriggerExecutionFailure[] = []
    const emit: Emission[] = []
    const tip = git.refs[git.head] ?? '0'.repeat(40)
    for (const trigger of triggers) {
      const push = { ref: git.head, old: tip, new: tip, by: principal.arn, principal: principal.arn }
      const answer = tell(world, repository, trigger, push)
      if ('error' in answer) failedExecutions.push({ trigger: trigger.name, failureMessage: answer.error.message })
      else {
        successfulExecutions.push(trigger.name)
        emit.push(...answer.emit)
      }
    }
    return { output: { successfulExecutions, failedExecutions }, emit }
  }),
  defineOperation<api.TagResourceInput>(
    'TagResource',
    ({ input, world }) => {
      const repository = taggedAt(input.resourceArn, world)
      if (isRefused(repository)) return repository
      if (Object.keys(input.tags).some((key) => /^aws:/i.test(key))) return refused('InvalidSystemTagUsage')
      const tags = { ...repository.tags, ...input.tags }
      return { output: {}, emit: [{ to: repository.id, type: 'Changed', data: { tags } }] }
    },
    tagAccess,
  ),
  defineOperation<api.UntagResourceInput>(
    'UntagResource',
    ({ input, world }) => {
      const repository = taggedAt(input.resourceArn, world)
      if (isRefused(repository)) return repository
      const left = Object.entries(repository.tags).filter(([key]) => !input.tagKeys.includes(key))
      return { output: {}, emit: [{ to: repository.id, type: 'Changed', data: { tags: Object.fromEntries(left) } }] }
    },
    tagAccess,
  ),
  defineOperation<api.ListTagsForResourceInput>(
    'ListTagsForResource',
    ({ input, world }) => {
      const repository = taggedAt(input.resourceArn, world)
      return isRefused(repository) ? repository : { output: { tags: repository.tags } }
    },
    tagAccess,
  ),
]

/** The tool's shorthand gives one event for a list; what was left out is empty. */
function whole({ name, destinationArn, customData = '', branches = [], events }: api.RepositoryTrigger) {
  return { name, destinationArn, customData, branches, events }
}

function taggedAt(arn: string, world: Parameters<typeof findRepository>[0]): CodeRepository | Refused {
  const { service, region = '', resource = '' } = parseArn(arn) ?? {}
  if (service !== 'codecommit') return refused('InvalidResourceArn')
  return findRepository(world, region, resource) ?? noRepository(resource)
}

function tagAccess({ input }: { readonly input: { readonly resourceArn: string } }) {
  const { region = '', resource = '' } = parseArn(input.resourceArn) ?? {}
  return repositoryAccess(region, resource)
}
