import type { FileTree } from '../../shell/files.ts'
import { resolvePath } from '../../shell/files.ts'
import { whatBinary } from './binaryFile.ts'
import { withoutWrappers } from './command.ts'
import type { Daemon } from './daemon.ts'
import { web } from './daemons/web.ts'
import { type HttpResponse, html, plain } from './http.ts'
import type { ImageConfig } from './image.ts'

/**
 * The server that an image's own command line starts, where that is a program of the learner's: a script for an interpreter, or a binary that was
 * compiled from source. Unlike the real thing its source is not run but read: for the port that it listens on, its routes, and the texts
 * that it answers with.
 */
export function applicationDaemons(config: ImageConfig, tree: FileTree): readonly Daemon[] {
  const argv = withoutWrappers([...(config.entrypoint ?? []), ...(config.cmd ?? [])])
  const found = sourceOf(argv, config.workdir ?? '/', tree)
  if (!found || !LISTENS.test(found.source)) return []
  const { program, source } = found
  const given = config.env?.PORT
  const port =
    given !== undefined && /^\d+$/.test(given)
      ? Number(given)
      : (portIn(source) ?? config.ports?.[0] ?? DEFAULTS[program] ?? 8080)
  const routes = routesIn(source)
  return [
    web({
      program,
      port,
      ...(READS_PORT.test(source) ? { portFrom: 'PORT' } : {}),
      startMs: 250,
      log: () => logIn(source, port),
      answer: (request) => answer(routes, request.method, request.path.split('?')[0] as string),
    }),
  ]
}

const INTERPRETERS = new Set([
  'node',
  'python',
  'python3',
  'ruby',
  'php',
  'deno',
  'bun',
  'gunicorn',
  'uvicorn',
  'flask',
])
const DEFAULTS: { readonly [program: string]: number } = {
  node: 3000,
  npm: 3000,
  python: 8000,
  python3: 8000,
  flask: 5000,
  gunicorn: 8000,
  uvicorn: 8000,
}
const LISTENS =
  /\blisten\s*\(|ListenAndServe|app\.run\s*\(|serve_forever|uvicorn\.run|\.Run\s*\(|FastAPI\s*\(|Flask\s*\(/
const READS_PORT =
  /process\.env\.PORT|process\.env\[['"]PORT['"]\]|environ(?:\.get)?[[(]\s*['"]PORT['"]|getenv\(\s*['"]PORT['"]|Getenv\(\s*"PORT"|ENV\[['"]PORT['"]\]/

function sourceOf(
  argv: readonly string[],
  cwd: string,
  tree: FileTree,
): { readonly program: string; readonly source: string } | undefined {
  const [first, ...rest] = argv
  if (first === undefined) return undefined
  const program = first.slice(first.lastIndexOf('/') + 1)
  if (program === 'npm' || program === 'yarn') {
    const script = scriptOf(tree[resolvePath(cwd, 'package.json')]?.text, rest)
    const inner = script === undefined ? undefined : sourceOf(script.split(/\s+/), cwd, tree)
    return inner && { program, source: inner.source }
  }
  if (!INTERPRETERS.has(program)) {
    const node = tree[resolvePath(cwd, first)]
    const what = node && whatBinary(node)
    return what?.startsWith('go ') ? { program, source: decodeURIComponent(what.slice(3)) } : undefined
  }
  const named = rest.filter((word) => !word.startsWith('-'))
  const candidates = named.flatMap((word) => [
    word,
    `${word.replace(/:.*$/, '').replaceAll('.', '/')}.py`,
    `${word}/index.js`,
    `${word}.js`,
  ])
  if (program === 'flask') candidates.push('app.py', 'wsgi.py')
  for (const path of candidates) {
    const text = tree[resolvePath(cwd, path)]?.text
    if (text !== undefined) return { program, source: `${text}\n${beside(text, resolvePath(cwd, path), tree)}` }
  }
  return undefined
}

/** Own files that a script takes in: `require('./app')`, `import x from './app.js'`. */
function beside(text: string, path: string, tree: FileTree): string {
  const folder = path.slice(0, path.lastIndexOf('/')) || '/'
  return [...text.matchAll(/(?:require\(|from\s+|import\s+)['"](\.{1,2}\/[^'"]+)['"]/g)]
    .map((match) => resolvePath(folder, match[1] as string))
    .map((at) => tree[at]?.text ?? tree[`${at}.js`]?.text ?? tree[`${at}/index.js`]?.text ?? '')
    .join('\n')
}

function scriptOf(text: string | undefined, words: readonly string[]): string | undefined {
  const name = words[0] === 'run' ? words[1] : words[0]
  try {
    const { scripts } = JSON.parse(text ?? '{}') as { scripts?: { readonly [name: string]: string } }
    return name === undefined ? undefined : scripts?.[name]
  } catch {
    return undefined
  }
}

function portIn(source: string): number | undefined {
  const match =
    /PORT['"]?\s*[\])]?\s*(?:\|\||\?\?|or|,)\s*['"]?:?(\d{2,5})/.exec(source) ??
    /listen\(\s*(\d{2,5})/.exec(source) ??
    /ListenAndServe\(\s*"[^":]*:(\d{2,5})"/.exec(source) ??
    /\bport\s*[:=]+\s*['"]?:?(\d{2,5})/i.exec(source)
  return match ? Number(match[1]) : undefined
}

interface Route {
  /** Empty for one that answers everything. */
  readonly path: string
  readonly response: HttpResponse
}

const ROUTE =
  /(?:\.(?:get|use|all|route|post)|HandleFunc|Handle)\(\s*['"`](\/[^'"`]*)['"`]|(?:url|path|pathname)\s*===?\s*['"`](\/[^'"`]*)['"`]/g

function routesIn(source: string): readonly Route[] {
  const marks = [...source.matchAll(ROUTE)]
  const routes = marks.map((match, i) => {
    const body = source.slice(match.index + match[0].length, marks[i + 1]?.index ?? match.index + 800)
    return { path: match[1] ?? match[2] ?? '/', response: responseIn(body) ?? plain('OK\n') }
  })
  if (routes.length > 0) {
    const last = marks.at(-1)
    const rest = last && /(?:url|path|pathname)\s*===?/.test(last[0]) ? responseAfter(source, last.index) : undefined
    return rest ? [...routes, { path: '', response: rest }] : routes
  }
  return [{ path: '', response: responseIn(source) ?? plain('OK\n') }]
}

const SAYS =
  /(?:\.(?:send|end|write|json|text|body)|Fprintf?(?:ln)?|WriteString|return|response)\s*\(?\s*(?:w\s*,\s*)?(?:\[\]byte\()?b?(['"`])((?:\\.|(?!\1)[^\\])*)\1/
const OBJECT = /\.json\(\s*(\{[^{}]*\})|return\s+(?:jsonify\()?(\{[^{}]*\})|JSON\.stringify\(\s*(\{[^{}]*\})/

function responseIn(body: string): HttpResponse | undefined {
  const status = Number(/(?:status|writeHead|WriteHeader|statusCode\s*=)\s*\(?\s*(\d{3})/.exec(body)?.[1] ?? 200)
  const object = OBJECT.exec(body)
  const says = SAYS.exec(body)
  if (object && (!says || object.index <= says.index)) {
    const text = (object[1] ?? object[2] ?? object[3] ?? '{}')
      .replace(/(['"])?([A-Za-z_]\w*)(['"])?\s*:/g, '"$2":')
      .replaceAll("'", '"')
    return { status, headers: { 'content-type': 'application/json' }, body: text.replace(/\s*([:,{}])\s*/g, '$1') }
  }
  if (!says) return undefined
  const text = (says[2] ?? '').replace(/\\n/g, '\n').replace(/\\(.)/g, '$1')
  return text.startsWith('<') ? html(text, status) : plain(text, status)
}

/** What comes after the last branch on the path: the answer to everything else. */
function responseAfter(source: string, at: number): HttpResponse | undefined {
  const body = source.slice(at)
  const first = SAYS.exec(body)
  return first ? responseIn(body.slice(first.index + first[0].length)) : undefined
}

function answer(routes: readonly Route[], method: string, path: string): HttpResponse {
  const route =
    routes.find((one) => one.path === path) ??
    routes.find((one) => one.path === '') ??
    routes.find((one) => /[:{<*]/.test(one.path) && path.startsWith(one.path.replace(/[:{<*].*$/, '')))
  return (
    route?.response ??
    html(`<!DOCTYPE html>\n<html lang="en">\n<body>\n<pre>Cannot ${method} ${path}</pre>\n</body>\n</html>\n`, 404)
  )
}

function logIn(source: string, port: number): readonly string[] {
  const match =
    /(?:console\.log|print|log\.Print(?:f|ln)?|puts)\(\s*f?(['"`])((?:\\.|(?!\1)[^\\])*listen(?:\\.|(?!\1)[^\\])*)\1/i.exec(
      source,
    )
  const text = match?.[2]?.replace(/\$?\{[^}]*\}|%[dsv]/g, String(port)).replace(/\\n/g, '')
  return [text ?? `listening on port ${port}`]
}
