import { quotedPath } from '../diff/quotedPath.ts'
import { byteOrder } from '../object/byteOrder.ts'
import { statusOf } from '../work/status.ts'
import { makeParents } from '../work/withParents.ts'
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

/** Models: git builtin/mv.c */
export const mv: Command = {
  name: 'mv',
  summary: 'Move or rename a file, a directory, or a symlink',
  usage: [
    'git mv [-v] [-f] [-n] [-k] <source> <destination>',
    'git mv [-v] [-f] [-n] [-k] <source>... <destination-directory>',
  ],
  completes: 'paths',
  flags: flags(`
    v,verbose | be verbose
    n,dry-run | dry run
    f,force | force move/rename even if target exists
    k | skip move/rename errors
  `),
  run(ask) {
    const { repo } = ask
    const words = [...ask.args]
    const into = words.pop()
    if (into === undefined || words.length === 0) throw new Problem(ask.usage.trimEnd(), 129)
    const prefix = (repo.top ?? '') === '/' ? 1 : (repo.top ?? '').length + 1
    const target = ask.path(into)
    const directory = ask.files.isDirectory(target)
    if (words.length > 1 && !directory) die(`destination '${into}' is not a directory`)
    const stage = repo.stage()
    for (const word of words) {
      const from = ask.path(word)
      const to = directory ? `${target}/${from.slice(from.lastIndexOf('/') + 1)}` : target
      const [a, b] = [from.slice(prefix), to.slice(prefix)]
      const tracked = stage.paths().filter((path) => path === a || path.startsWith(`${a}/`))
      const problem = (why: string): never => die(`${why}, source=${a}, destination=${b}`)
      if (!ask.files.exists(from)) problem('bad source')
      if (tracked.length === 0)
        problem(ask.files.isDirectory(from) ? 'source directory is empty' : 'not under version control')
      if (ask.files.exists(to) && !ask.flag('force')) problem('destination exists')
      if (!ask.files.isDirectory(to.slice(0, to.lastIndexOf('/')) || '/'))
        die(`renaming '${a}' failed: No such file or directory`)
      if (ask.flag('verbose') || ask.flag('dry-run')) ask.out(`Renaming ${a} to ${b}\n`)
      if (ask.flag('dry-run')) continue
      for (const path of ask.files.isDirectory(from) ? [from, ...ask.files.below(from)] : [from]) {
        const node = ask.files.node(path)
        const at = to + path.slice(from.length)
        makeParents(ask.files, at)
        if (node) ask.files.place(at, node)
      }
      ask.files.remove(from)
      for (const path of tracked) {
        const leaf = stage.files.get(path)
        stage.remove(path)
        if (leaf) stage.add(b + path.slice(a.length), leaf)
      }
    }
    repo.saveStage(stage)
    return 0
  },
}

/** Models: git builtin/clean.c */
export const clean: Command = {
  name: 'clean',
  summary: 'Remove untracked files from the working tree',
  usage: ['git clean [-d] [-f] [-i] [-n] [-q] [-e <pattern>] [-x | -X] [--] [<pathspec>...]'],
  flags: flags(`
    q,quiet | do not print names of files removed
    n,dry-run | dry run
    f,force | force
    d | remove whole directories
    x | remove ignored files, too
    X | remove only ignored files
    e,exclude=<pattern> | add <pattern> to ignore rules
  `),
  run(ask) {
    const { repo } = ask
    if (!ask.flag('force') && !ask.flag('dry-run') && repo.config.get('clean.requireforce') !== 'false')
      die('clean.requireForce is true and -f not given: refusing to clean')
    const spec = ask.pathspec([...ask.args, ...(ask.given.rest ?? [])])
    const { untracked, ignored } = statusOf(repo, { ignored: ask.flag('x') || ask.flag('X'), paths: spec.matches })
    const all = [...(ask.flag('X') ? [] : untracked), ...ignored].filter(
      (path) => ask.flag('d') || !path.endsWith('/') || ask.args.length > 0,
    )
    for (const path of [...all].sort(byteOrder)) {
      if (!ask.flag('quiet') || ask.flag('dry-run'))
        ask.out(`${ask.flag('dry-run') ? 'Would remove' : 'Removing'} ${quotedPath(ask.relative(path))}\n`)
      if (!ask.flag('dry-run')) ask.files.remove(repo.at(path.replace(/\/$/, '')))
    }
    return 0
  },
}
