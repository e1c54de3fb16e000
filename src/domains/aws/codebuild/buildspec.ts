import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import { type Batchspec, readBatch } from './batchspec.ts'
import { scalarText as scalar, yamlEntries } from './yamlEntries.ts'

/** What a build is to do, as read from `buildspec.yml`. */
export interface Buildspec {
  readonly version: string
  readonly shell: string
  readonly variables: { readonly [name: string]: string }
  /** Variable name to parameter name. */
  readonly parameterStore: { readonly [name: string]: string }
  readonly secretsManager: { readonly [name: string]: string }
  readonly exported: readonly string[]
  readonly phases: { readonly [phase in CommandPhase]?: PhaseSpec }
  readonly artifacts?: ArtifactSpec | undefined
  readonly secondary: { readonly [identifier: string]: ArtifactSpec }
  readonly reports: { readonly [group: string]: ReportSpec }
  readonly cachePaths: readonly string[]
  readonly batch?: Batchspec | undefined
}

export type CommandPhase = 'INSTALL' | 'PRE_BUILD' | 'BUILD' | 'POST_BUILD'

export interface PhaseSpec {
  readonly commands: readonly string[]
  readonly finally: readonly string[]
  readonly onFailure: 'ABORT' | 'CONTINUE' | undefined
  readonly runtimes: { readonly [language: string]: string }
}

export interface ArtifactSpec {
  readonly files: readonly string[]
  readonly baseDirectory: string | undefined
  readonly discardPaths: boolean
  readonly name: string | undefined
}

export interface ReportSpec {
  readonly files: readonly string[]
  readonly baseDirectory: string | undefined
  readonly format: string
}

const PHASES: readonly CommandPhase[] = ['INSTALL', 'PRE_BUILD', 'BUILD', 'POST_BUILD']
const ROOTS = ['version', 'run-as', 'env', 'proxy', 'batch', 'phases', 'reports', 'artifacts', 'cache']

class Malformed extends Error {}

/** Reads a buildspec; `error` is what CodeBuild says behind `YAML_FILE_ERROR Message: `. Models: AWS CodeBuild User Guide, build-spec-ref */
export function parseBuildspec(text: string): Parsed {
  let known = parsed.get(text)
  if (!known) {
    known = readText(text)
    if (parsed.size >= MOST) parsed.clear()
    parsed.set(text, known)
  }
  return known
}

type Parsed = { readonly spec: Buildspec } | { readonly error: string }

/** Buildspecs read lately: every build of a project reads the same text. */
const parsed = new Map<string, Parsed>()
const MOST = 100

function readText(text: string): Parsed {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, merge: true, uniqueKeys: false })
  const [first] = document.errors
  if (first) return { error: `Error parsing YAML file: ${first.message.split('\n')[0]?.replace(/:$/, '')}` }
  const lineOf = (node: unknown) => lines.linePos((node as Node | undefined)?.range?.[0] ?? 0).line
  try {
    return { spec: read(document.contents, lineOf) }
  } catch (problem) {
    if (problem instanceof Malformed) return { error: problem.message }
    throw problem
  }
}

type LineOf = (node: unknown) => number

function read(root: unknown, lineOf: LineOf): Buildspec {
  if (!isMap(root)) throw new Malformed('Unable to parse the buildspec: it is not a mapping')
  const fields = entries(root)
  const version = scalar(fields.get('version'))
  if (version === undefined) throw new Malformed('invalid buildspec: version is required')
  const known = ['0.1', '0.2', '0', '1']
  if (!known.includes(version)) throw new Malformed(`Unsupported buildspec version: ${version}`)
  const unknown = [...fields.keys()].find(
    (key) => !ROOTS.includes(key) && !key.startsWith('x-') && !key.startsWith('.'),
  )
  if (unknown !== undefined && /^phase|^artifact|^command/.test(unknown))
    throw new Malformed(`Unknown key ${unknown} at line ${lineOf(fields.get(unknown))}`)
  const env = entries(fields.get('env'))
  const artifacts = entries(fields.get('artifacts'))
  const exported = list(env.get('exported-variables'), 'exported-variables', lineOf)
  return {
    version,
    shell: scalar(env.get('shell')) ?? 'sh',
    variables: texts(env.get('variables'), 'variables'),
    parameterStore: texts(env.get('parameter-store'), 'parameter-store'),
    secretsManager: texts(env.get('secrets-manager'), 'secrets-manager'),
    exported,
    phases: phases(fields.get('phases'), lineOf),
    artifacts: artifacts.has('files') ? artifact(artifacts, lineOf) : undefined,
    secondary: Object.fromEntries(
      [...entries(artifacts.get('secondary-artifacts'))].map(([name, value]) => [
        name,
        artifact(entries(value), lineOf),
      ]),
    ),
    reports: Object.fromEntries(
      [...entries(fields.get('reports'))].map(([name, value]) => [name, report(value, lineOf)]),
    ),
    cachePaths: list(entries(fields.get('cache')).get('paths'), 'paths', lineOf),
    ...(fields.has('batch')
      ? {
          batch: readBatch(yamlEntries(fields.get('batch')), (message) => {
            throw new Malformed(message)
          }),
        }
      : {}),
  }
}

function phases(node: unknown, lineOf: LineOf): Buildspec['phases'] {
  const found: { [phase in CommandPhase]?: PhaseSpec } = {}
  for (const [name, value] of entries(node)) {
    const phase = PHASES.find((one) => one.toLowerCase() === name)
    if (!phase)
      throw new Malformed(
        `Invalid buildspec phase name: ${name}. Expecting: ${PHASES.map((one) => one.toLowerCase()).join(',')}`,
      )
    const fields = entries(value)
    const stray = [...fields.keys()].find((key) => !PHASE_KEYS.includes(key))
    if (stray !== undefined)
      throw new Malformed(`Unknown key ${stray} in phase ${name} at line ${lineOf(fields.get(stray))}`)
    const onFailure = scalar(fields.get('on-failure'))
    if (onFailure !== undefined && !/^(ABORT|CONTINUE|RETRY(-.+)?)$/.test(onFailure))
      throw new Malformed(`Invalid on-failure value: ${onFailure} in phase ${name}`)
    found[phase] = {
      commands: list(fields.get('commands'), 'Commands', lineOf),
      finally: list(fields.get('finally'), 'Finally', lineOf),
      onFailure: onFailure === 'ABORT' || onFailure === 'CONTINUE' ? onFailure : undefined,
      runtimes: texts(fields.get('runtime-versions'), 'runtime-versions'),
    }
  }
  return found
}

const PHASE_KEYS = ['run-as', 'on-failure', 'runtime-versions', 'commands', 'finally', 'steps']

function artifact(fields: ReadonlyMap<string, unknown>, lineOf: LineOf): ArtifactSpec {
  return {
    files: list(fields.get('files'), 'Files', lineOf),
    baseDirectory: scalar(fields.get('base-directory')),
    discardPaths: /^(yes|true)$/.test(scalar(fields.get('discard-paths')) ?? 'no'),
    name: scalar(fields.get('name')),
  }
}

function report(node: unknown, lineOf: LineOf): ReportSpec {
  const fields = entries(node)
  return {
    files: list(fields.get('files'), 'Files', lineOf),
    baseDirectory: scalar(fields.get('base-directory')),
    format: (scalar(fields.get('file-format')) ?? 'JUNITXML').toUpperCase(),
  }
}

function entries(node: unknown): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>()
  if (!isMap(node)) return found
  for (const pair of node.items) found.set(String(isScalar(pair.key) ? pair.key.value : pair.key), pair.value)
  return found
}

function texts(node: unknown, name: string): { readonly [key: string]: string } {
  const found: Record<string, string> = {}
  for (const [key, value] of entries(node)) {
    if (isMap(value) || isSeq(value)) throw new Malformed(`Expected ${name}.${key} to be of string type`)
    found[key] = scalar(value) ?? ''
  }
  return found
}

/** A list of texts; one text alone counts as a list of it. */
function list(node: unknown, name: string, lineOf: LineOf): readonly string[] {
  if (node === undefined || node === null) return []
  if (isScalar(node)) {
    const only = scalar(node)
    return only === undefined ? [] : [only]
  }
  if (!isSeq(node)) throw new Malformed(`Expected ${name} to be a list at line ${lineOf(node)}`)
  return node.items.flatMap((item, i) => {
    if (isMap(item) || isSeq(item)) {
      const line = lineOf(item)
      throw new Malformed(
        `Expected ${name}[${i}] to be of string type: found subkeys instead at line ${line}, value of the key tag on line ${Math.max(1, line - 1)} might be empty`,
      )
    }
    const text = scalar(item)
    return text === undefined ? [] : [text]
  })
}
