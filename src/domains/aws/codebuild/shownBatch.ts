import type { World } from '../../../kernel/index.ts'
import { type Batch, type BatchGroup, batchArn, batchName, FETCHING, isBatchOver } from './batch.ts'
import { type Build, buildArn, dated, isOver } from './build.ts'
import { logsConfigOf } from './shown.ts'
import type * as api from './types.generated.ts'

/** A batch as the API shows it. */
export function shownBatch(batch: Batch, world: World): api.BuildBatch {
  const { settings } = batch
  const over = isBatchOver(batch)
  return {
    id: batchName(batch),
    arn: batchArn(batch),
    startTime: dated(batch.started),
    ...(batch.ended === undefined ? {} : { endTime: dated(batch.ended) }),
    currentPhase: batch.state,
    buildBatchStatus: over ? batch.state : 'IN_PROGRESS',
    ...(batch.sourceVersion === undefined ? {} : { sourceVersion: batch.sourceVersion }),
    ...(batch.revision ? { resolvedSourceVersion: batch.revision.id } : {}),
    projectName: settings.name,
    phases: batch.phases.map(({ phase, began, ended, status, context }) => ({
      phaseType: phase,
      ...(ended === undefined ? {} : { phaseStatus: status }),
      startTime: dated(began),
      ...(ended === undefined ? {} : { endTime: dated(ended), durationInSeconds: Math.floor((ended - began) / 1000) }),
      ...(context ? { contexts: [context] } : {}),
    })),
    source: settings.source,
    secondarySources: settings.secondarySources ?? [],
    secondarySourceVersions: settings.secondarySourceVersions ?? [],
    artifacts: { location: '' },
    secondaryArtifacts: [],
    cache: settings.cache ?? { type: 'NO_CACHE' },
    environment: settings.environment,
    serviceRole: settings.serviceRole,
    logConfig: logsConfigOf(settings),
    buildTimeoutInMinutes: settings.timeoutInMinutes,
    queuedTimeoutInMinutes: settings.queuedTimeoutInMinutes,
    complete: over,
    initiator: batch.initiator,
    encryptionKey: settings.encryptionKey,
    buildBatchNumber: batch.number,
    buildBatchConfig: {
      restrictions: { maximumBuildsAllowed: 100 },
      timeoutInMins: 2160,
      ...settings.buildBatchConfig,
    },
    buildGroups: batch.groups.map((group) => shownGroup(group, settings, world)),
    debugSessionEnabled: false,
  }
}

function shownGroup(group: BatchGroup, settings: api.Project, world: World): api.BuildGroup {
  const { task, build, prior } = group
  const summary = (id: string): readonly api.BuildSummary[] => {
    const found = world.get(id) as Build | undefined
    if (!found) return []
    const type =
      task.identifier === FETCHING ? 'no_artifacts' : (settings.artifacts?.type ?? 'NO_ARTIFACTS').toLowerCase()
    return [
      {
        arn: buildArn(found),
        requestedOn: dated(found.started),
        buildStatus: isOver(found) ? found.state : 'IN_PROGRESS',
        primaryArtifact: { type, identifier: task.identifier },
        secondaryArtifacts: [],
      },
    ]
  }
  const current = build === undefined ? undefined : summary(build)[0]
  return {
    identifier: task.identifier,
    ...(task.identifier === FETCHING ? {} : { dependsOn: task.dependsOn }),
    ignoreFailure: task.ignoreFailure,
    ...(current ? { currentBuildSummary: current } : {}),
    ...(prior.length > 0 ? { priorBuildSummaryList: prior.flatMap(summary) } : {}),
  }
}
