import { quoted } from '../dockerfile/go.ts'
import type { InstructionOf } from '../dockerfile/instruction.ts'
import { expand, NO_VARIABLES } from '../dockerfile/lexer.ts'
import { readMount } from '../dockerfile/mount.ts'
import { DockerfileProblem, type Lines } from '../dockerfile/problem.ts'
import { withSuggestion } from '../dockerfile/suggestion.ts'
import { NOWHERE, newState, type StageCommand, type StageState } from './stageState.ts'

/** The stages of a Dockerfile with the images that they name, and what needs what. Models: buildkit dispatchStates */
export class StageSet {
  readonly all: StageState[] = []
  private readonly byName = new Map<string, StageState>()
  private readonly token: () => string

  /** `token` answers the escape token, once it is known. */
  constructor(token: () => string) {
    this.token = token
  }

  /** Adds a stage; one that it is built upon is found by its name. */
  register(state: StageState): void {
    this.all.push(state)
    state.base = this.byName.get(state.baseName)
    if (state.stage.name !== '') this.byName.set(state.stage.name.toLowerCase(), state)
  }

  /** The stage to build: the last one unless another is named. */
  findTarget(target: string | undefined): StageState {
    if (target === undefined || target === '') return this.all.at(-1) as StageState
    const found = this.byName.get(target.toLowerCase()) ?? (/^\d+$/.test(target) ? this.all[Number(target)] : undefined)
    if (found) return found
    throw new DockerfileProblem(
      withSuggestion(
        `target stage ${quoted(target)} could not be found`,
        target,
        this.all.map(({ label }) => label),
        true,
      ),
    )
  }

  /** Finds for every instruction of a stage what it takes from. */
  connect(state: StageState): void {
    state.commands = state.commands.map((command) => this.connected(state, command))
  }

  /** Finds the stages that an instruction takes from. */
  connected(state: StageState, command: StageCommand): StageCommand {
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
      if (source.unregistered && !this.all.includes(source)) this.register(source)
      state.deps.set(source, instruction.lines)
    }
    return { ...command, sources }
  }

  private copySource({ from, lines }: InstructionOf<'COPY'>): StageState {
    const { text } = expand(from, NO_VARIABLES, { escape: this.token() })
    if (text !== from)
      throw new DockerfileProblem(
        'variable expansion is not supported for --from, define a new stage with FROM using ARG from global scope as a workaround',
      )
    if (!/^[-+]?\d+$/.test(from)) return this.named(from, lines)
    const found = this.all[Number(from)]
    if (!found) throw new DockerfileProblem(`invalid stage index ${Number(from)}`)
    return found
  }

  /** The stage of a name, or an image that is none yet. */
  private named(name: string, lines: Lines): StageState {
    const stage = { name: '', lines, comments: [], platform: '', code: `FROM ${name}` }
    return this.byName.get(name.toLowerCase()) ?? newState(stage, name, '', true)
  }

  /** Throws when stages need each other in a circle. */
  refuseCircles(): void {
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
    for (const state of this.all) {
      const lines = visit(state)
      if (lines) throw new DockerfileProblem(`circular dependency detected on stage: ${state.label}`, lines)
    }
  }
}
