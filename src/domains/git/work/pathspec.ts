import { resolvePath } from '../../../shell/index.ts'
import { globExpression } from './globExpression.ts'

/** Some paths of a repository, as given to a command. */
export interface Pathspec {
  /** As they were written, for messages. */
  readonly given: readonly string[]
  /** Whether a file is among them; every file is when none was given. */
  matches(path: string): boolean
  /** Which of those given match none of these files. */
  unmatched(paths: Iterable<string>): readonly string[]
  /** Whether something below a directory may be among them. */
  under(directory: string): boolean
}

interface One {
  readonly test: (path: string) => boolean
  readonly exclude: boolean
  readonly literal: string
}

/** Reads pathspecs seen from `cwd`; a path out of the repository is a problem in git's words. */
export function pathspec(given: readonly string[], cwd: string, top: string): Pathspec | { readonly problem: string } {
  const all: One[] = []
  for (const text of given) {
    const one = read(text, cwd, top)
    if (typeof one === 'string') return { problem: one }
    all.push(one)
  }
  const including = all.filter(({ exclude }) => !exclude)
  const excluding = all.filter(({ exclude }) => exclude)
  const matches = (path: string): boolean =>
    (including.length === 0 || including.some(({ test }) => test(path))) && !excluding.some(({ test }) => test(path))
  return {
    given,
    matches,
    unmatched(paths) {
      const list = [...paths]
      return given.filter((_, at) => {
        const one = all[at] as One
        return !one.exclude && one.literal !== '' && !list.some(one.test)
      })
    },
    under: (directory) =>
      including.length === 0 ||
      including.some(
        ({ literal, test }) =>
          literal === '' || test(directory) || literal.startsWith(`${directory}/`) || /[*?[]/.test(literal),
      ),
  }
}

function read(text: string, cwd: string, top: string): One | string {
  let rest = text
  let exclude = false
  let fromTop = false
  let strict = false
  let literally = false
  const long = /^:\(([^)]*)\)(.*)$/s.exec(text)
  const short = /^:([!^/]+):?(.*)$/s.exec(text)
  if (long) {
    const words = (long[1] ?? '').split(',')
    rest = long[2] ?? ''
    exclude = words.includes('exclude')
    fromTop = words.includes('top')
    strict = words.includes('glob')
    literally = words.includes('literal')
  } else if (short) {
    exclude = /[!^]/.test(short[1] ?? '')
    fromTop = (short[1] ?? '').includes('/')
    rest = short[2] ?? ''
  }
  const absolute = resolvePath(fromTop ? top : cwd, rest)
  if (absolute !== top && !absolute.startsWith(top === '/' ? '/' : `${top}/`))
    return `${text}: '${text}' is outside repository at '${top}'`
  const path = absolute === top ? '' : absolute.slice(top === '/' ? 1 : top.length + 1)
  const glob = !literally && /[*?[]/.test(rest)
  const expression = glob ? globExpression(path, !strict) : undefined
  const directory = rest.endsWith('/')
  const test = (file: string): boolean =>
    path === '' || (file === path && !directory) || file.startsWith(`${path}/`) || expression?.test(file) === true
  return { test, exclude, literal: path }
}
