import { stable } from '../../../kernel/index.ts'
import { directiveOf } from '../dockerfile/directives.ts'
import type { InstructionOf, Stage } from '../dockerfile/instruction.ts'
import { type Expanded, expand } from '../dockerfile/lexer.ts'
import { PatternMatcher } from '../dockerfile/patternMatcher.ts'
import { DockerfileProblem, type Lines } from '../dockerfile/problem.ts'
import { readDockerfile } from '../dockerfile/stages.ts'
import { nearest } from '../dockerfile/suggestion.ts'
import type { Layer } from '../image/layer.ts'
import { type CheckOptions, Linter, readCheckOptions } from '../lint/linter.ts'
import { checkStages } from '../lint/stageChecks.ts'
import { dispatch } from './dispatch.ts'
import type { FoundBase, Operation, Plan, Vertex } from './graph.ts'
import { LINUX_AMD64, type Platform, platformText } from './platform.ts'
import { referenceProblem } from './referenceProblem.ts'
import { resolveStages } from './resolveStages.ts'
import { stagePlatform } from './stagePlatform.ts'
import { StageSet } from './stageSet.ts'
import { inherit, NON_ENV, newState, type StageState } from './stageState.ts'

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
  readonly stages = new StageSet(() => this.token)
  readonly images: string[] = []
  readonly bases: { [reference: string]: { layers: readonly Layer[]; root?: string | undefined } } = {}

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
    const target = this.stages.findTarget(this.options.target)
    for (const state of [...this.stages.all]) this.stages.connect(state)
    this.stages.refuseCircles()
    if (this.stages.all.length === 1) for (const state of this.stages.all) state.label = ''
    const needed = resolveStages(this, target)
    for (const state of [...this.stages.all]) {
      if (!this.options.allStages && (!needed.has(state) || state.dispatched)) continue
      this.dispatchStage(state)
    }
    const config = { ...target.config }
    const labels = this.options.labels ?? {}
    if (Object.keys(labels).length > 0) config.Labels = { ...config.Labels, ...labels }
    this.lint.finish()
    return {
      vertices: this.reachable(target.result),
      stages: this.stages.all
        .filter((state) => !state.unregistered)
        .map((state, index) => ({
          name: state.stage.name,
          index,
          base: state.baseName,
          lines: state.stage.lines,
          needed: needed.has(state),
          from: [...state.deps.keys(), ...(state.base ? [state.base] : [])]
            .filter((one) => !one.unregistered)
            .map((one) => one.stage.name || String(this.stages.all.indexOf(one))),
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

  global(word: string, variables: ReadonlyMap<string, string>): Expanded {
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
    if (stage.platform !== '') state.platform = stagePlatform(this, stage, lint, reportUndeclared)
    state.commands = stage.instructions.map((instruction) => ({ instruction, sources: [], onBuild: false }))
    this.stages.register(state)
    const steps = stage.instructions.filter(({ is }) => STEPS.has(is)).length
    state.total = steps + (state.baseName !== 'scratch' && !state.base ? 1 : 0)
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

  within<T>(lines: Lines, act: () => T): T {
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

const STEPS: ReadonlySet<string> = new Set(['ADD', 'COPY', 'RUN', 'WORKDIR'])
const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
