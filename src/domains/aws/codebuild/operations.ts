import {
  type ApiAnswer,
  type ApiCall,
  arnOf,
  defineOperation,
  type Operation,
  pageOf,
  parseArn,
  refuse,
} from '../core/index.ts'
import { artifactsWith } from './artifactSettings.ts'
import {
  BUILD,
  type Build,
  buildArn,
  buildId,
  buildsOf,
  dated,
  findProject,
  isOver,
  PROJECT,
  type Project,
  projectId,
} from './build.ts'
import { missing, onProject } from './projectAccess.ts'
import { initiatorOf, shownBuild, shownProject } from './shown.ts'
import { isInline } from './source.ts'
import { startBuild } from './starting.ts'
import type * as api from './types.generated.ts'

/** Operations on projects and their builds. */
export const operations: readonly Operation[] = [
  defineOperation<api.CreateProjectInput>(
    'CreateProject',
    (call) => {
      const { input, world, region } = call
      const problem = projectProblem(input)
      if (problem) return problem
      if (findProject(world, region, input.name))
        return refuse(
          'ResourceAlreadyExistsException',
          `Project already exists: ${arnOf('codebuild', region, `project/${input.name}`)}`,
        )
      const project = settled(call)
      const data = { region, name: input.name, project, count: 0 }
      const id = projectId(region, input.name)
      return {
        output: { project: shownProject({ ...data, id } as unknown as Project) },
        emit: [{ to: id, kind: PROJECT, type: 'Created', data }],
      }
    },
    onProject,
  ),
  defineOperation<api.UpdateProjectInput>(
    'UpdateProject',
    (call) => {
      const { input, world, region } = call
      const known = findProject(world, region, input.name)
      if (!known) return missing(region, input.name)
      const { badgeEnabled = known.project.badge?.badgeEnabled, ...given } = input
      const { arn: _arn, created, lastModified: _last, badge: _badge, webhook, ...kept } = known.project
      const merged = { ...kept, ...given, badgeEnabled } as api.CreateProjectInput
      const problem = projectProblem(merged)
      if (problem) return problem
      const project = { ...settled({ world, region, input: merged }), created, ...(webhook ? { webhook } : {}) }
      return {
        output: { project: shownProject({ ...known, project }) },
        emit: [{ to: known.id, type: 'Changed', data: { project } }],
      }
    },
    onProject,
  ),
  defineOperation<api.DeleteProjectInput>(
    'DeleteProject',
    ({ input, world, region }) => {
      const known = findProject(world, region, input.name)
      return { output: {}, emit: known ? [{ to: known.id, type: 'Deleted' }] : [] }
    },
    onProject,
  ),
  defineOperation<api.ListProjectsInput>('ListProjects', ({ input, world, region }) => {
    const all = [...world.all(PROJECT)].map((entity) => entity as Project).filter((one) => one.region === region)
    const key = ({ name, project }: Project) =>
      input.sortBy === 'CREATED_TIME'
        ? (project.created ?? 0)
        : input.sortBy === 'LAST_MODIFIED_TIME'
          ? (project.lastModified ?? 0)
          : name
    const sorted = all.sort((a, b) => (key(a) < key(b) ? -1 : 1))
    if (input.sortOrder === 'DESCENDING') sorted.reverse()
    const { items, nextToken } = pageOf(sorted, input.nextToken, 100)
    return { output: { nextToken, projects: items.map(({ name }) => name) } }
  }),
  defineOperation<api.BatchGetProjectsInput>('BatchGetProjects', ({ input, world, region }) => {
    const found = input.names.map((name) =>
      findProject(world, region, parseArn(name)?.resource.replace('project/', '') ?? name),
    )
    return {
      output: {
        projects: found.flatMap((one) => (one ? [shownProject(one)] : [])),
        projectsNotFound: input.names.filter((_name, i) => !found[i]),
      },
    }
  }),
  defineOperation<api.StartBuildInput>(
    'StartBuild',
    ({ input, world, region, principal }) => {
      const project = findProject(world, region, input.projectName)
      if (!project) return missing(region, input.projectName)
      const started = startBuild(world, project, { input, initiator: initiatorOf(principal) })
      const submitted = started.emit[1]?.data as Build
      const build = { ...submitted, id: started.id, kind: BUILD, state: 'SUBMITTED', since: world.now } as Build
      return { output: { build: shownBuild(queued(build)) }, emit: started.emit }
    },
    onProject,
  ),
  defineOperation<api.StopBuildInput>('StopBuild', ({ input, world, region }) => {
    const build = findBuild(world, region, input.id)
    if (!build) return noBuild(input.id)
    if (isOver(build)) return { output: { build: shownBuild(build) } }
    const phases = build.phases.map((record) =>
      record.ended === undefined ? { ...record, ended: world.now, status: 'STOPPED' } : record,
    )
    const data = { phases, ended: world.now }
    return {
      output: { build: shownBuild({ ...build, ...data, state: 'STOPPED' }) },
      emit: [{ to: build.id, type: 'Stopped', data }],
    }
  }),
  defineOperation<api.RetryBuildInput>('RetryBuild', ({ input, world, region, principal }) => {
    const build = input.id === undefined ? undefined : findBuild(world, region, input.id)
    if (!build) return noBuild(input.id ?? '')
    const project = world.get(build.owner) as Project | undefined
    if (!project) return missing(region, build.settings.name ?? '')
    const again = { ...project, project: build.settings }
    const started = startBuild(world, again, {
      input: { sourceVersion: build.sourceVersion },
      initiator: initiatorOf(principal),
      given: build.given,
      wanted: build.wanted,
    })
    const submitted = started.emit[1]?.data as Build
    return {
      output: {
        build: shownBuild(queued({ ...submitted, id: started.id, kind: BUILD, since: world.now } as Build)),
      },
      emit: started.emit,
    }
  }),
  defineOperation<api.BatchGetBuildsInput>('BatchGetBuilds', ({ input, world, region }) => {
    const found = input.ids.map((id) => findBuild(world, region, id))
    return {
      output: {
        builds: found.flatMap((one) => (one ? [shownBuild(one)] : [])),
        buildsNotFound: input.ids.filter((_id, i) => !found[i]),
      },
    }
  }),
  defineOperation<api.ListBuildsInput>('ListBuilds', ({ input, world, region }) =>
    listed(buildsOf(world, region), input.sortOrder, input.nextToken),
  ),
  defineOperation<api.ListBuildsForProjectInput>(
    'ListBuildsForProject',
    ({ input, world, region }) =>
      findProject(world, region, input.projectName)
        ? listed(buildsOf(world, region, input.projectName), input.sortOrder, input.nextToken)
        : missing(region, input.projectName),
    onProject,
  ),
  defineOperation<api.BatchDeleteBuildsInput>('BatchDeleteBuilds', ({ input, world, region }) => {
    const found = input.ids.map((id) => [id, findBuild(world, region, id)] as const)
    const gone = found.flatMap(([, build]) => (build && isOver(build) ? [build] : []))
    const buildsNotDeleted = found.flatMap(([id, build]) =>
      build && isOver(build) ? [] : [{ id, statusCode: build ? 'BUILD_IN_PROGRESS' : 'BUILD_NOT_FOUND' }],
    )
    return {
      output: { buildsDeleted: gone.map(buildArn), buildsNotDeleted },
      emit: gone.map(({ id }) => ({ to: id, type: 'Deleted' })),
    }
  }),
  defineOperation<api.InvalidateProjectCacheInput>(
    'InvalidateProjectCache',
    ({ input, world, region }) => {
      const project = findProject(world, region, input.projectName)
      if (!project) return missing(region, input.projectName)
      return { output: {}, emit: [{ to: project.id, type: 'Changed', data: { cached: undefined } }] }
    },
    onProject,
  ),
]

type World = ApiCall['world']

function findBuild(world: World, region: string, id: string): Build | undefined {
  return world.get(buildId(region, parseArn(id)?.resource.replace('build/', '') ?? id)) as Build | undefined
}

/** A build as the answer to its start shows it: submitted, and in the queue. */
function queued(build: Build): Build {
  const at = build.started
  const phases = [
    { phase: 'SUBMITTED', began: at, ended: at, status: 'SUCCEEDED' } as const,
    { phase: 'QUEUED', began: at } as const,
  ]
  return { ...build, state: 'QUEUED', phases }
}

function noBuild(id: string): ApiAnswer {
  return refuse('InvalidInputException', `Invalid build id: ${id}`)
}

function listed(builds: readonly Build[], order: string | undefined, token: string | undefined): ApiAnswer {
  const sorted = order === 'ASCENDING' ? builds : [...builds].reverse()
  const { items, nextToken } = pageOf(sorted, token, 100)
  return { output: { nextToken, ids: items.map((build) => build.id.slice(build.id.lastIndexOf('/') + 1)) } }
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9\-_]{1,254}$/
const COMPUTE =
  /^(BUILD_GENERAL1_(SMALL|MEDIUM|LARGE|XLARGE|2XLARGE)|BUILD_LAMBDA_\d+GB|ATTRIBUTE_BASED_COMPUTE|CUSTOM_INSTANCE_TYPE)$/

/** Why a project cannot be created like that; undefined when it can. */
export function projectProblem(input: api.CreateProjectInput): ReturnType<typeof refuse> | undefined {
  const invalid = (message: string) => refuse('InvalidInputException', message)
  if (!NAME.test(input.name)) return invalid(`Project name is invalid: ${input.name}`)
  const { source, artifacts, environment } = input
  if (source.type === 'NO_SOURCE' && (source.buildspec === undefined || !isInline(source.buildspec)))
    return invalid('Invalid project source: buildspec is required for type NO_SOURCE')
  if (source.type !== 'NO_SOURCE' && source.type !== 'CODEPIPELINE' && !source.location)
    return invalid('Invalid project source: location must be a valid source location')
  if ((source.type === 'CODEPIPELINE') !== (artifacts.type === 'CODEPIPELINE'))
    return invalid('Invalid artifacts: artifact type CODEPIPELINE must be used with source type CODEPIPELINE')
  if (artifacts.type === 'S3' && !artifacts.location)
    return invalid('Invalid artifacts: location is required for type S3')
  if (!COMPUTE.test(environment.computeType)) return invalid(`Unknown computeType: ${environment.computeType}`)
  const timeout = input.timeoutInMinutes ?? 60
  if (timeout < 5 || timeout > 2160) return invalid('Invalid timeout: must be between 5 and 2160 minutes')
  const queued = input.queuedTimeoutInMinutes ?? 480
  if (queued < 5 || queued > 480) return invalid('Invalid queued timeout: must be between 5 and 480 minutes')
  return undefined
}

/** A project as it was asked for, with what CodeBuild fills in. */
function settled({
  world,
  region,
  input,
}: Pick<ApiCall<api.CreateProjectInput>, 'world' | 'region' | 'input'>): api.Project {
  const { name, artifacts } = input
  return {
    ...input,
    source: { ...input.source, insecureSsl: input.source.insecureSsl ?? false },
    artifacts: artifactsWith(artifacts, name),
    cache: input.cache ?? { type: 'NO_CACHE' },
    environment: {
      environmentVariables: [],
      privilegedMode: false,
      imagePullCredentialsType: 'CODEBUILD',
      ...input.environment,
    },
    timeoutInMinutes: input.timeoutInMinutes ?? 60,
    queuedTimeoutInMinutes: input.queuedTimeoutInMinutes ?? 480,
    encryptionKey: input.encryptionKey ?? arnOf('kms', region, 'alias/aws/s3'),
    created: dated(world.now),
    lastModified: dated(world.now),
    badge: { badgeEnabled: input.badgeEnabled ?? false },
    tags: input.tags ?? [],
  }
}
