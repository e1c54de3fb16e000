import type { Entity, World } from '../../../kernel/index.ts'
import type { FileChanges, FileTree } from '../../../shell/index.ts'
import { type Artifact, arnOf, type Principal, type Revision, rolePrincipal, servicePrincipal } from '../core/index.ts'
import type { Buildspec } from './buildspec.ts'
import type { BuildPhase } from './phases.rule.ts'
import type * as api from './types.generated.ts'

export const PROJECT = 'aws.codebuild.Project'
export const BUILD = 'aws.codebuild.Build'

/** A build project: the API's own record, its dates in ms of virtual time. */
export interface Project extends Entity {
  readonly region: string
  readonly name: string
  readonly project: api.Project
  /** How many builds it has had. */
  readonly count: number
  /** How many batches of builds it has had. */
  readonly batches?: number | undefined
  /** What local or S3 caches hold, by path. */
  readonly cached?: FileTree | undefined
}

/** One build. It is also the machine that its commands run on. */
export interface Build extends Entity {
  /** Id of its project. */
  readonly owner: string
  readonly region: string
  readonly uuid: string
  readonly number: number
  /** The project's settings with what this build has of its own. */
  readonly settings: api.Project
  readonly sourceVersion?: string | undefined
  readonly initiator: string
  /** The batch that it is in, and as what. */
  readonly batch?: { readonly id: string; readonly identifier: string } | undefined
  readonly started: number
  /** Every phase that it was in: when it began, and how it ended. */
  readonly phases: readonly PhaseRecord[]
  /** Source given by a pipeline. */
  readonly given?: readonly Artifact[] | undefined
  /** What it is to give to a pipeline. */
  readonly wanted?: readonly string[] | undefined
  readonly spec?: Buildspec | undefined
  readonly source?: FileTree | undefined
  readonly revision?: Revision | undefined
  /** Variables that come from elsewhere. */
  readonly resolved?: { readonly [name: string]: string } | undefined
  readonly written: FileChanges
  /** Commands of this phase that have ended, with those of its finally block. */
  readonly ran: number
  /** Whether a command of this phase has failed. */
  readonly failing?: api.PhaseContext | undefined
  /** How many processes it has had. */
  readonly processes: number
  readonly ended?: number | undefined
  readonly artifacts?: readonly Artifact[] | undefined
  /** Exported variables, fixed after POST_BUILD. */
  readonly exported?: { readonly [name: string]: string } | undefined
  readonly reports?: readonly string[] | undefined
  /** Id of the Docker engine that it has when it is privileged. */
  readonly daemon?: string | undefined
}

export interface PhaseRecord {
  readonly phase: BuildPhase
  readonly began: number
  readonly ended?: number | undefined
  readonly status?: string | undefined
  readonly context?: api.PhaseContext | undefined
}

export function projectId(region: string, name: string): string {
  return `${PROJECT}/${region}/${name}`
}

export function findProject(world: World, region: string, name: string): Project | undefined {
  return world.get(projectId(region, name)) as Project | undefined
}

/** What the API calls a build: `project:uuid`. */
export function buildName(build: Build): string {
  return `${build.settings.name}:${build.uuid}`
}

export function buildId(region: string, name: string): string {
  return `${BUILD}/${region}/${name}`
}

export function buildArn(build: Build): string {
  return arnOf('codebuild', build.region, `build/${buildName(build)}`)
}

/** Builds of a Region, oldest first. */
export function buildsOf(world: World, region: string, project?: string): readonly Build[] {
  return [...world.all(BUILD)]
    .map((entity) => entity as Build)
    .filter((build) => build.region === region && (project === undefined || build.settings.name === project))
    .sort((a, b) => a.started - b.started || a.number - b.number)
}

/** Whether it has ended, one way or another. */
export function isOver(build: Build): boolean {
  return OVER.has(build.state)
}

const OVER = new Set(['SUCCEEDED', 'FAILED', 'STOPPED', 'TIMED_OUT'])

/** Where its source is. */
export function sourceDirectory(build: Build): string {
  const number = Number.parseInt(build.uuid.slice(0, 7), 16)
  const repository = build.settings.source?.location
    ?.replace(/\/$/, '')
    .split('/')
    .pop()
    ?.replace(/\.git$/, '')
  const name = build.given ? 's3/00' : repository === undefined || repository === '' ? 's3/00' : repository
  return `/codebuild/output/src${number}/src/${name}`
}

/** As whom its commands call AWS. */
export function buildPrincipal(build: Build): Principal {
  const role = build.settings.serviceRole ?? ''
  return /^arn:aws:iam::\d+:role\//.test(role)
    ? rolePrincipal(role, `AWSCodeBuild-${build.uuid}`)
    : servicePrincipal('codebuild')
}

/** Group and stream of its log. */
export function logPlace(build: Build): { readonly group: string; readonly stream: string } {
  const own = build.settings.logsConfig?.cloudWatchLogs
  const group = own?.groupName ?? `/aws/codebuild/${build.settings.name}`
  return { group, stream: own?.streamName === undefined ? build.uuid : `${own.streamName}/${build.uuid}` }
}

export { dated } from '../core/index.ts'
