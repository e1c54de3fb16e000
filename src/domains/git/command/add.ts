import { type Leaf, pathsOf } from '../object/flatTree.ts'
import { parseStored } from '../object/gitObject.ts'
import { writeObject } from '../object/store.ts'
import type { Repo } from '../work/repo.ts'
import type { Ask } from './ask.ts'
import type { Command } from './command.ts'
import { flags } from './flags.ts'
import { die, Problem } from './problem.ts'

/** Models: git builtin/add.c */
export const add: Command = {
  name: 'add',
  summary: 'Add file contents to the index',
  usage: ['git add [<options>] [--] <pathspec>...'],
  completes: 'changed',
  flags: flags(`
    n,dry-run | dry run
    v,verbose | be verbose
    f,force | allow adding otherwise ignored files
    u,update | update tracked files
    A,all | add changes from all tracked and untracked files
    N,intent-to-add | record only the fact that the path will be added later
    chmod=<(+|-)x> | override the executable bit of the listed files
  `),
  run(ask) {
    const { repo } = ask
    const given = [...ask.args, ...(ask.given.rest ?? [])]
    if (given.length === 0 && !ask.flag('all') && !ask.flag('update')) {
      ask.err(
        'Nothing specified, nothing added.\nhint: Maybe you wanted to say \'git add .\'?\nhint: Disable this message with "git config set advice.addEmptyPathspec false"\n',
      )
      return 0
    }
    const spec = ask.pathspec(given)
    const stage = repo.stage()
    const work = repo.workFiles()
    const unmatched = spec.unmatched([...pathsOf(work, stage.files, stage.conflicts), ...directories(ask)])
    if (unmatched.length > 0) die(`pathspec '${unmatched[0]}' did not match any files`)
    const ignored = new Set<string>()
    const changed: { path: string; leaf: Leaf | undefined }[] = []
    for (const path of pathsOf(work, stage.files, stage.conflicts)) {
      if (!spec.matches(path)) continue
      const leaf = work.get(path)
      const tracked = stage.has(path)
      if (!tracked && (ask.flag('update') || !leaf)) continue
      if (!tracked && !ask.flag('force') && repo.ignore().ignores(path, false)) {
        const named = given.find((one) => names(ask, one, path))
        if (named !== undefined) ignored.add(named)
        continue
      }
      const staged = stage.files.get(path)
      if (leaf && staged?.id === leaf.id && staged.mode === leaf.mode && ask.value('chmod') === undefined) continue
      changed.push({ path, leaf })
    }
    for (const { path, leaf } of changed) {
      if (ask.flag('verbose') || ask.flag('dry-run')) ask.out(`${leaf ? 'add' : 'remove'} '${path}'\n`)
      if (ask.flag('dry-run')) continue
      if (leaf) stageFile(repo, path, withMode(leaf, ask.value('chmod')))
      else stage.remove(path)
    }
    if (!ask.flag('dry-run') && changed.length > 0) repo.saveStage(stage)
    if (ignored.size === 0) return 0
    throw new Problem(
      `The following paths are ignored by one of your .gitignore files:\n${[...ignored].join('\n')}\nhint: Use -f if you really want to add them.\nhint: Disable this message with "git config set advice.addIgnoredFile false"`,
      1,
    )
  },
}

/** Puts a version of a file into the store and the index, which is not saved yet. */
export function stageFile(repo: Repo, path: string, leaf: Leaf): void {
  const text = repo.memory.text(leaf.id)
  const object = text === undefined ? undefined : parseStored(text)
  if (object) writeObject(repo.store, object)
  repo.stage().add(path, leaf)
}

/** Stages what has changed of all tracked files: `commit -a`. */
export function stageTracked(repo: Repo): void {
  const stage = repo.stage()
  for (const path of stage.paths()) {
    const leaf = repo.workFile(path)
    if (leaf) stageFile(repo, path, leaf)
    else stage.remove(path)
  }
}

function withMode(leaf: Leaf, chmod: string | undefined): Leaf {
  return chmod === undefined ? leaf : { id: leaf.id, mode: chmod === '+x' ? '100755' : '100644' }
}

/** Whether a word names a path itself, or a directory that is ignored with all that is in it. */
function names(ask: Ask, word: string, path: string): boolean {
  const top = ask.repo.top ?? '/'
  const absolute = ask.path(word)
  const own = absolute.slice(top === '/' ? 1 : top.length + 1)
  return own === path || (own !== '' && path.startsWith(`${own}/`) && ask.repo.ignore().ignores(own, true))
}

function directories(ask: Ask): readonly string[] {
  const top = ask.repo.top ?? '/'
  return ask.files
    .below(top)
    .filter((path) => ask.files.isDirectory(path))
    .map((path) => path.slice(top === '/' ? 1 : top.length + 1))
}
