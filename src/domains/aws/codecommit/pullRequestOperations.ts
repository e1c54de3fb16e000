import type { Emission, World } from '../../../kernel/index.ts'
import { type Repository as GitRepository, hostedStore, mergeBases } from '../../git/index.ts'
import { defineOperation, type Operation, pageOf, uuid } from '../core/index.ts'
import { approvals } from './approvals.rule.ts'
import { dated, fullBranch, onPullRequest, onRepository, repositoryAccess } from './asking.ts'
import { MERGES, type MergeOption, type MergeWords, mergeInto } from './mergeOperations.ts'
import type { MergeSettings } from './merging.ts'
import { PULL_REQUEST, type PullRequest, pullRequestId, pullRequestsOf } from './pullRequest.ts'
import { approvalsInput, pullRequestShown, revisionOf, statusOf } from './pullRequestShown.ts'
import { findRepository, gitOf } from './repository.ts'
import { rulesFromTemplates } from './template.ts'
import type * as api from './types.generated.ts'
import { isRefused, noRepository, type Refused, refused } from './words.ts'

/** Operations on pull requests, their approvals and rules left out. */
export const pullRequestOperations: readonly Operation[] = [
  defineOperation<api.CreatePullRequestInput>(
    'CreatePullRequest',
    ({ input, world, region, principal }) => {
      const [target] = input.targets
      if (!target) return refused('TargetsRequired')
      if (input.targets.length > 1) return refused('MultipleRepositoriesInPullRequest')
      const repository = findRepository(world, region, target.repositoryName)
      if (!repository) return noRepository(target.repositoryName)
      const git = gitOf(world, repository)
      const source = fullBranch(target.sourceReference)
      const destination = fullBranch(target.destinationReference ?? git.head)
      const token = input.clientRequestToken
      const known =
        token === undefined ? undefined : pullRequestsOf(world, repository).find((one) => one.token === token)
      if (known) {
        const again = known.title === input.title && known.description === input.description && known.source === source
        return again
          ? { output: { pullRequest: pullRequestShown(known, repository.name) } }
          : refused('IdempotencyParameterMismatch')
      }
      if (source === destination) return refused('SourceAndDestinationAreSame')
      const [sourceCommit, destinationCommit] = [git.refs[source], git.refs[destination]]
      for (const [ref, commit] of [
        [source, sourceCommit],
        [destination, destinationCommit],
      ] as const)
        if (commit === undefined)
          return refused('ReferenceDoesNotExist', `The specified reference does not exist: ${ref}`)
      const number = newNumber(world, region)
      const id = pullRequestId(region, number)
      const tips = { sourceCommit: sourceCommit ?? '', destinationCommit: destinationCommit ?? '' }
      const mergeBase = baseOf(git, tips)
      const fields = {
        owner: repository.id,
        region,
        number,
        title: input.title,
        ...(input.description === undefined ? {} : { description: input.description }),
        token: token ?? uuid(world, id, 'token'),
        authorArn: principal.arn,
        created: world.now,
        active: world.now,
        source,
        destination,
        ...tips,
        ...(mergeBase === undefined ? {} : { mergeBase }),
        moves: 0,
        revisionId: revisionOf(id, 0, tips.sourceCommit),
        rules: rulesFromTemplates(world, repository, destination, id),
        approvals: [],
        events: [],
      }
      const metadata = {
        repositoryName: repository.name,
        sourceCommitId: tips.sourceCommit,
        destinationCommitId: tips.destinationCommit,
        ...(mergeBase === undefined ? {} : { mergeBase }),
      }
      const events = [
        eventOf(world, fields, principal.arn, 'PULL_REQUEST_CREATED', { pullRequestCreatedEventMetadata: metadata }),
      ]
      const shown = { ...fields, id, state: 'Open', entry: 1, since: world.now, born: world.now }
      return {
        output: { pullRequest: pullRequestShown(shown, repository.name) },
        emit: [{ to: id, kind: PULL_REQUEST, type: 'Created', data: { ...fields, events }, by: repository.id }],
      }
    },
    ({ input, region }) => input.targets.map(({ repositoryName }) => repositoryAccess(region, repositoryName)),
  ),
  onPullRequest<api.GetPullRequestInput>('GetPullRequest', (_call, request, { name }) => ({
    output: { pullRequest: pullRequestShown(request, name) },
  })),
  onRepository<api.ListPullRequestsInput>('ListPullRequests', ({ input, world }, repository) => {
    const { authorArn, pullRequestStatus: status } = input
    const found = pullRequestsOf(world, repository)
      .filter(
        (one) => (authorArn === undefined || one.authorArn === authorArn) && (!status || statusOf(one) === status),
      )
      .map(({ number }) => String(number))
      .reverse()
    const { items, nextToken } = pageOf(found, input.nextToken, input.maxResults ?? 100)
    return { output: { pullRequestIds: items, nextToken } }
  }),
  onPullRequest<api.UpdatePullRequestTitleInput>('UpdatePullRequestTitle', ({ input, world }, request, { name }) => {
    if (request.state === 'Closed') return refused('PullRequestAlreadyClosed')
    return edited(world, request, name, { title: input.title })
  }),
  onPullRequest<api.UpdatePullRequestDescriptionInput>(
    'UpdatePullRequestDescription',
    ({ input, world }, request, { name }) => {
      if (request.state === 'Closed') return refused('PullRequestAlreadyClosed')
      return edited(world, request, name, { description: input.description })
    },
  ),
  onPullRequest<api.UpdatePullRequestStatusInput>(
    'UpdatePullRequestStatus',
    ({ input, world, principal }, request, { name }) => {
      if (input.pullRequestStatus !== 'CLOSED') return refused('InvalidPullRequestStatusUpdate')
      if (request.state !== 'Open') return refused('PullRequestAlreadyClosed')
      const closing = closed(world, request, principal.arn)
      return {
        output: { pullRequest: pullRequestShown({ ...request, ...closing.data, state: 'Closed' }, name) },
        emit: [closing],
      }
    },
  ),
  onPullRequest<api.DescribePullRequestEventsInput>('DescribePullRequestEvents', ({ input }, request) => {
    const found = request.events.filter(
      ({ actorArn, pullRequestEventType }) =>
        (input.actorArn === undefined || actorArn === input.actorArn) &&
        (input.pullRequestEventType === undefined || pullRequestEventType === input.pullRequestEventType),
    )
    const { items, nextToken } = pageOf(found, input.nextToken, input.maxResults ?? 100)
    return { output: { pullRequestEvents: items, nextToken } }
  }),
  ...(Object.keys(MERGES) as MergeOption[]).map((option) =>
    onPullRequest<MergeInput>(`MergePullRequestBy${MERGES[option]}`, (call, request, repository) => {
      const { input, world, principal } = call
      if (input.repositoryName !== repository.name) return refused('RepositoryNotAssociatedWithPullRequest')
      if (request.state !== 'Open') return refused('PullRequestAlreadyClosed')
      if (input.sourceCommitId !== undefined && input.sourceCommitId !== request.sourceCommit)
        return refused('TipOfSourceReferenceIsDifferent')
      const verdict = world.decide(approvals, approvalsInput(request))
      if (!verdict.approved) return refused('PullRequestApprovalRulesNotSatisfied')
      const merged = mergeInto(call, gitOf(world, repository), request.destination, option, {
        ...input,
        sourceCommitSpecifier: request.source,
        destinationCommitSpecifier: request.destination,
      })
      if (isRefused(merged)) return merged
      const merge = {
        isMerged: true,
        mergedBy: principal.arn,
        mergeCommitId: merged.made.commitId,
        mergeOption: option,
      }
      const event = mergedBy(world, request, repository.name, merge, { rule: approvals.id, inputs: verdict })
      return {
        output: { pullRequest: pullRequestShown({ ...request, ...event.data, state: 'Merged' }, repository.name) },
        emit: [event, ...merged.emit],
      }
    }),
  ),
]

type MergeInput = Omit<MergeSettings, 'sourceCommitSpecifier' | 'destinationCommitSpecifier'> &
  MergeWords & { readonly pullRequestId: string; readonly sourceCommitId?: string | undefined }

/** Numbers go on through all repositories of a region. */
function newNumber(world: World, region: string): number {
  let last = 0
  for (const one of world.all(PULL_REQUEST)) {
    const request = one as PullRequest
    if (request.region === region) last = Math.max(last, request.number)
  }
  return last + 1
}

export function baseOf(
  git: GitRepository,
  { sourceCommit, destinationCommit }: Pick<PullRequest, 'sourceCommit' | 'destinationCommit'>,
): string | undefined {
  return mergeBases(hostedStore(git), sourceCommit, destinationCommit)[0]
}

/** One line of what has happened to a pull request. */
export function eventOf(
  world: World,
  { number }: Pick<PullRequest, 'number'>,
  actorArn: string,
  pullRequestEventType: string,
  metadata: Omit<api.PullRequestEvent, 'pullRequestId' | 'eventDate' | 'pullRequestEventType' | 'actorArn'>,
): api.PullRequestEvent {
  return { pullRequestId: String(number), eventDate: dated(world.now), pullRequestEventType, actorArn, ...metadata }
}

/** The end of a pull request without a merge. */
export function closed(world: World, request: PullRequest, actor: string) {
  const event = eventOf(world, request, actor, 'PULL_REQUEST_STATUS_CHANGED', {
    pullRequestStatusChangedEventMetadata: { pullRequestStatus: 'CLOSED' },
  })
  const data = { active: world.now, events: [...request.events, event] }
  return { to: request.id, type: 'Closed', data } satisfies Emission
}

/** The end of a pull request by a merge. */
export function mergedBy(
  world: World,
  request: PullRequest,
  repositoryName: string,
  merge: api.MergeMetadata,
  why: Pick<Emission, 'rule' | 'inputs'>,
) {
  const actor = merge.mergedBy ?? ''
  const events = [
    ...request.events,
    eventOf(world, request, actor, 'PULL_REQUEST_MERGE_STATE_CHANGED', {
      pullRequestMergedStateChangedEventMetadata: {
        repositoryName,
        destinationReference: request.destination,
        mergeMetadata: merge,
      },
    }),
    eventOf(world, request, actor, 'PULL_REQUEST_STATUS_CHANGED', {
      pullRequestStatusChangedEventMetadata: { pullRequestStatus: 'CLOSED' },
    }),
  ]
  return { to: request.id, type: 'Merged', data: { merge, active: world.now, events }, ...why } satisfies Emission
}

function edited(
  world: World,
  request: PullRequest,
  name: string,
  fields: Partial<Pick<PullRequest, 'title' | 'description'>>,
) {
  const data = { ...fields, active: world.now }
  return {
    output: { pullRequest: pullRequestShown({ ...request, ...data }, name) },
    emit: [{ to: request.id, type: 'Edited', data }],
  }
}

/** The refusal of a revision that is not the present one, or is none. */
export function revisionProblem(request: PullRequest, revisionId: string): Refused | undefined {
  return revisionId === request.revisionId ? undefined : refused('RevisionNotCurrent')
}
