import type { FileDiff } from '../diff/fileDiff.ts'
import { quotedPath } from '../diff/quotedPath.ts'
import { aheadBehind } from '../revision/ancestry.ts'
import { fullRef, upstreamOf } from '../revision/resolve.ts'
import { operationLines } from './operation.ts'
import { resolveRef } from './refs.ts'
import type { Repo } from './repo.ts'
import type { Status } from './status.ts'

const CHANGE: { readonly [status: string]: string } = {
  A: 'new file:',
  D: 'deleted:',
  M: 'modified:',
  R: 'renamed:',
  T: 'typechange:',
}
const CONFLICT: { readonly [letters: string]: string } = {
  DD: 'both deleted:',
  AU: 'added by us:',
  UD: 'deleted by them:',
  UA: 'added by them:',
  DU: 'deleted by us:',
  AA: 'both added:',
  UU: 'both modified:',
}

/** The long form of `git status`. `forCommit` is how it stands in a message to be edited or after a commit of nothing. */
export function statusText(
  repo: Repo,
  status: Status,
  shown: (path: string) => string,
  { amend = false, untrackedHidden = false }: { readonly amend?: boolean; readonly untrackedHidden?: boolean } = {},
): string {
  const lines: string[] = []
  const head = repo.head()
  const operation = operationLines(repo, status.conflicts.length > 0)
  lines.push(...operation.before)
  const branch = repo.branch()
  if (!operation.rebasing) lines.push(branch === undefined ? detachedText(repo, head) : `On branch ${branch}`)
  if (branch !== undefined && !operation.rebasing) {
    const tracking = trackingText(repo, branch)
    if (tracking !== '') lines.push(...tracking.replace(/\n$/, '').split('\n'), '')
  }
  if (operation.lines.length > 0) {
    lines.push(...operation.lines, '')
  }
  if (head === undefined) lines.push('', amend ? 'Initial commit' : 'No commits yet', '')
  const path = (diff: FileDiff): string =>
    diff.status === 'R'
      ? `${quotedPath(shown(diff.old?.path ?? ''))} -> ${quotedPath(shown(diff.new?.path ?? ''))}`
      : quotedPath(shown((diff.new ?? diff.old)?.path ?? ''))
  const change = (diff: FileDiff): string => `\t${(CHANGE[diff.status] ?? '').padEnd(12)}${path(diff)}`
  if (status.staged.length > 0) {
    lines.push('Changes to be committed:')
    if (!operation.merging)
      lines.push(
        head === undefined
          ? '  (use "git rm --cached <file>..." to unstage)'
          : '  (use "git restore --staged <file>..." to unstage)',
      )
    lines.push(...status.staged.map(change), '')
  }
  if (status.conflicts.length > 0) {
    const letters = status.conflicts.map(([, two]) => two)
    lines.push('Unmerged paths:')
    if (!operation.merging)
      lines.push(
        head === undefined
          ? '  (use "git rm --cached <file>..." to unstage)'
          : '  (use "git restore --staged <file>..." to unstage)',
      )
    if (letters.every((two) => two === 'DD')) lines.push('  (use "git rm <file>..." to mark resolution)')
    else if (letters.some((two) => ['DD', 'DU', 'UD'].includes(two)))
      lines.push('  (use "git add/rm <file>..." as appropriate to mark resolution)')
    else lines.push('  (use "git add <file>..." to mark resolution)')
    lines.push(
      ...status.conflicts.map(([one, two]) => `\t${(CONFLICT[two] ?? '').padEnd(17)}${quotedPath(shown(one))}`),
      '',
    )
  }
  if (status.unstaged.length > 0) {
    const gone = status.unstaged.some((diff) => diff.status === 'D')
    lines.push(
      'Changes not staged for commit:',
      `  (use "git add${gone ? '/rm' : ''} <file>..." to update what will be committed)`,
      '  (use "git restore <file>..." to discard changes in working directory)',
      ...status.unstaged.map(change),
      '',
    )
  }
  if (status.untracked.length > 0)
    lines.push(
      'Untracked files:',
      '  (use "git add <file>..." to include in what will be committed)',
      ...status.untracked.map((one) => `\t${quotedPath(shown(one))}`),
      '',
    )
  if (status.ignored.length > 0)
    lines.push(
      'Ignored files:',
      '  (use "git add -f <file>..." to include in what will be committed)',
      ...status.ignored.map((one) => `\t${quotedPath(shown(one))}`),
      '',
    )
  if (untrackedHidden && status.staged.length > 0)
    lines.push('Untracked files not listed (use -u option to show untracked files)')
  if (status.staged.length === 0) lines.push(...nothing(status, head, untrackedHidden))
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`
}

function nothing(status: Status, head: string | undefined, hidden: boolean): readonly string[] {
  if (status.unstaged.length > 0 || status.conflicts.length > 0)
    return ['no changes added to commit (use "git add" and/or "git commit -a")']
  if (status.untracked.length > 0)
    return ['nothing added to commit but untracked files present (use "git add" to track)']
  if (head === undefined) return ['nothing to commit (create/copy files and use "git add" to track)']
  return [hidden ? 'nothing to commit (use -u to show untracked files)' : 'nothing to commit, working tree clean']
}

function detachedText(repo: Repo, head: string | undefined): string {
  if (head === undefined) return 'Not currently on any branch.'
  return `HEAD detached ${detachedFrom(repo, head)}`
}

/** Where a detached HEAD came to be: `at v1.0` while it stands there, `from abc1234` once it has moved on. */
export function detachedFrom(repo: Repo, head: string): string {
  const log = repo.reflog('HEAD').find(({ message }) => message.startsWith('checkout: moving from '))
  const to = log?.message.split(' to ').pop()
  if (to === undefined || log === undefined) return `at ${repo.abbreviate(head)}`
  const ref = fullRef(repo, to)
  const name =
    ref === undefined || ref === 'HEAD' ? repo.abbreviate(log.id) : ref.replace(/^refs\/(heads|tags|remotes)\//, '')
  return `${log.id === head ? 'at' : 'from'} ${name}`
}

/** How a branch stands to its upstream, in git's sentences; empty when it has none. */
export function trackingText(repo: Repo, branch: string): string {
  const upstream = upstreamOf(repo, branch)
  const own = resolveRef(repo.refs, `refs/heads/${branch}`)
  if (!upstream || own === undefined) return ''
  const short = upstream.ref.replace(/^refs\/(heads|remotes)\//, '')
  const other = resolveRef(repo.refs, upstream.ref)
  if (other === undefined)
    return `Your branch is based on '${short}', but the upstream is gone.\n  (use "git branch --unset-upstream" to fixup)\n`
  const { ahead, behind } = aheadBehind(repo.store, own, other)
  const many = (count: number): string => `${count} commit${count === 1 ? '' : 's'}`
  if (ahead === 0 && behind === 0) return `Your branch is up to date with '${short}'.\n`
  if (behind === 0)
    return `Your branch is ahead of '${short}' by ${many(ahead)}.\n  (use "git push" to publish your local commits)\n`
  if (ahead === 0)
    return `Your branch is behind '${short}' by ${many(behind)}, and can be fast-forwarded.\n  (use "git pull" to update your local branch)\n`
  return `Your branch and '${short}' have diverged,\nand have ${ahead} and ${behind} different commits each, respectively.\n  (use "git pull" if you want to integrate the remote branch with yours)\n`
}
