import { stable } from '../../../kernel/index.ts'
import { directiveOf } from '../dockerfile/directives.ts'
import { quoted } from '../dockerfile/go.ts'
import type { InstructionOf, Stage } from '../dockerfile/instruction.ts'
import { type Expanded, expand, NO_VARIABLES } from '../dockerfile/lexer.ts'
import { readMount } from '../dockerfile/mount.ts'
import { parseDockerfile } from '../dockerfile/parser.ts'
import { PatternMatcher } from '../dockerfile/patternMatcher.ts'
import { DockerfileProblem, type Lines } from '../dockerfile/problem.ts'
import { readInstruction } from '../dockerfile/readInstruction.ts'
import { readDockerfile } from '../dockerfile/stages.ts'
import { nearest, withSuggestion } from '../dockerfile/suggestion.ts'
import { filled, type Layer } from '../image/layer.ts'
import { type CheckOptions, Linter, readCheckOptions } from '../lint/linter.ts'
import { checkStages } from '../lint/stageChecks.ts'
import { dispatch } from './dispatch.ts'
import type { FoundBase, Operation, Plan, Vertex } from './graph.ts'
import { LINUX_AMD64, type Platform, parsePlatform, platformText } from './platform.ts'
import { referenceProblem } from './referenceProblem.ts'
import { inherit, NON_ENV, newState, type StageCommand, type StageState } from './stageState.ts'

/** What a build is asked for. */
export interface PlanOptions {
  readonly target?: string | undefined
  readonly buildArgs?: { readonly [name: string]: string }
  readonly platform?: Platform | undefined
  readonly labels?: { readonly [name: string]: string }
  /** Patterns of the `.dockerignore`. */
  readonly ignore?: readonly string[]
  /** Stages to build anew, or all. */
  readonly noCache?: 'all' | readonly string[]
  readonly checks?: CheckOptions | undefined
  /** Look at every stage, as checks without a target do. */
  readonly allStages?: boolean
  /** Finds a base image by its full reference (`docker.io/library/node:20`). */
  readonly base: (reference: string, platform: Platform) => FoundBase
}

/** Makes a plan of a Dockerfile; throws `DockerfileProblem` in BuildKit's words. Models: buildkit dockerfile2llb/convert.go */
export function planBuild(text: string, options: PlanOptions): Plan {
  return new Planner(text, options).plan()
}

/** What was found before a build was refused. */
export function lintBuild(
  text: string,
  options: PlanOptions,
): { readonly warnings: Plan['warnings']; readonly problem?: DockerfileProblem } {
  let planner: Planner | undefined
  try {
    planner = new Planner(text, { ...options, allStages: options.target === undefined })
    planner.plan()
    return { warnings: planner.lint.warnings }
  } catch (problem) {
    if (!(problem instanceof DockerfileProblem)) throw problem
    return { warnings: planner?.lint.warnings ?? [], problem }
  }
}

/** The work on one Dockerfile. */
export class Planner {
  readonly options: PlanOptions
  readonly lint: Linter
  readonly platform: Platform
  /** Patterns that leave files out of the context. */
  readonly ignore: PatternMatcher | undefined
  /** Predefined arguments and those before the first FROM. */
  globals: Map<string, string> = new Map()
  token = '\\'
  usesContext = false
  private readonly text: string
  private readonly vertices: Vertex[] = []
  private readonly byContent = new Map<string, number>()
  private readonly states: StageState[] = []
  private readonly byName = new Map<string, StageState>()
  private readonly images: string[] = []
  private readonly bases: { [reference: string]: { layers: readonly Layer[]; root?: string | undefined } } = {}

  constructor(text: string, options: PlanOptions) {
    this.text = text
    this.options = options
    this.platform = options.platform ?? LINUX_AMD64
    this.lint = new Linter(options.checks ?? readCheckOptions(directiveOf('check', text)?.value ?? ''))
    this.ignore = options.ignore && options.ignore.length > 0 ? new PatternMatcher(options.ignore) : undefined
  }

  plan(): Plan {
    const { parsed, stages, metaArgs } = readDockerfile(this.text)
    this.token = parsed.escape
    for (const { line } of parsed.emptyContinuations) this.lint.warn('NoEmptyContinuation', { start: line, end: line })
    if (stages.length === 0) throw new DockerfileProblem('dockerfile contains no stages to build')
    checkStages(stages, metaArgs, this.lint)
    this.globals = this.predefined(this.options.target ?? stages.at(-1)?.name ?? '')
    this.checkDefaultBases(stages, metaArgs)
    const declared = this.readMetaArgs(this.globals, metaArgs, this.options.buildArgs ?? {})
    for (const [i, stage] of stages.entries()) this.addStage(stage, i, declared)
    const target = this.findTarget()
    for (const state of [...this.states]) this.connect(state)
    this.refuseCircles()
    if (this.states.length === 1) for (const state of this.states) state.label = ''
    const needed = this.resolve(target)
    for (const state of [...this.states]) {
      if (!this.options.allStages && (!needed.has(state) || state.dispatched)) continue
      this.dispatchStage(state)
    }
    const config = { ...target.config }
    const labels = this.options.labels ?? {}
    if (Object.keys(labels).length > 0) config.Labels = { ...config.Labels, ...labels }
    this.lint.finish()
    return {
      vertices: this.reachable(target.result),
      stages: this.states
        .filter((state) => !state.unregistered)
        .map((state, index) => ({
          name: state.stage.name,
          index,
          base: state.baseName,
          lines: state.stage.lines,
          needed: needed.has(state),
          from: [...state.deps.keys(), ...(state.base ? [state.base] : [])]
            .filter((one) => !one.unregistered)
            .map((one) => one.stage.name || String(this.states.indexOf(one))),
        })),
      result: target.result,
      config,
      history: target.history,
      root: target.root,
      platform: target.platform ?? this.platform,
      author: target.author,
      warnings: this.lint.warnings,
      usesContext: this.usesContext,
      bases: this.bases,
      images: this.images,
      syntax: directiveOf('syntax', this.text)?.value,
    }
  }

  /** Replaces variables of a stage, and reports those that are not there. */
  expand(word: string, state: StageState, lines: Lines, lint: Linter): string {
    const { text, unmatched } = expand(word, state.env, { escape: this.token })
    this.reportUnmatched(state, unmatched, lines, lint)
    return text
  }

  reportUnmatched(state: StageState, unmatched: ReadonlySet<string>, lines: Lines, lint: Linter): void {
    for (const name of unmatched) {
      if (state.buildArgs.some(({ key }) => key === name) || NON_ENV.has(name)) continue
      lint.warn('UndefinedVar', lines, name, nearest(name, [...state.env.keys()], true) ?? '')
    }
  }

  /** Adds a vertex, or finds the one that does the same upon the same. */
  vertex(
    state: StageState,
    name: string,
    operation: Operation,
    at: { readonly lines: Lines; readonly code: string; readonly onBuild?: boolean },
    parent = state.result,
  ): number {
    const label = this.prefixed(state, name, at.onBuild ?? false)
    const { noCache } = this.options
    const fresh = noCache === 'all' || (noCache?.includes(state.stage.name) ?? false)
    const content = stable({ operation, parent })
    const known = this.byContent.get(content)
    if (known !== undefined) return known
    const id = this.vertices.length
    this.vertices.push({
      id,
      name: label,
      operation,
      parent,
      lines: at.lines,
      stage: state.label,
      code: at.code,
      noCache: fresh && operation.is !== 'image',
    })
    this.byContent.set(content, id)
    return id
  }

  private prefixed(state: StageState, name: string, onBuild: boolean): string {
    if (state.total === 0) return name
    state.index++
    const width = Math.floor(1 + Math.log10(state.total))
    const count = `${String(state.index).padStart(width)}/${state.total}`
    return `[${state.label === '' ? '' : `${state.label} `}${count}] ${onBuild ? 'ONBUILD ' : ''}${name}`
  }

  private predefined(target: string): Map<string, string> {
    const build = LINUX_AMD64
    const made = this.platform
    const values: readonly (readonly [string, string])[] = [
      ['BUILDPLATFORM', platformText(build)],
      ['BUILDOS', build.os],
      ['BUILDOSVERSION', ''],
      ['BUILDARCH', build.architecture],
      ['BUILDVARIANT', build.variant],
      ['TARGETPLATFORM', platformText(made)],
      ['TARGETOS', made.os],
      ['TARGETOSVERSION', ''],
      ['TARGETARCH', made.architecture],
      ['TARGETVARIANT', made.variant],
      ['TARGETSTAGE', target === '' ? 'default' : target],
    ]
    return new Map(values.map(([name, value]) => [name, this.options.buildArgs?.[name] ?? value]))
  }

  /** Reads the ARGs before the first FROM into `into`; answers their names. */
  private readMetaArgs(
    into: Map<string, string>,
    metaArgs: readonly InstructionOf<'ARG'>[],
    buildArgs: { readonly [name: string]: string },
  ): ReadonlySet<string> {
    const names = new Set<string>()
    for (const { args, lines } of metaArgs)
      for (const { key, value } of args) {
        const given = Object.hasOwn(buildArgs, key) ? buildArgs[key] : undefined
        const set = given ?? (value === undefined ? undefined : this.within(lines, () => this.global(value, into).text))
        if (set !== undefined) into.set(key, set)
        names.add(key)
      }
    return names
  }

  private global(word: string, variables: ReadonlyMap<string, string>): Expanded {
    return expand(word, variables, { escape: this.token })
  }

  private checkDefaultBases(stages: readonly Stage[], metaArgs: readonly InstructionOf<'ARG'>[]): void {
    const defaults = new Map(this.globals)
    try {
      this.readMetaArgs(defaults, metaArgs, {})
      for (const stage of stages)
        if (referenceProblem(this.global(stage.base, defaults).text) !== undefined)
          this.lint.warn('InvalidDefaultArgInFrom', stage.lines, stage.base)
    } catch (problem) {
      if (!(problem instanceof DockerfileProblem)) throw problem
    }
  }

  private addStage(stage: Stage, i: number, declared: ReadonlySet<string>): void {
    const lint = this.lint.for(stage.comments)
    const { lines } = stage
    const known = [...declared, ...this.globals.keys()]
    const reportUndeclared = (unmatched: ReadonlySet<string>): void => {
      for (const name of unmatched)
        if (!known.includes(name)) lint.warn('UndefinedArgInFrom', lines, name, nearest(name, known, true) ?? '')
    }
    const base = this.within(lines, () => this.global(stage.base, this.globals))
    reportUndeclared(base.unmatched)
    if (base.text === '') throw new DockerfileProblem(`base name (${stage.base}) should not be blank`, lines)
    const state = newState(stage, base.text, stage.name === '' ? `stage-${i}` : stage.name, false)
    if (stage.platform !== '') state.platform = this.stagePlatform(stage, lint, reportUndeclared)
    state.commands = stage.instructions.map((instruction) => ({ instruction, sources: [], onBuild: false }))
    this.register(state)
    const steps = stage.instructions.filter(({ is }) => STEPS.has(is)).length
    state.total = steps + (state.baseName !== 'scratch' && !state.base ? 1 : 0)
  }

  private stagePlatform(
    stage: Stage,
    lint: Linter,
    reportUndeclared: (unmatched: ReadonlySet<string>) => void,
  ): Platform {
    const { lines } = stage
    const platform = this.within(lines, () => this.global(stage.platform, this.globals))
    reportUndeclared(platform.unmatched)
    if (
      platform.matched.size === 1 &&
      platform.unmatched.size === 0 &&
      platform.matched.has('TARGETPLATFORM') &&
      platform.text === this.globals.get('TARGETPLATFORM')
    )
      lint.warn('RedundantTargetPlatform', lines, stage.platform)
    const suggested = (message: string): DockerfileProblem => {
      for (const name of platform.unmatched) {
        const more = withSuggestion(message, name, [...this.globals.keys()], true)
        if (more !== message) return new DockerfileProblem(more, lines)
      }
      return new DockerfileProblem(message, lines)
    }
    if (platform.text === '') throw suggested(`empty platform value from expression ${stage.platform}`)
    let parsed: Platform
    try {
      parsed = parsePlatform(platform.text)
    } catch (problem) {
      if (!(problem instanceof DockerfileProblem)) throw problem
      throw suggested(`failed to parse platform ${stage.platform}: ${problem.message}`)
    }
    if (
      platform.matched.size === 0 &&
      platform.unmatched.size === 0 &&
      !stage.name.includes(parsed.os) &&
      !stage.name.includes(parsed.architecture)
    )
      lint.warn('FromPlatformFlagConstDisallowed', lines, platform.text)
    return parsed
  }

  private register(state: StageState): void {
    this.states.push(state)
    state.base = this.byName.get(state.baseName)
    if (state.stage.name !== '') this.byName.set(state.stage.name.toLowerCase(), state)
  }

  private findTarget(): StageState {
    const { target } = this.options
    if (target === undefined || target === '') return this.states.at(-1) as StageState
    const found =
      this.byName.get(target.toLowerCase()) ?? (/^\d+$/.test(target) ? this.states[Number(target)] : undefined)
    if (found) return found
    throw new DockerfileProblem(
      withSuggestion(
        `target stage ${quoted(target)} could not be found`,
        target,
        this.states.map(({ label }) => label),
        true,
      ),
    )
  }

  private connect(state: StageState): void {
    state.commands = state.commands.map((command) => this.connected(state, command))
  }

  /** Finds the stages that an instruction takes from. */
  private connected(state: StageState, command: StageCommand): StageCommand {
    const { instruction } = command
    const sources =
      instruction.is === 'COPY' && instruction.from !== ''
        ? [this.copySource(instruction)]
        : instruction.is === 'RUN'
          ? instruction.mounts.map((mount) => {
              const { from } = readMount(mount)
              return this.named(from === '' ? 'scratch' : from, NOWHERE)
            })
          : []
    for (const source of sources) {
      if (source.unregistered && !this.states.includes(source)) this.register(source)
      state.deps.set(source, instruction.lines)
    }
    return { ...command, sources }
  }

  private copySource({ from, lines }: InstructionOf<'COPY'>): StageState {
    const { text } = expand(from, NO_VARIABLES, { escape: this.token })
    if (text !== from)
      throw new DockerfileProblem(
        'variable expansion is not supported for --from, define a new stage with FROM using ARG from global scope as a workaround',
      )
    if (!/^[-+]?\d+$/.test(from)) return this.named(from, lines)
    const found = this.states[Number(from)]
    if (!found) throw new DockerfileProblem(`invalid stage index ${Number(from)}`)
    return found
  }

  private named(name: string, lines: Lines): StageState {
    const stage = { name: '', lines, comments: [], platform: '', code: `FROM ${name}` }
    return this.byName.get(name.toLowerCase()) ?? newState(stage, name, '', true)
  }

  private refuseCircles(): void {
    const visited = new Set<StageState>()
    const path = new Set<StageState>()
    const visit = (state: StageState): Lines | undefined => {
      if (visited.has(state)) return undefined
      visited.add(state)
      path.add(state)
      for (const [dep, lines] of state.deps) {
        if (path.has(dep)) return lines
        const found = visit(dep)
        if (found) return found
      }
      path.delete(state)
      return undefined
    }
    for (const state of this.states) {
      const lines = visit(state)
      if (lines) throw new DockerfileProblem(`circular dependency detected on stage: ${state.label}`, lines)
    }
  }

  /** Finds the base images of all stages, and puts their triggers (ONBUILD) first; answers what the target needs. */
  private resolve(target: StageState): ReadonlySet<StageState> {
    for (;;) {
      const needed = new Set<StageState>()
      addNeeded(target, needed)
      for (const state of [...this.states])
        if (!state.base && !state.dispatched && !state.resolved)
          this.resolveBase(state, (this.options.allStages ?? false) || needed.has(state))
      let more = false
      for (const state of needed) {
        inherit(state)
        const triggers = [...(state.config.OnBuild ?? [])]
        if (state.base && !state.triggersRead) {
          for (const { instruction } of state.base.commands)
            if (instruction.is === 'ONBUILD') triggers.push(instruction.expression)
          state.triggersRead = true
        }
        if (triggers.length > 0 && this.addTriggers(state, triggers)) more = true
        delete state.config.OnBuild
      }
      if (!more) return needed
    }
  }

  private addTriggers(state: StageState, triggers: readonly string[]): boolean {
    let more = false
    const commands = triggers.map((trigger) =>
      this.within(state.stage.lines, () => {
        const { root } = parseDockerfile(trigger)
        const [node] = root.children
        if (!node || root.children.length !== 1)
          throw new DockerfileProblem('onbuild trigger should be a single expression')
        node.startLine = state.stage.lines.start
        node.endLine = state.stage.lines.end
        const instruction = readInstruction(node)
        if (instruction.is === 'FROM') throw new DockerfileProblem('*instructions.Stage is not a command type')
        const command = this.connected(state, { instruction, sources: [], onBuild: true })
        if (command.sources.length > 0) more = true
        return command
      }),
    )
    state.commands = [...commands, ...state.commands]
    state.total += commands.length
    return more
  }

  private resolveBase(state: StageState, needed: boolean): void {
    state.resolved = needed
    state.platform ??= this.platform
    if (state.baseName === 'scratch') {
      if (state.unregistered) state.dispatched = true
      return
    }
    if (state.unregistered) state.dispatched = true
    const { lines } = state.stage
    const at = lines === NOWHERE ? undefined : lines
    const named = referenceProblem(state.baseName)
    if (named !== undefined)
      throw new DockerfileProblem(`failed to parse stage name ${quoted(state.baseName)}: ${named}`, at)
    if (!needed) return
    const found = this.options.base(state.baseName, state.platform)
    if ('error' in found)
      throw new DockerfileProblem(
        withSuggestion(
          `${state.baseName}: ${found.error}`,
          state.baseName,
          [...this.states.map(({ label }) => label).filter((label) => label !== ''), ...COMMON_IMAGES],
          true,
        ),
        at,
      )
    if (!this.images.includes(found.reference)) this.images.push(found.reference)
    const actual = found.platform ?? state.platform
    if (actual.os !== state.platform.os || actual.architecture !== state.platform.architecture)
      this.lint.warn(
        'InvalidBaseImagePlatform',
        lines,
        state.baseName,
        platformText(state.platform),
        platformText(actual),
      )
    const { content } = found
    state.config = { ...content.config }
    state.history = content.layers.map((layer) => ({ is: 'layer', layer }))
    state.root = content.root
    this.bases[found.reference] = { layers: filled(content.layers), root: content.root }
    const reference = `${found.reference}@${found.digest}`
    state.result = content.layers.some((layer) => !layer.emptyLayer)
      ? this.vertex(
          state,
          `FROM ${reference}`,
          { is: 'image', reference: found.reference, digest: found.digest },
          { lines, code: state.stage.code },
          undefined,
        )
      : undefined
  }

  private dispatchStage(state: StageState): void {
    inherit(state)
    state.dispatched = true
    state.platform ??= this.platform
    const env = state.config.Env ?? []
    if (!env.some((one) => one.startsWith('PATH=')) && state.platform.os !== 'windows')
      state.config.Env = [...env, `PATH=${DEFAULT_PATH}`]
    for (const one of state.config.Env ?? []) {
      const cut = one.indexOf('=')
      state.env.set(cut < 0 ? one : one.slice(0, cut), cut < 0 ? '' : one.slice(cut + 1))
    }
    if (state.config.WorkingDir) state.dir = state.config.WorkingDir
    for (const command of state.commands) this.within(command.instruction.lines, () => dispatch(this, state, command))
  }

  /** A vertex and all that it needs, in order of making. */
  private reachable(result: number | undefined): readonly Vertex[] {
    const found = new Set<number>()
    const visit = (id: number | undefined): void => {
      if (id === undefined || found.has(id)) return
      found.add(id)
      const vertex = this.vertices[id] as Vertex
      visit(vertex.parent)
      for (const source of sourcesOf(vertex.operation)) visit(source)
    }
    visit(result)
    return this.vertices.filter(({ id }) => found.has(id))
  }

  private within<T>(lines: Lines, act: () => T): T {
    try {
      return act()
    } catch (problem) {
      throw problem instanceof DockerfileProblem ? problem.at(lines) : problem
    }
  }
}

/** The vertices whose files an operation reads besides those of its parent. */
export function sourcesOf(operation: Operation): readonly number[] {
  if (operation.is === 'copy')
    return operation.items.flatMap((item) => (item.is === 'path' && typeof item.from === 'number' ? [item.from] : []))
  if (operation.is === 'run') return operation.mounts.flatMap(({ from }) => (typeof from === 'number' ? [from] : []))
  return []
}

function addNeeded(state: StageState, into: Set<StageState>): void {
  if (into.has(state)) return
  if (state.base) addNeeded(state.base, into)
  into.add(state)
  for (const dep of state.deps.keys()) addNeeded(dep, into)
}

const NOWHERE: Lines = { start: 0, end: 0 }
const STEPS: ReadonlySet<string> = new Set(['ADD', 'COPY', 'RUN', 'WORKDIR'])
const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
const COMMON_IMAGES = ['alpine', 'busybox', 'centos', 'debian', 'golang', 'ubuntu', 'fedora'].flatMap((name) => [
  name,
  `docker.io/library${name}`,
  `${name}:latest`,
  `docker.io/library${name}:latest`,
])
