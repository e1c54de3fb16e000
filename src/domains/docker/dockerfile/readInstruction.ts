import type { Healthcheck } from '../image/imageConfig.ts'
import { parseDuration } from './duration.ts'
import { type FlagSorts, type Flags, readFlags } from './flags.ts'
import { quoted, trimSpace } from './go.ts'
import { chomped, heredocIn } from './heredoc.ts'
import { type CommandLine, INSTRUCTIONS, type Instruction, type Pair, type SourcesAndTarget } from './instruction.ts'
import { readMount } from './mount.ts'
import { argumentsOf, type DockerfileNode } from './node.ts'
import { DockerfileProblem } from './problem.ts'
import { withSuggestion } from './suggestion.ts'

/** FROM, before its stage has instructions. */
export interface From {
  readonly is: 'FROM'
  readonly name: string
  readonly base: string
  readonly platform: string
}

/** Makes an instruction of a node of the syntax tree; throws in BuildKit's words. Models: buildkit instructions/parse.go */
export function readInstruction(
  node: DockerfileNode,
): Instruction | (From & Pick<Instruction, 'written' | 'code' | 'lines' | 'comments' | 'apart'>) {
  const name = node.value.toUpperCase()
  const reader = Object.hasOwn(READERS, name) ? READERS[name] : undefined
  if (!reader)
    throw new DockerfileProblem(withSuggestion(`unknown instruction: ${node.value}`, node.value, INSTRUCTIONS, false))
  return {
    written: node.value,
    code: trimSpace(node.original),
    lines: { start: node.startLine, end: node.endLine },
    comments: node.comments,
    apart: node.apart,
    ...reader(node, argumentsOf(node)),
  } as Instruction
}

type Reader = (node: DockerfileNode, args: readonly string[]) => object

const flagless = (node: DockerfileNode): Flags => readFlags(node.flags, {})

const exactlyOne =
  (name: 'MAINTAINER' | 'USER' | 'WORKDIR' | 'STOPSIGNAL'): Reader =>
  (node, args) => {
    if (args.length !== 1) throw new DockerfileProblem(`${name} requires exactly one argument`)
    if (name !== 'STOPSIGNAL') flagless(node)
    return { is: name, text: args[0] }
  }

const command =
  (name: 'CMD' | 'ENTRYPOINT'): Reader =>
  (node, args) => {
    flagless(node)
    return { is: name, command: commandLine(node, args) }
  }

const pairs =
  (name: 'ENV' | 'LABEL'): Reader =>
  (node, args) => {
    flagless(node)
    if (args.length === 0) throw atLeastOne(name)
    const found: Pair[] = []
    for (let at = 0; at < args.length; at += 3) {
      const [key = '', value = '', sign = ''] = args.slice(at, at + 3)
      if (key === '') throw new DockerfileProblem(`${name} names can not be blank`)
      found.push({ key, value, legacy: sign === '' })
    }
    return { is: name, pairs: found }
  }

const COPY_FLAGS: FlagSorts = {
  chown: 'text',
  from: 'text',
  chmod: 'text',
  link: 'bool',
  exclude: 'list',
  parents: 'bool',
}
const ADD_FLAGS: FlagSorts = {
  chown: 'text',
  chmod: 'text',
  link: 'bool',
  'keep-git-dir': 'bool',
  checksum: 'text',
  unpack: 'bool',
  exclude: 'list',
}
const HEALTH_FLAGS: FlagSorts = {
  interval: 'text',
  timeout: 'text',
  'start-period': 'text',
  'start-interval': 'text',
  retries: 'text',
}

const READERS: { readonly [name: string]: Reader } = {
  ENV: pairs('ENV'),
  LABEL: pairs('LABEL'),
  MAINTAINER: exactlyOne('MAINTAINER'),
  USER: exactlyOne('USER'),
  WORKDIR: exactlyOne('WORKDIR'),
  STOPSIGNAL: exactlyOne('STOPSIGNAL'),
  CMD: command('CMD'),
  ENTRYPOINT: command('ENTRYPOINT'),
  ADD(node, args) {
    if (args.length < 2) throw noTarget('ADD')
    const flags = readFlags(node.flags, ADD_FLAGS)
    return {
      is: 'ADD',
      files: sourcesAndTarget(node, args, flags, 'ADD'),
      checksum: flags.text.checksum ?? '',
      keepGitDir: flags.bool['keep-git-dir'],
      unpack: flags.bool.unpack,
    }
  },
  COPY(node, args) {
    if (args.length < 2) throw noTarget('COPY')
    const flags = readFlags(node.flags, COPY_FLAGS)
    return {
      is: 'COPY',
      files: sourcesAndTarget(node, args, flags, 'COPY'),
      from: flags.text.from ?? '',
      parents: flags.bool.parents ?? false,
    }
  },
  FROM(node, args) {
    const name = stageName(args)
    const flags = readFlags(node.flags, { platform: 'text' })
    return { is: 'FROM', name, base: args[0] as string, platform: flags.text.platform ?? '' }
  },
  ONBUILD(node, args) {
    if (args.length === 0) throw atLeastOne('ONBUILD')
    flagless(node)
    const trigger = trimSpace(args[0] as string).toUpperCase()
    if (trigger === 'ONBUILD') throw new DockerfileProblem("Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed")
    if (trigger === 'MAINTAINER' || trigger === 'FROM')
      throw new DockerfileProblem(`${trigger} isn't allowed as an ONBUILD trigger`)
    const documents = node.heredocs.map((heredoc) => `\n${heredoc.content}${heredoc.name}`).join('')
    return { is: 'ONBUILD', expression: node.original.replace(/^\s*ONBUILD\s*/i, '') + documents }
  },
  RUN(node, args) {
    const flags = readFlags(node.flags, { mount: 'list', network: 'text', security: 'text', device: 'list' })
    const mounts = flags.list.mount ?? []
    const line = commandLine(node, args)
    for (const mount of mounts) readMount(mount)
    const network = flags.text.network ?? 'default'
    if (!['default', 'none', 'host'].includes(network))
      throw new DockerfileProblem(`invalid network mode ${quoted(network)}`)
    const security = flags.text.security ?? 'sandbox'
    if (!['insecure', 'sandbox'].includes(security))
      throw new DockerfileProblem(`security ${quoted(security)} is not valid`)
    return { is: 'RUN', command: line, mounts, network, security }
  },
  HEALTHCHECK(node, args) {
    if (args.length === 0) throw atLeastOne('HEALTHCHECK')
    return { is: 'HEALTHCHECK', health: health(node, args) }
  },
  EXPOSE(node, args) {
    if (args.length === 0) throw atLeastOne('EXPOSE')
    flagless(node)
    return { is: 'EXPOSE', ports: [...args].sort() }
  },
  VOLUME(node, args) {
    if (args.length === 0) throw atLeastOne('VOLUME')
    flagless(node)
    const volumes = args.map(trimSpace)
    if (volumes.includes('')) throw new DockerfileProblem('VOLUME specified can not be an empty string')
    return { is: 'VOLUME', volumes }
  },
  ARG(_node, args) {
    if (args.length === 0) throw atLeastOne('ARG')
    return {
      is: 'ARG',
      args: args.map((arg) => {
        const cut = arg.indexOf('=')
        if (cut === 0) throw new DockerfileProblem('ARG names can not be blank')
        return cut < 0 ? { key: arg } : { key: arg.slice(0, cut), value: arg.slice(cut + 1) }
      }),
    }
  },
  SHELL(node, args) {
    flagless(node)
    if (args.length === 0) throw atLeastOne('SHELL')
    if (!node.json) throw notJson()
    return { is: 'SHELL', shell: args }
  },
}

function atLeastOne(name: string): DockerfileProblem {
  return new DockerfileProblem(`${name} requires at least one argument`)
}

function noTarget(name: string): DockerfileProblem {
  return new DockerfileProblem(
    `${name} requires at least two arguments, but only one was provided. Destination could not be determined`,
  )
}

/** Models: buildkit instructions/errors_unix.go. */
function notJson(): DockerfileProblem {
  return new DockerfileProblem('SHELL requires the arguments to be in JSON form')
}

const STAGE_NAME = /^[a-z][a-z0-9-_.]*$/

function stageName(args: readonly string[]): string {
  if (args.length === 3 && args[1]?.toLowerCase() === 'as') {
    const name = (args[2] as string).toLowerCase()
    if (!STAGE_NAME.test(name))
      throw new DockerfileProblem(
        `invalid name for build stage: ${quoted(args[2] as string)}, name can't start with a number or contain symbols`,
      )
    return name
  }
  if (args.length !== 1) throw new DockerfileProblem('FROM requires either one or three arguments')
  return ''
}

function commandLine(node: DockerfileNode, args: readonly string[]): CommandLine {
  return {
    words: args.length === 0 || node.json ? args : [args.join(' ')],
    shell: !node.json,
    files: node.heredocs.map(({ name, content, chomp }) => ({ name, data: content, chomp })),
  }
}

function sourcesAndTarget(node: DockerfileNode, args: readonly string[], flags: Flags, name: string): SourcesAndTarget {
  const target = args.at(-1) as string
  if (heredocIn(target)) throw new DockerfileProblem(`${name} cannot accept a heredoc as a destination`)
  const documents = new Map(node.heredocs.map((heredoc) => [heredoc.name, heredoc.content]))
  const paths: string[] = []
  const contents: { path: string; data: string; expand: boolean }[] = []
  for (const source of args.slice(0, -1)) {
    const heredoc = heredocIn(source)
    if (!heredoc) {
      paths.push(source)
      continue
    }
    const content = documents.get(heredoc.name) ?? ''
    contents.push({ path: heredoc.name, data: heredoc.chomp ? chomped(content) : content, expand: heredoc.expand })
  }
  return {
    target,
    paths,
    contents,
    chown: flags.text.chown ?? '',
    chmod: flags.text.chmod ?? '',
    link: flags.bool.link ?? false,
    excludes: flags.list.exclude ?? [],
  }
}

function health(node: DockerfileNode, args: readonly string[]): Healthcheck {
  const type = (args[0] as string).toUpperCase()
  const rest = args.slice(1)
  if (type === 'NONE') {
    if (rest.length > 0) throw new DockerfileProblem('HEALTHCHECK NONE takes no arguments')
    return { Test: ['NONE'] }
  }
  const flags = readFlags(node.flags, HEALTH_FLAGS)
  if (type !== 'CMD') throw new DockerfileProblem(`Unknown type ${quoted(type)} in HEALTHCHECK (try CMD)`)
  if (rest.length === 0) throw new DockerfileProblem('Missing command after HEALTHCHECK CMD')
  const test = node.json ? ['CMD', ...rest] : ['CMD-SHELL', rest.join(' ')]
  const retries = flags.text.retries
  if (retries !== undefined && retries !== '') {
    if (!/^[-+]?\d+$/.test(retries))
      throw new DockerfileProblem(`strconv.ParseInt: parsing ${quoted(retries)}: invalid syntax`)
    if (Number(retries) < 0) throw new DockerfileProblem(`--retries cannot be negative (${Number(retries)})`)
  }
  const times = {
    Interval: interval('interval', flags),
    Timeout: interval('timeout', flags),
    StartPeriod: interval('start-period', flags),
    StartInterval: interval('start-interval', flags),
    Retries: retries === undefined || retries === '' ? 0 : Number(retries),
  }
  return { Test: test, ...Object.fromEntries(Object.entries(times).filter(([, value]) => value !== 0)) }
}

function interval(flag: string, flags: Flags): number {
  const text = flags.text[flag] ?? ''
  if (text === '') return 0
  const time = parseDuration(text)
  if (time !== 0 && time < 1e6) throw new DockerfileProblem(`Interval ${quoted(flag)} cannot be less than 1ms`)
  return time
}
