import { previousBranch, resolveCommit } from '../revision/resolve.ts'
import { resolveRef } from '../work/refs.ts'
import type { Ask } from './ask.ts'
import { create } from './branch.ts'
import type { Command } from './command.ts'
import { flags } from './flags.ts'
import { die } from './problem.ts'
import { switchTo, switchToNew } from './switching.ts'

/** Models: git builtin/checkout.c cmd_switch */
export const switchCommand: Command = {
  name: 'switch',
  summary: 'Switch branches',
  usage: ['git switch [<options>] [<branch>]'],
  completes: 'branches',
  flags: flags(`
    c,create=<branch> | create and switch to a new branch
    C,force-create=<branch> | create/reset and switch to a branch
    d,detach | detach HEAD at named commit
    f,force | force checkout (throw away local modifications)
    discard-changes | throw away local modifications
    q,quiet | suppress progress reporting
    t,track=<mode>? | set branch tracking configuration
    guess | second guess 'git switch <no-such-branch>'
    m,merge | accepted
    orphan=<branch> | new unborn branch
  `),
  run(ask) {
    const { repo } = ask
    const fresh = ask.value('create') ?? ask.value('force-create')
    if (fresh !== undefined) return switchToNew(ask, fresh, ask.args[0], ask.value('force-create') !== undefined)
    const orphan = ask.value('orphan')
    if (orphan !== undefined) {
      repo.refs.set('HEAD', `ref: refs/heads/${orphan}`)
      ask.err(`Switched to a new branch '${orphan}'\n`)
      return 0
    }
    const [given] = ask.args
    if (given === undefined)
      return ask.flag('detach') ? toCommit(ask, 'HEAD') : die('missing branch or commit argument')
    const name = given === '-' ? (previousBranch(repo) ?? die('invalid reference: -')) : given
    if (ask.flag('detach')) return toCommit(ask, name)
    const id = resolveRef(repo.refs, `refs/heads/${name}`)
    const force = ask.flag('force') || ask.flag('discard-changes')
    if (id !== undefined) return switchTo(ask, { branch: name, name, commit: id, force })
    const guessed = guess(ask, name)
    if (guessed !== undefined && !ask.no('guess')) return guessed
    if (resolveCommit(repo, name) === undefined) return die(`invalid reference: ${name}`)
    const kind =
      name.startsWith('origin/') || resolveRef(repo.refs, `refs/remotes/${name}`) !== undefined
        ? 'remote branch'
        : resolveRef(repo.refs, `refs/tags/${name}`) !== undefined
          ? 'tag'
          : 'commit'
    return die(
      `a branch is expected, got ${kind} '${name}'\nhint: If you want to detach HEAD at the commit, try again with the --detach option.`,
    )
  },
}

/** Stands on a commit without a branch. */
export function toCommit(ask: Ask, name: string): number {
  const commit = resolveCommit(ask.repo, name) ?? die(`invalid reference: ${name}`)
  return switchTo(ask, { branch: undefined, name, commit, force: ask.flag('force'), advise: !ask.flag('detach') })
}

/** Makes a branch of a name that exactly one remote has, and switches to it. */
export function guess(ask: Ask, name: string): number | undefined {
  const { repo } = ask
  const found = repo.config
    .subsections('remote')
    .filter((one) => resolveRef(repo.refs, `refs/remotes/${one}/${name}`) !== undefined)
  const [remote, ...more] = found
  if (remote === undefined || more.length > 0) return undefined
  const start = `${remote}/${name}`
  create(ask.with({ ...ask.given, options: { ...ask.given.options, track: true, quiet: false } }), name, start, false)
  return switchTo(ask, {
    branch: name,
    name,
    commit: resolveRef(repo.refs, `refs/remotes/${start}`) as string,
    made: 'new',
  })
}
