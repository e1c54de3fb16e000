import type { Answer, Controller, JsonObject, World } from '../../../../kernel/index.ts'
import { callService } from '../../core/index.ts'
import type { Deployment } from '../service/deployment.ts'
import type * as api from '../types.generated.ts'
import { RELEASE, type Release, releasesUnderWay } from './release.ts'

/**
 * Registers a revision, updates the service, and waits for the deployment.
 * Models: CodePipeline's ECS deploy action, which calls RegisterTaskDefinition, UpdateService and DescribeServices
 */
export const releaseController: Controller = {
  name: 'ecs-release',
  watches: {
    [RELEASE]: ['Started', 'Registered', 'Deployed'],
    'aws.ecs.Deployment': ['Completed', 'Failed', 'Superseded', 'Restored'],
  },
  wakes(event, world) {
    if (event.kind === RELEASE) return event.to
    const { service } = (world.get(event.to) as Deployment | undefined) ?? {}
    if (service === undefined) return undefined
    return world.lookup(releasesUnderWay, service.slice(service.indexOf('/') + 1)).map(({ id }) => id)
  },
  delay: () => 500,
  reconcile(id, world) {
    const release = world.get(id) as Release | undefined
    if (release?.state === 'Registering') return register(release, world)
    if (release?.state === 'Updating') return update(release, world)
    return release?.state === 'Deploying' ? look(release, world) : undefined
  },
}

type Called = ReturnType<typeof callService>

function call(release: Release, world: World, operation: string, input: object): Called {
  const { principal, region } = release
  return callService({ world, service: 'ecs', operation, input: input as JsonObject, principal, region })
}

function failed(release: Release, reason: string): readonly Answer[] {
  return [{ to: release.id, type: 'Failed', data: { reason }, by: release.owner }]
}

function serviceOf(release: Release, world: World): api.Service | { readonly error: string } {
  const answer = call(release, world, 'DescribeServices', { cluster: release.cluster, services: [release.service] })
  if ('error' in answer) return { error: answer.error.message }
  const [service] = (answer.output as api.DescribeServicesResponse).services ?? []
  return service?.status === 'ACTIVE'
    ? service
    : { error: `The service ${release.service} does not exist or is not active.` }
}

function register(release: Release, world: World): readonly Answer[] {
  const service = serviceOf(release, world)
  if ('error' in service) return failed(release, service.error)
  const described = call(release, world, 'DescribeTaskDefinition', { taskDefinition: service.taskDefinition })
  if ('error' in described) return failed(release, described.error.message)
  const { taskDefinition } = described.output as { readonly taskDefinition: api.TaskDefinition }
  const containers = taskDefinition.containerDefinitions ?? []
  const stranger = Object.keys(release.images).find((name) => !containers.some((one) => one.name === name))
  if (stranger !== undefined)
    return failed(release, `The task definition does not have a container with name '${stranger}'.`)
  const registered = call(release, world, 'RegisterTaskDefinition', {
    ...withoutOutput(taskDefinition),
    containerDefinitions: containers.map((one) => ({ ...one, image: release.images[one.name ?? ''] ?? one.image })),
  })
  if ('error' in registered) return failed(release, registered.error.message)
  const { taskDefinitionArn } = (registered.output as { readonly taskDefinition: api.TaskDefinition }).taskDefinition
  return [
    ...(registered.emit ?? []).map((one) => ({ ...one, by: release.id })),
    { to: release.id, type: 'Registered', data: { definition: taskDefinitionArn } },
  ]
}

/** What DescribeTaskDefinition shows beyond what RegisterTaskDefinition takes. */
function withoutOutput(definition: api.TaskDefinition): Partial<api.TaskDefinition> {
  const output = [
    'taskDefinitionArn',
    'revision',
    'status',
    'requiresAttributes',
    'compatibilities',
    'registeredAt',
    'registeredBy',
    'deregisteredAt',
  ]
  return Object.fromEntries(Object.entries(definition).filter(([key]) => !output.includes(key)))
}

function update(release: Release, world: World): readonly Answer[] {
  const { cluster, service, definition } = release
  const answer = call(release, world, 'UpdateService', { cluster, service, taskDefinition: definition })
  if ('error' in answer) return failed(release, answer.error.message)
  return [...(answer.emit ?? []).map((one) => ({ ...one, by: release.id })), { to: release.id, type: 'Deployed' }]
}

function look(release: Release, world: World): readonly Answer[] | undefined {
  const service = serviceOf(release, world)
  if ('error' in service) return failed(release, service.error)
  const own = service.deployments?.find(({ taskDefinition }) => taskDefinition === release.definition)
  if (own?.rolloutState === 'COMPLETED') return [{ to: release.id, type: 'Succeeded', by: release.owner }]
  if (own?.rolloutState === 'FAILED') return failed(release, own.rolloutStateReason ?? 'The deployment failed.')
  if (own?.status === 'PRIMARY') return undefined
  const [now] = service.deployments ?? []
  return failed(
    release,
    own
      ? `The deployment was replaced: ${now?.rolloutStateReason ?? ''}`
      : (now?.rolloutStateReason ?? 'The deployment was replaced.'),
  )
}
