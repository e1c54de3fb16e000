import { filesOfCommit } from '../object/flatTree.ts'
import { reach } from '../remote/endpoint.ts'
import { missingObjects, receivingText } from '../remote/transfer.ts'
import { withSetting } from '../work/config.ts'
import { makeGitDir, openRepo } from '../work/discover.ts'
import { resetFiles } from '../work/workTree.ts'
import type { Ask } from './ask.ts'
import type { Command } from './command.ts'
import { flags } from './flags.ts'
import { die, Problem } from './problem.ts'

/** Models: git builtin/clone.c */
export const clone: Command = {
  name: 'clone',
  summary: 'Clone a repository into a new directory',
  usage: ['git clone [<options>] [--] <repo> [<dir>]'],
  place: 'anywhere',
  flags: flags(`
    q,quiet | be more quiet
    bare | create a bare repository
    n,no-checkout | don't create a checkout
    o,origin=<name> | use <name> instead of 'origin' to track upstream
    b,branch=<branch> | checkout <branch> instead of the remote's HEAD
    depth=<depth> | accepted, without effect
    single-branch | clone only one branch, HEAD or --branch
  `),
  run(ask) {
    const words = [...ask.args, ...(ask.given.rest ?? [])]
    const [url, into] = words
    if (url === undefined) throw new Problem(`fatal: You must specify a repository to clone.\n\n${ask.usage}`, 129)
    const bare = ask.flag('bare')
    const name = into ?? nameOf(url, bare)
    const dir = ask.path(name)
    if (ask.files.exists(dir) && (!ask.files.isDirectory(dir) || ask.files.list(dir).length > 0))
      die(`destination path '${name}' already exists and is not an empty directory.`)
    const isPath = !/^[\w+.-]+:(\/\/|:)/.test(url)
    if (isPath && !ask.files.exists(ask.path(url))) die(`repository '${url}' does not exist`)
    if (!ask.flag('quiet')) ask.err(`Cloning into ${bare ? 'bare repository ' : ''}'${name}'...\n`)
    const other = reach(ask, url, 'pull')
    const origin = ask.value('origin') ?? ask.config.get('clone.defaultremotename') ?? 'origin'
    const wanted = ask.value('branch')
    if (wanted !== undefined && !other.refs.has(`refs/heads/${wanted}`) && !other.refs.has(`refs/tags/${wanted}`))
      throw new Problem(
        `${other.local ? '' : ''}warning: Could not find remote branch ${wanted} to clone.\nfatal: Remote branch ${wanted} not found in upstream ${origin}`,
      )
    const head = other.head ?? [...other.refs.keys()].find((ref) => ref.startsWith('refs/heads/'))
    const branch = wanted !== undefined && other.refs.has(`refs/heads/${wanted}`) ? wanted : head?.slice(11)
    const gitDir = bare ? dir : `${dir}/.git`
    makeGitDir(ask.files, gitDir, branch ?? ask.config.get('init.defaultbranch') ?? 'main', bare)
    const address = isPath ? ask.path(url) : url
    const settings: [string, string][] = [[`remote.${origin}.url`, address]]
    if (!bare) {
      settings.push([`remote.${origin}.fetch`, `+refs/heads/*:refs/remotes/${origin}/*`])
      if (branch !== undefined)
        settings.push([`branch.${branch}.remote`, origin], [`branch.${branch}.merge`, `refs/heads/${branch}`])
    }
    setAll(ask, gitDir, settings)
    const repo = openRepo(ask.files, { gitDir, top: bare ? undefined : dir }, ask.call.env['HOME'])
    const objects = missingObjects(other.store, repo.store, [...other.refs.values()])
    for (const [id, text] of objects) repo.store.put(id, text)
    if (!other.local && ask.call.terminal && !ask.flag('quiet') && objects.size > 0) ask.err(receivingText(objects))
    const packed = new Map<string, string>()
    for (const [ref, id] of other.refs) {
      if (bare || ref.startsWith('refs/tags/')) packed.set(ref, id)
      else if (ref.startsWith('refs/heads/')) packed.set(`refs/remotes/${origin}/${ref.slice(11)}`, id)
    }
    if (packed.size > 0) repo.refs.writePacked(packed)
    if (other.refs.size === 0) {
      if (!ask.flag('quiet')) ask.err('warning: You appear to have cloned an empty repository.\n')
      if (other.local && !ask.flag('quiet')) ask.err('done.\n')
      return 0
    }
    if (other.local && !ask.flag('quiet')) ask.err('done.\n')
    if (bare) return 0
    if (head !== undefined && other.refs.has(head))
      repo.refs.set(`refs/remotes/${origin}/HEAD`, `ref: refs/remotes/${origin}/${head.slice(11)}`)
    const tag = wanted !== undefined && branch !== wanted ? other.refs.get(`refs/tags/${wanted}`) : undefined
    const commit = tag ?? (branch === undefined ? undefined : other.refs.get(`refs/heads/${branch}`))
    if (commit === undefined) {
      ask.err('warning: remote HEAD refers to nonexistent ref, unable to checkout\n')
      return 0
    }
    if (tag !== undefined) repo.refs.set('HEAD', tag)
    repo.moveRef('HEAD', commit, ask.logger, `clone: from ${address}`)
    if (!ask.flag('no-checkout')) resetFiles(repo, filesOfCommit(repo.store, commit))
    return 0
  },
}

function setAll(ask: Ask, gitDir: string, settings: readonly (readonly [string, string])[]): void {
  const read = ask.files.read(`${gitDir}/config`)
  let text = 'text' in read ? read.text : ''
  for (const [key, value] of settings) text = withSetting(text, key, value)
  ask.files.write(`${gitDir}/config`, text)
}

/** The directory that a clone goes into: the last part of the address. */
function nameOf(url: string, bare: boolean): string {
  const last =
    url
      .replace(/\/+$/, '')
      .replace(/\/\.git$/, '')
      .split(/[/:]/)
      .pop() ?? ''
  const name = last.replace(/\.git$/, '')
  return bare ? `${name}.git` : name
}
