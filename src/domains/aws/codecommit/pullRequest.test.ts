import { describe, expect, it } from 'vitest'
import { type Terminal, withRepository } from './testing/terminal.ts'

interface Shown {
  readonly pullRequest: {
    readonly pullRequestId: string
    readonly revisionId: string
    readonly pullRequestStatus: string
    readonly approvalRules: readonly { readonly approvalRuleName: string }[]
    readonly pullRequestTargets: readonly [{ readonly mergeMetadata: object; readonly sourceCommit: string }]
  }
}

const b64 = (text: string) => Buffer.from(text).toString('base64')

function put(terminal: Terminal, branch: string, path: string, text: string): string {
  const { branch: at } = terminal.json(`get-branch --repository-name shop --branch-name ${branch}`) as {
    branch: { commitId: string }
  }
  const made = terminal.json(
    `put-file --repository-name shop --branch-name ${branch} --file-path ${path} --file-content ${b64(text)} --parent-commit-id ${at.commitId}`,
  )
  return String(made['commitId'])
}

/** A repository with `f` of three lines on `main`, and a branch `dev` from there. */
function branched(): { terminal: Terminal; first: string } {
  const terminal = withRepository()
  const made = terminal.json(
    `create-commit --repository-name shop --branch-name main --put-files filePath=f,fileContent=${b64('one\ntwo\nthree\nfour\nfive\n')}`,
  )
  const first = String(made['commitId'])
  expect(
    terminal.run(`aws codecommit create-branch --repository-name shop --branch-name dev --commit-id ${first}`),
  ).toBe('')
  return { terminal, first }
}

const open = (terminal: Terminal) =>
  (
    terminal.json(
      'create-pull-request --title "Go" --targets repositoryName=shop,sourceReference=dev,destinationReference=main',
    ) as unknown as Shown
  ).pullRequest

const shown = (terminal: Terminal, id = '1') =>
  (terminal.json(`get-pull-request --pull-request-id ${id}`) as unknown as Shown).pullRequest

/** Runs a line as another user. */
function as(terminal: Terminal, user: string, line: string): string {
  terminal.run(
    `aws iam create-user --user-name ${user} && aws iam attach-user-policy --user-name ${user} --policy-arn arn:aws:iam::aws:policy/AdministratorAccess`,
  )
  const key = JSON.parse(terminal.run(`aws iam create-access-key --user-name ${user}`)).AccessKey
  return terminal.run(
    `env AWS_ACCESS_KEY_ID=${key.AccessKeyId} AWS_SECRET_ACCESS_KEY=${key.SecretAccessKey} aws codecommit ${line}`,
  )
}

describe('merging', () => {
  const specifiers = '--repository-name shop --source-commit-specifier dev --destination-commit-specifier main'

  it('moves the destination forward where it can', () => {
    const { terminal, first } = branched()
    const tip = put(terminal, 'dev', 'g', 'new\n')
    expect(terminal.json(`get-merge-options ${specifiers}`)).toEqual({
      mergeOptions: ['FAST_FORWARD_MERGE', 'SQUASH_MERGE', 'THREE_WAY_MERGE'],
      sourceCommitId: tip,
      destinationCommitId: first,
      baseCommitId: first,
    })
    expect(terminal.json(`merge-branches-by-fast-forward ${specifiers}`)).toMatchObject({ commitId: tip })
    expect(terminal.json('get-branch --repository-name shop --branch-name main')['branch']).toMatchObject({
      commitId: tip,
    })
  })

  it('finds a file that both sides changed in conflict, unless it looks at lines', () => {
    const { terminal } = branched()
    put(terminal, 'dev', 'f', 'ONE\ntwo\nthree\nfour\nfive\n')
    const before = put(terminal, 'main', 'f', 'one\ntwo\nthree\nfour\nFIVE\n')
    expect(terminal.json(`get-merge-options ${specifiers}`)['mergeOptions']).toEqual([])
    expect(
      terminal.json(`get-merge-conflicts ${specifiers} --merge-option THREE_WAY_MERGE`)['conflictMetadataList'],
    ).toMatchObject([
      {
        filePath: 'f',
        numberOfConflicts: 1,
        contentConflict: true,
        fileModeConflict: false,
        fileSizes: { base: 24, source: 24, destination: 24 },
        mergeOperations: { source: 'M', destination: 'M' },
      },
    ])
    expect(terminal.run(`aws codecommit merge-branches-by-three-way ${specifiers}`)).toContain(
      'ManualMergeRequiredException',
    )
    const merged = terminal.json(`merge-branches-by-three-way ${specifiers} --conflict-detail-level LINE_LEVEL`)
    expect(terminal.json('get-file --repository-name shop --file-path f')['fileContent']).toBe(
      b64('ONE\ntwo\nthree\nfour\nFIVE\n'),
    )
    const commit = terminal.json(`get-commit --repository-name shop --commit-id ${merged['commitId']}`)['commit']
    expect((commit as { parents: string[] }).parents).toHaveLength(2)
    expect(
      terminal.json(
        `get-merge-commit --repository-name shop --source-commit-specifier dev --destination-commit-specifier ${before}`,
      ),
    ).toMatchObject({ mergedCommitId: merged['commitId'] })
  })

  it('tells the lines in conflict, and resolves them by strategy or by hand', () => {
    const { terminal } = branched()
    put(terminal, 'dev', 'f', 'ONE\ntwo\nthree\nfour\nfive\n')
    put(terminal, 'main', 'f', 'uno\ntwo\nthree\nfour\nfive\n')
    const hunks = terminal.json(
      `describe-merge-conflicts ${specifiers} --merge-option SQUASH_MERGE --file-path f --conflict-detail-level LINE_LEVEL`,
    )
    expect(hunks['mergeHunks']).toEqual([
      {
        isConflict: true,
        source: { startLine: 0, endLine: 1, hunkContent: b64('ONE\n') },
        destination: { startLine: 0, endLine: 1, hunkContent: b64('uno\n') },
        base: { startLine: 0, endLine: 1, hunkContent: b64('one\n') },
      },
    ])
    const accepted = terminal.json(
      `create-unreferenced-merge-commit ${specifiers} --merge-option SQUASH_MERGE --conflict-resolution-strategy ACCEPT_SOURCE`,
    )
    expect(
      terminal.json(`get-file --repository-name shop --file-path f --commit-specifier ${accepted['commitId']}`)[
        'fileContent'
      ],
    ).toBe(b64('ONE\ntwo\nthree\nfour\nfive\n'))
    const resolution = JSON.stringify({
      replaceContents: [{ filePath: 'f', replacementType: 'USE_NEW_CONTENT', content: b64('eins\n') }],
    })
    terminal.json(
      `merge-branches-by-squash ${specifiers} --conflict-resolution-strategy AUTOMERGE --conflict-resolution '${resolution}'`,
    )
    expect(terminal.json('get-file --repository-name shop --file-path f')['fileContent']).toBe(b64('eins\n'))
  })
})

describe('a pull request', () => {
  it('gets its rules from templates and is merged once they are satisfied', () => {
    const { terminal } = branched()
    const content = JSON.stringify({
      Version: '2018-11-08',
      DestinationReferences: ['refs/heads/main'],
      Statements: [{ Type: 'Approvers', NumberOfApprovalsNeeded: 1 }],
    })
    terminal.json(
      `create-approval-rule-template --approval-rule-template-name one --approval-rule-template-content '${content}'`,
    )
    terminal.run(
      'aws codecommit associate-approval-rule-template-with-repository --repository-name shop --approval-rule-template-name one',
    )
    put(terminal, 'dev', 'g', 'new\n')
    const request = open(terminal)
    expect(request.approvalRules).toMatchObject([{ approvalRuleName: 'one' }])
    const merge = 'aws codecommit merge-pull-request-by-squash --pull-request-id 1 --repository-name shop'
    expect(terminal.run(merge)).toContain('PullRequestApprovalRulesNotSatisfiedException')
    const approve = (revision: string) =>
      `update-pull-request-approval-state --pull-request-id 1 --revision-id ${revision} --approval-state APPROVE`
    expect(terminal.run(`aws codecommit ${approve(request.revisionId)}`)).toContain(
      'PullRequestCannotBeApprovedByAuthorException',
    )
    expect(as(terminal, 'ada', approve(request.revisionId))).toBe('')
    const evaluate = (revision: string) =>
      terminal.json(`evaluate-pull-request-approval-rules --pull-request-id 1 --revision-id ${revision}`)['evaluation']
    expect(evaluate(request.revisionId)).toMatchObject({ approved: true, approvalRulesSatisfied: ['one'] })
    put(terminal, 'dev', 'h', 'more\n')
    expect(as(terminal, 'bob', approve(request.revisionId))).toContain('RevisionNotCurrentException')
    const { revisionId } = shown(terminal)
    expect(evaluate(revisionId)).toMatchObject({ approved: false, approvalRulesNotSatisfied: ['one'] })
    expect(as(terminal, 'cy', approve(revisionId))).toBe('')
    expect(JSON.parse(terminal.run(merge)).pullRequest).toMatchObject({
      pullRequestStatus: 'CLOSED',
      pullRequestTargets: [{ mergeMetadata: { isMerged: true, mergeOption: 'SQUASH_MERGE' } }],
    })
    expect(
      (
        terminal.json('describe-pull-request-events --pull-request-id 1')['pullRequestEvents'] as {
          pullRequestEventType: string
        }[]
      ).map(({ pullRequestEventType }) => pullRequestEventType),
    ).toEqual([
      'PULL_REQUEST_CREATED',
      'PULL_REQUEST_APPROVAL_STATE_CHANGED',
      'PULL_REQUEST_SOURCE_REFERENCE_UPDATED',
      'PULL_REQUEST_APPROVAL_STATE_CHANGED',
      'PULL_REQUEST_MERGE_STATE_CHANGED',
      'PULL_REQUEST_STATUS_CHANGED',
    ])
    expect(terminal.run(merge)).toContain('PullRequestAlreadyClosedException')
  })

  it('is closed by a merge that git makes, and when a branch is gone', () => {
    const { terminal } = branched()
    put(terminal, 'dev', 'g', 'new\n')
    open(terminal)
    terminal.run('git clone https://git-codecommit.us-east-1.amazonaws.com/v1/repos/shop && cd shop')
    terminal.run('git merge origin/dev && git push')
    expect(shown(terminal)).toMatchObject({
      pullRequestStatus: 'CLOSED',
      pullRequestTargets: [{ mergeMetadata: { isMerged: true } }],
    })
    put(terminal, 'dev', 'g', 'newer\n')
    open(terminal)
    terminal.run('git push origin :dev')
    expect(shown(terminal, '2')).toMatchObject({
      pullRequestStatus: 'CLOSED',
      pullRequestTargets: [{ mergeMetadata: { isMerged: false } }],
    })
    expect(terminal.json('list-pull-requests --repository-name shop --pull-request-status CLOSED')).toEqual({
      pullRequestIds: ['2', '1'],
    })
  })

  it('is commented on, answered and reacted to', () => {
    const { terminal, first } = branched()
    const tip = put(terminal, 'dev', 'f', 'ONE\n')
    open(terminal)
    const posted = terminal.json(
      `post-comment-for-pull-request --pull-request-id 1 --repository-name shop --before-commit-id ${first} --after-commit-id ${tip} --content "Why?" --location filePath=f,filePosition=1,relativeFileVersion=AFTER`,
    )
    const { commentId } = posted['comment'] as { commentId: string }
    expect(
      terminal.run(
        `aws codecommit post-comment-for-pull-request --pull-request-id 1 --repository-name shop --before-commit-id ${first} --after-commit-id ${tip} --content "?" --location filePath=f,filePosition=9,relativeFileVersion=AFTER`,
      ),
    ).toContain('InvalidFilePositionException')
    terminal.json(`post-comment-reply --in-reply-to ${commentId} --content "Because"`)
    expect(
      terminal.run(`aws codecommit put-comment-reaction --comment-id ${commentId} --reaction-value :thumbsup:`),
    ).toBe('')
    expect(terminal.json(`get-comment-reactions --comment-id ${commentId}`)).toMatchObject({
      reactionsForComment: [
        {
          reaction: { shortCode: ':thumbsup:', unicode: 'U+1F44D' },
          reactionUsers: ['arn:aws:iam::123456789012:user/learner'],
        },
      ],
    })
    expect(
      terminal.json('get-comments-for-pull-request --pull-request-id 1')['commentsForPullRequestData'],
    ).toMatchObject([
      {
        location: { filePath: 'f', filePosition: 1 },
        comments: [
          { content: 'Why?', reactionCounts: { THUMBSUP: 1 }, callerReactions: ['THUMBSUP'] },
          { content: 'Because', inReplyTo: commentId },
        ],
      },
    ])
    expect(as(terminal, 'ada', `update-comment --comment-id ${commentId} --content x`)).toContain(
      'CommentNotCreatedByCallerException',
    )
    terminal.json(`delete-comment-content --comment-id ${commentId}`)
    expect(terminal.run(`aws codecommit get-comment --comment-id ${commentId}`)).toContain('CommentDeletedException')
  })
})

describe('what others hear', () => {
  it('is told to the bus and by triggers', () => {
    const { terminal } = branched()
    terminal.run(
      'aws events put-rule --name pushes --event-pattern \'{"source":["aws.codecommit"],"detail":{"event":["referenceUpdated"]}}\'',
    )
    expect(
      terminal.run(
        'aws codecommit put-repository-triggers --repository-name shop --triggers name=t,destinationArn=arn:aws:sns:eu-west-1:123456789012:x,events=all',
      ),
    ).toContain('InvalidRepositoryTriggerRegionException')
    terminal.json(
      'put-repository-triggers --repository-name shop --triggers name=t,destinationArn=arn:aws:sns:us-east-1:123456789012:x,branches=main,events=updateReference',
    )
    put(terminal, 'dev', 'f', 'x\n')
    put(terminal, 'main', 'f', 'y\n')
    terminal.pass(5000)
    const heard = [...terminal.simulation.journal].filter(
      ({ kind, type }) => kind === 'aws.codecommit.Repository' && /^Trigger(ed|Failed)$/.test(type),
    )
    expect(heard).toHaveLength(1)
    expect(heard[0]?.data).toMatchObject({ trigger: 't', destination: 'arn:aws:sns:us-east-1:123456789012:x' })
    const matched = [...terminal.simulation.journal].filter(({ type }) => type === 'Matched')
    expect(matched.map(({ data }) => (data as { event: { detail: object } }).event.detail)).toMatchObject([
      { event: 'referenceUpdated', referenceName: 'dev', repositoryName: 'shop', referenceType: 'branch' },
      { event: 'referenceUpdated', referenceName: 'main' },
    ])
  })
})
