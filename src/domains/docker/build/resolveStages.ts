import { quoted } from '../dockerfile/go.ts'
import { parseDockerfile } from '../dockerfile/parser.ts'
import { DockerfileProblem } from '../dockerfile/problem.ts'
import { readInstruction } from '../dockerfile/readInstruction.ts'
import { withSuggestion } from '../dockerfile/suggestion.ts'
import { filled } from '../image/layer.ts'
import type { Planner } from './planner.ts'
import { platformText } from './platform.ts'
import { referenceProblem } from './referenceProblem.ts'
import { inherit, NOWHERE, type StageState } from './stageState.ts'

/** Finds the base images of all stages, and puts their triggers (ONBUILD) first; answers what the target needs. */
export function resolveStages(planner: Planner, target: StageState): ReadonlySet<StageState> {
  for (;;) {
    const needed = new Set<StageState>()
    addNeeded(target, needed)
    for (const state of [...planner.stages.all])
      if (!state.base && !state.dispatched && !state.resolved)
        resolveBase(planner, state, (planner.options.allStages ?? false) || needed.has(state))
    let more = false
    for (const state of needed) {
      inherit(state)
      const triggers = [...(state.config.OnBuild ?? [])]
      if (state.base && !state.triggersRead) {
        for (const { instruction } of state.base.commands)
          if (instruction.is === 'ONBUILD') triggers.push(instruction.expression)
        state.triggersRead = true
      }
      if (triggers.length > 0 && addTriggers(planner, state, triggers)) more = true
      delete state.config.OnBuild
    }
    if (!more) return needed
  }
}

function addTriggers(planner: Planner, state: StageState, triggers: readonly string[]): boolean {
  let more = false
  const commands = triggers.map((trigger) =>
    planner.within(state.stage.lines, () => {
      const { root } = parseDockerfile(trigger)
      const [node] = root.children
      if (!node || root.children.length !== 1)
        throw new DockerfileProblem('onbuild trigger should be a single expression')
      node.startLine = state.stage.lines.start
      node.endLine = state.stage.lines.end
      const instruction = readInstruction(node)
      if (instruction.is === 'FROM') throw new DockerfileProblem('*instructions.Stage is not a command type')
      const command = planner.stages.connected(state, { instruction, sources: [], onBuild: true })
      if (command.sources.length > 0) more = true
      return command
    }),
  )
  state.commands = [...commands, ...state.commands]
  state.total += commands.length
  return more
}

function resolveBase(planner: Planner, state: StageState, needed: boolean): void {
  state.resolved = needed
  state.platform ??= planner.platform
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
  const found = planner.options.base(state.baseName, state.platform)
  if ('error' in found)
    throw new DockerfileProblem(
      withSuggestion(
        `${state.baseName}: ${found.error}`,
        state.baseName,
        [...planner.stages.all.map(({ label }) => label).filter((label) => label !== ''), ...COMMON_IMAGES],
        true,
      ),
      at,
    )
  if (!planner.images.includes(found.reference)) planner.images.push(found.reference)
  const actual = found.platform ?? state.platform
  if (actual.os !== state.platform.os || actual.architecture !== state.platform.architecture)
    planner.lint.warn(
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
  planner.bases[found.reference] = { layers: filled(content.layers), root: content.root }
  const reference = `${found.reference}@${found.digest}`
  state.result = content.layers.some((layer) => !layer.emptyLayer)
    ? planner.vertex(
        state,
        `FROM ${reference}`,
        { is: 'image', reference: found.reference, digest: found.digest },
        { lines, code: state.stage.code },
        undefined,
      )
    : undefined
}

function addNeeded(state: StageState, into: Set<StageState>): void {
  if (into.has(state)) return
  if (state.base) addNeeded(state.base, into)
  into.add(state)
  for (const dep of state.deps.keys()) addNeeded(dep, into)
}

const COMMON_IMAGES = ['alpine', 'busybox', 'centos', 'debian', 'golang', 'ubuntu', 'fedora'].flatMap((name) => [
  name,
  `docker.io/library${name}`,
  `${name}:latest`,
  `docker.io/library${name}:latest`,
])
