import type { Entity, World } from '../../../kernel/index.ts'
import type { CodeRepository } from './repository.ts'
import type * as api from './types.generated.ts'

/** A wish to merge one branch into another, with what was said and decided about it. */
export interface PullRequest extends Entity {
  readonly owner: string
  readonly region: string
  readonly number: number
  readonly title: string
  readonly description?: string | undefined
  readonly token?: string | undefined
  readonly authorArn: string
  /** Virtual times in ms. */
  readonly created: number
  readonly active: number
  /** Full ref names. */
  readonly source: string
  readonly destination: string
  /** Tips of both when it was last looked at; they stay what they were when it is closed. */
  readonly sourceCommit: string
  readonly destinationCommit: string
  readonly mergeBase?: string | undefined
  /** How often the source has moved: a new tip is a new revision, with no approvals. */
  readonly moves: number
  readonly revisionId: string
  readonly rules: readonly api.ApprovalRule[]
  /** Latest say of each user about the present revision. */
  readonly approvals: readonly { readonly userArn: string; readonly approvalState: string }[]
  /** Who set its rules aside, for the present revision. */
  readonly overrider?: string | undefined
  readonly merge?: api.MergeMetadata | undefined
  readonly events: readonly api.PullRequestEvent[]
}

export const PULL_REQUEST = 'aws.codecommit.PullRequest'

export function pullRequestId(region: string, number: number): string {
  return `${PULL_REQUEST}/${region}/${number}`
}

/** Pull requests of a repository, oldest first. */
export function pullRequestsOf(world: World, repository: CodeRepository): readonly PullRequest[] {
  return world
    .ownedBy(repository.id)
    .filter((one) => one.kind === PULL_REQUEST)
    .map((one) => one as PullRequest)
    .sort((a, b) => a.number - b.number)
}

/** A pull request by its number as the API writes it. */
export function findPullRequest(world: World, region: string, number: string): PullRequest | undefined {
  const found = /^\d+$/.test(number) ? world.get(pullRequestId(region, Number(number))) : undefined
  return found?.kind === PULL_REQUEST ? (found as PullRequest) : undefined
}
