import type { Command } from './command.ts'
import { flags } from './flags.ts'

/** Models: git builtin/check-ignore.c */
export const checkIgnore: Command = {
  name: 'check-ignore',
  summary: 'Debug gitignore / exclude files',
  usage: ['git check-ignore [<options>] <pathname>...'],
  completes: 'paths',
  flags: flags(`
    q,quiet | suppress output
    v,verbose | show the pattern
    n,non-matching | show non-matching input paths
  `),
  run(ask) {
    const { repo } = ask
    const top = repo.top ?? '/'
    let some = false
    for (const word of ask.args) {
      const absolute = ask.path(word)
      const path = absolute.slice(top === '/' ? 1 : top.length + 1)
      const directory = ask.files.isDirectory(absolute)
      if (repo.stage().has(path)) continue
      let at = path
      let pattern = repo.ignore().match(at, directory)
      while ((!pattern || pattern.negative) && at.includes('/')) {
        at = at.slice(0, at.lastIndexOf('/'))
        const above = repo.ignore().match(at, true)
        if (above && !above.negative) pattern = above
      }
      if (!pattern || (pattern.negative && !ask.flag('verbose'))) continue
      some = true
      if (!ask.flag('quiet'))
        ask.out(ask.flag('verbose') ? `${pattern.source}:${pattern.line}:${pattern.text}\t${word}\n` : `${word}\n`)
    }
    return some ? 0 : 1
  },
}
