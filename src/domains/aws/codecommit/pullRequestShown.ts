import { contentHash } from './approvalContent.ts'
import { type ApprovalsInput, type ApprovalsVerdict, approvals } from './approvals.rule.ts'
import { dated } from './asking.ts'
import type { PullRequest } from './pullRequest.ts'
import type * as api from './types.generated.ts'

/** A pull request as the API shows it. */
export function pullRequestShown(request: Omit<PullRequest, 'kind'>, repositoryName: string): api.PullRequest {
  return {
    pullRequestId: String(request.number),
    title: request.title,
    ...(request.description === undefined ? {} : { description: request.description }),
    lastActivityDate: dated(request.active),
    creationDate: dated(request.created),
    pullRequestStatus: statusOf(request),
    authorArn: request.authorArn,
    pullRequestTargets: [
      {
        repositoryName,
        sourceReference: request.source,
        destinationReference: request.destination,
        destinationCommit: request.destinationCommit,
        sourceCommit: request.sourceCommit,
        ...(request.mergeBase === undefined ? {} : { mergeBase: request.mergeBase }),
        mergeMetadata: request.merge ?? { isMerged: false },
      },
    ],
    ...(request.token === undefined ? {} : { clientRequestToken: request.token }),
    revisionId: request.revisionId,
    approvalRules: request.rules,
  }
}

export function statusOf(request: Pick<PullRequest, 'state'>): 'OPEN' | 'CLOSED' {
  return request.state === 'Open' ? 'OPEN' : 'CLOSED'
}

/** The id of a revision: another for every time that the source has moved. */
export function revisionOf(id: string, moves: number, sourceCommit: string): string {
  return contentHash(`${id}\n${moves}\n${sourceCommit}`)
}

/** What the rule about approvals is asked for a pull request. */
export function approvalsInput(request: PullRequest): ApprovalsInput {
  return {
    rules: request.rules.map(({ approvalRuleName = '', approvalRuleContent = '' }) => ({
      name: approvalRuleName,
      content: approvalRuleContent,
    })),
    approvers: request.approvals.flatMap((one) => (one.approvalState === 'APPROVE' ? [one.userArn] : [])),
    author: request.authorArn,
    overridden: request.overrider !== undefined,
  }
}

/** Whether a pull request has its approvals, as far as a face needs to know. */
export function judged(request: PullRequest): ApprovalsVerdict {
  return approvals.decide(approvalsInput(request))
}
