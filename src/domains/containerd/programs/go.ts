import { dirname, resolvePath } from '../../../shell/files.ts'
import { type Call, fail, ok, type Program, type Step } from '../../../shell/program.ts'
import { numberOf, put, putBytes } from './place.ts'

/**
 * The Go tool: `build` makes a binary that stands for the package, with its source's port and answers in it. Unlike the real compiler it finds
 * only what is missing altogether: no module, no Go files, unbalanced braces. Models: cmd/go
 */
export const go: Program = {
  name: 'go',
  summary: 'the Go tool',
  usage: '<command> [arguments]',
  ownHelp: true,
  run(call): Step {
    const [, command = '', ...rest] = call.argv
    switch (command) {
      case 'version':
        return ok('go version go1.25.3 linux/amd64\n')
      case 'env':
        return ok(
          rest
            .map(
              (name) =>
                `${call.env[name] ?? ({ GOPATH: '/go', GOOS: 'linux', GOARCH: 'amd64' } as Record<string, string>)[name] ?? ''}\n`,
            )
            .join(''),
        )
      case 'mod':
        return module(call, rest)
      case 'build':
        return build(call, rest)
      case 'install':
        return install(call, rest)
      case 'get':
        return { wait: { after: 900 }, state: '' }
      case 'test':
      case 'vet':
      case 'fmt':
      case 'generate': {
        const problem = sourceProblem(call)
        if (problem) return problem
        const names = goFiles(call).filter((path) => path.endsWith('_test.go'))
        return {
          wait: { after: 1500 },
          state:
            command !== 'test'
              ? ''
              : names.length > 0
                ? `ok  \t${moduleName(call)}\t0.012s\n`
                : `?   \t${moduleName(call)}\t[no test files]\n`,
        }
      }
      default:
        return fail(`go ${command}: unknown command\nRun 'go help' for usage.`, 2)
    }
  },
  resume: (_call, state) => ok(String(state)),
}

function moduleFile(call: Call): string | undefined {
  for (let folder = call.cwd; ; folder = dirname(folder)) {
    const path = resolvePath(folder, 'go.mod')
    if (call.files.exists(path)) return path
    if (folder === '/') return undefined
  }
}

function moduleName(call: Call): string {
  const path = moduleFile(call)
  const read = path === undefined ? undefined : call.files.read(path)
  return (read && 'text' in read ? /^module\s+(\S+)/m.exec(read.text)?.[1] : undefined) ?? 'main'
}

function module(call: Call, rest: readonly string[]): Step {
  if (rest[0] === 'init') {
    put(call.files, resolvePath(call.cwd, 'go.mod'), {
      text: `module ${rest[1] ?? 'example'}\n\ngo 1.25\n`,
      at: call.world.now,
    })
    return { exit: 0, stderr: `go: creating new go.mod: module ${rest[1] ?? 'example'}\n` }
  }
  const path = moduleFile(call)
  if (path === undefined)
    return fail("go: go.mod file not found in current directory or any parent directory; see 'go help modules'")
  const read = call.files.read(path)
  const needs = 'text' in read ? [...read.text.matchAll(/^\s*(?:require\s+)?([\w.-]+\.[\w./-]+)\s+v(\S+)/gm)] : []
  let bytes = 0
  for (const [, name = '', version = ''] of needs) {
    const size = 200_000 + numberOf(name, 8_000_000)
    bytes += size
    putBytes(call.files, `/go/pkg/mod/${name}@v${version}/source`, name, size, call.world.now)
  }
  return { wait: { after: 300 + needs.length * 120 + Math.round(bytes / 20_000) }, state: '' }
}

function goFiles(call: Call, folder = call.cwd): readonly string[] {
  return call.files.below(folder).filter((path) => path.endsWith('.go'))
}

function sourceProblem(call: Call): Step | undefined {
  if (moduleFile(call) === undefined)
    return fail("go: go.mod file not found in current directory or any parent directory; see 'go help modules'")
  if (goFiles(call).length === 0) return fail(`no Go files in ${call.cwd}`)
  for (const path of goFiles(call)) {
    const read = call.files.read(path)
    if (!('text' in read)) continue
    const code = read.text.replace(/"(?:\\.|[^"\\])*"|`[^`]*`|'(?:\\.|[^'\\])'|\/\/.*|\/\*[\s\S]*?\*\//g, '')
    const open = (code.match(/\{/g) ?? []).length - (code.match(/\}/g) ?? []).length
    if (open !== 0)
      return fail(
        `# ${moduleName(call)}\n./${path.slice(call.cwd.length).replace(/^\//, '')}:${read.text.split('\n').length}:1: syntax error: ${open > 0 ? 'unexpected EOF, expecting }' : 'non-declaration statement outside function body'}`,
      )
  }
  return undefined
}

function build(call: Call, rest: readonly string[]): Step {
  const problem = sourceProblem(call)
  if (problem) return problem
  const at = rest.indexOf('-o')
  const package_ = moduleName(call)
  const given = at >= 0 ? rest[at + 1] : rest.find((word) => word.startsWith('-o='))?.slice(3)
  const target = resolvePath(call.cwd, given ?? (package_.split('/').at(-1) as string))
  const path = call.files.isDirectory(target) ? resolvePath(target, package_.split('/').at(-1) as string) : target
  compile(call, path)
  return { wait: { after: 3500 + goFiles(call).length * 400 }, state: '' }
}

function install(call: Call, rest: readonly string[]): Step {
  const name = rest.find((word) => !word.startsWith('-')) ?? '.'
  const bare = name.split('@')[0]?.split('/').at(-1) ?? 'tool'
  if (name.startsWith('.')) {
    const problem = sourceProblem(call)
    if (problem) return problem
    compile(call, `/go/bin/${moduleName(call).split('/').at(-1)}`)
  } else putBytes(call.files, `/go/bin/${bare}`, bare, 9_000_000, call.world.now)
  return { wait: { after: 4200 }, state: '' }
}

/** A binary with the source in its first line, so that it can be served from: see application.ts. */
function compile(call: Call, path: string): void {
  const source = goFiles(call)
    .filter((one) => !one.endsWith('_test.go'))
    .map((one) => call.files.read(one))
    .map((read) => ('text' in read ? read.text : ''))
    .join('\n')
  putBytes(
    call.files,
    path,
    `go ${encodeURIComponent(source.slice(0, 20_000))}`,
    6_800_000 + source.length * 3,
    call.world.now,
  )
}
