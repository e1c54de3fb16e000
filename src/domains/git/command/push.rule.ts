import { defineRule } from '../../../kernel/index.ts'

/** What is asked when a ref that the other end has already is to be moved. */
export interface PushQuestion {
  /** A branch; a tag otherwise. */
  readonly branch: boolean
  /** Whether what it points at there is known here. */
  readonly known: boolean
  /** Whether the new commit has the old one among its ancestors. */
  readonly forward: boolean
  readonly force: boolean
}

export interface PushVerdict {
  readonly refused?: 'already exists' | 'fetch first' | 'non-fast-forward' | undefined
}

/** Models: git remote.c set_ref_status_for_push */
export const pushRule = defineRule<PushQuestion, PushVerdict>({
  id: 'git.push',
  says: 'A push moves a branch only forward, to a commit that contains the one it pointed at, unless it is forced.',
  source: 'git remote.c set_ref_status_for_push',
  decide: ({ branch, known, forward, force }) => {
    if (forward || force) return {}
    if (!branch) return { refused: 'already exists' }
    return { refused: known ? 'non-fast-forward' : 'fetch first' }
  },
})
