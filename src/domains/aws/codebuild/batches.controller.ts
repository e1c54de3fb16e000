import type { Answer, Controller, Emission, World } from '../../../kernel/index.ts'
import { BATCH, type Batch, type BatchGroup, FETCHING, isBatchOver, phased } from './batch.ts'
import type { BatchTask } from './batchspec.ts'
import { BUILD, type Build, isOver, type Project } from './build.ts'
import { startBuild } from './starting.ts'
import type * as api from './types.generated.ts'

/**
 * Takes batches through their phases: has the batch read, starts each build when those before it have succeeded, and sums up.
 * Models: AWS CodeBuild User Guide, "Batch builds"
 */
export const batchesController: Controller = {
  name: 'codebuild-batches',
  watches: { [BATCH]: '*', [BUILD]: ['Succeeded', 'Failed', 'Stopped', 'TimedOut'] },
  wakes(event, world) {
    return event.kind === BATCH ? event.to : (world.get(event.to) as Build | undefined)?.batch?.id
  },
  delay: () => 200,
  reconcile(id, world) {
    const batch = world.get(id) as Batch | undefined
    if (!batch || isBatchOver(batch)) return undefined
    const project = world.get(batch.owner) as Project | undefined
    if (!project) return [end(batch, world, 'Failed', { message: 'The project does not exist any more.' })]
    const timeout = (batch.settings.buildBatchConfig?.timeoutInMins ?? 2160) * 60_000
    const left = timeout - (world.now - (batch.phases.findLast(({ phase }) => phase === 'SUBMITTED')?.began ?? 0))
    if (left <= 0) return [...stopAll(batch, world), end(batch, world, 'TimedOut', {})]
    return step(batch, project, world) ?? [{ again: left }]
  },
}

function step(batch: Batch, project: Project, world: World): readonly Answer[] | undefined {
  switch (batch.state) {
    case 'SUBMITTED':
      return submit(batch, project, world)
    case 'DOWNLOAD_BATCHSPEC':
      return read(batch, world)
    case 'IN_PROGRESS':
      return proceed(batch, project, world)
    case 'COMBINE_ARTIFACTS':
      return [end(batch, world, 'Succeeded', {})]
    default:
      return undefined
  }
}

function submit(batch: Batch, project: Project, world: World): readonly Answer[] {
  const fetched = batch.groups[0]?.build
  if (fetched !== undefined && (world.get(fetched) as Build | undefined)?.state === 'SUCCEEDED')
    return [moved(batch, world, 'BuildsBegan', 'IN_PROGRESS')]
  const task: BatchTask = { identifier: FETCHING, dependsOn: [], ignoreFailure: false, env: { variables: {} } }
  const { id, emit } = begin(batch, project, task, 0, world)
  const prior = batch.groups[0]?.build === undefined ? [] : [...batch.groups[0].prior, batch.groups[0].build]
  return [...emit, moved(batch, world, 'DownloadBegan', 'DOWNLOAD_BATCHSPEC', { groups: [{ task, build: id, prior }] })]
}

function read(batch: Batch, world: World): readonly Answer[] | undefined {
  const build = world.get(batch.groups[0]?.build ?? '') as Build | undefined
  if (build && !isOver(build)) return undefined
  if (build?.state !== 'SUCCEEDED' || !build.spec?.batch) {
    const failed = build?.phases.find(({ status }) => status === 'FAILED')?.context
    return [
      end(
        batch,
        world,
        'Failed',
        failed ?? { statusCode: 'YAML_FILE_ERROR', message: 'The buildspec does not have a batch section' },
      ),
    ]
  }
  const { failFast, tasks } = build.spec.batch
  const most = batch.settings.buildBatchConfig?.restrictions?.maximumBuildsAllowed ?? 100
  if (tasks.length > most)
    return [
      end(batch, world, 'Failed', {
        statusCode: 'BATCH_RESTRICTION_ERROR',
        message: `The batch has ${tasks.length} builds, more than the ${most} that are allowed`,
      }),
    ]
  const groups = [...batch.groups, ...tasks.map((task): BatchGroup => ({ task, prior: [] }))]
  return [moved(batch, world, 'BuildsBegan', 'IN_PROGRESS', { groups, failFast, revision: build.revision })]
}

/** Starts what is ready, and ends the batch when nothing runs and nothing is ready. */
function proceed(batch: Batch, project: Project, world: World): readonly Answer[] | undefined {
  const results = new Map(batch.groups.map((group) => [group.task.identifier, resultOf(group, world)]))
  const failed = batch.groups.some(({ task }) => results.get(task.identifier) === 'failed' && !task.ignoreFailure)
  const running = batch.groups.some(({ task }) => results.get(task.identifier) === 'running')
  if (failed && batch.failFast && running) return stopAll(batch, world)
  const emissions: Emission[] = []
  let started = 0
  const groups = batch.groups.map((group): BatchGroup => {
    if (results.get(group.task.identifier) !== 'open') return group
    const before = group.task.dependsOn.map((name) => results.get(name))
    const broken = before.some((result) => result === 'failed' || result === 'passed over')
    if (broken || (failed && batch.failFast)) {
      results.set(group.task.identifier, 'passed over')
      return { ...group, passedOver: true }
    }
    if (before.some((result) => result !== 'good')) return group
    const { id, emit } = begin(batch, project, group.task, started++, world)
    emissions.push(...emit)
    return { ...group, build: id }
  })
  if (groups.some((group, i) => group !== batch.groups[i]))
    return [...emissions, { to: batch.id, type: 'GroupsChanged', data: { groups }, by: batch.id }]
  if (running) return undefined
  return failed || groups.some(({ task, passedOver }) => passedOver && !task.ignoreFailure)
    ? [end(batch, world, 'Failed', { statusCode: 'CLIENT_ERROR', message: 'A build of the batch has failed' })]
    : [moved(batch, world, 'CombineBegan', 'COMBINE_ARTIFACTS')]
}

type Result = 'open' | 'running' | 'good' | 'failed' | 'passed over'

/** How a task fares; a failure that may be ignored lets those go on that wait for it. */
function resultOf({ task, build, passedOver }: BatchGroup, world: World): Result {
  if (passedOver) return 'passed over'
  if (build === undefined) return 'open'
  const found = world.get(build) as Build | undefined
  if (found && !isOver(found)) return 'running'
  return found?.state === 'SUCCEEDED' || task.ignoreFailure ? 'good' : 'failed'
}

/** Begins the build of a task. `place` counts those that begin at the same instant. */
function begin(
  batch: Batch,
  project: Project,
  task: BatchTask,
  place: number,
  world: World,
): { readonly id: string; readonly emit: readonly Emission[] } {
  const { computeType, image, type, privileged, variables } = task.env
  const input: Partial<api.StartBuildInput> = {
    sourceVersion: batch.revision?.id ?? batch.sourceVersion,
    buildspecOverride: task.buildspec,
    computeTypeOverride: computeType,
    imageOverride: image,
    environmentTypeOverride: type,
    privilegedModeOverride: privileged,
    environmentVariablesOverride: Object.entries(variables).map(([name, value]) => ({
      name,
      value,
      type: 'PLAINTEXT',
    })),
  }
  const started = startBuild(
    world,
    { ...project, project: batch.settings, count: project.count + place },
    { input, initiator: batch.initiator, batch: { id: batch.id, identifier: task.identifier } },
  )
  return { id: started.id, emit: started.emit.map((one) => ({ ...one, by: batch.id })) }
}

function stopAll(batch: Batch, world: World): readonly Emission[] {
  return batch.groups.flatMap(({ build }) => {
    const found = world.get(build ?? '') as Build | undefined
    return found && !isOver(found) ? [{ to: found.id, type: 'Stopped', data: { ended: world.now }, by: batch.id }] : []
  })
}

function moved(batch: Batch, world: World, type: string, phase: string, more: object = {}): Emission {
  return { to: batch.id, type, data: { phases: phased(batch.phases, world.now, phase), ...more }, by: batch.id }
}

const OUTCOMES = { Succeeded: 'SUCCEEDED', Failed: 'FAILED', TimedOut: 'TIMED_OUT' } as const

function end(batch: Batch, world: World, type: keyof typeof OUTCOMES, context: api.PhaseContext): Emission {
  const status = type === 'Failed' ? 'CLIENT_ERROR' : OUTCOMES[type]
  const phases = phased(batch.phases, world.now, OUTCOMES[type], {
    status,
    ...(context.message === undefined ? {} : { context }),
  })
  return { to: batch.id, type, data: { phases, ended: world.now }, by: batch.id }
}
