import type { Emission, PastEvent, World } from '../../../kernel/index.ts'
import type { Principal } from './principal.ts'

/** How a service does the actions of pipelines: what CodePipeline knows of CodeCommit, CodeBuild or ECS. */
export interface ActionProvider {
  readonly category: 'Source' | 'Build' | 'Test' | 'Deploy' | 'Invoke' | 'Compute'
  /** `CodeCommit`, `CodeBuild`, `ECS`. */
  readonly provider: string
  /** Least and most artifacts that it takes and gives. */
  readonly inputs: readonly [number, number]
  readonly outputs: readonly [number, number]
  /** Keys of its configuration that must be there. */
  readonly required: readonly string[]
  /** Kinds whose changes may change how an action fares, or what a source has. */
  readonly watches: readonly string[]
  /** Begins an action. `external` names what it begins (a build id), and is asked about later. */
  readonly start: (action: PipelineAction, world: World) => ActionStart
  /** How a begun action fares. */
  readonly state: (action: PipelineAction, external: string, world: World) => ActionState
  /** Ends what it does; when absent it cannot be stopped and goes on. */
  readonly stop?: ((action: PipelineAction, external: string, world: World) => readonly Emission[]) | undefined
  /** Of a source: whether this event is a new revision of what is configured so, and how it is told: `refs/heads/main`. */
  readonly triggers?: (event: PastEvent, configuration: Configuration, world: World) => string | undefined
}

export type Configuration = { readonly [key: string]: string }

/** One action under way, as its provider sees it. */
export interface PipelineAction {
  readonly pipeline: string
  readonly execution: string
  readonly stage: string
  readonly name: string
  readonly region: string
  /** The action's role, or the pipeline's. */
  readonly principal: Principal
  /** Variables are put in already. */
  readonly configuration: Configuration
  /** Input artifacts, the first being the primary one. */
  readonly inputs: readonly Artifact[]
  /** Names of the artifacts that it must give. */
  readonly outputs: readonly string[]
  /** Id of the action's entity, for `by` of what is emitted. */
  readonly by: string
}

/** A bundle of files that actions hand on. Plain JSON. */
export interface Artifact {
  readonly name: string
  /** Text by relative path: `src/index.js`. */
  readonly files: { readonly [path: string]: string }
  /** What it was made from. */
  readonly revision?: Revision | undefined
}

export interface Revision {
  readonly id: string
  readonly summary: string
  readonly url?: string | undefined
  /** When it was made, in ms of virtual time: where lead time is counted from. */
  readonly at?: number | undefined
}

export type ActionStart =
  | { readonly external: string; readonly emit: readonly Emission[] }
  | { readonly error: { readonly code: string; readonly message: string } }

export type ActionState =
  | 'working'
  | {
      readonly succeeded: {
        readonly artifacts?: readonly Artifact[] | undefined
        readonly variables?: { readonly [name: string]: string } | undefined
        readonly revision?: Revision | undefined
        readonly summary?: string | undefined
      }
    }
  | { readonly failed: { readonly code: string; readonly message: string } }
