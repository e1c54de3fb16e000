import { cleanPath, quoted } from '../dockerfile/go.ts'
import type { InstructionOf } from '../dockerfile/instruction.ts'
import { expand } from '../dockerfile/lexer.ts'
import { DockerfileProblem } from '../dockerfile/problem.ts'
import type { Linter } from '../lint/linter.ts'
import type { CopyItem, Source } from './graph.ts'
import type { Planner } from './planner.ts'
import { shown } from './shown.ts'
import type { StageCommand, StageState } from './stageState.ts'

/** Plans COPY and ADD. Models: buildkit dockerfile2llb/convert_copy.go */
export function planCopy(
  planner: Planner,
  state: StageState,
  command: StageCommand,
  instruction: InstructionOf<'COPY'> | InstructionOf<'ADD'>,
  word: (text: string) => string,
  lint: Linter,
): void {
  const { files, lines, code } = instruction
  const add = instruction.is === 'ADD'
  const chown = word(files.chown)
  const chmod = word(files.chmod)
  const checksum = instruction.is === 'ADD' ? word(instruction.checksum) : ''
  const paths = files.paths.map(word)
  const target = word(files.target)
  const raw = (data: string): string => {
    const { text, unmatched } = expand(data, state.env, { escape: '\\', skipQuotes: true })
    planner.reportUnmatched(state, unmatched, lines, lint)
    return text
  }
  const contents = files.contents.map((one) => ({ ...one, data: one.expand ? raw(one.data) : one.data }))
  const source = copySource(state, command, instruction)
  checkMode(chmod)
  if (checksum !== '') {
    if (paths.length !== 1) throw new DockerfileProblem("checksum can't be specified for multiple sources")
    if (!isHttp(paths[0] as string) && !isGit(paths[0] as string))
      throw new DockerfileProblem('checksum requires HTTP(S) or Git sources')
  }
  const items: CopyItem[] = []
  for (const path of paths) {
    if (isGit(path)) {
      if (!add) throw new DockerfileProblem("source can't be a git ref for COPY")
      items.push({ is: 'git', url: path, keepGitDir: instruction.is === 'ADD' && instruction.keepGitDir === true })
    } else if (isHttp(path)) {
      if (!add) throw new DockerfileProblem("source can't be a URL for COPY")
      if (checksum !== '' && !/^sha(256:[a-f0-9]{64}|384:[a-f0-9]{96}|512:[a-f0-9]{128})$/.test(checksum))
        throw new DockerfileProblem(digestProblem(checksum))
      const last = path
        .replace(/^https?:\/\/[^/]*/, '')
        .replace(/[?#].*$/, '')
        .split('/')
        .at(-1)
      items.push({ is: 'http', url: path, name: last || '__unnamed__', checksum })
    } else {
      if (source === 'context') checkIgnored(planner, path, add, lines, lint)
      const unpack = instruction.is === 'ADD' ? (instruction.unpack ?? true) : false
      items.push(pathItem(path, source, unpack, instruction.is === 'COPY' && instruction.parents))
    }
  }
  for (const { path, data } of contents) items.push({ is: 'inline', name: path, data })
  if (source === 'context' && paths.some((path) => !isHttp(path) && !isGit(path))) planner.usesContext = true
  const name = shown(planner, state, code)
  const at = targetPath(state, target)
  const vertex = planner.vertex(
    state,
    name,
    { is: 'copy', add, target: at, items, chown, chmod, excludes: files.excludes, link: files.link },
    { lines, code, onBuild: command.onBuild },
  )
  const parents = instruction.is === 'COPY' && instruction.parents ? ' --parents' : ''
  const words = [
    ...(chown === '' ? [] : [`--chown=${chown}`]),
    ...(chmod === '' ? [] : [`--chmod=${chmod}`]),
    ...paths,
    ...contents.map(({ path }) => `<<${path}`),
    target,
  ]
  state.result = vertex
  state.history.push({ is: 'made', createdBy: `${instruction.is}${parents} ${words.join(' ')} # buildkit`, vertex })
}

function copySource(
  state: StageState,
  command: StageCommand,
  instruction: InstructionOf<'COPY'> | InstructionOf<'ADD'>,
): Source {
  const [source] = command.sources
  if (!source || instruction.is === 'ADD') return 'context'
  if (!source.dispatched)
    throw new DockerfileProblem(
      `cannot copy from stage ${quoted(instruction.from)}, it needs to be defined before current stage ${quoted(state.label)}`,
    )
  return source.result
}

/** A path of a target, seen from the working directory; a slash at its end stays: it means a directory. */
function targetPath(state: StageState, target: string): string {
  const path = target === '.' || target === '' ? './' : target
  const clean = cleanPath(path.startsWith('/') ? path : `${state.dir}/${path}`)
  return clean !== '/' && /(\/|\/\.|^\.)$/.test(path) ? `${clean}/` : clean
}

function pathItem(path: string, from: Source, unpack: boolean, parents: boolean): CopyItem {
  if (!parents) return { is: 'path', from, path: cleanPath(`/${path}`), unpack }
  const pivot = path.indexOf('/./')
  const below = pivot < 0 ? path : path.slice(pivot + 3)
  return {
    is: 'path',
    from,
    path: pivot < 0 ? '/' : cleanPath(`/${path.slice(0, pivot)}`),
    parents: cleanPath(`/${below}`).slice(1),
    unpack,
  }
}

function checkIgnored(
  planner: Planner,
  path: string,
  add: boolean,
  lines: Parameters<Linter['warn']>[1],
  lint: Linter,
): void {
  const { ignore } = planner
  if (!ignore || ignore.hasExceptions) return
  const clean = cleanPath(path)
  if (clean === '.' || clean === '/') {
    if (!ignore.patterns.some(({ text, exception }) => !exception && ['*', '**', '**/*'].includes(text))) return
  }
  if (ignore.matches(clean)) lint.warn('CopyIgnoredFile', lines, add ? 'Add' : 'Copy', clean)
}

const SYMBOLIC = /^[ugoa]*(?:[-+=](?:[rwxXst]*|[ugo]))+(?:,[ugoa]*(?:[-+=](?:[rwxXst]*|[ugo]))+)*$/

function checkMode(chmod: string): void {
  if (chmod === '' || SYMBOLIC.test(chmod)) return
  if (/^[0-7]+$/.test(chmod) && Number.parseInt(chmod, 8) <= 0o7777) return
  throw new DockerfileProblem(`invalid chmod parameter: '${chmod}'. it should be octal string and between 0 and 07777`)
}

/** Models: go-digest Parse. */
function digestProblem(text: string): string {
  const [algorithm = '', hex] = text.split(':')
  if (hex === undefined) return 'invalid checksum digest format'
  if (!['sha256', 'sha384', 'sha512'].includes(algorithm)) return 'unsupported digest algorithm'
  return /^[a-f0-9]*$/.test(hex) ? 'invalid checksum digest length' : 'invalid checksum digest format'
}

export function isHttp(path: string): boolean {
  return /^https?:\/\//.test(path) && !isGit(path)
}

/** Whether a source is a git repository. Models: buildkit dfgitutil.ParseGitRef, without names that might be local files. */
export function isGit(path: string): boolean {
  if (/^(git|ssh):\/\//.test(path) || /^[a-zA-Z0-9_.-]+@[a-zA-Z0-9.-]+:/.test(path)) return true
  return /^https?:\/\/[^?#]*\.git(?:[?#].*)?$/.test(path)
}
