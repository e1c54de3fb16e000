import { matches } from '../expand/pattern.ts'
import { basename, resolvePath } from '../files.ts'
import { type Call, fail, ok, type Program, type Step } from '../program.ts'

interface State {
  readonly runs: readonly (readonly string[])[]
  readonly at: number
}

type Test = (path: string, shown: string, depth: number) => boolean

/** Models: GNU find, with name, type, depth and size tests, and -exec, -delete, -print and -print0. */
export const find: Program = {
  name: 'find',
  summary: 'Search for files in a directory hierarchy.',
  usage: '[PATH]... [EXPRESSION]',
  ownHelp: false,
  run(call) {
    const args = call.argv.slice(1)
    const paths: string[] = []
    while (args[0] !== undefined && !/^[-(!]/.test(args[0])) paths.push(args.shift() as string)
    if (paths.length === 0) paths.push('.')
    const tests: Test[] = []
    let negated = false
    let deepest = Number.POSITIVE_INFINITY
    let shallowest = 0
    let exec: { argv: string[]; all: boolean } | undefined
    let remove = false
    let separator = '\n'
    const add = (test: Test): void => {
      const not = negated
      tests.push((path, shown, depth) => test(path, shown, depth) !== not)
      negated = false
    }
    while (args.length > 0) {
      const word = args.shift() as string
      const value = (): string | undefined => args.shift()
      if (word === '!' || word === '-not') negated = true
      else if (
        word === '-name' ||
        word === '-iname' ||
        word === '-path' ||
        word === '-type' ||
        word === '-maxdepth' ||
        word === '-mindepth' ||
        word === '-size' ||
        word === '-newer'
      ) {
        const what = value()
        if (what === undefined) return fail(`find: missing argument to \`${word}'`)
        if (word === '-name') add((path) => matches(what, basename(path)))
        else if (word === '-iname') add((path) => matches(what.toLowerCase(), basename(path).toLowerCase()))
        else if (word === '-path') add((_, shown) => matches(what, shown))
        else if (word === '-type') {
          if (!/^[fdl]$/.test(what)) return fail(`find: Unknown argument to -type: ${what}`)
          add((path) => (call.files.isDirectory(path) ? 'd' : 'f') === what)
        } else if (word === '-maxdepth') deepest = Number(what)
        else if (word === '-mindepth') shallowest = Number(what)
        else if (word === '-newer')
          add((path) => (call.files.node(path)?.at ?? 0) > (call.files.node(resolvePath(call.cwd, what))?.at ?? 0))
        else add((path) => sized(call.files.node(path)?.text?.length ?? 0, what))
      } else if (word === '-empty')
        add((path) =>
          call.files.isDirectory(path)
            ? call.files.list(path).length === 0
            : (call.files.node(path)?.text ?? '') === '',
        )
      else if (word === '-delete') remove = true
      else if (word === '-print0') separator = '\0'
      else if (word === '-exec') {
        const end = args.findIndex((arg) => arg === ';' || arg === '+')
        if (end < 0) return fail("find: missing argument to `-exec'")
        exec = { argv: args.slice(0, end), all: args[end] === '+' }
        args.splice(0, end + 1)
      } else if (word !== '-print' && word !== '-a' && word !== '-and')
        return fail(
          word.startsWith('-')
            ? `find: unknown predicate \`${word}'`
            : `find: paths must precede expression: \`${word}'`,
        )
    }
    let stderr = ''
    const found: string[] = []
    for (const start of paths) {
      const root = resolvePath(call.cwd, start)
      if (!call.files.exists(root)) {
        stderr += `find: '${start}': No such file or directory\n`
        continue
      }
      for (const path of [root, ...(call.files.isDirectory(root) ? call.files.below(root) : [])]) {
        const rest = path === root ? '' : path.slice(root === '/' ? 1 : root.length + 1)
        const shown = rest === '' ? start : `${start.replace(/\/$/, '')}/${rest}`
        const depth = rest === '' ? 0 : rest.split('/').length
        if (depth <= deepest && depth >= shallowest && tests.every((test) => test(path, shown, depth)))
          found.push(shown)
      }
    }
    const exit = stderr === '' ? 0 : 1
    if (remove)
      for (const shown of found.toReversed()) if (shown !== '.') call.files.remove(resolvePath(call.cwd, shown))
    if (exec) {
      const { argv, all } = exec
      const runs = all
        ? [argv.flatMap((word) => (word === '{}' ? found : [word]))]
        : found.map((shown) => argv.map((word) => word.replaceAll('{}', shown)))
      return { ...next(call, { runs, at: 0 }), stderr }
    }
    return { ...ok(remove ? '' : found.map((shown) => shown + separator).join('')), exit, stderr }
  },
  resume: (call, state) => next(call, state as unknown as State),
}

function next(_: Call, { runs, at }: State): Step {
  const argv = runs[at]
  return argv ? { wait: { run: { argv } }, state: { runs, at: at + 1 } } : { exit: 0 }
}

function sized(bytes: number, what: string): boolean {
  const found = /^([-+]?)(\d+)([ckMG]?)$/.exec(what)
  if (!found) return false
  const unit = { c: 1, k: 1024, M: 1024 ** 2, G: 1024 ** 3 }[found[3] ?? ''] ?? 512
  const size = Math.ceil(bytes / unit)
  return found[1] === '+'
    ? size > Number(found[2])
    : found[1] === '-'
      ? size < Number(found[2])
      : size === Number(found[2])
}
