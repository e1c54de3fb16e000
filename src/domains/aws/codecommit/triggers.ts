import { EPOCH, type JsonObject, type World } from '../../../kernel/index.ts'
import type { Push } from '../../git/index.ts'
import { type Message, parseArn, type Received, services } from '../core/index.ts'
import { type CodeRepository, repositoryArn } from './repository.ts'
import type * as api from './types.generated.ts'
import { type Refused, refused } from './words.ts'

/** The events of triggers, by what a push does to its reference. */
export function triggerEvent(push: Push): 'createReference' | 'updateReference' | 'deleteReference' {
  return push.new === undefined ? 'deleteReference' : push.old === undefined ? 'createReference' : 'updateReference'
}

/** Whether a trigger is for a push. */
export function isFor({ events, branches = [] }: api.RepositoryTrigger, push: Push): boolean {
  if (!events.includes('all') && !events.includes(triggerEvent(push))) return false
  return branches.length === 0 || !push.ref.startsWith('refs/heads/') || branches.includes(push.ref.slice(11))
}

/** What is wrong with triggers that someone wants to put. */
export function triggersProblem(region: string, triggers: readonly api.RepositoryTrigger[]): Refused | undefined {
  if (triggers.length > 10) return refused('MaximumRepositoryTriggersExceeded')
  for (const { name, destinationArn, events, branches = [] } of triggers) {
    if (name === '') return refused('RepositoryTriggerNameRequired')
    if (events.length === 0) return refused('RepositoryTriggerEventsListRequired')
    if (events.includes('all') && events.length > 1)
      return refused(
        'InvalidRepositoryTriggerEvents',
        'One or more events specified for the trigger is not valid. Check to make sure that all events specified match the requirements for allowed events.',
      )
    if (branches.length > 10)
      return refused('MaximumBranchesExceeded', 'The number of branches for the trigger was exceeded.')
    const arn = parseArn(destinationArn)
    if (!arn || (arn.service !== 'sns' && !(arn.service === 'lambda' && arn.resource.startsWith('function:'))))
      return refused('InvalidRepositoryTriggerDestinationArn')
    if (arn.region !== region) return refused('InvalidRepositoryTriggerRegion')
  }
  return undefined
}

/** Sends word of a push to where a trigger points. Models: AWS Lambda Developer Guide, "Using AWS Lambda with AWS CodeCommit" */
export function tell(
  world: World,
  repository: CodeRepository,
  trigger: api.RepositoryTrigger,
  push: Pick<Push, 'ref' | 'old' | 'new' | 'principal' | 'by'>,
): Received {
  const service = parseArn(trigger.destinationArn)?.service ?? ''
  const receives = services.get(service)?.receives
  if (!receives)
    return { error: { code: 'UnknownOperationException', message: `The lab has nobody at ${trigger.destinationArn}.` } }
  const reference = {
    commit: push.new ?? push.old ?? '0'.repeat(40),
    ref: push.ref,
    ...(push.new === undefined ? { deleted: true } : push.old === undefined ? { created: true } : {}),
  }
  const record: JsonObject = {
    awsRegion: repository.region,
    codecommit: { references: [reference] },
    customData: trigger.customData ?? '',
    eventId: `${repository.repositoryId}/${world.now}/${trigger.name}`,
    eventName: 'ReferenceChanges',
    eventPartNumber: 1,
    eventSource: 'aws:codecommit',
    eventSourceARN: repositoryArn(repository.region, repository.name),
    eventTime: new Date(EPOCH + world.now).toISOString().replace('Z', '+0000'),
    eventTotalParts: 1,
    eventTriggerConfigId: repository.triggersId,
    eventTriggerName: trigger.name,
    eventVersion: '1.0',
    userIdentityARN: push.principal ?? push.by,
  }
  const message: Message = { from: 'codecommit.amazonaws.com', body: { Records: [record] }, by: repository.id }
  return receives(trigger.destinationArn, message, world)
}
