import { filesOfCommit } from '../object/flatTree.ts'
import { removeFile, writeFile } from '../work/workTree.ts'
import { checkoutPaths } from './checkout.ts'
import type { Command } from './command.ts'
import { flags } from './flags.ts'
import { die, Problem } from './problem.ts'

/** Models: git builtin/checkout.c cmd_restore */
export const restore: Command = {
  name: 'restore',
  summary: 'Restore working tree files',
  usage: ['git restore [<options>] [--source=<branch>] <file>...'],
  completes: 'changed',
  flags: flags(`
    s,source=<tree-ish> | which tree-ish to checkout from
    S,staged | restore the index
    W,worktree | restore the working tree (default)
    q,quiet | suppress progress reporting
    ours | checkout our version for unmerged files
    theirs | checkout their version for unmerged files
    m,merge | recreate conflicted files
  `),
  run(ask) {
    const { repo } = ask
    const paths = [...ask.args, ...(ask.given.rest ?? [])]
    if (paths.length === 0) die('you must specify path(s) to restore')
    const staged = ask.flag('staged')
    const work = ask.flag('worktree') || !staged
    const source = ask.value('source')
    if (!staged && source === undefined) {
      const quiet = ask.with({
        ...ask.given,
        args: [],
        rest: undefined,
        options: { ...ask.given.options, quiet: true },
      })
      return checkoutPaths(quiet, paths, undefined)
    }
    const spec = ask.pathspec(paths)
    const stage = repo.stage()
    const tree =
      source === undefined && repo.head() === undefined
        ? new Map()
        : filesOfCommit(repo.store, ask.commit(source ?? 'HEAD'))
    const unmatched = spec.unmatched([...tree.keys(), ...stage.paths()])
    if (unmatched.length > 0)
      throw new Problem(
        unmatched.map((one) => `error: pathspec '${one}' did not match any file(s) known to git`).join('\n'),
        1,
      )
    for (const path of new Set([...stage.paths(), ...tree.keys()])) {
      if (!spec.matches(path)) continue
      const leaf = tree.get(path)
      if (staged) {
        if (leaf) stage.add(path, leaf)
        else stage.remove(path)
      }
      if (work) {
        if (leaf) writeFile(repo, path, leaf)
        else removeFile(repo, path)
      }
    }
    if (staged) repo.saveStage(stage)
    return 0
  },
}
