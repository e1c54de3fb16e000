import type { Emission, Entity, World } from '../../../kernel/index.ts'
import { type Artifact, uuid } from '../core/index.ts'
import { artifactsWith } from './artifactSettings.ts'
import { BUILD, type Build, buildId, type Project } from './build.ts'
import type * as api from './types.generated.ts'

/** What a build has of its own beside its project. */
export interface StartOrder {
  readonly input: Partial<api.StartBuildInput>
  readonly initiator: string
  readonly given?: readonly Artifact[] | undefined
  readonly wanted?: readonly string[] | undefined
  readonly batch?: Build['batch']
}

/** Begins a build of a project. */
export function startBuild(
  world: World,
  project: Project,
  { input, initiator, given, wanted, batch }: StartOrder,
): { readonly id: string; readonly name: string; readonly emit: readonly Emission[] } {
  const number = project.count + 1
  const id = uuid(world, project.id, number)
  const name = `${project.name}:${id}`
  const to = buildId(project.region, name)
  const data: Omit<Build, keyof Entity> & { readonly owner: string } = {
    owner: project.id,
    region: project.region,
    uuid: id,
    number,
    settings: settingsOf(project.project, input),
    sourceVersion: input.sourceVersion ?? project.project.sourceVersion,
    initiator,
    started: world.now,
    phases: [{ phase: 'SUBMITTED', began: world.now }],
    ...(batch ? { batch } : {}),
    ...(given ? { given } : {}),
    ...(wanted ? { wanted } : {}),
    written: {},
    ran: 0,
    processes: 0,
  }
  return {
    id: to,
    name,
    emit: [
      { to: project.id, type: 'BuildStarted', data: { count: number } },
      { to, kind: BUILD, type: 'Started', data },
    ],
  }
}

/** The project's settings with those that are given for one build. Models: StartBuild's overrides */
export function settingsOf(project: api.Project, input: Partial<api.StartBuildInput>): api.Project {
  const { environment } = project
  const variables = [...(environment?.environmentVariables ?? [])]
  for (const one of input.environmentVariablesOverride ?? []) {
    const at = variables.findIndex(({ name }) => name === one.name)
    if (at < 0) variables.push(one)
    else variables[at] = one
  }
  return {
    ...project,
    source: {
      type: input.sourceTypeOverride ?? project.source?.type ?? 'NO_SOURCE',
      ...project.source,
      ...(input.sourceTypeOverride ? { type: input.sourceTypeOverride } : {}),
      ...(input.sourceLocationOverride ? { location: input.sourceLocationOverride } : {}),
      ...(input.buildspecOverride === undefined ? {} : { buildspec: input.buildspecOverride }),
    },
    ...(input.artifactsOverride ? { artifacts: artifactsWith(input.artifactsOverride, project.name ?? '') } : {}),
    ...(input.secondaryArtifactsOverride ? { secondaryArtifacts: input.secondaryArtifactsOverride } : {}),
    ...(input.secondarySourcesOverride ? { secondarySources: input.secondarySourcesOverride } : {}),
    ...(input.encryptionKeyOverride ? { encryptionKey: input.encryptionKeyOverride } : {}),
    ...(environment
      ? {
          environment: {
            ...environment,
            environmentVariables: variables,
            ...(input.imageOverride ? { image: input.imageOverride } : {}),
            ...(input.computeTypeOverride ? { computeType: input.computeTypeOverride } : {}),
            ...(input.environmentTypeOverride ? { type: input.environmentTypeOverride } : {}),
            ...(input.privilegedModeOverride === undefined ? {} : { privilegedMode: input.privilegedModeOverride }),
          },
        }
      : {}),
    ...(input.timeoutInMinutesOverride ? { timeoutInMinutes: input.timeoutInMinutesOverride } : {}),
    ...(input.queuedTimeoutInMinutesOverride ? { queuedTimeoutInMinutes: input.queuedTimeoutInMinutesOverride } : {}),
    ...(input.cacheOverride ? { cache: input.cacheOverride } : {}),
    ...(input.serviceRoleOverride ? { serviceRole: input.serviceRoleOverride } : {}),
    ...(input.logsConfigOverride ? { logsConfig: input.logsConfigOverride } : {}),
  }
}
