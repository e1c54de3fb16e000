import { reach } from '../remote/endpoint.ts'
import { isAncestor } from '../revision/ancestry.ts'
import { upstreamOf } from '../revision/resolve.ts'
import { withoutSection, withSetting } from '../work/config.ts'
import { resolveRef } from '../work/refs.ts'
import type { Ask } from './ask.ts'
import type { Command } from './command.ts'
import { fetchFrom } from './fetching.ts'
import { flags } from './flags.ts'
import { Problem, refuse } from './problem.ts'

/** Models: git builtin/remote.c */
export const remote: Command = {
  name: 'remote',
  summary: 'Manage set of tracked repositories',
  usage: [
    'git remote [-v | --verbose]',
    'git remote add [-f] <name> <url>',
    'git remote rename <old> <new>',
    'git remote remove <name>',
    'git remote show [-n] <name>',
    'git remote prune <name>',
    'git remote get-url [--push] [--all] <name>',
    'git remote set-url [--push] <name> <newurl>',
  ],
  place: 'repository',
  completes: 'remotes',
  subcommands: [
    { name: 'add', summary: 'add a remote' },
    { name: 'rename', summary: 'rename a remote' },
    { name: 'remove', summary: 'remove a remote' },
    { name: 'show', summary: 'tell about a remote' },
    { name: 'prune', summary: 'forget branches that are gone' },
    { name: 'get-url', summary: 'print the address' },
    { name: 'set-url', summary: 'change the address' },
  ],
  flags: flags(`
    v,verbose | be verbose
    f,fetch | fetch the remote branches
    push | the address for pushing
    all | all addresses
    n | do not ask the remote
  `),
  run(ask) {
    const { repo } = ask
    const [sub, name = '', other] = ask.args
    const known = repo.config.subsections('remote').filter((one) => repo.config.get(`remote.${one}.url`) !== undefined)
    if (sub === undefined || (sub === 'show' && name === '')) {
      for (const one of [...known].sort()) {
        const url = repo.config.get(`remote.${one}.url`)
        const pushUrl = repo.config.get(`remote.${one}.pushurl`) ?? url
        ask.out(ask.flag('verbose') ? `${one}\t${url} (fetch)\n${one}\t${pushUrl} (push)\n` : `${one}\n`)
      }
      return 0
    }
    const text = repo.read('config') ?? ''
    const must = (): void => {
      if (!known.includes(name))
        refuse(`No such remote${sub === 'get-url' || sub === 'set-url' ? '' : ':'} '${name}'`, 2)
    }
    switch (sub) {
      case 'add': {
        if (other === undefined) throw new Problem(`usage: ${remote.usage[1]}`, 129)
        if (known.includes(name)) refuse(`remote ${name} already exists.`, 3)
        if (!/^[\w][\w./-]*$/.test(name)) throw new Problem(`fatal: '${name}' is not a valid remote name`)
        const first = withSetting(text, `remote.${name}.url`, other)
        repo.write('config', withSetting(first, `remote.${name}.fetch`, `+refs/heads/*:refs/remotes/${name}/*`))
        return 0
      }
      case 'remove':
      case 'rm':
        must()
        return removeRemote(ask, name, text)
      case 'rename':
        must()
        return renameRemote(ask, name, other ?? '', text)
      case 'get-url':
        must()
        ask.out(`${repo.config.get(`remote.${name}.url`)}\n`)
        return 0
      case 'set-url':
        must()
        repo.write('config', withSetting(text, `remote.${name}.${ask.flag('push') ? 'pushurl' : 'url'}`, other ?? ''))
        return 0
      case 'show':
        return known.includes(name) ? show(ask, name) : refuse(`No such remote '${name}'`, 2)
      case 'prune': {
        must()
        fetchFrom(ask, { remote: name, refspecs: [], prune: true, quiet: true, log: 'remote prune' })
        return 0
      }
      default:
        throw new Problem(`error: unknown subcommand: \`${sub}'\n${ask.usage.trimEnd()}`, 129)
    }
  },
}

function removeRemote(ask: Ask, name: string, text: string): number {
  const { repo } = ask
  let fresh = withoutSection(text, `remote.${name}`)
  for (const branch of repo.config.subsections('branch'))
    if (repo.config.get(`branch.${branch}.remote`) === name) {
      fresh = withSetting(fresh, `branch.${branch}.remote`, undefined)
      fresh = withSetting(fresh, `branch.${branch}.merge`, undefined)
    }
  repo.write('config', fresh)
  for (const ref of repo.refs.list(`refs/remotes/${name}/`)) repo.refs.remove(ref)
  return 0
}

function renameRemote(ask: Ask, name: string, to: string, text: string): number {
  const { repo } = ask
  let fresh = withoutSection(text, `remote.${name}`, `remote.${to}`).replaceAll(
    `refs/remotes/${name}/`,
    `refs/remotes/${to}/`,
  )
  for (const branch of repo.config.subsections('branch'))
    if (repo.config.get(`branch.${branch}.remote`) === name) fresh = withSetting(fresh, `branch.${branch}.remote`, to)
  repo.write('config', fresh)
  for (const ref of repo.refs.list(`refs/remotes/${name}/`)) {
    const value = repo.refs.get(ref) ?? ''
    repo.refs.remove(ref)
    repo.refs.set(
      ref.replace(`refs/remotes/${name}/`, `refs/remotes/${to}/`),
      value.replace(`refs/remotes/${name}/`, `refs/remotes/${to}/`),
    )
  }
  return 0
}

function show(ask: Ask, name: string): number {
  const { repo } = ask
  const url = repo.config.get(`remote.${name}.url`) ?? name
  const other = reach(ask, url, 'pull')
  const branches = [...other.refs.keys()].filter((ref) => ref.startsWith('refs/heads/')).map((ref) => ref.slice(11))
  ask.out(
    `* remote ${name}\n  Fetch URL: ${url}\n  Push  URL: ${url}\n  HEAD branch: ${other.head?.slice(11) ?? '(unknown)'}\n`,
  )
  const width = Math.max(0, ...branches.map((one) => one.length))
  if (branches.length > 0) {
    ask.out(`  Remote branch${branches.length === 1 ? '' : 'es'}:\n`)
    for (const branch of branches) {
      const tracked = resolveRef(repo.refs, `refs/remotes/${name}/${branch}`) !== undefined
      ask.out(`    ${branch.padEnd(width)} ${tracked ? 'tracked' : `new (next fetch will store in remotes/${name})`}\n`)
    }
  }
  const own = repo.refs.list('refs/heads/').map((ref) => ref.slice(11))
  const pulling = own.filter((branch) => upstreamOf(repo, branch)?.remote === name)
  if (pulling.length > 0) {
    const wide = Math.max(...pulling.map((one) => one.length))
    ask.out(`  Local branch${pulling.length === 1 ? '' : 'es'} configured for 'git pull':\n`)
    for (const branch of pulling)
      ask.out(`    ${branch.padEnd(wide)} merges with remote ${upstreamOf(repo, branch)?.merge.slice(11)}\n`)
  }
  const pushing = own.filter((branch) => branches.includes(branch))
  if (pushing.length > 0) {
    const wide = Math.max(...pushing.map((one) => one.length))
    ask.out(`  Local ref${pushing.length === 1 ? '' : 's'} configured for 'git push':\n`)
    for (const branch of pushing) {
      const there = other.refs.get(`refs/heads/${branch}`) as string
      const here = resolveRef(repo.refs, `refs/heads/${branch}`) as string
      const how =
        there === here
          ? 'up to date'
          : repo.store.text(there) !== undefined && isAncestor(repo.store, there, here)
            ? 'fast-forwardable'
            : 'local out of date'
      ask.out(`    ${branch.padEnd(wide)} pushes to ${branch.padEnd(wide)} (${how})\n`)
    }
  }
  return 0
}
