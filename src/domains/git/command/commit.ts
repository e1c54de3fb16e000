import type { Json } from '../../../kernel/index.ts'
import { type FlatTree, writeTree } from '../object/flatTree.ts'
import { parseSignature } from '../object/signature.ts'
import { readCommit } from '../object/store.ts'
import { subjectOf } from '../revision/pretty.ts'
import { resolveCommit } from '../revision/resolve.ts'
import { statusOf } from '../work/status.ts'
import { statusText } from '../work/statusText.ts'
import { stageFile, stageTracked } from './add.ts'
import type { Ask } from './ask.ts'
import type { Command, Reply } from './command.ts'
import { makeCommit, summaryOf } from './committing.ts'
import { flags } from './flags.ts'
import { cleanMessage, commented } from './message.ts'
import { die, Problem } from './problem.ts'

/** Models: git builtin/commit.c */
export const commit: Command = {
  name: 'commit',
  summary: 'Record changes to the repository',
  usage: ['git commit [<options>] [--] <pathspec>...'],
  completes: 'changed',
  flags: flags(`
    q,quiet | suppress summary after successful commit
    v,verbose | accepted
    F,file=<file> | read message from file
    author=<author> | override author for commit
    date=<date> | override date for commit
    m,message=<message> | commit message
    c,reedit-message=<commit> | reuse and edit message from specified commit
    C,reuse-message=<commit> | reuse message from specified commit
    fixup=<commit> | use autosquash formatted message to fixup specified commit
    squash=<commit> | use autosquash formatted message to squash specified commit
    reset-author | the commit is authored by me now
    s,signoff | add a Signed-off-by trailer
    a,all | commit all changed files
    i,include | add specified files to index for commit
    o,only | commit only specified files
    n,no-verify | accepted
    dry-run | show what would be committed
    short | show status concisely
    amend | amend previous commit
    allow-empty | ok to record an empty change
    allow-empty-message | ok to record a change with an empty message
    cleanup=<mode> | how to strip spaces and #comments from message
    e,edit | force edit of commit
    gpg-sign=<key>? | accepted
  `),
  run(ask) {
    const { repo } = ask
    const stage = repo.stage()
    if (stage.conflicts.size > 0 && !ask.flag('all') && !ask.flag('dry-run')) {
      ask.out(
        [...stage.conflicts.keys()]
          .sort()
          .map((path) => `U\t${path}\n`)
          .join(''),
      )
      throw new Problem(
        "error: Committing is not possible because you have unmerged files.\nhint: Fix them up in the work tree, and then use 'git add/rm <file>'\nhint: as appropriate to mark resolution and make a commit.\nfatal: Exiting because of an unresolved conflict.",
      )
    }
    const head = repo.head()
    const amend = ask.flag('amend')
    if (amend && head === undefined) die('You have nothing to amend.')
    if (amend && merging(ask)) die('You are in the middle of a merge -- cannot amend.')
    const files = contents(ask)
    if (ask.flag('dry-run')) {
      ask.out(statusText(repo, statusOf(repo), (path) => ask.relative(path)))
      return statusOf(repo).staged.length > 0 ? 0 : 1
    }
    const parents = parentsOf(ask)
    const before = amend ? parents[0] : head
    const same =
      before === undefined
        ? files.size === 0
        : parents.length < 2 && writeTree(repo.memory, files) === readCommit(repo.store, before).tree
    if (same && !ask.flag('allow-empty') && !amend && !merging(ask)) {
      ask.out(statusText(repo, statusOf(repo), (path) => ask.relative(path)))
      return 1
    }
    const message = givenMessage(ask)
    const edit = message === undefined || ask.flag('edit') || ask.flag('reedit-message')
    if (!edit || ask.no('edit')) return finish(ask, files, message ?? '', false)
    const text = message ?? prepared(ask)
    const path = `${repo.gitDir}/COMMIT_EDITMSG`
    repo.write('COMMIT_EDITMSG', `${text === '' ? '' : text.replace(/\n?$/, '\n')}\n${template(ask)}`)
    return { edit: path, next: { edited: path } as unknown as Json }
  },
  resume(ask): Reply {
    return finish(ask, contents(ask), ask.repo.read('COMMIT_EDITMSG') ?? '', true)
  },
}

function finish(ask: Ask, files: FlatTree, text: string, edited: boolean): number {
  const { repo } = ask
  const verbatim = ask.value('cleanup') === 'verbatim'
  let message = verbatim ? text : cleanMessage(text, edited || ask.value('cleanup') === 'strip')
  if (ask.flag('signoff')) {
    const { name, email } = ask.who('COMMITTER')
    const trailer = `Signed-off-by: ${name} <${email}>`
    if (!message.includes(trailer)) message += `${/\n[\w-]+: .*\n$/.test(message) ? '' : '\n'}${trailer}\n`
  }
  if (message === '' && !ask.flag('allow-empty-message')) {
    ask.err('Aborting commit due to empty commit message.\n')
    return 1
  }
  const amend = ask.flag('amend')
  const parents = parentsOf(ask)
  const log = amend
    ? 'commit (amend)'
    : repo.head() === undefined
      ? 'commit (initial)'
      : repo.read('MERGE_HEAD') !== undefined
        ? 'commit (merge)'
        : repo.read('CHERRY_PICK_HEAD') !== undefined
          ? 'commit (cherry-pick)'
          : 'commit'
  const id = makeCommit(ask, { files, parents, author: authorOf(ask), message, log })
  repo.write('COMMIT_EDITMSG', message)
  saveStaged(ask)
  for (const name of [
    'MERGE_HEAD',
    'MERGE_MSG',
    'MERGE_MODE',
    'CHERRY_PICK_HEAD',
    'REVERT_HEAD',
    'SQUASH_MSG',
    'AUTO_MERGE',
  ])
    repo.remove(name)
  if (!ask.flag('quiet'))
    ask.out(summaryOf(ask, id, amend || ask.flag('date') || ask.flag('reuse-message') || ask.flag('author')))
  return 0
}

/** What the new commit will have: the index, with what the options stage first. */
function contents(ask: Ask): FlatTree {
  const { repo } = ask
  const words = [...ask.args, ...(ask.given.rest ?? [])]
  if (ask.flag('all')) {
    if (words.length > 0) die(`paths '${words[0]} ...' with -a does not make sense`)
    stageTracked(repo)
    return new Map(repo.stage().files)
  }
  if (words.length === 0) return new Map(repo.stage().files)
  const spec = ask.pathspec(words)
  const stage = repo.stage()
  const unknown = spec.unmatched(stage.paths())
  if (unknown.length > 0)
    throw new Problem(
      unknown.map((one) => `error: pathspec '${one}' did not match any file(s) known to git`).join('\n'),
      1,
    )
  const files = new Map(ask.flag('include') ? stage.files : repo.headFiles())
  for (const path of stage.paths().filter(spec.matches)) {
    const leaf = repo.workFile(path)
    if (leaf) {
      stageFile(repo, path, leaf)
      files.set(path, leaf)
    } else {
      stage.remove(path)
      files.delete(path)
    }
  }
  return files
}

function saveStaged(ask: Ask): void {
  ask.repo.saveStage(ask.repo.stage())
}

function merging(ask: Ask): boolean {
  return ask.repo.read('MERGE_HEAD') !== undefined
}

function parentsOf(ask: Ask): readonly string[] {
  const { repo } = ask
  const head = repo.head()
  if (head === undefined) return []
  if (ask.flag('amend')) return readCommit(repo.store, head).parents
  const others = (repo.read('MERGE_HEAD') ?? '').split('\n').filter((line) => line !== '')
  return [head, ...others]
}

function authorOf(ask: Ask) {
  const { repo } = ask
  const head = repo.head()
  const reused = ask.value('reuse-message') ?? ask.value('reedit-message')
  const picked = repo.read('CHERRY_PICK_HEAD')?.trim()
  const from = ask.flag('reset-author')
    ? undefined
    : reused !== undefined
      ? ask.commit(reused)
      : ask.flag('amend')
        ? head
        : picked
  const base = from === undefined ? undefined : readCommit(repo.store, from).author
  const date = ask.value('date')
  const given = ask.value('author')
  const own = base
    ? date === undefined
      ? base
      : { ...base, ...when(ask.who('AUTHOR', date)) }
    : ask.who('AUTHOR', date)
  if (given === undefined) return own
  const parsed = /^(.+?) <([^>]*)>$/.exec(given)
  if (!parsed) return die(`--author '${given}' is not 'Name <email>' and matches no existing author`)
  return { ...own, ...person(parseSignature(`${given} ${own.at} ${own.zone}`)) }
}

function when({ at, zone }: { readonly at: number; readonly zone: string }) {
  return { at, zone }
}

function person({ name, email }: { readonly name: string; readonly email: string }) {
  return { name, email }
}

/** The message that the options give; undefined when it is to be written. */
function givenMessage(ask: Ask): string | undefined {
  const { repo } = ask
  const words = ask.list('message')
  if (words.length > 0) {
    const squash = ask.value('squash')
    const prefix =
      squash === undefined ? '' : `squash! ${subjectOf(readCommit(repo.store, ask.commit(squash)).message)}\n\n`
    return prefix + words.map((word) => word.replace(/\n?$/, '\n')).join('\n')
  }
  const file = ask.value('file')
  if (file === '-') return ask.call.stdin ?? ''
  if (file !== undefined) {
    const read = ask.files.read(ask.path(file))
    return 'text' in read ? read.text : die(`could not read log file '${file}': ${read.error}`)
  }
  const reused = ask.value('reuse-message') ?? ask.value('reedit-message')
  if (reused !== undefined) {
    const id = resolveCommit(repo, reused)
    return id === undefined ? die(`could not lookup commit '${reused}'`) : readCommit(repo.store, id).message
  }
  const fixup = ask.value('fixup')
  if (fixup !== undefined) return `fixup! ${subjectOf(readCommit(repo.store, ask.commit(fixup)).message)}\n`
  const head = repo.head()
  if (ask.flag('amend') && ask.no('edit') && head !== undefined) return readCommit(repo.store, head).message
  if (ask.no('edit')) {
    const text = prepared(ask)
    if (text !== '') return text
  }
  return undefined
}

/** What the message to be edited starts with. */
function prepared(ask: Ask): string {
  const { repo } = ask
  const head = repo.head()
  if (ask.flag('amend') && head !== undefined) return readCommit(repo.store, head).message
  return repo.read('MERGE_MSG') ?? repo.read('SQUASH_MSG') ?? ''
}

function template(ask: Ask): string {
  const { repo } = ask
  const lines: string[] = []
  if (merging(ask))
    lines.push(
      '#',
      '# It looks like you may be committing a merge.',
      '# If this is not correct, please run',
      '#	git update-ref -d MERGE_HEAD',
      '# and try again.',
      '',
      '',
    )
  lines.push(
    '# Please enter the commit message for your changes. Lines starting',
    "# with '#' will be ignored, and an empty message aborts the commit.",
    '#',
  )
  const shown = commented(statusText(repo, statusOf(repo), (path) => ask.relative(path), { amend: true }))
  return `${lines.join('\n')}\n${shown}\n#\n`
}
