import type { Lines } from '../dockerfile/problem.ts'
import type { ImageContent } from '../image/image.ts'
import type { DockerConfig } from '../image/imageConfig.ts'
import type { Layer } from '../image/layer.ts'
import type { Warning } from '../lint/linter.ts'
import type { Platform } from './platform.ts'

/** Where something comes from: the build context, or what a vertex made (its number); undefined for nothing at all (scratch). */
export type Source = 'context' | number | undefined

/** One thing that a COPY or ADD brings. */
export type CopyItem =
  | {
      readonly is: 'path'
      readonly from: Source
      readonly path: string
      /** With `--parents`: what below `path`, parents kept. */
      readonly parents?: string | undefined
      readonly unpack: boolean
    }
  | { readonly is: 'inline'; readonly name: string; readonly data: string }
  | { readonly is: 'http'; readonly url: string; readonly name: string; readonly checksum: string }
  | { readonly is: 'git'; readonly url: string; readonly keepGitDir: boolean }

/** A mount of RUN, with its source found. */
export interface PlannedMount {
  readonly type: 'bind' | 'cache' | 'tmpfs' | 'secret' | 'ssh'
  readonly from: Source
  readonly source: string
  readonly target: string
  readonly readonly: boolean
  readonly id: string
  readonly required: boolean
  readonly env?: string | undefined
}

/** What a vertex does. Plain JSON: equal operations upon equal inputs are one vertex. */
export type Operation =
  | { readonly is: 'image'; readonly reference: string; readonly digest: string }
  | {
      readonly is: 'run'
      /** With the shell before it, where the shell form was used. */
      readonly argv: readonly string[]
      readonly env: readonly (readonly [string, string])[]
      readonly cwd: string
      readonly user: string
      readonly mounts: readonly PlannedMount[]
      readonly network: string
      readonly security: string
      /** A document that is run as a program of its own. */
      readonly script?: { readonly path: string; readonly data: string } | undefined
    }
  | {
      readonly is: 'copy'
      readonly add: boolean
      readonly target: string
      readonly items: readonly CopyItem[]
      readonly chown: string
      readonly chmod: string
      readonly excludes: readonly string[]
      readonly link: boolean
    }
  | { readonly is: 'mkdir'; readonly path: string; readonly user: string }

/** One step of a build. Models: a vertex of buildkit's LLB. */
export interface Vertex {
  /** Its number, in order of making. */
  readonly id: number
  /** As progress shows it: `[builder 2/4] RUN npm ci`. */
  readonly name: string
  readonly operation: Operation
  /** The vertex whose file system it changes; undefined upon scratch. */
  readonly parent: number | undefined
  /** The instruction in the Dockerfile; that of the FROM for an image. */
  readonly lines: Lines
  /** Name of its stage; empty in a Dockerfile of one stage. */
  readonly stage: string
  /** The instruction as written. */
  readonly code: string
  readonly noCache: boolean
}

/** One entry of the history of the image to be made: there already, or made by a vertex, or without files. */
export type HistoryEntry =
  | { readonly is: 'layer'; readonly layer: Layer }
  | { readonly is: 'made'; readonly createdBy: string; readonly vertex: number }
  | { readonly is: 'empty'; readonly createdBy: string }

/** A stage in short, for pictures. */
export interface PlannedStage {
  readonly name: string
  readonly index: number
  readonly base: string
  readonly lines: Lines
  /** Whether the target needs it. */
  readonly needed: boolean
  /** Names or numbers of other stages that it takes from. */
  readonly from: readonly string[]
}

/** What a build is going to do. */
export interface Plan {
  /** Those that the target needs, inputs before what uses them. */
  readonly vertices: readonly Vertex[]
  readonly stages: readonly PlannedStage[]
  /** The vertex whose file system is the image's; undefined for an empty image. */
  readonly result: number | undefined
  readonly config: DockerConfig
  readonly history: readonly HistoryEntry[]
  /** The catalogue image at the bottom. */
  readonly root?: string | undefined
  readonly platform: Platform
  readonly author?: string | undefined
  readonly warnings: readonly Warning[]
  /** Whether files of the build context are needed. */
  readonly usesContext: boolean
  /** Layers of the base images, by reference. */
  readonly bases: {
    readonly [reference: string]: { readonly layers: readonly Layer[]; readonly root?: string | undefined }
  }
  /** Reference of images whose metadata was asked for, in order. */
  readonly images: readonly string[]
  /** The frontend named in `# syntax=`. */
  readonly syntax?: string | undefined
}

/** A base image that was found, or why it was not, as it follows `<name>: `. */
export type FoundBase =
  | {
      readonly content: ImageContent
      readonly reference: string
      readonly digest: string
      readonly platform?: Platform
    }
  | { readonly error: string }
