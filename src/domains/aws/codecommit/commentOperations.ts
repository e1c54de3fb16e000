import type { World } from '../../../kernel/index.ts'
import { filesOfCommit, type Repository as GitRepository, hostedStore, linesOf, readBlob } from '../../git/index.ts'
import { type ApiAnswer, type ApiCall, defineOperation, type Operation, pageOf, uuid } from '../core/index.ts'
import { onPullRequest, onRepository, repositoryAccess } from './asking.ts'
import { COMMENT, type Comment, commentShown, commentsOf, findComment } from './comment.ts'
import { commitNamed } from './commits.ts'
import { REACTION_NAMES, reactionForms, reactionNamed } from './reactions.ts'
import { type CodeRepository, gitOf } from './repository.ts'
import type * as api from './types.generated.ts'
import { isRefused, type Refused, refused } from './words.ts'

/** Operations on comments and the reactions to them. */
export const commentOperations: readonly Operation[] = [
  onRepository<api.PostCommentForComparedCommitInput>('PostCommentForComparedCommit', (call, repository) => {
    const { input } = call
    const posted = post(call, repository, { ...input, before: input.beforeCommitId, after: input.afterCommitId })
    if (isRefused(posted)) return posted
    const { comment, place, emit } = posted
    return { output: { ...place, comment }, emit }
  }),
  onPullRequest<api.PostCommentForPullRequestInput>('PostCommentForPullRequest', (call, request, repository) => {
    const { input } = call
    if (input.repositoryName !== repository.name) return refused('RepositoryNotAssociatedWithPullRequest')
    const posted = post(call, repository, {
      ...input,
      before: input.beforeCommitId,
      after: input.afterCommitId,
      pullRequest: String(request.number),
    })
    if (isRefused(posted)) return posted
    const { comment, place, emit } = posted
    return { output: { ...place, pullRequestId: String(request.number), comment }, emit }
  }),
  onComment<api.PostCommentReplyInput>(
    'PostCommentReply',
    ({ inReplyTo }) => inReplyTo,
    (call, parent) => {
      const problem = contentProblem(call.input.content)
      if (problem) return problem
      const { location: _, pullRequest, before, after } = parent
      const { fields, emit } = born(call, parent.owner, {
        content: call.input.content,
        token: call.input.clientRequestToken,
        inReplyTo: parent.commentId,
        after,
        ...(before === undefined ? {} : { before }),
        ...(pullRequest === undefined ? {} : { pullRequest }),
      })
      return { output: { comment: commentShown(fields, call.principal.arn) }, emit }
    },
  ),
  onComment<api.GetCommentInput>(
    'GetComment',
    ({ commentId }) => commentId,
    ({ principal }, comment) =>
      comment.deleted ? refused('CommentDeleted') : { output: { comment: commentShown(comment, principal.arn) } },
  ),
  onComment<api.UpdateCommentInput>(
    'UpdateComment',
    ({ commentId }) => commentId,
    ({ input, world, principal }, comment) => {
      const problem = contentProblem(input.content)
      if (problem) return problem
      if (comment.deleted) return refused('CommentDeleted')
      if (comment.authorArn !== principal.arn) return refused('CommentNotCreatedByCaller')
      return changed(comment, principal.arn, { content: input.content, modified: world.now })
    },
  ),
  onComment<api.DeleteCommentContentInput>(
    'DeleteCommentContent',
    ({ commentId }) => commentId,
    ({ world, principal }, comment) => {
      if (comment.deleted) return refused('CommentDeleted')
      return changed(comment, principal.arn, { content: '', deleted: true, modified: world.now })
    },
  ),
  onComment<api.PutCommentReactionInput>(
    'PutCommentReaction',
    ({ commentId }) => commentId,
    ({ input, principal }, comment) => {
      if (comment.deleted) return refused('CommentDeleted')
      const name = reactionNamed(input.reactionValue)
      if (name === undefined) return refused('InvalidReactionValue')
      const others = comment.reactions.filter(({ userArn }) => userArn !== principal.arn)
      const reactions = name === 'none' ? others : [...others, { userArn: principal.arn, name }]
      return { output: {}, emit: [{ to: comment.id, type: 'Changed', data: { reactions } }] }
    },
  ),
  onComment<api.GetCommentReactionsInput>(
    'GetCommentReactions',
    ({ commentId }) => commentId,
    ({ input }, comment) => {
      if (comment.deleted) return refused('CommentDeleted')
      const found = REACTION_NAMES.flatMap((name) => {
        const users = comment.reactions.flatMap((one) => (one.name === name ? [one.userArn] : []))
        const wanted = input.reactionUserArn === undefined || users.includes(input.reactionUserArn)
        if (users.length === 0 || !wanted) return []
        return [{ reaction: reactionForms(name), reactionUsers: users, reactionsFromDeletedUsersCount: 0 }]
      })
      const { items, nextToken } = pageOf(found, input.nextToken, input.maxResults ?? 100)
      return { output: { reactionsForComment: items, nextToken } }
    },
  ),
  onRepository<api.GetCommentsForComparedCommitInput>('GetCommentsForComparedCommit', (call, repository, git) => {
    const { input, world } = call
    const after = commitNamed(git, input.afterCommitId)
    if (after === undefined)
      return refused('CommitDoesNotExist', `The specified commit does not exist: ${input.afterCommitId}`)
    const before = input.beforeCommitId
    const found = commentsOf(world, repository.id).filter(
      (one) => one.pullRequest === undefined && one.after === after && (before === undefined || one.before === before),
    )
    const { items, nextToken } = pageOf(
      grouped(found, repository, call.principal.arn),
      input.nextToken,
      input.maxResults ?? 100,
    )
    return { output: { commentsForComparedCommitData: items, nextToken } }
  }),
  onPullRequest<api.GetCommentsForPullRequestInput>('GetCommentsForPullRequest', (call, request, repository) => {
    const { input, world } = call
    if (input.repositoryName !== undefined && input.repositoryName !== repository.name)
      return refused('RepositoryNotAssociatedWithPullRequest')
    const { beforeCommitId: before, afterCommitId: after } = input
    const found = commentsOf(world, repository.id).filter(
      (one) =>
        one.pullRequest === String(request.number) &&
        (before === undefined || one.before === before) &&
        (after === undefined || one.after === after),
    )
    const { items, nextToken } = pageOf(
      grouped(found, repository, call.principal.arn),
      input.nextToken,
      input.maxResults ?? 100,
    )
    return { output: { commentsForPullRequestData: items, nextToken } }
  }),
]

function onComment<In>(
  name: string,
  of: (input: In) => string,
  run: (call: ApiCall<In>, comment: Comment) => ApiAnswer,
): Operation {
  return defineOperation<In>(
    name,
    (call) => {
      const comment = findComment(call.world, call.region, of(call.input))
      return comment ? run(call, comment) : refused('CommentDoesNotExist')
    },
    ({ input, world, region }) => {
      const comment = findComment(world, region, of(input))
      const repository = comment && (world.get(comment.owner) as CodeRepository | undefined)
      return repository ? repositoryAccess(region, repository.name) : {}
    },
  )
}

function contentProblem(content: string): Refused | undefined {
  if (content === '') return refused('CommentContentRequired')
  return content.length > 10_240 ? refused('CommentContentSizeLimitExceeded') : undefined
}

interface Posted {
  readonly content: string
  readonly clientRequestToken?: string | undefined
  readonly before: string | undefined
  readonly after: string
  readonly pullRequest?: string | undefined
  readonly location?: api.Location | undefined
}

function post(call: ApiCall<unknown>, repository: CodeRepository, posted: Posted) {
  const { content, location, pullRequest } = posted
  const problem = contentProblem(content)
  if (problem) return problem
  const git = gitOf(call.world, repository)
  for (const id of [posted.before, posted.after])
    if (id !== undefined && commitNamed(git, id) === undefined)
      return refused('CommitDoesNotExist', `The specified commit does not exist: ${id}`)
  const after = commitNamed(git, posted.after) ?? ''
  const before = posted.before === undefined ? undefined : commitNamed(git, posted.before)
  if (before === after) return refused('BeforeCommitIdAndAfterCommitIdAreSame')
  const blobs = blobsOf(git, before, after, location)
  if (isRefused(blobs)) return blobs
  const { fields, emit } = born(call, repository.id, {
    content,
    token: posted.clientRequestToken,
    after,
    ...(before === undefined ? {} : { before }),
    ...(pullRequest === undefined ? {} : { pullRequest }),
    ...(location === undefined ? {} : { location }),
    ...blobs,
  })
  return { comment: commentShown(fields, call.principal.arn), place: placeOf(fields, repository), emit }
}

/** The file that a comment is about, before and after; the line must be there. */
function blobsOf(
  git: GitRepository,
  before: string | undefined,
  after: string,
  location: api.Location | undefined,
): { readonly beforeBlob?: string; readonly afterBlob?: string } | Refused {
  if (location?.filePath === undefined) return {}
  const store = hostedStore(git)
  const path = location.filePath.replace(/^\//, '')
  const old = filesOfCommit(store, before).get(path)?.id
  const fresh = filesOfCommit(store, after).get(path)?.id
  const shown = location.relativeFileVersion === 'BEFORE' ? old : fresh
  if (shown === undefined) return refused('PathDoesNotExist')
  const lines = linesOf(readBlob(store, shown)).length
  const line = location.filePosition
  if (line !== undefined && (line < 1 || line > lines)) return refused('InvalidFilePosition')
  return { ...(old === undefined ? {} : { beforeBlob: old }), ...(fresh === undefined ? {} : { afterBlob: fresh }) }
}

type Said = Pick<
  Comment,
  'content' | 'token' | 'inReplyTo' | 'pullRequest' | 'before' | 'after' | 'beforeBlob' | 'afterBlob' | 'location'
>

function born({ world, region, principal }: ApiCall<unknown>, owner: string, said: Said) {
  const commentId = `${uuid(world, owner, said.content)}:${uuid(world, owner, said.after)}`
  const fields = {
    owner,
    region,
    commentId,
    ...said,
    token: said.token ?? uuid(world, commentId),
    authorArn: principal.arn,
    actor: principal.arn,
    created: world.now,
    modified: world.now,
    deleted: false,
    reactions: [],
  }
  return { fields, emit: [{ to: `${COMMENT}/${region}/${commentId}`, kind: COMMENT, type: 'Created', data: fields }] }
}

function changed(comment: Comment, actor: string, fields: Partial<Comment>): ApiAnswer {
  return {
    output: { comment: commentShown({ ...comment, ...fields }, actor) },
    emit: [{ to: comment.id, type: 'Changed', data: { ...fields, actor } }],
  }
}

function placeOf(
  comment: Pick<Comment, 'before' | 'after' | 'beforeBlob' | 'afterBlob' | 'location'>,
  { name }: CodeRepository,
) {
  const { before, after, beforeBlob, afterBlob, location } = comment
  return {
    repositoryName: name,
    ...(before === undefined ? {} : { beforeCommitId: before }),
    afterCommitId: after,
    ...(beforeBlob === undefined ? {} : { beforeBlobId: beforeBlob }),
    ...(afterBlob === undefined ? {} : { afterBlobId: afterBlob }),
    ...(location === undefined ? {} : { location }),
  }
}

/** Comments by the place that they are about, each with its replies after it. */
function grouped(comments: readonly Comment[], repository: CodeRepository, caller: string): readonly object[] {
  const groups = new Map<string, Comment[]>()
  const keyOf = (one: Comment): string => {
    const parent = comments.find(({ commentId }) => commentId === one.inReplyTo)
    return parent ? keyOf(parent) : JSON.stringify([one.before, one.after, one.location])
  }
  for (const one of comments) {
    const key = keyOf(one)
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  return [...groups.values()].map((group) => {
    const [first] = group
    const request = first?.pullRequest
    return {
      ...(request === undefined ? {} : { pullRequestId: request }),
      ...(first ? placeOf(first, repository) : {}),
      comments: group.map((one) => commentShown(one, caller)),
    }
  })
}

/** Repository and comment of an event about a comment, for those who are told of it. */
export function commentAt(world: World, id: string): { comment: Comment; repository: CodeRepository } | undefined {
  const comment = world.get(id) as Comment | undefined
  const repository = comment && (world.get(comment.owner) as CodeRepository | undefined)
  return comment && repository ? { comment, repository } : undefined
}
