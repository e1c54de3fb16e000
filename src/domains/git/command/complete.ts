import type { Completing, Completion } from '../../../shell/index.ts'
import { byteOrder } from '../object/byteOrder.ts'
import { discover, openRepo } from '../work/discover.ts'
import type { Repo } from '../work/repo.ts'
import { statusOf } from '../work/status.ts'
import { commands } from './commands.ts'

/** Branches, tags, remotes and paths for what is being typed behind a git command. */
export function complete({ files, cwd, env, words, word }: Completing): readonly Completion[] {
  const name = words.slice(1).find((one) => !one.startsWith('-'))
  const command = commands.get(name ?? '')
  const found = discover(files, cwd)
  if (!command || !found || word.startsWith('-')) return []
  const repo = openRepo(files, found, env['HOME'])
  const at = words.indexOf(command.name)
  const after = words.slice(at + 1).filter((one) => !one.startsWith('-'))
  const names = (texts: readonly string[]): readonly Completion[] =>
    [...new Set(texts)].filter((text) => text.startsWith(word)).map((text) => ({ text }))
  if (words.includes('--') && command.completes !== undefined) return names(paths(repo, cwd, false))
  switch (command.completes) {
    case 'branches':
      return names(refs(repo, 'refs/heads/'))
    case 'tags':
      return names(refs(repo, 'refs/tags/'))
    case 'refs':
      return names([...refs(repo, 'refs/heads/'), ...refs(repo, 'refs/remotes/'), ...refs(repo, 'refs/tags/'), 'HEAD'])
    case 'remotes':
      return after.length === 0 ? names(repo.config.subsections('remote')) : names(refs(repo, 'refs/heads/'))
    case 'paths':
      return names(paths(repo, cwd, false))
    case 'changed':
      return names(paths(repo, cwd, true))
    default:
      return []
  }
}

function refs(repo: Repo, prefix: string): readonly string[] {
  return repo.refs.list(prefix).map((ref) => ref.slice(prefix.length))
}

function paths(repo: Repo, cwd: string, changed: boolean): readonly string[] {
  const top = repo.top ?? '/'
  const prefix = cwd === top ? '' : `${cwd.slice(top.length + 1)}/`
  let all: readonly string[]
  if (changed) {
    const { unstaged, untracked, conflicts } = statusOf(repo)
    all = [
      ...unstaged.map((diff) => (diff.new ?? diff.old)?.path ?? ''),
      ...untracked,
      ...conflicts.map(([path]) => path),
    ]
  } else all = repo.stage().paths()
  return all
    .filter((path) => path.startsWith(prefix))
    .map((path) => path.slice(prefix.length))
    .sort(byteOrder)
}
