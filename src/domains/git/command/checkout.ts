import { mergeText } from '../merge/mergeText.ts'
import { filesOfCommit } from '../object/flatTree.ts'
import { readBlob, readCommit, writeBlob } from '../object/store.ts'
import { previousBranch, resolveCommit } from '../revision/resolve.ts'
import { resolveRef } from '../work/refs.ts'
import { removeFile, writeFile } from '../work/workTree.ts'
import type { Ask } from './ask.ts'
import type { Command } from './command.ts'
import { flags } from './flags.ts'
import { die, Problem } from './problem.ts'
import { guess } from './switch.ts'
import { switchTo, switchToNew } from './switching.ts'

/** Models: git builtin/checkout.c cmd_checkout */
export const checkout: Command = {
  name: 'checkout',
  summary: 'Switch branches or restore working tree files',
  usage: ['git checkout [<options>] <branch>', 'git checkout [<options>] [<branch>] -- <file>...'],
  completes: 'branches',
  flags: flags(`
    b=<branch> | create and checkout a new branch
    B=<branch> | create/reset and checkout a branch
    d,detach | detach HEAD at named commit
    f,force | force checkout (throw away local modifications)
    q,quiet | suppress progress reporting
    t,track=<mode>? | set branch tracking configuration
    guess | second guess 'git checkout <no-such-branch>'
    m,merge | recreate conflicted files
    ours | checkout our version for unmerged files
    theirs | checkout their version for unmerged files
    orphan=<branch> | new unborn branch
    conflict=<style> | conflict style
  `),
  run(ask) {
    const { repo } = ask
    const fresh = ask.value('b') ?? ask.value('B')
    if (fresh !== undefined) return switchToNew(ask, fresh, ask.args[0], ask.value('B') !== undefined)
    const orphan = ask.value('orphan')
    if (orphan !== undefined) {
      repo.refs.set('HEAD', `ref: refs/heads/${orphan}`)
      ask.err(`Switched to a new branch '${orphan}'\n`)
      return 0
    }
    const [given, ...others] = ask.args
    const { rest } = ask.given
    if (given === undefined && rest === undefined) {
      if (repo.head() === undefined) die('You are on a branch yet to be born')
      return switchTo(ask, {
        branch: repo.branch(),
        name: 'HEAD',
        commit: repo.head() as string,
        force: ask.flag('force'),
      })
    }
    const name = given === '-' ? previousBranch(repo) : given
    const commit = name === undefined ? undefined : resolveCommit(repo, name)
    const paths = [...others, ...(rest ?? [])]
    const isCommit = name !== undefined && commit !== undefined
    if (
      paths.length > 0 ||
      (given !== undefined && !isCommit && ask.files.exists(ask.path(given)) && !hasRemote(ask, given))
    ) {
      if ((isCommit && !ask.files.exists(ask.path(given ?? ''))) || (isCommit && rest !== undefined))
        return checkoutPaths(ask, paths, name)
      return checkoutPaths(ask, given === undefined ? paths : [given, ...paths], undefined)
    }
    if (name === undefined) return die('invalid reference: -')
    const id = resolveRef(repo.refs, `refs/heads/${name}`)
    if (id !== undefined && !ask.flag('detach'))
      return switchTo(ask, { branch: name, name, commit: id, force: ask.flag('force') })
    if (commit !== undefined)
      return switchTo(ask, { branch: undefined, name, commit, force: ask.flag('force'), advise: !ask.flag('detach') })
    const guessed = ask.no('guess') ? undefined : guess(ask, name)
    if (guessed !== undefined) return guessed
    if (
      repo
        .stage()
        .paths()
        .some((path) => ask.pathspec([name]).matches(path))
    )
      return checkoutPaths(ask, [name], undefined)
    throw new Problem(`error: pathspec '${name}' did not match any file(s) known to git`, 1)
  },
}

function hasRemote(ask: Ask, name: string): boolean {
  return (
    ask.repo.config
      .subsections('remote')
      .some((one) => resolveRef(ask.repo.refs, `refs/remotes/${one}/${name}`) !== undefined) &&
    !ask.repo.stage().has(name)
  )
}

/** Takes files from the index, or from a commit into the index and the working tree. */
export function checkoutPaths(ask: Ask, given: readonly string[], from: string | undefined): number {
  const { repo } = ask
  const spec = ask.pathspec(given)
  const stage = repo.stage()
  const source = from === undefined ? stage.files : filesOfCommit(repo.store, ask.commit(from))
  const known = from === undefined ? stage.paths() : [...source.keys()]
  const unmatched = spec.unmatched(known)
  if (unmatched.length > 0)
    throw new Problem(
      unmatched.map((one) => `error: pathspec '${one}' did not match any file(s) known to git`).join('\n'),
      1,
    )
  let updated = 0
  for (const path of known.filter(spec.matches)) {
    const stages = from === undefined ? stage.conflicts.get(path) : undefined
    if (stages) {
      const side = ask.flag('ours') ? stages[2] : ask.flag('theirs') ? stages[3] : undefined
      if (side) writeFile(repo, path, side)
      else if (ask.flag('merge') || ask.flag('conflict')) {
        const [base, ours, theirs] = [stages[1], stages[2], stages[3]].map((leaf) =>
          leaf ? readBlob(repo.store, leaf.id) : '',
        )
        const { text } = mergeText(base ?? '', ours ?? '', theirs ?? '', {
          ours: 'ours',
          theirs: 'theirs',
          base: 'base',
          style: ask.value('conflict') === 'diff3' ? 'diff3' : 'merge',
        })
        writeFile(repo, path, { mode: stages[2]?.mode ?? '100644', id: writeBlob(repo.memory, text) })
      } else if (ask.flag('ours') || ask.flag('theirs')) {
        removeFile(repo, path)
        throw new Problem(`error: path '${path}' does not have ${ask.flag('ours') ? 'our' : 'their'} version`, 1)
      } else if (!ask.flag('force')) throw new Problem(`error: path '${path}' is unmerged`, 1)
      updated++
      continue
    }
    const leaf = source.get(path)
    if (!leaf) continue
    const work = repo.workFile(path)
    const differs = work?.id !== leaf.id || work.mode !== leaf.mode
    if (from !== undefined) {
      if (stage.files.get(path)?.id !== leaf.id || differs) updated++
      stage.add(path, leaf)
    } else if (differs) updated++
    if (differs) writeFile(repo, path, leaf)
  }
  if (from !== undefined) repo.saveStage(stage)
  if (!ask.flag('quiet') && ask.given.rest === undefined) {
    const paths = `${updated} path${updated === 1 ? '' : 's'}`
    const merged = ask.flag('merge')
    ask.err(
      merged
        ? `Recreated ${updated} merge conflict${updated === 1 ? '' : 's'}\n`
        : from === undefined
          ? `Updated ${paths} from the index\n`
          : `Updated ${paths} from ${ask.short(readCommit(repo.store, ask.commit(from)).tree)}\n`,
    )
  }
  return 0
}
