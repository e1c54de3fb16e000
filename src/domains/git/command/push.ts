import { type Endpoint, type RefUpdate, reach } from '../remote/endpoint.ts'
import { missingObjects, sendingText } from '../remote/transfer.ts'
import { prettyRef, pushLines, type UpdateLine } from '../remote/updates.ts'
import { isAncestor } from '../revision/ancestry.ts'
import { fullRef, peel, resolveRevision, upstreamOf } from '../revision/resolve.ts'
import { withSetting } from '../work/config.ts'
import { resolveRef } from '../work/refs.ts'
import type { Ask } from './ask.ts'
import type { Command } from './command.ts'
import { defaultRemote } from './fetch.ts'
import { flags } from './flags.ts'
import { die, Problem } from './problem.ts'
import { pushRule } from './push.rule.ts'

/** Models: git builtin/push.c, send-pack.c and transport.c */
export const push: Command = {
  name: 'push',
  summary: 'Update remote refs along with associated objects',
  usage: ['git push [<options>] [<repository> [<refspec>...]]'],
  place: 'repository',
  completes: 'remotes',
  flags: flags(`
    u,set-upstream | set upstream for git pull/status
    f,force | force updates
    force-with-lease=<ref>? | require old value of ref to be at this value
    force-if-includes | accepted
    d,delete | delete refs
    tags | push tags
    follow-tags | push missing but relevant tags
    all | push all branches
    branches | push all branches
    n,dry-run | dry run
    q,quiet | be more quiet
    v,verbose | be more verbose
    porcelain | accepted
    no-verify | accepted
    o,push-option=<option> | accepted
    atomic | request atomic transaction
  `),
  run(ask) {
    const { repo } = ask
    const [named, ...specs] = ask.args
    const remote = named ?? pushRemote(ask)
    const url = repo.config.get(`remote.${remote}.pushurl`) ?? repo.config.get(`remote.${remote}.url`)
    if (url === undefined && named === undefined) die(NO_DESTINATION)
    const wishes = wishesOf(ask, remote, url ?? remote, specs)
    const other = reach(ask, url ?? remote, 'push')
    return send(ask, remote, other, wishes)
  },
}

interface Wish {
  /** What is pushed, as it was written; empty for a deletion. */
  readonly from: string
  /** The full name of what is pushed, where it is a ref. */
  readonly source: string | undefined
  readonly id: string | undefined
  readonly to: string
  readonly force: boolean
}

function send(ask: Ask, remote: string, other: Endpoint, wishes: readonly Wish[]): number {
  const { repo } = ask
  const lines: UpdateLine[] = []
  const updates: RefUpdate[] = []
  const good: { readonly wish: Wish; readonly line: UpdateLine }[] = []
  let reason: 'behind' | 'fetch first' | 'tag' | undefined
  for (const wish of wishes) {
    const old = other.refs.get(wish.to)
    const from = wish.source === undefined || wish.from === 'HEAD' ? wish.from : prettyRef(wish.source)
    const to = prettyRef(wish.to)
    const refuse = (why: string): void => void lines.push({ flag: '!', summary: '[rejected]', from, to, why })
    if (old === wish.id) {
      if (old === undefined) {
        ask.err(`error: unable to delete '${to}': remote ref does not exist\n`)
        ask.failed = true
      } else good.push({ wish, line: { flag: '=', summary: '[up to date]', from, to } })
      continue
    }
    if (wish.id === undefined) {
      good.push({ wish, line: { flag: '-', summary: '[deleted]', from: '', to } })
      updates.push({ ref: wish.to, old, new: undefined })
      continue
    }
    const lease = leaseProblem(ask, remote, wish, old)
    if (lease) {
      refuse(lease)
      continue
    }
    const force = wish.force || ask.flag('force') || ask.flag('force-with-lease')
    if (old === undefined) {
      const summary = wish.to.startsWith('refs/tags/')
        ? '[new tag]'
        : wish.to.startsWith('refs/heads/')
          ? '[new branch]'
          : '[new reference]'
      good.push({ wish, line: { flag: '*', summary, from, to } })
    } else {
      const known = repo.store.text(old) !== undefined
      const branch = wish.to.startsWith('refs/heads/')
      const forward = known && branch && isAncestor(repo.store, old, peel(repo, wish.id, 'commit') ?? wish.id)
      const why = ask.call.world.decide(pushRule, { branch, known, forward, force }).refused
      if (why !== undefined) {
        if (why === 'fetch first') reason = why
        else reason ??= why === 'already exists' ? 'tag' : 'behind'
        refuse(why)
        continue
      }
      const [a, b] = [ask.short(old), ask.short(wish.id)]
      good.push({
        wish,
        line: forward
          ? { flag: ' ', summary: `${a}..${b}`, from, to }
          : { flag: '+', summary: `${known ? a : old.slice(0, 7)}...${b}`, from, to, why: 'forced update' },
      })
    }
    updates.push({ ref: wish.to, old, new: wish.id })
  }
  if (ask.flag('atomic') && lines.length > 0) updates.length = 0
  const objects = missingObjects(
    repo.store,
    other.store,
    updates.flatMap((one) => one.new ?? []),
  )
  const rejected =
    ask.flag('dry-run') || updates.length === 0 ? new Map<string, string>() : other.receive(updates, objects)
  const loud = !ask.flag('quiet')
  if (loud && ask.call.terminal && objects.size > 0) ask.err(sendingText(objects))
  for (const { wish, line } of good) {
    const why = rejected.get(wish.to)
    if (why !== undefined) lines.push({ flag: '!', summary: '[remote rejected]', from: line.from, to: line.to, why })
    else {
      if (line.flag !== '=' || ask.flag('verbose')) lines.push(line)
      if (!ask.flag('dry-run')) track(ask, remote, wish)
    }
  }
  const failed = lines.some(({ flag }) => flag === '!')
  lines.sort((a, b) => Number(a.flag === '!') - Number(b.flag === '!'))
  if (lines.length > 0 && (loud || failed)) ask.err(`To ${other.url}\n${pushLines(lines)}`)
  if (ask.flag('set-upstream') && !failed) for (const { wish } of good) setUpstream(ask, remote, wish)
  if (failed || ask.failed) {
    ask.err(`error: failed to push some refs to '${other.url}'\n`)
    if (reason) ask.err(hintFor(reason, wishes.length === 1 && wishes[0]?.source === `refs/heads/${repo.branch()}`))
    return 1
  }
  if (lines.length === 0 && loud) ask.err('Everything up-to-date\n')
  return 0
}

function pushRemote(ask: Ask): string {
  const { repo } = ask
  const branch = repo.branch()
  return (
    (branch === undefined ? undefined : repo.config.get(`branch.${branch}.pushremote`)) ??
    repo.config.get('remote.pushdefault') ??
    defaultRemote(ask)
  )
}

function wishesOf(ask: Ask, remote: string, url: string, specs: readonly string[]): readonly Wish[] {
  const { repo } = ask
  const wishes: Wish[] = []
  const whole = (ref: string): Wish => ({
    from: prettyRef(ref),
    source: ref,
    id: resolveRef(repo.refs, ref),
    to: ref,
    force: false,
  })
  if (ask.flag('all') || ask.flag('branches')) wishes.push(...repo.refs.list('refs/heads/').map(whole))
  if (ask.flag('tags')) wishes.push(...repo.refs.list('refs/tags/').map(whole))
  for (const text of specs) {
    const force = text.startsWith('+')
    const [from = '', to] = text.replace(/^\+/, '').split(':')
    if (ask.flag('delete') || (from === '' && to !== undefined)) {
      const name = to ?? from
      wishes.push({
        from: '',
        source: undefined,
        id: undefined,
        to: name.startsWith('refs/') ? name : remoteName(repo.refs.list('refs/tags/'), name),
        force: false,
      })
      continue
    }
    const source =
      from === 'HEAD' || from === '@'
        ? repo.branch() === undefined
          ? 'HEAD'
          : `refs/heads/${repo.branch()}`
        : fullRef(repo, from)
    const id = source === undefined ? resolveRevision(repo, from) : resolveRef(repo.refs, source)
    if (id === undefined)
      throw new Problem(`error: src refspec ${from} does not match any\nerror: failed to push some refs to '${url}'`, 1)
    const target = to ?? (source === undefined ? undefined : source)
    const full =
      target === undefined || target === 'HEAD'
        ? undefined
        : target.startsWith('refs/')
          ? target
          : source?.startsWith('refs/tags/')
            ? `refs/tags/${target}`
            : `refs/heads/${target}`
    if (full === undefined)
      throw new Problem(
        `error: The destination refspec neither matches an existing ref on the remote nor\nbegins with refs/, and we are unable to guess a prefix based on the source ref.\nerror: failed to push some refs to '${url}'`,
        1,
      )
    wishes.push({ from, source, id, to: full, force })
  }
  if (wishes.length > 0 || specs.length > 0 || ask.flag('tags') || ask.flag('all')) {
    if (ask.flag('follow-tags')) wishes.push(...relevantTags(ask, wishes))
    return wishes
  }
  const branch = repo.branch()
  if (branch === undefined)
    return die(
      `You are not currently on a branch.\nTo push the history leading to the current (detached HEAD)\nstate now, use\n\n    git push ${remote} HEAD:<name-of-remote-branch>\n`,
    )
  if (resolveRef(repo.refs, `refs/heads/${branch}`) === undefined)
    throw new Problem(
      `error: src refspec refs/heads/${branch} does not match any\nerror: failed to push some refs to '${url}'`,
      1,
    )
  const mode = repo.config.get('push.default') ?? 'simple'
  const upstream = upstreamOf(repo, branch)
  const own = whole(`refs/heads/${branch}`)
  const auto = repo.config.flag('push.autosetupremote')
  if (mode === 'current' || ask.flag('set-upstream') || (auto && !upstream)) {
    if (auto && !upstream) setUpstream(ask, remote, own)
    return [own]
  }
  const central = remote === defaultRemote(ask)
  if (!central) return [own]
  if (!upstream)
    return die(
      `The current branch ${branch} has no upstream branch.\nTo push the current branch and set the remote as upstream, use\n\n    git push --set-upstream ${remote} ${branch}\n\nTo have this happen automatically for branches without a tracking\nupstream, see 'push.autoSetupRemote' in 'git help config'.\n`,
    )
  if (mode === 'simple' && upstream.merge !== `refs/heads/${branch}`)
    return die(
      `The upstream branch of your current branch does not match\nthe name of your current branch.  To push to the upstream branch\non the remote, use\n\n    git push ${remote} HEAD:${prettyRef(upstream.merge)}\n\nTo push to the branch of the same name on the remote, use\n\n    git push ${remote} HEAD\n\nTo choose either option permanently, see push.default in 'git help config'.\n\nTo avoid automatically configuring an upstream branch when its name\nwon't match the local branch, see option 'simple' of branch.autoSetupMerge\nin 'git help config'.\n`,
    )
  const wish = { ...own, to: upstream.merge }
  return ask.flag('follow-tags') ? [wish, ...relevantTags(ask, [wish])] : [wish]
}

function relevantTags(ask: Ask, wishes: readonly Wish[]): readonly Wish[] {
  const { repo } = ask
  return repo.refs.list('refs/tags/').flatMap((ref): Wish[] => {
    const id = resolveRef(repo.refs, ref)
    const target = id === undefined ? undefined : peel(repo, id, 'commit')
    if (id === undefined || target === undefined || id === target) return []
    const along = wishes.some(
      (wish) => wish.id !== undefined && isAncestor(repo.store, target, peel(repo, wish.id, 'commit') ?? wish.id),
    )
    return along ? [{ from: prettyRef(ref), source: ref, id, to: ref, force: false }] : []
  })
}

function remoteName(tags: readonly string[], name: string): string {
  return tags.includes(`refs/tags/${name}`) ? `refs/tags/${name}` : `refs/heads/${name}`
}

function leaseProblem(ask: Ask, remote: string, wish: Wish, old: string | undefined): string | undefined {
  if (!ask.flag('force-with-lease') || ask.flag('force')) return undefined
  const [, expected] = (ask.value('force-with-lease') ?? '').split(':')
  const known =
    expected !== undefined && expected !== ''
      ? resolveRevision(ask.repo, expected)
      : resolveRef(ask.repo.refs, wish.to.replace('refs/heads/', `refs/remotes/${remote}/`))
  return known === old ? undefined : 'stale info'
}

/** Notes what the remote has now. */
function track(ask: Ask, remote: string, wish: Wish): void {
  const { repo } = ask
  if (repo.config.get(`remote.${remote}.url`) === undefined || !wish.to.startsWith('refs/heads/')) return
  const ref = wish.to.replace('refs/heads/', `refs/remotes/${remote}/`)
  if (wish.id === undefined) {
    if (resolveRef(repo.refs, ref) !== undefined) repo.refs.remove(ref)
  } else if (resolveRef(repo.refs, ref) !== wish.id) repo.moveRef(ref, wish.id, ask.logger, 'update by push')
}

function setUpstream(ask: Ask, remote: string, wish: Wish): void {
  const { repo } = ask
  if (!wish.source?.startsWith('refs/heads/') || wish.id === undefined) return
  const branch = wish.source.slice(11)
  let text = repo.read('config') ?? ''
  text = withSetting(text, `branch.${branch}.remote`, remote)
  text = withSetting(text, `branch.${branch}.merge`, wish.to)
  repo.write('config', text)
  if (!ask.flag('quiet')) ask.out(`branch '${branch}' set up to track '${remote}/${prettyRef(wish.to)}'.\n`)
}

function hintFor(reason: 'behind' | 'fetch first' | 'tag', current: boolean): string {
  const note = "hint: See the 'Note about fast-forwards' in 'git push --help' for details.\n"
  if (reason === 'tag') return 'hint: Updates were rejected because the tag already exists in the remote.\n'
  if (reason === 'fetch first')
    return `hint: Updates were rejected because the remote contains work that you do not\nhint: have locally. This is usually caused by another repository pushing to\nhint: the same ref. If you want to integrate the remote changes, use\nhint: 'git pull' before pushing again.\n${note}`
  return current
    ? `hint: Updates were rejected because the tip of your current branch is behind\nhint: its remote counterpart. If you want to integrate the remote changes,\nhint: use 'git pull' before pushing again.\n${note}`
    : `hint: Updates were rejected because a pushed branch tip is behind its remote\nhint: counterpart. If you want to integrate the remote changes, use 'git pull'\nhint: before pushing again.\n${note}`
}

const NO_DESTINATION = `No configured push destination.
Either specify the URL from the command-line or configure a remote repository using

    git remote add <name> <url>

and then push using the remote name

    git push <name>
`
