import type { Emission, World } from '../../../../kernel/index.ts'
import { type ApiAnswer, type ApiCall, refuse } from '../../core/index.ts'
import { findCluster } from '../cluster/cluster.ts'
import { type TaskDefinition, usableDefinition } from '../definition/taskDefinition.ts'
import { launchProblem } from '../task/taskOrder.ts'
import type * as api from '../types.generated.ts'
import type { Deployment } from './deployment.ts'
import { describeService } from './describeService.ts'
import { beginDeployment } from './newDeployment.ts'
import { activeService, type Service } from './service.ts'
import { balancerProblem, configurationProblem, shiftProblem } from './serviceInput.ts'

/** UpdateService. Models: ECS API UpdateService */
export function updateService(call: ApiCall<api.UpdateServiceRequest>): ApiAnswer {
  const { input, world, region } = call
  const found = findCluster(world, region, input.cluster)
  if ('error' in found) return found
  const active = activeService(world, region, input.cluster, input.service)
  if ('error' in active) return active
  const { service } = active
  const bad = (message: string) => refuse('InvalidParameterException', message)
  if (service.schedulingStrategy === 'DAEMON' && input.desiredCount !== undefined)
    return bad(
      'The daemon scheduling strategy does not support a desired count for services. Remove the desired count value and try again',
    )
  if ((input.desiredCount ?? 0) < 0) return bad('Desired count should be greater than or equal to 0.')
  let definition = world.get(service.definition) as TaskDefinition
  if (input.taskDefinition !== undefined) {
    const usable = usableDefinition(world, region, input.taskDefinition)
    if ('error' in usable) return usable
    definition = usable.definition
  }
  if (
    service.controller !== 'ECS' &&
    (input.taskDefinition !== undefined ||
      input.forceNewDeployment ||
      input.loadBalancers ||
      input.networkConfiguration)
  )
    return bad(
      `Unable to update task definition on services with a ${service.controller} deployment controller. ${service.controller === 'CODE_DEPLOY' ? 'Use AWS CodeDeploy to trigger a new deployment.' : 'To update a task definition create a new task set.'}`,
    )
  const network = input.networkConfiguration?.awsvpcConfiguration
  const settings = {
    ...(input.capacityProviderStrategy
      ? { capacityProviderStrategy: input.capacityProviderStrategy }
      : service.launchType === undefined
        ? { capacityProviderStrategy: service.capacityProviderStrategy }
        : { launchType: service.launchType }),
    networkConfiguration: input.networkConfiguration ?? (service.network && { awsvpcConfiguration: service.network }),
    placementConstraints: input.placementConstraints ?? service.placementConstraints,
    placementStrategy: input.placementStrategy ?? service.placementStrategy,
  }
  const problem =
    launchProblem(world, region, found.cluster, definition, settings) ??
    configurationProblem(
      input.deploymentConfiguration && { ...service.deploymentConfiguration, ...input.deploymentConfiguration },
    ) ??
    balancerProblem(world, region, definition, input.loadBalancers ?? []) ??
    shiftProblem(
      (input.deploymentConfiguration ?? service.deploymentConfiguration).strategy,
      input.loadBalancers ?? service.loadBalancers,
    )
  if (problem) return problem
  const data: Partial<Service> = {
    ...(input.desiredCount === undefined ? {} : { desiredCount: input.desiredCount }),
    ...(definition.id === service.definition ? {} : { definition: definition.id }),
    ...(input.capacityProviderStrategy?.length
      ? { capacityProviderStrategy: input.capacityProviderStrategy, launchType: undefined }
      : {}),
    ...(network ? { network } : {}),
    ...(input.platformVersion === undefined ? {} : { platformVersion: input.platformVersion }),
    ...(input.loadBalancers ? { loadBalancers: input.loadBalancers } : {}),
    ...(input.serviceRegistries ? { serviceRegistries: input.serviceRegistries } : {}),
    ...(input.deploymentConfiguration
      ? { deploymentConfiguration: { ...service.deploymentConfiguration, ...input.deploymentConfiguration } }
      : {}),
    ...(input.placementConstraints ? { placementConstraints: input.placementConstraints } : {}),
    ...(input.placementStrategy ? { placementStrategy: input.placementStrategy } : {}),
    ...(input.healthCheckGracePeriodSeconds === undefined
      ? {}
      : { healthCheckGracePeriodSeconds: input.healthCheckGracePeriodSeconds }),
    ...(input.enableExecuteCommand === undefined ? {} : { enableExecuteCommand: input.enableExecuteCommand }),
    ...(input.availabilityZoneRebalancing === undefined
      ? {}
      : { availabilityZoneRebalancing: input.availabilityZoneRebalancing }),
    ...(input.propagateTags === undefined ? {} : { propagateTags: input.propagateTags }),
    ...(input.enableECSManagedTags === undefined ? {} : { enableECSManagedTags: input.enableECSManagedTags }),
    ...(input.serviceConnectConfiguration ? { serviceConnectConfiguration: input.serviceConnectConfiguration } : {}),
    steady: false,
  }
  const next = { ...service, ...data } as Service
  const anew =
    service.controller === 'ECS' &&
    (input.forceNewDeployment === true || DEPLOYS.some((key) => key in data && data[key] !== service[key]))
  const emit: Emission[] = [{ to: service.id, type: 'Updated', data }]
  if (anew) emit.push(...supersede(world, next))
  return { output: { service: describeService(world, next) }, emit }
}

/** Members of a service whose change is a new deployment. */
const DEPLOYS = [
  'definition',
  'capacityProviderStrategy',
  'network',
  'platformVersion',
  'loadBalancers',
  'serviceRegistries',
  'serviceConnectConfiguration',
  'enableExecuteCommand',
] as const

/** A new deployment in the place of the present one. */
function supersede(world: World, service: Service): readonly Emission[] {
  const before = ([...world.ownedBy(service.id)] as unknown as readonly Deployment[]).filter(
    (one) => one.kind === 'aws.ecs.Deployment' && one.status === 'PRIMARY',
  )
  const current = before[0]
  const other = alternate(service, current)
  return [
    ...before.map(({ id }) => ({ to: id, type: 'Superseded' })),
    beginDeployment(world, service, other === undefined ? {} : { targetGroup: other }, before.length, world.revision),
  ]
}

/** The target group that the next revision's tasks go to, where the service has two of them. */
export function alternate(service: Service, current: Deployment | undefined): string | undefined {
  const [first] = service.loadBalancers
  const second = first?.advancedConfiguration?.alternateTargetGroupArn
  if (second === undefined || (service.deploymentConfiguration.strategy ?? 'ROLLING') === 'ROLLING') return undefined
  return (current?.targetGroup ?? first?.targetGroupArn) === second ? first?.targetGroupArn : second
}

/** DeleteService. Models: ECS API DeleteService */
export function deleteService({ input, world, region }: ApiCall<api.DeleteServiceRequest>): ApiAnswer {
  const found = findCluster(world, region, input.cluster)
  if ('error' in found) return found
  const active = activeService(world, region, input.cluster, input.service)
  if ('error' in active) return active
  const { service } = active
  if (service.desiredCount > 0 && !input.force && service.schedulingStrategy !== 'DAEMON')
    return refuse('InvalidParameterException', 'The service cannot be stopped while it is scaled above 0.')
  const next: Service = { ...service, state: 'DRAINING', desiredCount: 0 }
  return { output: { service: describeService(world, next) }, emit: [{ to: service.id, type: 'Deleted' }] }
}
