import type { Json } from '../../../kernel/index.ts'
import { byteOrder } from '../object/byteOrder.ts'
import { readObject, writeObject } from '../object/store.ts'
import { ancestors } from '../revision/ancestry.ts'
import { subjectOf } from '../revision/pretty.ts'
import { peel, resolveRevision } from '../revision/resolve.ts'
import { globExpression } from '../work/globExpression.ts'
import { resolveRef } from '../work/refs.ts'
import type { Ask } from './ask.ts'
import { checkName } from './branch.ts'
import type { Command, Reply } from './command.ts'
import { flags } from './flags.ts'
import { cleanMessage } from './message.ts'
import { die, Problem } from './problem.ts'

/** Models: git builtin/tag.c */
export const tag: Command = {
  name: 'tag',
  summary: 'Create, list, delete or verify tags',
  usage: [
    'git tag [-a | -s | -u <key-id>] [-f] [-m <msg> | -F <file>] [-e] <tagname> [<commit> | <object>]',
    'git tag -d <tagname>...',
    'git tag [-n[<num>]] -l [--contains <commit>] [--no-contains <commit>] [<pattern>...]',
  ],
  place: 'repository',
  completes: 'tags',
  flags: flags(`
    a,annotate | annotated tag, needs a message
    m,message=<message> | tag message
    F,file=<file> | read message from file
    f,force | replace the tag if exists
    d,delete | delete tags
    l,list | list tag names
    n=<n>? | print <n> lines of each tag message
    contains=<commit>? | print only tags that contain the commit
    points-at=<object>? | print only tags of the object
    sort=<key> | field name to sort on
    s,sign | accepted
  `),
  run(ask) {
    const { repo } = ask
    if (ask.flag('delete')) return remove(ask)
    const [name, target = 'HEAD'] = ask.args
    if (name === undefined || ask.flag('list') || ask.flag('contains') || ask.flag('points-at') || ask.flag('n'))
      return list(ask)
    checkTag(name)
    const ref = `refs/tags/${name}`
    const old = resolveRef(repo.refs, ref)
    if (old !== undefined && !ask.flag('force')) die(`tag '${name}' already exists`)
    const id = resolveRevision(repo, target)
    if (id === undefined) return die(`Failed to resolve '${target}' as a valid ref.`)
    const words = ask.list('message')
    const file = ask.value('file')
    if (!ask.flag('annotate') && words.length === 0 && file === undefined && !ask.flag('sign'))
      return set(ask, name, id)
    if (words.length === 0 && file === undefined) {
      repo.write(
        'TAG_EDITMSG',
        `\n#\n# Write a message for tag:\n#   ${name}\n# Lines starting with '#' will be ignored.\n`,
      )
      return { edit: `${repo.gitDir}/TAG_EDITMSG`, next: null as Json }
    }
    const read = file === undefined ? undefined : ask.files.read(ask.path(file))
    const text =
      read === undefined
        ? words.join('\n\n')
        : 'text' in read
          ? read.text
          : die(`could not open or read '${file}': ${read.error}`)
    return annotate(ask, name, id, text)
  },
  resume(ask): Reply {
    const { repo } = ask
    const [name = '', target = 'HEAD'] = ask.args
    return annotate(
      ask,
      name,
      resolveRevision(repo, target) as string,
      cleanMessage(repo.read('TAG_EDITMSG') ?? '', true),
    )
  },
}

function annotate(ask: Ask, name: string, id: string, text: string): number {
  const { repo } = ask
  const message = cleanMessage(text, false)
  if (message === '') die('no tag message?')
  const object = readObject(repo.store, id) ?? die(`bad object ${id}`)
  return set(
    ask,
    name,
    writeObject(repo.store, {
      type: 'tag',
      object: id,
      objectType: object.type,
      tag: name,
      tagger: ask.who('COMMITTER'),
      message,
    }),
  )
}

function set(ask: Ask, name: string, id: string): number {
  const { repo } = ask
  const ref = `refs/tags/${name}`
  const old = resolveRef(repo.refs, ref)
  repo.refs.set(ref, id)
  if (old !== undefined && old !== id) ask.out(`Updated tag '${name}' (was ${ask.short(old)})\n`)
  return 0
}

function checkTag(name: string): void {
  try {
    checkName(name)
  } catch {
    die(`'${name}' is not a valid tag name.`)
  }
}

function remove(ask: Ask): number {
  const { repo } = ask
  for (const name of ask.args) {
    const id = resolveRef(repo.refs, `refs/tags/${name}`)
    if (id === undefined) {
      ask.err(`error: tag '${name}' not found.\n`)
      ask.failed = true
      continue
    }
    repo.refs.remove(`refs/tags/${name}`)
    ask.out(`Deleted tag '${name}' (was ${ask.short(id)})\n`)
  }
  return ask.failed ? 1 : 0
}

function list(ask: Ask): number {
  const { repo } = ask
  const patterns = ask.args.map((one) => globExpression(one, true))
  const contains = ask.flag('contains') ? ask.commit(ask.value('contains') ?? 'HEAD') : undefined
  const points = ask.flag('points-at') ? ask.commit(ask.value('points-at') ?? 'HEAD') : undefined
  const names = repo.refs
    .list('refs/tags/')
    .map((ref) => ref.slice(10))
    .filter((name) => {
      const commit = peel(repo, resolveRef(repo.refs, `refs/tags/${name}`) ?? '', 'commit')
      if (patterns.length > 0 && !patterns.some((one) => one.test(name))) return false
      if (points !== undefined && commit !== points) return false
      return contains === undefined || (commit !== undefined && ancestors(repo.store, [commit]).has(contains))
    })
  const key = ask.value('sort') ?? repo.config.get('tag.sort') ?? 'refname'
  const order = /version|v:/.test(key)
    ? (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true })
    : byteOrder
  if (!/^-?(refname|version:refname|v:refname|creatordate|taggerdate)$/.test(key))
    throw new Problem(`fatal: unknown field name: ${key}`)
  const sorted = [...names].sort(order)
  if (key.startsWith('-')) sorted.reverse()
  for (const name of sorted) {
    const object = readObject(repo.store, resolveRef(repo.refs, `refs/tags/${name}`) ?? '')
    const message = object?.type === 'tag' || object?.type === 'commit' ? object.message : ''
    ask.out(ask.flag('n') ? `${name.padEnd(15)} ${subjectOf(message)}\n` : `${name}\n`)
  }
  return 0
}
