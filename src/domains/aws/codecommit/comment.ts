import type { Entity, World } from '../../../kernel/index.ts'
import { recordKind } from '../core/index.ts'
import { dated } from './asking.ts'
import { reactionKey } from './reactions.ts'
import type * as api from './types.generated.ts'

/** Something that someone said about a comparison of two commits, of a pull request or not, or in reply to another. */
export interface Comment extends Entity {
  readonly owner: string
  readonly region: string
  readonly commentId: string
  readonly content: string
  readonly authorArn: string
  readonly token?: string | undefined
  readonly inReplyTo?: string | undefined
  /** Number of the pull request that it belongs to. */
  readonly pullRequest?: string | undefined
  readonly before?: string | undefined
  readonly after: string
  readonly beforeBlob?: string | undefined
  readonly afterBlob?: string | undefined
  readonly location?: api.Location | undefined
  /** Virtual times in ms. */
  readonly created: number
  readonly modified: number
  readonly deleted: boolean
  /** ARN of who said it last. */
  readonly actor: string
  readonly reactions: readonly { readonly userArn: string; readonly name: string }[]
}

export const COMMENT = 'aws.codecommit.Comment'

export const commentKind = recordKind<Comment>({
  kind: COMMENT,
  noun: 'a comment',
  tell: {
    Created: (event) => {
      const { authorArn, content } = event.data as Comment
      const [line = ''] = content.split('\n')
      return `${authorArn.slice(authorArn.lastIndexOf('/') + 1)} comments: \`${line.length > 60 ? `${line.slice(0, 57)}...` : line}\``
    },
  },
})

export function findComment(world: World, region: string, commentId: string): Comment | undefined {
  const found = world.get(`${COMMENT}/${region}/${commentId}`)
  return found?.kind === COMMENT ? (found as Comment) : undefined
}

export function commentsOf(world: World, owner: string): readonly Comment[] {
  return world
    .ownedBy(owner)
    .filter((one) => one.kind === COMMENT)
    .map((one) => one as Comment)
}

/** A comment as the API shows it to a caller. */
export function commentShown(comment: Omit<Comment, keyof Entity>, caller: string): api.Comment {
  const counts: Record<string, number> = {}
  for (const { name } of comment.reactions) counts[reactionKey(name)] = (counts[reactionKey(name)] ?? 0) + 1
  return {
    commentId: comment.commentId,
    ...(comment.deleted ? {} : { content: comment.content }),
    ...(comment.inReplyTo === undefined ? {} : { inReplyTo: comment.inReplyTo }),
    creationDate: dated(comment.created),
    lastModifiedDate: dated(comment.modified),
    authorArn: comment.authorArn,
    deleted: comment.deleted,
    ...(comment.token === undefined ? {} : { clientRequestToken: comment.token }),
    callerReactions: comment.reactions.flatMap(({ userArn, name }) => (userArn === caller ? [reactionKey(name)] : [])),
    reactionCounts: counts,
  }
}
