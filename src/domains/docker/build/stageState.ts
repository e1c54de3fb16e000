import type { Instruction, Stage } from '../dockerfile/instruction.ts'
import type { Lines } from '../dockerfile/problem.ts'
import type { DockerConfig } from '../image/imageConfig.ts'
import type { HistoryEntry } from './graph.ts'
import type { Platform } from './platform.ts'

/** An instruction of a stage, with the stages that it takes from. */
export interface StageCommand {
  instruction: Instruction
  readonly sources: readonly (StageState | undefined)[]
  readonly onBuild: boolean
}

/** A stage while a plan is made; also an image that a COPY or a mount names directly. Models: buildkit dispatchState. */
export interface StageState {
  readonly stage: Pick<Stage, 'name' | 'lines' | 'comments' | 'platform' | 'code'>
  baseName: string
  /** What it is called in progress. */
  label: string
  readonly unregistered: boolean
  /** The stage that it is built upon. */
  base?: StageState | undefined
  readonly deps: Map<StageState, Lines>
  commands: StageCommand[]
  platform?: Platform | undefined
  resolved: boolean
  dispatched: boolean
  triggersRead: boolean
  /** How many steps it shows, and how many were shown. */
  total: number
  index: number
  /** The vertex that its file system is. */
  result: number | undefined
  env: Map<string, string>
  dir: string
  config: Mutable<DockerConfig>
  author?: string | undefined
  history: HistoryEntry[]
  root?: string | undefined
  buildArgs: { readonly key: string; readonly value?: string | undefined }[]
  workdirSet: boolean
  /** Where CMD, ENTRYPOINT and HEALTHCHECK stood last. */
  readonly used: Map<string, Lines>
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** A stage that nothing has happened to yet. */
export function newState(
  stage: StageState['stage'],
  baseName: string,
  label: string,
  unregistered: boolean,
): StageState {
  return {
    stage,
    baseName,
    label,
    unregistered,
    deps: new Map(),
    commands: [],
    resolved: false,
    dispatched: false,
    triggersRead: false,
    total: 0,
    index: 0,
    result: undefined,
    env: new Map(),
    dir: '/',
    config: {},
    history: [],
    buildArgs: [],
    workdirSet: false,
    used: new Map(),
  }
}

/** A stage takes over what the stage has that it is built upon. */
export function inherit(state: StageState): void {
  const { base } = state
  if (!base) return
  state.result = base.result
  state.env = new Map(base.env)
  state.dir = base.dir
  state.platform = base.platform
  const { OnBuild: _, ...config } = base.config
  state.config = { ...config }
  state.history = [...base.history]
  state.root = base.root
  state.author = base.author
  state.workdirSet = base.workdirSet
  state.buildArgs = [...base.buildArgs]
}

/** Build arguments that are no variables of a stage. */
export const NON_ENV: ReadonlySet<string> = new Set(['BUILDKIT_SBOM_SCAN_CONTEXT', 'BUILDKIT_SBOM_SCAN_STAGE'])

/** Where something stands that no instruction of a stage has written. */
export const NOWHERE: Lines = { start: 0, end: 0 }
