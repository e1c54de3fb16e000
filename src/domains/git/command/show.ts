import { combinedDiff } from '../diff/combined.ts'
import { filesOfCommit, pathsOf } from '../object/flatTree.ts'
import type { GitObject } from '../object/gitObject.ts'
import { readObject } from '../object/store.ts'
import { dateText } from '../revision/date.ts'
import { prettyCommit } from '../revision/pretty.ts'
import { resolveRevision } from '../revision/resolve.ts'
import type { Ask } from './ask.ts'
import type { Command } from './command.ts'
import { DIFF_FLAGS, diffForms } from './diffOutput.ts'
import { commitDiff, PRETTY_FLAGS, prettyOf } from './log.ts'
import { die } from './problem.ts'

/** Models: git builtin/log.c cmd_show */
export const show: Command = {
  name: 'show',
  summary: 'Show various types of objects',
  usage: ['git show [<options>] <object>...'],
  place: 'repository',
  completes: 'refs',
  flags: [...PRETTY_FLAGS, ...DIFF_FLAGS],
  run(ask) {
    const { repo } = ask
    const names: string[] = []
    const paths: string[] = []
    for (const word of ask.args) {
      if (paths.length === 0 && resolveRevision(repo, word, ask.cwd) !== undefined) names.push(word)
      else if (ask.files.exists(ask.path(word))) paths.push(word)
      else if (/^[^:]+:/.test(word) && resolveRevision(repo, word.split(':')[0] as string) !== undefined)
        die(`path '${word.slice(word.indexOf(':') + 1)}' does not exist in '${word.split(':')[0]}'`)
      else ask.ambiguous(word)
    }
    if (names.length === 0) names.push('HEAD')
    if (names[0] === 'HEAD' && repo.head() === undefined)
      die(`your current branch '${repo.branch()}' does not have any commits yet`)
    names.forEach((name, i) => {
      const id = resolveRevision(repo, name, ask.cwd) as string
      const object = readObject(repo.store, id) ?? die(`bad object ${name}`)
      showObject(
        ask.with({ ...ask.given, args: [], rest: [...paths, ...(ask.given.rest ?? [])] }),
        name,
        id,
        object,
        i === 0,
      )
    })
    return 0
  },
}

function showObject(ask: Ask, name: string, id: string, object: GitObject, first: boolean): void {
  const { repo } = ask
  if (object.type === 'blob') ask.out(object.text)
  else if (object.type === 'tree')
    ask.out(
      `${first ? '' : '\n'}tree ${name}\n\n${object.entries.map((entry) => `${entry.name}${entry.mode === '40000' ? '/' : ''}\n`).join('')}`,
    )
  else if (object.type === 'tag') {
    const { tagger } = object
    ask.out(
      `${first ? '' : '\n'}tag ${object.tag}\nTagger: ${tagger.name} <${tagger.email}>\nDate:   ${dateText(tagger, 'default', ask.now)}\n\n${object.message}\n`,
    )
    const target = readObject(repo.store, object.object)
    if (target) showObject(ask, object.object, object.object, target, true)
  } else {
    const style = prettyOf(ask)
    const text = prettyCommit(id, object, style)
    const forms = diffForms(ask, ['patch'])
    const diff =
      object.parents.length > 1
        ? forms.includes('patch')
          ? mergeDiff(ask, id, object.parents)
          : commitDiff(ask, id, forms)
        : commitDiff(ask, id, forms)
    const gap =
      diff === ''
        ? object.parents.length > 1 && forms.length > 0 && style.format === 'medium'
          ? '\n'
          : ''
        : style.format === 'oneline'
          ? ''
          : '\n'
    ask.out(`${first || style.terminated ? '' : '\n'}${text}\n${gap}${diff}`)
  }
}

/** What a merge has that neither of its parents has. */
export function mergeDiff(ask: Ask, id: string, parents: readonly string[]): string {
  const { store } = ask.repo
  const result = filesOfCommit(store, id)
  const sides = parents.map((parent) => filesOfCommit(store, parent))
  return pathsOf(result, ...sides)
    .map((path) => {
      const own = result.get(path)
      const olds = sides.map((side) => side.get(path))
      if (!own || olds.some((old) => !old || old.id === own.id)) return ''
      return combinedDiff(
        store,
        path,
        olds.flatMap((old) => old ?? []),
        own,
        (one) => ask.short(one),
      )
    })
    .join('')
}
