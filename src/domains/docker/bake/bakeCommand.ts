import type { Json } from '../../../kernel/index.ts'
import { resolvePath } from '../../../shell/files.ts'
import type { Ask } from '../cli/ask.ts'
import type { Command, Reply } from '../cli/command.ts'
import { table } from '../cli/format.ts'
import { Problem } from '../cli/problem.ts'
import { type Choice, choose } from './choose.ts'
import { type BakeFile, readBakeFile } from './definition.ts'
import { HclProblem } from './hclNode.ts'
import { BakeProblem, type Definition, definitionOf } from './resolve.ts'
import { csv, shownTarget, type Target } from './target.ts'

const DEFAULTS: readonly string[] = [
  'compose.yaml',
  'compose.yml',
  'docker-compose.yml',
  'docker-compose.yaml',
  'docker-bake.json',
  'docker-bake.hcl',
  'docker-bake.override.json',
  'docker-bake.override.hcl',
]

/**
 * `docker buildx bake`: builds what files describe, or prints it. Models: buildx commands/bake.go. Unlike buildx, the targets of one call
 * are built one after another, each with a progress of its own, and definitions at an address are refused as unreachable.
 */
export const bakeCommand: Command = {
  path: 'buildx bake',
  summary: 'Build from a file',
  usage: '[OPTIONS] [TARGET...]',
  flags: [
    { name: 'allow', type: 'stringArray', says: 'Allow build to access specified resources' },
    { name: 'builder', type: 'string', says: 'Override the configured builder instance' },
    { name: 'call', type: 'string', says: 'Set method for evaluating build ("check", "outline", "targets")' },
    { name: 'check', says: 'Shorthand for "--call=check"' },
    { name: 'file', short: 'f', type: 'stringArray', says: 'Build definition file' },
    { name: 'list', type: 'string', says: 'List targets or variables' },
    { name: 'load', says: 'Shorthand for "--set=*.output=type=docker"' },
    { name: 'metadata-file', type: 'string', says: 'Write build result metadata to a file' },
    { name: 'no-cache', says: 'Do not use cache when building the image' },
    { name: 'print', says: 'Print the options without building' },
    { name: 'progress', type: 'string', says: 'Set type of progress output' },
    { name: 'provenance', type: 'string', says: 'Shorthand for "--set=*.attest=type=provenance"' },
    { name: 'pull', says: 'Always attempt to pull all referenced images' },
    { name: 'push', says: 'Shorthand for "--set=*.output=type=registry"' },
    { name: 'sbom', type: 'string', says: 'Shorthand for "--set=*.attest=type=sbom"' },
    { name: 'set', type: 'stringArray', says: 'Override target value (e.g., "targetpattern.key=value")' },
  ],
  run: (ask) => {
    const remote = ask.args.find((arg) => /^(?:https?|git|ssh):\/\/|^git@/.test(arg))
    if (remote !== undefined)
      throw new Problem(`ERROR: failed to load cache key: failed to fetch remote ${remote}: could not resolve host`)
    const files = filesOf(ask)
    const definition = evaluated(ask, files)
    const listing = ask.text('list')
    if (listing !== undefined) return list(ask, definition, listing)
    const choice = chosen(ask, definition)
    if (ask.flag('print')) {
      ask.err(loaded(files))
      ask.out(`${JSON.stringify(shown(choice), undefined, 2)}\n`)
      return { exit: 0 }
    }
    return build(ask, lines(ask, choice), 0)
  },
  resume(ask, state) {
    const { lines: left, at } = state as unknown as { lines: readonly Line[]; at: number }
    const code = ask.call.child?.exitCode ?? 0
    return code !== 0 ? { exit: code } : build(ask, left, at)
  },
}

interface Line {
  readonly argv: readonly string[]
  readonly stdin?: string | undefined
}

function build(_ask: Ask, all: readonly Line[], at: number): Reply {
  const line = all[at]
  return line ? { wait: { run: line }, state: { lines: all, at: at + 1 } as unknown as Json } : { exit: 0 }
}

function filesOf(ask: Ask): readonly { readonly name: string; readonly text: string }[] {
  const { files, cwd } = ask.call
  const given = ask.all('file')
  if (given.length === 0) {
    const found = DEFAULTS.flatMap((name) => {
      const read = files.read(resolvePath(cwd, name))
      return 'text' in read ? [{ name, text: read.text }] : []
    })
    if (found.length === 0) throw new Problem("ERROR: couldn't find a bake definition")
    return found
  }
  return given.map((path) => {
    if (path === '-') return { name: '-', text: ask.call.stdin ?? '' }
    const name = path.replace(/^cwd:\/\//, '')
    const read = files.read(resolvePath(cwd, name))
    if (!('text' in read)) throw new Problem(`ERROR: open ${name}: no such file or directory`)
    return { name, text: read.text }
  })
}

function evaluated(ask: Ask, files: readonly { readonly name: string; readonly text: string }[]): Definition {
  const read: BakeFile[] = []
  for (const { name, text } of files)
    try {
      read.push(readBakeFile(name, text))
    } catch (problem) {
      if (problem instanceof HclProblem) throw refusal(ask, { name, text }, problem)
      throw problem
    }
  try {
    return definitionOf(read, ask.call.env)
  } catch (problem) {
    if (problem instanceof BakeProblem) throw refusal(ask, problem.file, problem.problem)
    if (problem instanceof Error && !(problem instanceof Problem)) throw new Problem(`ERROR: ${problem.message}`)
    throw problem
  }
}

/** A refusal with the lines of the file around it. */
function refusal(
  ask: Ask,
  { name, text }: { readonly name: string; readonly text: string },
  problem: HclProblem,
): Problem {
  const before = text.slice(0, problem.from)
  const row = before.split('\n').length
  const column = problem.from - (before.lastIndexOf('\n') + 1) + 1
  const all = text.split('\n')
  const shownLines = all
    .slice(Math.max(0, row - 4), row + 3)
    .map((line, i) => {
      const number = Math.max(1, row - 3) + i
      return ` ${String(number).padStart(3)} | ${number === row ? '>>> ' : '    '}${line}\n`
    })
    .join('')
  ask.err(`${name}:${row}\n--------------------\n${shownLines}--------------------\n`)
  return new Problem(
    `ERROR: ${name}:${row},${column}-${column + Math.max(1, problem.to - problem.from)}: ${problem.summary}; ${problem.detail}`,
  )
}

function chosen(ask: Ask, definition: Definition): Choice {
  const sets = [
    ...ask.all('set'),
    ...(ask.flag('no-cache') ? ['*.no-cache=true'] : []),
    ...(ask.flag('pull') ? ['*.pull=true'] : []),
    ...(ask.flag('load') ? ['*.output=type=docker'] : []),
    ...(ask.flag('push') ? ['*.output=type=registry'] : []),
  ]
  try {
    return choose(definition, ask.args, sets)
  } catch (problem) {
    if (problem instanceof Error) throw new Problem(`ERROR: ${problem.message}`)
    throw problem
  }
}

function shown({ groups, targets }: Choice): unknown {
  const sorted = <T>(map: ReadonlyMap<string, T>): readonly (readonly [string, T])[] =>
    [...map].sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    ...(groups.size > 0
      ? { group: Object.fromEntries(sorted(groups).map(([name, all]) => [name, { targets: all }])) }
      : {}),
    target: Object.fromEntries(sorted(targets).map(([name, target]) => [name, shownTarget(target)])),
  }
}

function loaded(files: readonly { readonly name: string; readonly text: string }[]): string {
  const reads = files.map(({ name, text }) => {
    const size = `${new TextEncoder().encode(text).length}B`
    return ` => => reading ${name === '-' ? 'from stdin' : name} ${size} / ${size} 0.0s\n`
  })
  return `[+] Building 0.0s (1/1) FINISHED\n => [internal] load local bake definitions 0.0s\n${reads.join('')}`
}

function list(ask: Ask, definition: Definition, what: string): Reply {
  const fields = csv(what)
  const kind = String(fields.type)
  const json = fields.format === 'json'
  if (kind === 'targets') {
    const rows = [...definition.groups.keys(), ...definition.targets.keys()].sort().map((name) => {
      const about = definition.descriptions.get(name) ?? definition.targets.get(name)?.description
      return [name, String(about ?? definition.groups.get(name)?.join(', ') ?? '')]
    })
    ask.out(
      json
        ? `${JSON.stringify(rows.map(([name, description]) => ({ name, description })))}\n`
        : table([['TARGET', 'DESCRIPTION'], ...rows]),
    )
    return { exit: 0 }
  }
  if (kind !== 'variables') throw new Problem(`ERROR: invalid list type ${JSON.stringify(kind)}`)
  const rows = definition.variables.map(({ name, type, value, description }) => [
    name,
    type,
    value === null ? '<null>' : typeof value === 'object' ? JSON.stringify(value) : String(value),
    description,
  ])
  ask.out(
    json ? `${JSON.stringify(definition.variables)}\n` : table([['VARIABLE', 'TYPE', 'VALUE', 'DESCRIPTION'], ...rows]),
  )
  return { exit: 0 }
}

function lines(ask: Ask, { targets }: Choice): readonly Line[] {
  return [...targets.values()].map((target) => {
    const texts = (field: string): readonly string[] => ((target[field] as unknown[] | undefined) ?? []).map(option)
    const pairs = (field: string): readonly string[] =>
      Object.entries((target[field] as object | undefined) ?? {}).map(([key, value]) => `${key}=${String(value)}`)
    const each = (flag: string, values: readonly string[]): readonly string[] =>
      values.flatMap((value) => [flag, value])
    const inline = target['dockerfile-inline']
    const context = String(target.context)
    const file = resolvePath(resolvePath(ask.call.cwd, context), String(target.dockerfile))
    const progress = ask.text('progress')
    return {
      argv: [
        'docker',
        'build',
        ...each('-t', texts('tags')),
        ...(typeof inline === 'string' ? ['-f', '-'] : /^[a-z]+:\/\//.test(context) ? [] : ['-f', file]),
        ...each('--build-arg', pairs('args')),
        ...each('--label', pairs('labels')),
        ...each('--build-context', pairs('contexts')),
        ...each('--secret', texts('secret')),
        ...each('--cache-from', texts('cache-from')),
        ...each('--cache-to', texts('cache-to')),
        ...each('-o', texts('output')),
        ...(target.target ? ['--target', String(target.target)] : []),
        ...single(target),
        ...(target.network ? ['--network', String(target.network)] : []),
        ...(target['no-cache'] === true ? ['--no-cache'] : []),
        ...(target.pull === true ? ['--pull'] : []),
        ...(ask.flag('check') ? ['--check'] : []),
        ...(progress === undefined ? [] : ['--progress', progress]),
        context,
      ],
      ...(typeof inline === 'string' ? { stdin: inline } : {}),
    }
  })
}

function single(target: Target): readonly string[] {
  const platforms = (target.platforms as readonly string[] | undefined) ?? []
  return platforms.length === 1 ? ['--platform', String(platforms[0])] : []
}

function option(value: unknown): string {
  if (typeof value === 'string') return value
  return Object.entries(value as object)
    .map(([key, one]) => `${key}=${String(one)}`)
    .join(',')
}
