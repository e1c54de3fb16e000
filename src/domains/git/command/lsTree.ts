import { quotedPath } from '../diff/quotedPath.ts'
import { treeOfObject } from '../object/flatTree.ts'
import { objectSize } from '../object/gitObject.ts'
import { readObject, readTree } from '../object/store.ts'
import { resolveRevision } from '../revision/resolve.ts'
import type { Command } from './command.ts'
import { flags } from './flags.ts'
import { die, Problem } from './problem.ts'
import { treeLine } from './treeLine.ts'

/** Models: git builtin/ls-tree.c */
export const lsTree: Command = {
  name: 'ls-tree',
  summary: 'List the contents of a tree object',
  usage: ['git ls-tree [<options>] <tree-ish> [<path>...]'],
  place: 'repository',
  completes: 'refs',
  flags: flags(`
    d | only show trees
    r | recurse into subtrees
    t | show trees when recursing
    l,long | include object size
    name-only | list only filenames
    name-status | list only filenames
    full-tree | list entire tree; not just current directory
  `),
  run(ask) {
    const { repo } = ask
    const [name, ...paths] = ask.args
    if (name === undefined) throw new Problem(ask.usage.trimEnd(), 129)
    const id = resolveRevision(repo, name, ask.cwd)
    if (id === undefined) return die(`Not a valid object name ${name}`)
    const tree = treeOfObject(repo.store, id) ?? die('not a tree object')
    const print = (mode: string, one: string, path: string): void => {
      if (ask.flag('d') && mode !== '40000') return
      if (ask.flag('name-only') || ask.flag('name-status')) {
        ask.out(`${quotedPath(path)}\n`)
        return
      }
      const line = treeLine({ mode, id: one, name: path })
      const object = readObject(repo.store, one)
      const size = mode === '40000' || !object ? '-' : String(objectSize(object))
      ask.out(ask.flag('long') ? line.replace('\t', ` ${size.padStart(7)}\t`) : line)
    }
    const visit = (at: string, prefix: string): void => {
      for (const entry of readTree(repo.store, at).entries) {
        const path = `${prefix}${entry.name}`
        const inside = paths.some(
          (one) => one.replace(/\/$/, '').startsWith(`${path}/`) || (one.endsWith('/') && one === `${path}/`),
        )
        const chosen =
          paths.length === 0 ||
          paths.some((one) => one === path || path.startsWith(one.endsWith('/') ? one : `${one}/`))
        if (entry.mode === '40000' && ((ask.flag('r') && chosen) || inside)) {
          if (ask.flag('t') || ask.flag('d')) print(entry.mode, entry.id, path)
          visit(entry.id, `${path}/`)
        } else if (chosen) print(entry.mode, entry.id, path)
      }
    }
    visit(tree, '')
    return 0
  },
}
