import { quotedName } from '../diff/quotedPath.ts'
import { aheadBehind } from '../revision/ancestry.ts'
import { upstreamOf } from '../revision/resolve.ts'
import { resolveRef } from '../work/refs.ts'
import type { Repo } from '../work/repo.ts'
import { type Status, statusOf } from '../work/status.ts'
import { statusText } from '../work/statusText.ts'
import type { Command } from './command.ts'
import { flags } from './flags.ts'

/** Models: git builtin/commit.c cmd_status */
export const status: Command = {
  name: 'status',
  summary: 'Show the working tree status',
  usage: ['git status [<options>] [--] [<pathspec>...]'],
  completes: 'paths',
  flags: flags(`
    s,short | show status concisely
    b,branch | show branch information
    porcelain=<version>? | machine-readable output
    long | show status in long format (default)
    u,untracked-files=<mode>? | show untracked files: all, normal, no
    ignored=<mode>? | show ignored files
    z,null | terminate entries with NUL
    v,verbose | accepted
  `),
  run(ask) {
    const { repo } = ask
    const spec = ask.pathspec([...ask.args, ...(ask.given.rest ?? [])])
    const mode =
      ask.given.options['untracked-files'] === true
        ? 'all'
        : (ask.value('untracked-files') ?? ask.config.get('status.showuntrackedfiles') ?? 'normal')
    const found = statusOf(repo, {
      untracked: mode as 'all' | 'normal' | 'no',
      ignored: ask.flag('ignored'),
      paths: spec.matches,
    })
    const porcelain = ask.flag('porcelain')
    if (porcelain || ask.flag('short') || ask.flag('null')) {
      const end = ask.flag('null') ? '\0' : '\n'
      if (ask.flag('branch')) ask.out(`## ${branchLine(repo)}${end}`)
      ask.out(shortStatus(found, porcelain ? (path) => path : (path) => ask.relative(path), end))
      return 0
    }
    ask.out(statusText(repo, found, (path) => ask.relative(path), { untrackedHidden: mode === 'no' }))
    return 0
  },
}

/** The lines of `status --short`. */
export function shortStatus(found: Status, shown: (path: string) => string, end = '\n'): string {
  const rows = new Map<string, { x: string; y: string; from?: string }>()
  const row = (path: string): { x: string; y: string; from?: string } => {
    const known = rows.get(path) ?? { x: ' ', y: ' ' }
    rows.set(path, known)
    return known
  }
  for (const diff of found.staged) {
    const one = row((diff.new ?? diff.old)?.path ?? '')
    one.x = diff.status
    if (diff.status === 'R' && diff.old) one.from = diff.old.path
  }
  for (const diff of found.unstaged) row((diff.new ?? diff.old)?.path ?? '').y = diff.status
  for (const [path, letters] of found.conflicts) {
    const one = row(path)
    one.x = letters[0] as string
    one.y = letters[1] as string
  }
  const quote = end === '\0' ? (path: string) => path : (path: string) => quotedName(shown(path))
  const lines = [...rows]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, { x, y, from }]) =>
      end === '\0'
        ? `${x}${y} ${path}${from === undefined ? '' : `\0${from}`}`
        : `${x}${y} ${from === undefined ? '' : `${quote(from)} -> `}${quote(path)}`,
    )
  lines.push(...found.untracked.map((path) => `?? ${quote(path)}`), ...found.ignored.map((path) => `!! ${quote(path)}`))
  return lines.map((line) => line + end).join('')
}

/** `main...origin/main [ahead 1, behind 2]` */
export function branchLine(repo: Repo): string {
  const branch = repo.branch()
  if (branch === undefined) return 'HEAD (no branch)'
  const own = repo.head()
  const name = own === undefined ? `No commits yet on ${branch}` : branch
  const upstream = upstreamOf(repo, branch)
  if (!upstream) return name
  const short = upstream.ref.replace(/^refs\/(heads|remotes)\//, '')
  const other = resolveRef(repo.refs, upstream.ref)
  if (other === undefined) return `${name}...${short} [gone]`
  if (own === undefined) return `${name}...${short}`
  const { ahead, behind } = aheadBehind(repo.store, own, other)
  const parts = [...(ahead > 0 ? [`ahead ${ahead}`] : []), ...(behind > 0 ? [`behind ${behind}`] : [])]
  return `${name}...${short}${parts.length > 0 ? ` [${parts.join(', ')}]` : ''}`
}
