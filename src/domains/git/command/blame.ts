import { changes } from '../diff/changes.ts'
import { linesOf } from '../diff/lines.ts'
import { treeDiff } from '../diff/treeDiff.ts'
import { filesOfCommit } from '../object/flatTree.ts'
import { readBlob, readCommit } from '../object/store.ts'
import { dateText } from '../revision/date.ts'
import { resolveCommit } from '../revision/resolve.ts'
import type { Ask } from './ask.ts'
import type { Command } from './command.ts'
import { flags } from './flags.ts'
import { die } from './problem.ts'

const NOT_YET = '0'.repeat(40)

interface Blamed {
  commit: string
  path: string
  /** Number of the line there, from 0. */
  readonly line: number
}

/** Models: git builtin/blame.c, following whole-file renames. */
export const blame: Command = {
  name: 'blame',
  summary: 'Show what revision and author last modified each line of a file',
  usage: ['git blame [<options>] [<rev-opts>] [<rev>] [--] <file>'],
  completes: 'paths',
  flags: flags(`
    L=<range> | process only line range <start>,<end>
    s | suppress author name and timestamp
    e,show-email | show author email instead of name
    l | show long commit SHA1
    date=<format> | how dates look
    w | ignore whitespace differences
  `),
  run(ask) {
    const { repo } = ask
    const words = [...ask.args, ...(ask.given.rest ?? [])]
    const name = words[words.length - 1] ?? die('usage: git blame [<options>] [<rev-opts>] [<rev>] [--] <file>')
    const rev = words.length > 1 ? words[0] : undefined
    const top = repo.top ?? '/'
    const path = ask.path(name).slice(top === '/' ? 1 : top.length + 1)
    const start = rev === undefined ? repo.head() : (resolveCommit(repo, rev) ?? die(`bad revision '${rev}'`))
    const old = filesOfCommit(repo.store, start).get(path)
    const now = rev === undefined ? repo.workFile(path) : old
    if (!now || (!old && !repo.stage().has(path))) return die(`no such path '${path}' in HEAD`)
    const lines = linesOf(readBlob(repo.memory, now.id))
    const found: Blamed[] = lines.map((_, line) => ({ commit: NOT_YET, path, line }))
    if (start !== undefined && old) {
      const open = new Map(
        pass(
          old.id === now.id ? lines : linesOf(readBlob(repo.store, old.id)),
          lines,
          lines.map((_, i) => i),
        ),
      )
      trace(ask, start, path, open, found)
    }
    print(ask, lines, found, path)
    return 0
  },
}

/** Which lines of `before` stand unchanged in `after`, as pairs of their number before and what `after` says of them. */
function pass(before: readonly string[], after: readonly string[], tags: readonly number[]): [number, number][] {
  const pairs: [number, number][] = []
  let i = 0
  let j = 0
  for (const { i1, chg1, i2, chg2 } of [
    ...changes(before, after, { indent: false }),
    { i1: before.length, chg1: 0, i2: after.length, chg2: 0 },
  ]) {
    while (i < i1 && j < i2) pairs.push([i++, tags[j++] as number])
    i = i1 + chg1
    j = i2 + chg2
  }
  return pairs.filter(([, tag]) => tag >= 0)
}

function trace(ask: Ask, commit: string, path: string, open: ReadonlyMap<number, number>, found: Blamed[]): void {
  const { store } = ask.repo
  const work: { commit: string; path: string; open: ReadonlyMap<number, number> }[] = [{ commit, path, open }]
  for (let next = work.shift(); next; next = work.shift()) {
    let left = new Map(next.open)
    const files = filesOfCommit(store, next.commit)
    const own = files.get(next.path)
    if (!own) continue
    const lines = linesOf(readBlob(store, own.id))
    for (const parent of readCommit(store, next.commit).parents) {
      if (left.size === 0) break
      const before = filesOfCommit(store, parent)
      let from = next.path
      if (!before.has(from)) {
        const renamed = treeDiff(store, before, files).find(
          (diff) => diff.status === 'R' && diff.new?.path === next?.path,
        )
        if (!renamed?.old) continue
        from = renamed.old.path
      }
      const leaf = before.get(from)
      if (!leaf) continue
      const tags = lines.map((_, i) => left.get(i) ?? -1)
      const passed = new Map(pass(linesOf(readBlob(store, leaf.id)), lines, tags))
      const gone = new Set(passed.values())
      left = new Map([...left].filter(([, tag]) => !gone.has(tag)))
      if (passed.size > 0) work.push({ commit: parent, path: from, open: passed })
    }
    for (const [line, tag] of left) found[tag] = { commit: next.commit, path: next.path, line }
  }
}

function print(ask: Ask, lines: readonly string[], found: readonly Blamed[], path: string): void {
  const { store } = ask.repo
  const [, from = '1', to = String(lines.length)] = /^(\d+)?,?(\+?\d+)?$/.exec(ask.value('L') ?? '') ?? []
  const first = Number(from) - 1
  const last = to.startsWith('+') ? first + Number(to.slice(1)) : Number(to)
  const shown = found.map((one, i) => ({ ...one, i })).slice(first, last)
  const renamed = shown.some((one) => one.path !== path)
  const info = (one: Blamed): { who: string; date: string; root: boolean } => {
    if (one.commit === NOT_YET)
      return {
        who: ask.flag('show-email') ? '<not.committed.yet>' : 'Not Committed Yet',
        date: dateText({ at: ask.now, zone: '+0000' }, ask.value('date') ?? 'iso', ask.now),
        root: false,
      }
    const { author, parents } = readCommit(store, one.commit)
    return {
      who: ask.flag('show-email') ? `<${author.email}>` : author.name,
      date: dateText(author, ask.value('date') ?? 'iso', ask.now),
      root: parents.length === 0,
    }
  }
  const wide = Math.max(0, ...shown.map((one) => info(one).who.length))
  const paths = Math.max(0, ...shown.map((one) => one.path.length))
  const digits = String(last).length
  for (const one of shown) {
    const { who, date, root } = info(one)
    const id = ask.flag('l') ? one.commit : one.commit.slice(0, 8)
    const mark = root ? `^${id.slice(0, id.length - 1)}` : id
    const where = renamed ? ` ${one.path.padEnd(paths)}` : ''
    const number = String(one.i + 1).padStart(digits)
    const text = lines[one.i] as string
    ask.out(
      ask.flag('s')
        ? `${mark}${where} ${number}) ${text}`
        : `${mark}${where} (${who.padEnd(wide)} ${date} ${number}) ${text}`,
    )
    if (!text.endsWith('\n')) ask.out('\n')
  }
}
