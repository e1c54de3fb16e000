import { removeFile } from '../work/workTree.ts'
import type { Command } from './command.ts'
import { flags } from './flags.ts'
import { die, Problem } from './problem.ts'

/** Models: git builtin/rm.c */
export const rm: Command = {
  name: 'rm',
  summary: 'Remove files from the working tree and from the index',
  usage: ['git rm [-f | --force] [-n] [-r] [--cached] [--ignore-unmatch] [--quiet] [--] [<pathspec>...]'],
  completes: 'paths',
  flags: flags(`
    n,dry-run | dry run
    q,quiet | do not list removed files
    cached | only remove from the index
    f,force | override the up-to-date check
    r | allow recursive removal
    ignore-unmatch | exit with a zero status even if nothing matched
  `),
  run(ask) {
    const { repo } = ask
    const given = [...ask.args, ...(ask.given.rest ?? [])]
    if (given.length === 0) die('No pathspec was given. Which files should I remove?')
    const spec = ask.pathspec(given)
    const stage = repo.stage()
    const [missing] = spec.unmatched(stage.paths())
    if (missing !== undefined && !ask.flag('ignore-unmatch')) die(`pathspec '${missing}' did not match any files`)
    const paths = stage.paths().filter(spec.matches)
    const directory = given.find(
      (one) =>
        paths.some((path) => path !== ask.path(one).slice((repo.top ?? '').length + 1)) &&
        ask.files.isDirectory(ask.path(one)),
    )
    if (directory !== undefined && !ask.flag('r')) die(`not removing '${directory}' recursively without -r`)
    if (!ask.flag('force')) {
      const head = repo.headFiles()
      const local: string[] = []
      const staged: string[] = []
      const both: string[] = []
      for (const path of paths) {
        const [index, work, old] = [stage.files.get(path), repo.workFile(path), head.get(path)]
        if (!index) continue
        const changed = work !== undefined && work.id !== index.id
        const added = index.id !== old?.id
        if (changed && added) both.push(path)
        else if (added && !ask.flag('cached')) staged.push(path)
        else if (changed && !ask.flag('cached')) local.push(path)
      }
      const problem = (list: readonly string[], one: string, many: string, hint: string): string =>
        list.length === 0
          ? ''
          : `error: the following file${list.length === 1 ? ` ${one}` : `s ${many}`}:\n${list.map((path) => `    ${path}\n`).join('')}${hint}`
      const text =
        problem(
          both,
          'has staged content different from both the\nfile and the HEAD',
          'have staged content different from both the\nfile and the HEAD',
          '(use -f to force removal)\n',
        ) +
        problem(
          staged,
          'has changes staged in the index',
          'have changes staged in the index',
          '(use --cached to keep the file, or -f to force removal)\n',
        ) +
        problem(
          local,
          'has local modifications',
          'have local modifications',
          '(use --cached to keep the file, or -f to force removal)\n',
        )
      if (text !== '') throw new Problem(text.trimEnd(), 1)
    }
    for (const path of paths) {
      if (!ask.flag('quiet')) ask.out(`rm '${path}'\n`)
      if (ask.flag('dry-run')) continue
      stage.remove(path)
      if (!ask.flag('cached')) removeFile(repo, path)
    }
    if (!ask.flag('dry-run')) repo.saveStage(stage)
    return 0
  },
}
