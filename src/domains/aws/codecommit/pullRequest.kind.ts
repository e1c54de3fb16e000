import { defineKind, type Face, type Fields, type SimEvent } from '../../../kernel/index.ts'
import { pullRequestLifecycle } from './pullRequest.lifecycle.ts'
import { PULL_REQUEST, type PullRequest } from './pullRequest.ts'
import { judged, statusOf } from './pullRequestShown.ts'
import type { CodeRepository } from './repository.ts'

const data = (_entity: unknown, event: SimEvent): Fields => (event.data ?? {}) as Fields
const named = (event: SimEvent): string =>
  `[pull request ${event.to.slice(event.to.lastIndexOf('/') + 1)}](${event.to})`
const short = (ref: string): string => ref.replace('refs/heads/', '')

const face: Face<PullRequest> = {
  label: 'Pull request',
  plural: 'Pull requests',
  pictogram: 'repository',
  shape: 'chip',
  within: (request) => (request.state === 'Open' ? request.owner : null),
  look(request) {
    const { approved, notSatisfied } = judged(request)
    return {
      title: `#${request.number} ${request.title}`,
      note: `${short(request.source)} → ${short(request.destination)}`,
      tone: request.state === 'Merged' ? 'ok' : request.state === 'Closed' ? 'idle' : approved ? 'prog' : 'pend',
      word: request.state === 'Open' ? (approved ? 'Open' : 'Needs approval') : request.state,
      detail: approved ? undefined : `Not satisfied: ${notSatisfied.join(', ')}`,
      figures: request.approvals.length > 0 ? [`${request.approvals.length} approvals`] : [],
      facts: [
        ['author', request.authorArn],
        ['revision', request.revisionId.slice(0, 8)],
        ['source', request.sourceCommit.slice(0, 7)],
      ],
    }
  },
  actions: (request, world) => {
    if (statusOf(request) === 'CLOSED') return []
    const repository = world.get(request.owner) as CodeRepository | undefined
    const at = `--pull-request-id ${request.number} --region ${request.region}`
    return [
      {
        id: 'approve',
        label: 'Approve',
        line: `aws codecommit update-pull-request-approval-state ${at} --revision-id ${request.revisionId} --approval-state APPROVE`,
      },
      {
        id: 'merge',
        label: 'Merge',
        line: `aws codecommit merge-pull-request-by-three-way ${at} --repository-name ${repository?.name ?? ''}`,
      },
      {
        id: 'close',
        label: 'Close',
        line: `aws codecommit update-pull-request-status ${at} --pull-request-status CLOSED`,
        sort: 'danger',
      },
    ]
  },
  marks: { Merged: 'deploy' },
}

export const pullRequestKind = defineKind<PullRequest>({
  kind: PULL_REQUEST,
  lifecycle: pullRequestLifecycle,
  apply: Object.fromEntries(
    [
      'Edited',
      'SourceMoved',
      'DestinationMoved',
      'RulesChanged',
      'ApprovalChanged',
      'Overridden',
      'Merged',
      'Closed',
    ].map((type) => [type, data]),
  ),
  face,
  tell: {
    Created: (event) => `A [pull request](${event.to}) is opened: \`${(event.data as PullRequest).title}\``,
    SourceMoved: (event) => `New commits reach ${named(event)}: its approvals are void.`,
    ApprovalChanged: (event) => `The approvals of ${named(event)} change.`,
    Overridden: (event) => `The approval rules of ${named(event)} are set aside or asked for again.`,
    Merged: (event) => `${named(event).replace('[p', '[P')} is merged.`,
    Closed: (event) => `${named(event).replace('[p', '[P')} is closed without a merge.`,
  },
})
