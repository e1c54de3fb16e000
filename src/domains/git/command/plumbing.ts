import { quotedPath } from '../diff/quotedPath.ts'
import { byteOrder } from '../object/byteOrder.ts'
import { treeOfObject, writeTree } from '../object/flatTree.ts'
import { bodyText, objectId, objectSize } from '../object/gitObject.ts'
import { readObject, readTree, writeBlob, writeObject } from '../object/store.ts'
import { isAncestor, mergeBases } from '../revision/ancestry.ts'
import { fullRef, peel, resolveRevision } from '../revision/resolve.ts'
import { resolveRef } from '../work/refs.ts'
import type { Command } from './command.ts'
import { flags } from './flags.ts'
import { die, Problem } from './problem.ts'

/** Models: git builtin/cat-file.c */
export const catFile: Command = {
  name: 'cat-file',
  summary: 'Provide contents or details of repository objects',
  usage: ['git cat-file <type> <object>', 'git cat-file (-e | -p | -t | -s) <object>'],
  place: 'repository',
  completes: 'refs',
  flags: flags(`
    e | check if <object> exists
    p | pretty-print <object> content
    t | show object type
    s | show object size
  `),
  run(ask) {
    const { repo } = ask
    const [first = '', second] = ask.args
    const name = second ?? first
    const id = resolveRevision(repo, name, ask.cwd)
    const object = id === undefined ? undefined : readObject(repo.store, id)
    if (ask.flag('e')) return object ? 0 : id === undefined ? die(`Not a valid object name ${name}`) : 1
    if (id === undefined || !object) return die(`Not a valid object name ${name}`)
    if (ask.flag('t')) ask.out(`${object.type}\n`)
    else if (ask.flag('s')) ask.out(`${objectSize(object)}\n`)
    else if (ask.flag('p')) {
      if (object.type === 'tree') ask.out(object.entries.map(treeLine).join(''))
      else ask.out(bodyText(object))
    } else {
      const wanted = peel(repo, id, first as 'blob')
      const found = wanted === undefined ? undefined : readObject(repo.store, wanted)
      if (!found) return die(`git cat-file ${name}: bad file`)
      ask.out(bodyText(found))
    }
    return 0
  },
}

function treeLine({ mode, id, name }: { readonly mode: string; readonly id: string; readonly name: string }): string {
  const type = mode === '40000' ? 'tree' : mode === '160000' ? 'commit' : 'blob'
  return `${mode.padStart(6, '0')} ${type} ${id}\t${quotedPath(name)}\n`
}

/** Models: git builtin/hash-object.c */
export const hashObject: Command = {
  name: 'hash-object',
  summary: 'Compute object ID and optionally create an object from a file',
  usage: ['git hash-object [-t <type>] [-w] [--stdin] [--] <file>...'],
  place: 'anywhere',
  flags: flags(`
    t=<type> | object type
    w | write the object into the object database
    stdin | read the object from stdin
    no-filters | accepted
  `),
  run(ask) {
    const texts = ask.flag('stdin') ? [ask.call.stdin ?? ''] : []
    for (const name of [...ask.args, ...(ask.given.rest ?? [])]) {
      const read = ask.files.read(ask.path(name))
      texts.push('text' in read ? read.text : die(`could not open '${name}' for reading: ${read.error}`))
    }
    for (const text of texts)
      ask.out(`${ask.flag('w') ? writeBlob(ask.repo.store, text) : objectId({ type: 'blob', text })}\n`)
    return 0
  },
}

/** Models: git builtin/ls-files.c */
export const lsFiles: Command = {
  name: 'ls-files',
  summary: 'Show information about files in the index and the working tree',
  usage: ['git ls-files [<options>] [<file>...]'],
  completes: 'paths',
  flags: flags(`
    c,cached | show cached files in the output (default)
    d,deleted | show deleted files in the output
    m,modified | show modified files in the output
    o,others | show other files in the output
    i,ignored | show ignored files in the output
    s,stage | show staged contents' object name in the output
    u,unmerged | show unmerged files in the output
    exclude-standard | add the standard git exclusions
    error-unmatch | if any <file> is not in the index, treat this as an error
    full-name | make the output relative to the project top directory
    z | separate paths with NUL
  `),
  run(ask) {
    const { repo } = ask
    const given = [...ask.args, ...(ask.given.rest ?? [])]
    const here = (path: string): boolean => ask.cwd === repo.top || repo.at(path).startsWith(`${ask.cwd}/`)
    const spec = ask.pathspec(given)
    const stage = repo.stage()
    const wanted = (path: string): boolean => spec.matches(path) && (given.length > 0 || here(path))
    if (ask.flag('error-unmatch')) {
      const [missing] = spec.unmatched(stage.paths())
      if (missing !== undefined)
        throw new Problem(
          `error: pathspec '${missing}' did not match any file(s) known to git\nDid you forget to 'git add'?`,
          1,
        )
    }
    const end = ask.flag('z') ? '\0' : '\n'
    const shown = (path: string): string => {
      const name = ask.flag('full-name') ? path : ask.relative(path)
      return ask.flag('z') ? name : quotedPath(name)
    }
    if (ask.flag('stage') || ask.flag('unmerged')) {
      for (const line of stage.text().split('\n')) {
        const path = line.slice(line.indexOf('\t') + 1)
        if (line === '' || !wanted(path) || (ask.flag('unmerged') && !stage.conflicts.has(path))) continue
        ask.out(`${line.slice(0, line.indexOf('\t'))}\t${shown(path)}${end}`)
      }
      return 0
    }
    const out: string[] = []
    const others = [...repo.workFiles().keys()].filter((path) => !stage.has(path) && wanted(path))
    if (ask.flag('others'))
      out.push(
        ...others.filter((path) => {
          const ignored = (ask.flag('exclude-standard') || ask.flag('ignored')) && repo.ignore().ignores(path, false)
          return ask.flag('ignored') ? ignored : !ignored
        }),
      )
    const selected = ask.flag('cached') || !['deleted', 'modified', 'others'].some((name) => ask.flag(name))
    for (const path of stage.paths().filter(wanted)) {
      const work = repo.workFile(path)
      const copies = stage.conflicts.has(path)
        ? Object.values(stage.conflicts.get(path) ?? {}).filter(Boolean).length
        : 1
      if (selected) out.push(...Array.from({ length: copies }, () => path))
      if (ask.flag('deleted') && !work) out.push(path)
      if (ask.flag('modified') && work?.id !== stage.files.get(path)?.id) out.push(path)
    }
    const sorted = ask.flag('others')
      ? [...others.filter((path) => out.includes(path)), ...out.filter((path) => !others.includes(path))]
      : out
    for (const path of sorted) ask.out(`${shown(path)}${end}`)
    return 0
  },
}

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

/** Models: git builtin/rev-parse.c */
export const revParse: Command = {
  name: 'rev-parse',
  summary: 'Pick out and massage parameters',
  usage: ['git rev-parse [<options>] <arg>...'],
  place: 'anywhere',
  completes: 'refs',
  flags: flags(`
    short=<length>? | shorten ids
    abbrev-ref=<mode>? | a short name
    symbolic-full-name | the full name of the ref
    verify | exactly one parameter
    q,quiet | no message when it is none
    show-toplevel | the top of the working tree
    show-prefix | where we are below the top
    show-cdup | the way up to the top
    git-dir | the git directory
    absolute-git-dir | the git directory
    is-inside-work-tree | whether we are in a working tree
    is-inside-git-dir | whether we are in a git directory
    is-bare-repository | whether it is bare
    git-path=<path> | a path in the git directory
    all | all refs
  `),
  run(ask) {
    const { repo } = ask
    for (const [key, value] of ask.given.order) {
      const top = repo.top
      const inside =
        top !== undefined &&
        (ask.cwd === top || ask.cwd.startsWith(top === '/' ? '/' : `${top}/`)) &&
        !ask.cwd.startsWith(repo.gitDir)
      if (key === 'show-toplevel') ask.out(`${top ?? die('this operation must be run in a work tree')}\n`)
      if (key === 'show-prefix') ask.out(`${ask.cwd === top ? '' : `${ask.cwd.slice((top ?? '').length + 1)}/`}\n`)
      if (key === 'show-cdup')
        ask.out(`${ask.cwd === top ? '' : '../'.repeat(ask.cwd.slice((top ?? '').length + 1).split('/').length)}\n`)
      if (key === 'git-dir') ask.out(`${ask.cwd === top ? '.git' : ask.cwd === repo.gitDir ? '.' : repo.gitDir}\n`)
      if (key === 'absolute-git-dir') ask.out(`${repo.gitDir}\n`)
      if (key === 'is-inside-work-tree') ask.out(`${inside}\n`)
      if (key === 'is-inside-git-dir') ask.out(`${ask.cwd.startsWith(repo.gitDir)}\n`)
      if (key === 'is-bare-repository') ask.out(`${top === undefined}\n`)
      if (key === 'git-path') ask.out(`${ask.cwd === top ? '.git' : repo.gitDir}/${value}\n`)
      if (key === 'all') for (const ref of repo.refs.list('refs/')) ask.out(`${resolveRef(repo.refs, ref)}\n`)
    }
    for (const word of [...ask.args, ...(ask.given.rest ?? [])]) {
      const range = /^(.*?)(\.\.\.?)(.*)$/s.exec(word)
      const a = range ? resolveRevision(repo, range[1] || 'HEAD') : undefined
      const b = range ? resolveRevision(repo, range[3] || 'HEAD') : undefined
      if (range && a && b) {
        ask.out(
          range[2] === '..'
            ? `${b}\n^${a}\n`
            : `${a}\n${b}\n${mergeBases(repo.store, a, b)
                .map((id) => `^${id}\n`)
                .join('')}`,
        )
        continue
      }
      if (ask.flag('abbrev-ref') || ask.flag('symbolic-full-name')) {
        const upstream = /^(.*)@\{(u|upstream)\}$/.exec(word)
        const branch = upstream ? upstream[1] || repo.branch() : undefined
        const ref = upstream ? upstreamRef(ask.repo, branch) : fullRef(repo, word)
        const full =
          word === 'HEAD' || word === '@' ? (repo.branch() === undefined ? 'HEAD' : `refs/heads/${repo.branch()}`) : ref
        if (full === undefined)
          return upstream ? die(`no upstream configured for branch '${branch}'`) : ask.ambiguous(word)
        if (word === 'HEAD' && repo.head() === undefined) return ask.ambiguous(word)
        ask.out(`${ask.flag('symbolic-full-name') ? full : full.replace(/^refs\/(heads|tags|remotes)\//, '')}\n`)
        continue
      }
      const id = resolveRevision(repo, word, ask.cwd)
      if (id === undefined || (repo.store.text(id) === undefined && !/^[0-9a-f]{40}$/.test(word))) {
        if (ask.flag('quiet')) return 1
        if (ask.flag('verify')) return die('Needed a single revision')
        ask.out(`${word}\n`)
        return ask.ambiguous(word)
      }
      ask.out(`${ask.flag('short') ? repo.abbreviate(id, Number(ask.value('short') ?? 7)) : id}\n`)
    }
    return 0
  },
}

function upstreamRef(repo: Parameters<typeof fullRef>[0], branch: string | undefined): string | undefined {
  const remote = repo.config.get(`branch.${branch}.remote`)
  const merge = repo.config.get(`branch.${branch}.merge`)
  return remote === undefined || merge === undefined
    ? undefined
    : remote === '.'
      ? merge
      : merge.replace('refs/heads/', `refs/remotes/${remote}/`)
}

/** Models: git builtin/symbolic-ref.c */
export const symbolicRef: Command = {
  name: 'symbolic-ref',
  summary: 'Read, modify and delete symbolic refs',
  usage: ['git symbolic-ref [-m <reason>] <name> <ref>', 'git symbolic-ref [-q] [--short] <name>'],
  place: 'repository',
  flags: flags(`
    q,quiet | suppress error message for non-symbolic (detached) refs
    short | shorten ref output
    d,delete | delete symbolic ref
    m=<reason> | reason of the update
  `),
  run(ask) {
    const { repo } = ask
    const [name = 'HEAD', to] = ask.args
    if (ask.flag('delete')) repo.refs.remove(name)
    else if (to !== undefined) {
      if (name === 'HEAD' && !to.startsWith('refs/')) die('Refusing to point HEAD outside of refs/')
      repo.refs.set(name, `ref: ${to}`)
    } else {
      const value = repo.refs.get(name)
      if (!value?.startsWith('ref: ')) return ask.flag('quiet') ? 1 : die(`ref ${name} is not a symbolic ref`)
      ask.out(`${ask.flag('short') ? value.slice(5).replace(/^refs\/(heads|remotes|tags)\//, '') : value.slice(5)}\n`)
    }
    return 0
  },
}

/** Models: git builtin/merge-base.c */
export const mergeBase: Command = {
  name: 'merge-base',
  summary: 'Find as good common ancestors as possible for a merge',
  usage: ['git merge-base [-a | --all] <commit> <commit>...', 'git merge-base --is-ancestor <commit> <commit>'],
  place: 'repository',
  completes: 'refs',
  flags: flags(`
    a,all | output all common ancestors
    is-ancestor | is the first one ancestor of the other?
  `),
  run(ask) {
    const [a, b] = ask.args
    if (a === undefined || b === undefined) throw new Problem(ask.usage.trimEnd(), 129)
    const name = (word: string): string => {
      try {
        return ask.commit(word)
      } catch {
        return die(`Not a valid object name ${word}`)
      }
    }
    const { store } = ask.repo
    if (ask.flag('is-ancestor')) return isAncestor(store, name(a), name(b)) ? 0 : 1
    const found = mergeBases(store, name(a), name(b))
    for (const id of ask.flag('all') ? found : found.slice(0, 1)) ask.out(`${id}\n`)
    return found.length > 0 ? 0 : 1
  },
}

/** Models: git builtin/write-tree.c */
export const writeTreeCommand: Command = {
  name: 'write-tree',
  summary: 'Create a tree object from the current index',
  usage: ['git write-tree'],
  flags: [],
  run(ask) {
    ask.out(`${writeTree(ask.repo.store, new Map([...ask.repo.stage().files].sort(([a], [b]) => byteOrder(a, b))))}\n`)
    return 0
  },
}

/** Models: git builtin/commit-tree.c */
export const commitTree: Command = {
  name: 'commit-tree',
  summary: 'Create a new commit object',
  usage: ['git commit-tree <tree> [(-p <parent>)...] [(-m <message>)...]'],
  place: 'repository',
  flags: flags(`
    p=<parent> | id of a parent commit object
    m=<message> | commit message
  `),
  run(ask) {
    const { repo } = ask
    const tree = resolveRevision(repo, ask.args[0] ?? '') ?? die(`not a valid object name ${ask.args[0]}`)
    const message = ask.list('m').length > 0 ? `${ask.list('m').join('\n\n')}\n` : (ask.call.stdin ?? '')
    const id = writeObject(repo.store, {
      type: 'commit',
      tree: treeOfObject(repo.store, tree) ?? die(`${tree} is not a valid 'tree' object`),
      parents: ask.list('p').map((one) => ask.commit(one)),
      author: ask.who('AUTHOR'),
      committer: ask.who('COMMITTER'),
      message,
    })
    ask.out(`${id}\n`)
    return 0
  },
}

/** Models: git builtin/update-ref.c */
export const updateRef: Command = {
  name: 'update-ref',
  summary: 'Update the object name stored in a ref safely',
  usage: ['git update-ref [-d] <refname> [<new-oid>] [<old-oid>]'],
  place: 'repository',
  flags: flags(`
    d | delete the reference
    m=<reason> | reason of the update
  `),
  run(ask) {
    const { repo } = ask
    const [name = '', to] = ask.args
    if (ask.flag('d')) repo.refs.remove(name)
    else
      repo.moveRef(
        name,
        resolveRevision(repo, to ?? '') ?? die(`${to}: not a valid SHA1`),
        ask.logger,
        ask.value('m') ?? '',
      )
    return 0
  },
}

/** Models: git builtin/show-ref.c */
export const showRef: Command = {
  name: 'show-ref',
  summary: 'List references in a local repository',
  usage: ['git show-ref [--head] [--branches] [--tags] [<pattern>...]'],
  place: 'repository',
  flags: flags(`
    head | show the HEAD reference
    heads | only show branches
    branches | only show branches
    tags | only show tags
    q,quiet | do not print results to stdout
    verify | stricter reference checking
    s,hash=<n>? | only show SHA1 hash
  `),
  run(ask) {
    const { repo } = ask
    const heads = ask.flag('heads') || ask.flag('branches')
    const names = repo.refs.list('refs/').filter((ref) => {
      if (heads || ask.flag('tags')) {
        if (!((heads && ref.startsWith('refs/heads/')) || (ask.flag('tags') && ref.startsWith('refs/tags/'))))
          return false
      }
      return ask.args.length === 0 || ask.args.some((one) => ref === one || ref.endsWith(`/${one}`))
    })
    const rows = [...(ask.flag('head') && repo.head() !== undefined ? ['HEAD'] : []), ...names]
    if (!ask.flag('quiet'))
      for (const ref of rows) ask.out(`${resolveRef(repo.refs, ref)}${ask.flag('hash') ? '' : ` ${ref}`}\n`)
    return rows.length > 0 ? 0 : 1
  },
}

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
