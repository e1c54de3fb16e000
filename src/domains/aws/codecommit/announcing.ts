import { EPOCH, type JsonObject, type World } from '../../../kernel/index.ts'
import { REPOSITORY as GIT, type Push } from '../../git/index.ts'
import type { AwsService, BusEvent, Happened } from '../core/index.ts'
import { COMMENT, type Comment } from './comment.ts'
import { commentAt } from './commentOperations.ts'
import { PULL_REQUEST, type PullRequest } from './pullRequest.ts'
import { statusOf } from './pullRequestShown.ts'
import { referenceEvent } from './pushes.controller.ts'
import { type CodeRepository, repositoryArn, repositoryOfGit } from './repository.ts'

/** What CodeCommit tells the default event bus. Models: AWS CodeCommit User Guide, "Monitoring CodeCommit events in Amazon EventBridge" */
export const announces: NonNullable<AwsService['announces']> = {
  [GIT]: {
    Pushed(event, world) {
      const repository = repositoryOfGit(world, event.to)
      if (!repository) return undefined
      const push = event.data as Push
      const { ref } = push
      return told('CodeCommit Repository State Change', repository, {
        callerUserArn: push.principal ?? push.by,
        event: referenceEvent(push),
        repositoryName: repository.name,
        repositoryId: repository.repositoryId,
        referenceType: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
        referenceName: ref.replace(/^refs\/(heads|tags)\//, ''),
        referenceFullName: ref,
        ...(push.new === undefined ? {} : { commitId: push.new }),
        ...(push.old === undefined ? {} : { oldCommitId: push.old }),
      })
    },
  },
  [PULL_REQUEST]: {
    Created: (event, world) => pullRequest(event, world, 'pullRequestCreated'),
    SourceMoved: (event, world) => pullRequest(event, world, 'pullRequestSourceBranchUpdated'),
    Closed: (event, world) => pullRequest(event, world, 'pullRequestStatusChanged'),
    Merged: (event, world) => pullRequest(event, world, 'pullRequestMergeStatusUpdated'),
    RulesChanged: (event, world) => {
      const last = (event.data as PullRequest).events.at(-1)
      const { approvalRuleName = '', approvalRuleId = '' } = last?.approvalRuleEventMetadata ?? {}
      const what = last?.pullRequestEventType?.endsWith('CREATED')
        ? 'Created'
        : last?.pullRequestEventType?.endsWith('DELETED')
          ? 'Deleted'
          : 'Updated'
      return pullRequest(event, world, `pullRequestApprovalRule${what}`, { approvalRuleName, approvalRuleId })
    },
    Overridden: (event, world) => {
      const status = (event.data as PullRequest).events.at(-1)?.approvalRuleOverriddenEventMetadata?.overrideStatus
      return pullRequest(event, world, 'pullRequestApprovalRuleOverridden', { overrideStatus: status ?? '' })
    },
    ApprovalChanged: (event, world) => {
      const status = (event.data as PullRequest).events.at(-1)?.approvalStateChangedEventMetadata?.approvalStatus
      return pullRequest(event, world, 'pullRequestApprovalStateChanged', { approvalStatus: status ?? '' })
    },
  },
  [COMMENT]: {
    Created: (event, world) => comment(event, world, 'Created'),
    Changed: (event, world) => {
      const { content, actor } = event.data as Partial<Comment>
      return content === undefined || actor === undefined ? undefined : comment(event, world, 'Updated')
    },
  },
}

function told(detailType: string, { region, name }: CodeRepository, detail: JsonObject): BusEvent {
  return { source: 'aws.codecommit', detailType, resources: [repositoryArn(region, name)], detail }
}

function pullRequest(event: Happened, world: World, what: string, more: JsonObject = {}): BusEvent | undefined {
  const request = world.get(event.to) as PullRequest | undefined
  const repository = request && (world.get(request.owner) as CodeRepository | undefined)
  if (!request || !repository) return undefined
  const actor = request.events.at(-1)?.actorArn ?? request.authorArn
  const merged = request.state === 'Merged'
  const { mergeOption } = request.merge ?? {}
  const console = `https://${request.region}.console.aws.amazon.com/codesuite/codecommit/repositories/${repository.name}/pull-requests/${request.number}`
  return told('CodeCommit Pull Request State Change', repository, {
    author: request.authorArn,
    callerUserArn: actor,
    creationDate: dateText(request.created),
    ...(request.description === undefined ? {} : { description: request.description }),
    destinationCommit: request.destinationCommit,
    destinationReference: request.destination,
    event: what,
    isMerged: merged ? 'True' : 'False',
    lastModifiedDate: dateText(request.active),
    ...(merged && mergeOption !== undefined ? { mergeOption } : {}),
    notificationBody: `A pull request event occurred in the following AWS CodeCommit repository: ${repository.name}. User: ${actor}. Event: ${what}. Pull request: ${request.number}, ${request.title}. For more information, go to the AWS CodeCommit console ${console}`,
    pullRequestId: String(request.number),
    pullRequestStatus: statusOf(request) === 'OPEN' ? 'Open' : 'Closed',
    repositoryNames: [repository.name],
    revisionId: request.revisionId,
    sourceCommit: request.sourceCommit,
    sourceReference: request.source,
    title: request.title,
    ...more,
  })
}

function comment(event: Happened, world: World, what: 'Created' | 'Updated'): BusEvent | undefined {
  const found = commentAt(world, event.to)
  if (!found) return undefined
  const { comment: said, repository } = found
  const on = said.pullRequest === undefined ? 'Commit' : 'PullRequest'
  const detailType =
    said.pullRequest === undefined ? 'CodeCommit Comment on Commit' : 'CodeCommit Comment on Pull Request'
  return told(detailType, repository, {
    ...(said.before === undefined ? {} : { beforeCommitId: said.before }),
    afterCommitId: said.after,
    callerUserArn: said.actor,
    commentId: said.commentId,
    event: `commentOn${on}${what}`,
    ...(said.inReplyTo === undefined ? {} : { inReplyTo: said.inReplyTo }),
    ...(said.pullRequest === undefined ? {} : { pullRequestId: said.pullRequest }),
    repositoryId: repository.repositoryId,
    repositoryName: repository.name,
  })
}

/** As in `Tue Feb 09 10:18:42 UTC 2019`. */
function dateText(at: number): string {
  const [day, month, date, year, time] = new Date(EPOCH + at).toUTCString().replace(',', '').split(' ').map(String) as [
    string,
    string,
    string,
    string,
    string,
  ]
  return `${day} ${date} ${month} ${time} UTC ${year}`
}
