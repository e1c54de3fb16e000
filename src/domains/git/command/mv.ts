import { makeParents } from '../work/withParents.ts'
import type { Command } from './command.ts'
import { flags } from './flags.ts'
import { die, Problem } from './problem.ts'

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
