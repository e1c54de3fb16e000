import { isBinary, linesOf } from '../diff/lines.ts'
import { flatTree, treeOfObject } from '../object/flatTree.ts'
import { readBlob } from '../object/store.ts'
import { resolveRevision } from '../revision/resolve.ts'
import type { Command } from './command.ts'
import { flags } from './flags.ts'
import { die } from './problem.ts'

/** Models: git builtin/grep.c */
export const grep: Command = {
  name: 'grep',
  summary: 'Print lines matching a pattern',
  usage: ['git grep [<options>] [-e] <pattern> [<rev>...] [[--] <path>...]'],
  completes: 'refs',
  flags: flags(`
    i,ignore-case | case insensitive matching
    n,line-number | show line numbers
    l,files-with-matches | show only filenames instead of matching lines
    L,files-without-match | show only the names of files without match
    c,count | show the number of matches instead of matching lines
    w,word-regexp | match patterns only at word boundaries
    v,invert-match | show non-matching lines
    F,fixed-strings | interpret patterns as fixed strings
    E,extended-regexp | use extended POSIX regular expressions
    h | don't show filenames
    e=<pattern> | match <pattern>
    cached | search in index instead of in the work tree
    q,quiet | indicate hit with exit status without output
    o,only-matching | show only matching parts of a line
  `),
  run(ask) {
    const { repo } = ask
    const words = [...ask.args]
    const patterns = ask.list('e').length > 0 ? ask.list('e') : words.splice(0, 1)
    if (patterns.length === 0) return die('no pattern given')
    const revisions: string[] = []
    while (words[0] !== undefined && treeOf(words[0]) !== undefined && !ask.files.exists(ask.path(words[0])))
      revisions.push(words.shift() as string)
    function treeOf(word: string): string | undefined {
      const id = resolveRevision(repo, word)
      return id === undefined ? undefined : treeOfObject(repo.store, id)
    }
    const spec = ask.pathspec([...words, ...(ask.given.rest ?? [])])
    let expressions: readonly RegExp[]
    try {
      expressions = patterns.map((one) => {
        const body = ask.flag('fixed-strings')
          ? one.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
          : ask.flag('extended-regexp')
            ? one
            : one.replace(
                /\\([(){}|+?])|([(){}|+?])/g,
                (_, escaped?: string, plain?: string) => escaped ?? `\\${plain}`,
              )
        return new RegExp(ask.flag('word-regexp') ? `\\b(?:${body})\\b` : body, ask.flag('ignore-case') ? 'gi' : 'g')
      })
    } catch {
      return die(`command line, '${patterns[0]}': Invalid regular expression`)
    }
    let some = false
    const search = (name: string, text: string): void => {
      if (isBinary(text)) return
      const label = ask.flag('h') ? '' : name
      const hits = linesOf(text).flatMap((line, i) => {
        const bare = line.replace(/\n$/, '')
        const found = expressions.some((one) => bare.search(one) >= 0)
        return found !== ask.flag('invert-match') ? [{ line: bare, number: i + 1 }] : []
      })
      if (ask.flag('files-without-match')) {
        if (hits.length === 0) ask.out(`${name}\n`)
        some ||= hits.length === 0
        return
      }
      if (hits.length === 0) return
      some = true
      if (ask.flag('quiet')) return
      if (ask.flag('files-with-matches')) {
        ask.out(`${name}\n`)
        return
      }
      if (ask.flag('count')) {
        ask.out(`${label === '' ? '' : `${label}:`}${hits.length}\n`)
        return
      }
      for (const { line, number } of hits) {
        const head = `${label === '' ? '' : `${label}:`}${ask.flag('line-number') ? `${number}:` : ''}`
        if (!ask.flag('only-matching')) ask.out(`${head}${line}\n`)
        else for (const one of expressions) for (const [match] of line.matchAll(one)) ask.out(`${head}${match}\n`)
      }
    }
    if (revisions.length > 0) {
      for (const revision of revisions)
        for (const [path, leaf] of flatTree(repo.store, treeOf(revision) as string))
          if (spec.matches(path)) search(`${revision}:${path}`, readBlob(repo.store, leaf.id))
    } else
      for (const path of repo.stage().paths()) {
        const leaf = ask.flag('cached') ? repo.stage().files.get(path) : repo.workFile(path)
        const here = ask.cwd === repo.top || repo.at(path).startsWith(`${ask.cwd}/`)
        if (leaf && here && spec.matches(path)) search(ask.relative(path), readBlob(repo.memory, leaf.id))
      }
    return some ? 0 : 1
  },
}
