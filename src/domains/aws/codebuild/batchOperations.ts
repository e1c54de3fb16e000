import type { World } from '../../../kernel/index.ts'
import { type ApiAnswer, defineOperation, type Operation, pageOf, parseArn, refuse, uuid } from '../core/index.ts'
import { BATCH, type Batch, batchesOf, batchId, FETCHING, isBatchOver, phased } from './batch.ts'
import { type Build, buildArn, findProject, isOver } from './build.ts'
import { missing, onProject } from './projectAccess.ts'
import { initiatorOf } from './shown.ts'
import { shownBatch } from './shownBatch.ts'
import { settingsOf } from './starting.ts'
import type * as api from './types.generated.ts'

/** Operations on batches of builds. */
export const batchOperations: readonly Operation[] = [
  defineOperation<api.StartBuildBatchInput>(
    'StartBuildBatch',
    ({ input, world, region, principal }) => {
      const project = findProject(world, region, input.projectName)
      if (!project) return missing(region, input.projectName)
      const { buildTimeoutInMinutesOverride, buildBatchConfigOverride, ...overrides } = input
      const config = { ...project.project.buildBatchConfig, ...buildBatchConfigOverride }
      if (config.serviceRole === undefined)
        return refuse('InvalidInputException', 'Batch service role is required to start a batch build')
      const own = settingsOf(project.project, { ...overrides, timeoutInMinutesOverride: buildTimeoutInMinutesOverride })
      const number = (project.batches ?? 0) + 1
      const id = uuid(world, project.id, 'batch', number)
      const to = batchId(region, `${project.name}:${id}`)
      const data = {
        owner: project.id,
        region,
        uuid: id,
        number,
        settings: { ...own, buildBatchConfig: config },
        sourceVersion: input.sourceVersion ?? project.project.sourceVersion,
        initiator: initiatorOf(principal),
        started: world.now,
        phases: [{ phase: 'SUBMITTED', began: world.now }],
        groups: [],
        failFast: false,
      }
      const begun = { ...data, id: to, kind: BATCH, state: 'SUBMITTED', since: world.now } as unknown as Batch
      return {
        output: { buildBatch: shownBatch(begun, world) },
        emit: [
          { to: project.id, type: 'BuildStarted', data: { batches: number } },
          { to, kind: BATCH, type: 'Started', data },
        ],
      }
    },
    onProject,
  ),
  defineOperation<api.StopBuildBatchInput>('StopBuildBatch', ({ input, world, region }) => {
    const batch = findBatch(world, region, input.id)
    if (!batch) return noBatch(input.id)
    if (isBatchOver(batch)) return { output: { buildBatch: shownBatch(batch, world) } }
    const data = { phases: phased(batch.phases, world.now, 'STOPPED', { status: 'STOPPED' }), ended: world.now }
    return {
      output: { buildBatch: shownBatch({ ...batch, ...data, state: 'STOPPED' }, world) },
      emit: [
        { to: batch.id, type: 'Stopped', data },
        ...buildsIn(batch, world).flatMap((build) =>
          isOver(build) ? [] : [{ to: build.id, type: 'Stopped', data: { ended: world.now } }],
        ),
      ],
    }
  }),
  defineOperation<api.RetryBuildBatchInput>('RetryBuildBatch', ({ input, world, region }) => {
    const batch = findBatch(world, region, input.id ?? '')
    if (!batch) return noBatch(input.id ?? '')
    if (!isBatchOver(batch))
      return refuse('InvalidInputException', `Build batch ${input.id} is still in progress and cannot be retried`)
    const all = (input.retryType ?? 'RETRY_ALL_BUILDS') === 'RETRY_ALL_BUILDS'
    const groups = batch.groups.map(({ passedOver: _over, ...group }) => {
      const done = (world.get(group.build ?? '') as Build | undefined)?.state === 'SUCCEEDED'
      if (group.build === undefined || group.task.identifier === FETCHING || (done && !all)) return group
      return { ...group, build: undefined, prior: [group.build, ...group.prior] }
    })
    const phases = phased(batch.phases, world.now, 'SUBMITTED', { status: 'RETRY' })
    return {
      output: { buildBatch: shownBatch({ ...batch, phases, ended: undefined, state: 'SUBMITTED' }, world) },
      emit: [{ to: batch.id, type: 'Retried', data: { groups, phases, ended: undefined } }],
    }
  }),
  defineOperation<api.DeleteBuildBatchInput>('DeleteBuildBatch', ({ input, world, region }) => {
    const batch = findBatch(world, region, input.id)
    if (!batch) return noBatch(input.id)
    if (!isBatchOver(batch))
      return refuse('InvalidInputException', `Build batch ${input.id} is still in progress and cannot be deleted`)
    const builds = buildsIn(batch, world)
    return {
      output: { statusCode: 'BATCH_DELETED', buildsDeleted: builds.map(buildArn), buildsNotDeleted: [] },
      emit: [...builds.map(({ id }) => ({ to: id, type: 'Deleted' })), { to: batch.id, type: 'Deleted' }],
    }
  }),
  defineOperation<api.BatchGetBuildBatchesInput>('BatchGetBuildBatches', ({ input, world, region }) => {
    const found = input.ids.map((id) => findBatch(world, region, id))
    return {
      output: {
        buildBatches: found.flatMap((one) => (one ? [shownBatch(one, world)] : [])),
        buildBatchesNotFound: input.ids.filter((_id, i) => !found[i]),
      },
    }
  }),
  defineOperation<api.ListBuildBatchesInput>('ListBuildBatches', ({ input, world, region }) =>
    listed(batchesOf(world, region), input),
  ),
  defineOperation<api.ListBuildBatchesForProjectInput>(
    'ListBuildBatchesForProject',
    ({ input, world, region }) => {
      const name = input.projectName ?? ''
      return findProject(world, region, name) ? listed(batchesOf(world, region, name), input) : missing(region, name)
    },
    onProject,
  ),
]

function findBatch(world: World, region: string, id: string): Batch | undefined {
  const name = parseArn(id)?.resource.replace('build-batch/', '') ?? id
  return world.get(batchId(region, name)) as Batch | undefined
}

function noBatch(id: string): ApiAnswer {
  return refuse('ResourceNotFoundException', `Build batch ${arnless(id)} does not exist`)
}

function arnless(id: string): string {
  return parseArn(id)?.resource ?? id
}

/** Every build that a batch has had. */
function buildsIn(batch: Batch, world: World): readonly Build[] {
  return batch.groups.flatMap(({ build, prior }) =>
    [...(build === undefined ? [] : [build]), ...prior].flatMap((id) => {
      const found = world.get(id) as Build | undefined
      return found ? [found] : []
    }),
  )
}

function listed(batches: readonly Batch[], input: api.ListBuildBatchesInput): ApiAnswer {
  const wanted = input.filter?.status
  const fitting = batches.filter((one) =>
    wanted === undefined ? true : wanted === 'IN_PROGRESS' ? !isBatchOver(one) : one.state === wanted,
  )
  const sorted = input.sortOrder === 'ASCENDING' ? fitting : [...fitting].reverse()
  const { items, nextToken } = pageOf(sorted, input.nextToken, input.maxResults ?? 100)
  return { output: { nextToken, ids: items.map(({ id }) => id.slice(id.lastIndexOf('/') + 1)) } }
}
