import { durationText } from '../dockerfile/duration.ts'
import { cleanPath, quoted, quotedList } from '../dockerfile/go.ts'
import { chomped, heredocIn } from '../dockerfile/heredoc.ts'
import type { CommandLine, InstructionOf, Pair } from '../dockerfile/instruction.ts'
import { expand } from '../dockerfile/lexer.ts'
import { readMount } from '../dockerfile/mount.ts'
import { DockerfileProblem } from '../dockerfile/problem.ts'
import type { Healthcheck } from '../image/imageConfig.ts'
import type { Linter } from '../lint/linter.ts'
import { planCopy } from './copyPlan.ts'
import type { PlannedMount } from './graph.ts'
import type { Planner } from './planner.ts'
import { readPort } from './ports.ts'
import { shown } from './shown.ts'
import { checkSignal } from './signal.ts'
import { NON_ENV, type StageCommand, type StageState } from './stageState.ts'

/** Does what one instruction says to a stage: to its configuration, its variables, or as a vertex. Models: buildkit convert.go, dispatch */
export function dispatch(planner: Planner, state: StageState, command: StageCommand) {
  const { instruction } = command
  const { lines } = instruction
  const lint = planner.lint.for(instruction.comments)
  const word = (text: string): string => planner.expand(text, state, lines, lint)
  const { config } = state
  switch (instruction.is) {
    case 'MAINTAINER':
      state.author = instruction.text
      return empty(state, `MAINTAINER ${instruction.text}`)
    case 'ENV': {
      const pairs = expandPairs(instruction.pairs, word)
      for (const { key, value, legacy } of pairs) {
        if (legacy) lint.warn('LegacyKeyValueFormat', lines, instruction.written)
        checkSecret('ENV', key, instruction, lint)
        state.env.set(key, value)
        config.Env = withVariable(config.Env ?? [], key, value)
      }
      return empty(state, `ENV ${pairs.map(({ key, value }) => `${key}=${value}`).join(' ')}`)
    }
    case 'LABEL': {
      const pairs = expandPairs(instruction.pairs, word)
      for (const { legacy } of pairs) if (legacy) lint.warn('LegacyKeyValueFormat', lines, instruction.written)
      config.Labels = { ...config.Labels, ...Object.fromEntries(pairs.map(({ key, value }) => [key, value])) }
      return empty(state, `LABEL ${pairs.map(({ key, value }) => `${key}=${value}`).join(' ')}`)
    }
    case 'RUN':
      return run(planner, state, command, instruction, word)
    case 'WORKDIR':
      return workdir(planner, state, command, instruction, word(instruction.text), lint)
    case 'ADD':
    case 'COPY':
      return planCopy(planner, state, command, instruction, word, lint)
    case 'ONBUILD':
      config.OnBuild = [...(config.OnBuild ?? []), instruction.expression]
      return
    case 'CMD':
    case 'ENTRYPOINT': {
      once(instruction, state, lint)
      if (instruction.command.shell && !config.Shell?.length)
        lint.warn('JSONArgsRecommended', lines, instruction.written)
      const args = instruction.command.shell ? withShell(state, instruction.command.words) : instruction.command.words
      if (instruction.is === 'CMD') config.Cmd = args
      else {
        config.Entrypoint = args
        if (!state.used.has('CMD')) delete config.Cmd
      }
      return empty(state, `${instruction.is} ${quotedList(args)}`)
    }
    case 'HEALTHCHECK':
      once(instruction, state, lint)
      config.Healthcheck = instruction.health
      return empty(state, `HEALTHCHECK ${healthText(instruction.health)}`)
    case 'EXPOSE':
      return expose(planner, state, instruction, lint)
    case 'USER': {
      config.User = word(instruction.text)
      return empty(state, `USER ${config.User}`)
    }
    case 'VOLUME': {
      const volumes = instruction.volumes.map(word)
      if (volumes.includes('')) throw new DockerfileProblem('VOLUME specified can not be an empty string')
      config.Volumes = { ...config.Volumes, ...Object.fromEntries(volumes.map((path) => [path, {}])) }
      return empty(state, `VOLUME [${volumes.join(' ')}]`)
    }
    case 'STOPSIGNAL': {
      const signal = word(instruction.text)
      checkSignal(signal)
      config.StopSignal = signal
      return empty(state, `STOPSIGNAL ${signal}`)
    }
    case 'SHELL':
      config.Shell = instruction.shell
      return empty(state, `SHELL [${instruction.shell.join(' ')}]`)
    case 'ARG':
      return argument(planner, state, instruction, lint)
  }
}

function empty(state: StageState, createdBy: string) {
  state.history.push({ is: 'empty', createdBy })
}

function expandPairs(pairs: readonly Pair[], word: (text: string) => string): readonly Pair[] {
  return pairs.map(({ key, value, legacy }) => ({ key: word(key), value: word(value), legacy }))
}

function withVariable(env: readonly string[], key: string, value: string): readonly string[] {
  const at = env.findIndex((one) => one.split('=', 1)[0] === key)
  return at < 0 ? [...env, `${key}=${value}`] : env.map((one, i) => (i === at ? `${key}=${value}` : one))
}

const SECRET = /(?:_|^)(?:apikey|auth|credential|credentials|key|password|pword|passwd|secret|token)(?:_|$)/i
const HARMLESS = /(?:_|^)(?:public|file|version)(?:_|$)/i

function checkSecret(
  name: 'ARG' | 'ENV',
  key: string,
  { lines }: { readonly lines: Parameters<Linter['warn']>[1] },
  lint: Linter,
): void {
  if (SECRET.test(key) && !HARMLESS.test(key)) lint.warn('SecretsUsedInArgOrEnv', lines, name, key)
}

function once(
  instruction: InstructionOf<'CMD' | 'ENTRYPOINT'> | InstructionOf<'CMD'> | InstructionOf<'HEALTHCHECK'>,
  state: StageState,
  lint: Linter,
): void {
  const before = state.used.get(instruction.is)
  if (before) lint.warn('MultipleInstructionsDisallowed', before, instruction.written)
  state.used.set(instruction.is, instruction.lines)
}

/** The shell before a command line, which becomes one word. */
function withShell(state: StageState, words: readonly string[]): readonly string[] {
  const { Shell } = state.config
  const shell = Shell?.length ? Shell : state.platform?.os === 'windows' ? ['cmd', '/S', '/C'] : ['/bin/sh', '-c']
  return [...shell, words.join(' ')]
}

function healthText(health: Healthcheck): string {
  const time = (value: number | undefined): string => durationText(value ?? 0)
  return `{Test:[${(health.Test ?? []).join(' ')}] Interval:${time(health.Interval)} Timeout:${time(health.Timeout)} StartPeriod:${time(health.StartPeriod)} StartInterval:${time(health.StartInterval)} Retries:${health.Retries ?? 0}}`
}

function workdir(
  planner: Planner,
  state: StageState,
  command: StageCommand,
  { lines, code }: InstructionOf<'WORKDIR'>,
  path: string,
  lint: Linter,
) {
  const windows = state.platform?.os === 'windows'
  const absolute = path.startsWith('/') || (windows && /^([a-zA-Z]:)?[\\/]/.test(path))
  if (!state.workdirSet && !absolute) lint.warn('WorkdirRelativePath', lines, path)
  state.workdirSet = true
  const at = absolute ? cleanPath(path) : cleanPath(`${state.config.WorkingDir || '/'}/${path}`)
  state.config.WorkingDir = at
  state.dir = at
  if (at === '/') return empty(state, `WORKDIR ${at}`)
  const name = shown(planner, state, code)
  const vertex = planner.vertex(
    state,
    name,
    { is: 'mkdir', path: at, user: state.config.User ?? '' },
    { lines, code, onBuild: command.onBuild },
  )
  state.result = vertex
  state.history.push({ is: 'made', createdBy: `WORKDIR ${at}`, vertex })
}

function argument(planner: Planner, state: StageState, instruction: InstructionOf<'ARG'>, lint: Linter): void {
  const { lines } = instruction
  const given = planner.options.buildArgs ?? {}
  const texts = instruction.args.map(({ key, value: written }) => {
    checkSecret('ARG', key, instruction, lint)
    let value: string | undefined
    if (Object.hasOwn(given, key)) value = given[key]
    else if (written !== undefined) value = planner.expand(written, state, lines, lint)
    else value = planner.globals.get(key)
    if (value !== undefined && !NON_ENV.has(key)) state.env.set(key, value)
    state.buildArgs.push({ key, value })
    return value === undefined ? key : `${key}=${value}`
  })
  empty(state, `ARG ${texts.join(' ')}`)
}

function expose(planner: Planner, state: StageState, instruction: InstructionOf<'EXPOSE'>, lint: Linter): void {
  const words = instruction.ports.flatMap((port) => expand(port, state.env, { escape: planner.token }).words)
  const ports: string[] = []
  for (const text of words) {
    const found = readPort(text)
    if (found.protocol !== found.protocol.toLowerCase()) lint.warn('ExposeProtoCasing', instruction.lines, text)
    if (found.mapped) lint.warn('ExposeInvalidFormat', instruction.lines, text)
    ports.push(...found.ports)
  }
  state.config.ExposedPorts = { ...state.config.ExposedPorts, ...Object.fromEntries(ports.map((port) => [port, {}])) }
  empty(state, `EXPOSE [${ports.join(' ')}]`)
}

function run(
  planner: Planner,
  state: StageState,
  command: StageCommand,
  instruction: InstructionOf<'RUN'>,
  word: (text: string) => string,
): void {
  const { lines, code } = instruction
  const { words, script, note } = commandWords(instruction.command, state)
  const argv =
    instruction.command.shell && script === undefined
      ? withShell(state, words)
      : withShellUnless(script, instruction.command.shell, state, words)
  const mounts = instruction.mounts.map((text, i) => planMount(planner, state, command, text, i, word))
  const vertex = planner.vertex(
    state,
    shown(planner, state, `${code}${note}`, { rawQuotes: true, skipUnset: true }),
    {
      is: 'run',
      argv,
      env: [...state.env],
      cwd: state.dir,
      user: state.config.User ?? '',
      mounts,
      network: instruction.network,
      security: instruction.security,
      script,
    },
    { lines, code, onBuild: command.onBuild },
  )
  state.result = vertex
  state.history.push({ is: 'made', createdBy: `RUN ${argumentsText(argv, state)} # buildkit`, vertex })
}

/** A document with a first line of its own is a program: the shell calls it by its path. */
function withShellUnless(
  script: { readonly path: string } | undefined,
  shell: boolean,
  state: StageState,
  words: readonly string[],
): readonly string[] {
  return script && shell ? withShell(state, [script.path]) : words
}

function commandWords(
  { words, files, shell }: CommandLine,
  state: StageState,
): {
  readonly words: readonly string[]
  readonly script?: { readonly path: string; readonly data: string } | undefined
  readonly note: string
} {
  const [first] = files
  if (!first) return { words, note: '' }
  const [line] = words
  if (words.length !== 1 || line === undefined || !shell)
    throw new DockerfileProblem(`parsing produced an invalid run command: [${words.join(' ')}]`)
  if (!heredocIn(line))
    return { words: [`${line}${files.map(({ name, data }) => `\n${data}${name}`).join('')}`], note: '' }
  const data = first.chomp ? chomped(first.data) : first.data
  const rows = first.data.trim().replaceAll('\r\n', '\n').split('\n')
  const note = ` (${rows[0] ?? ''}${rows.length > 1 ? '...' : ''})`
  if (state.platform?.os !== 'windows' && data.startsWith('#!'))
    return { words: [], script: { path: `/dev/pipes/${first.name}`, data }, note }
  return { words: [data], note }
}

function planMount(
  planner: Planner,
  state: StageState,
  command: StageCommand,
  text: string,
  i: number,
  word: (text: string) => string,
): PlannedMount {
  const mount = readMount(text, word)
  const source = command.sources[i]
  if (mount.from !== '' && source && !source.dispatched)
    throw new DockerfileProblem(
      `cannot mount from stage ${quoted(mount.from)} to ${quoted(mount.target)}, stage needs to be defined before current command`,
    )
  const base = mount.source.slice(mount.source.lastIndexOf('/') + 1)
  const secret = mount.type === 'secret'
  const id = mount.id || (secret ? mount.source || mount.target.slice(mount.target.lastIndexOf('/') + 1) : '')
  const target =
    mount.target ||
    (secret && mount.env === undefined
      ? `/run/secrets/${id.slice(id.lastIndexOf('/') + 1) || base}`
      : mount.type === 'ssh'
        ? '/run/buildkit/ssh_agent.0'
        : '')
  const at = target === '' ? '' : target.startsWith('/') ? cleanPath(target) : cleanPath(`${state.dir}/${target}`)
  if (!secret && mount.type !== 'ssh' && (at === '/' || at === ''))
    throw new DockerfileProblem(`invalid mount target ${quoted(at === '' ? state.dir : at)}`)
  const fromContext = mount.type === 'bind' && mount.from === ''
  if (fromContext) planner.usesContext = true
  return {
    type: mount.type,
    from: fromContext ? 'context' : source?.result,
    source: cleanPath(`/${mount.source}`),
    target: at,
    readonly: mount.readonly,
    id: mount.type === 'cache' ? id || at : id,
    required: mount.required,
    env: secret && mount.env !== undefined ? mount.env || id : undefined,
  }
}

/** How the history tells a command: with the build arguments that it saw. */
function argumentsText(argv: readonly string[], state: StageState): string {
  const values = new Map<string, string>()
  for (const { key, value } of state.buildArgs) values.set(key, state.env.get(key) ?? value ?? '')
  const args = [...values].map(([key, value]) => `${key}=${value}`)
  return [...(args.length > 0 ? [`|${args.length}`, ...args] : []), ...argv].join(' ')
}
