import { filesOfCommit } from '../object/flatTree.ts'
import { isAncestor } from '../revision/ancestry.ts'
import { upstreamOf } from '../revision/resolve.ts'
import { obstacles, switchFiles } from '../work/workTree.ts'
import type { Ask } from './ask.ts'
import type { Command, Reply } from './command.ts'
import { defaultRemote } from './fetch.ts'
import { fetchFrom } from './fetching.ts'
import { flags } from './flags.ts'
import { changesText, into, merge, mergeWith, refuseUnfinished } from './merge.ts'
import { die, Problem } from './problem.ts'
import { begin, rebase } from './rebase.ts'
import { refuseObstacles } from './switching.ts'

/** Models: git builtin/pull.c */
export const pull: Command = {
  name: 'pull',
  summary: 'Fetch from and integrate with another repository or a local branch',
  usage: ['git pull [<options>] [<repository> [<refspec>...]]'],
  completes: 'remotes',
  flags: flags(`
    r,rebase=<mode>? | incorporate changes by rebasing rather than merging
    n | do not show a diffstat at the end of the merge
    stat | show a diffstat at the end of the merge
    squash | create a single commit instead of doing a merge
    commit | perform a commit if the merge succeeds (default)
    edit | edit message before committing
    ff | allow fast-forward
    ff-only | abort if fast-forward is not possible
    allow-unrelated-histories | allow merging unrelated histories
    p,prune | prune remote-tracking branches no longer on remote
    t,tags | fetch all tags
    q,quiet | be more quiet
    v,verbose | accepted
    f,force | force overwrite of local branch
    X,strategy-option=<option> | option for selected merge strategy
    s,strategy=<strategy> | merge strategy to use
    autostash | accepted
  `),
  run(ask) {
    const { repo } = ask
    if (repo.stage().conflicts.size > 0)
      throw new Problem(
        "error: Pulling is not possible because you have unmerged files.\nhint: Fix them up in the work tree, and then use 'git add/rm <file>'\nhint: as appropriate to mark resolution and make a commit.\nfatal: Exiting because of an unresolved conflict.",
      )
    refuseUnfinished(ask)
    const [named, ...refspecs] = ask.args
    const remote = named ?? defaultRemote(ask)
    const found = fetchFrom(ask, {
      remote,
      refspecs,
      prune: ask.flag('prune'),
      tags: ask.flag('tags') || undefined,
      quiet: ask.flag('quiet'),
      log: ['pull', ...ask.args].join(' '),
    })
    const [first] = found
    if (!first) return noTracking(ask, remote)
    const head = repo.head()
    const setting = ask.no('rebase')
      ? 'false'
      : ask.flag('rebase')
        ? (ask.value('rebase') ?? 'true')
        : (repo.config.get(`branch.${repo.branch()}.rebase`) ?? repo.config.get('pull.rebase'))
    const ff = repo.config.get('pull.ff')
    const only =
      ask.flag('ff-only') ||
      (ff === 'only' && !ask.flag('ff') && !ask.no('ff') && !ask.flag('rebase') && !ask.no('rebase'))
    if (head === undefined || isAncestor(repo.store, first.id, head)) {
      if (head !== undefined) {
        ask.out('Already up to date.\n')
        return 0
      }
      return mergeWith(ask, first.id, '', first.ref, 'pull')
    }
    const forward = isAncestor(repo.store, head, first.id)
    if (!forward && only)
      throw new Problem(
        'hint: Diverging branches can\'t be fast-forwarded, you need to either:\nhint:\nhint: \tgit merge --no-ff\nhint:\nhint: or:\nhint:\nhint: \tgit rebase\nhint:\nhint: Disable this message with "git config set advice.diverging false"\nfatal: Not possible to fast-forward, aborting.',
      )
    if (!forward && setting === undefined && !ask.flag('ff') && !ask.no('ff') && ff === undefined)
      throw new Problem(DIVERGENT)
    if (setting !== undefined && setting !== 'false') {
      if (!forward) return begin(ask, first.id, undefined)
      const before = filesOfCommit(repo.store, head)
      const after = filesOfCommit(repo.store, first.id)
      ask.out(`Updating ${ask.short(head)}..${ask.short(first.id)}\n`)
      refuseObstacles(ask, obstacles(repo, before, after), 'merge', 'merge')
      switchFiles(repo, before, after)
      repo.moveRef('HEAD', first.id, ask.logger, `${['pull', ...ask.args].join(' ')}: Fast-forward`)
      ask.out(`Fast-forward\n${changesText(ask, head, first.id)}`)
      return 0
    }
    const short = first.ref.replace(/^refs\/(heads|tags)\//, '')
    const url = (repo.config.get(`remote.${remote}.url`) ?? remote).replace(/\.git$/, '')
    const kind = first.ref.startsWith('refs/tags/') ? 'tag' : 'branch'
    return mergeWith(
      ask,
      first.id,
      `Merge ${kind} '${short}' of ${url}${into(ask)}`,
      first.id,
      ['pull', ...ask.args].join(' '),
    )
  },
  resume: (ask, next): Reply =>
    next === 'merge' ? (merge.resume?.(ask, next) ?? 0) : (rebase.resume?.(ask, next) ?? 0),
}

function noTracking(ask: Ask, remote: string): number {
  const { repo } = ask
  const branch = repo.branch()
  if (branch === undefined)
    throw new Problem(
      'You are not currently on a branch.\nPlease specify which branch you want to merge with.\nSee git-pull(1) for details.\n\n    git pull <remote> <branch>\n',
      1,
    )
  const upstream = upstreamOf(repo, branch)
  if (upstream)
    throw new Problem(
      `Your configuration specifies to merge with the ref '${upstream.merge}'\nfrom the remote, but no such ref was fetched.`,
      1,
    )
  if (repo.config.get(`remote.${remote}.url`) === undefined) return die(`No remote repository specified.`)
  throw new Problem(
    `There is no tracking information for the current branch.\nPlease specify which branch you want to merge with.\nSee git-pull(1) for details.\n\n    git pull <remote> <branch>\n\nIf you wish to set tracking information for this branch you can do so with:\n\n    git branch --set-upstream-to=${remote}/<branch> ${branch}\n`,
    1,
  )
}

const DIVERGENT = `hint: You have divergent branches and need to specify how to reconcile them.
hint: You can do so by running one of the following commands sometime before
hint: your next pull:
hint:
hint:   git config pull.rebase false  # merge
hint:   git config pull.rebase true   # rebase
hint:   git config pull.ff only       # fast-forward only
hint:
hint: You can replace "git config" with "git config --global" to set a default
hint: preference for all repositories. You can also pass --rebase, --no-rebase,
hint: or --ff-only on the command line to override the configured default per
hint: invocation.
fatal: Need to specify how to reconcile divergent branches.`
