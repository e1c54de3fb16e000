import type { World } from '../../../../kernel/index.ts'
import { refuse } from '../../core/index.ts'
import { strategyProblem } from '../capacityProviders.rule.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { expressionProblem } from '../definition/checkDefinition.ts'
import type { TaskDefinition } from '../definition/taskDefinition.ts'
import { subnetsOf } from '../subnets.ts'
import type * as api from '../types.generated.ts'

/** The members that RunTask, CreateService and CreateTaskSet share: how tasks are launched. */
export interface LaunchSettings {
  readonly launchType?: string | undefined
  readonly capacityProviderStrategy?: readonly api.CapacityProviderStrategyItem[] | undefined
  readonly networkConfiguration?: api.NetworkConfiguration | undefined
  readonly placementConstraints?: readonly api.PlacementConstraint[] | undefined
  readonly placementStrategy?: readonly api.PlacementStrategy[] | undefined
  readonly overrides?: api.TaskOverride | undefined
  readonly platformVersion?: string | undefined
}

/** Launch type and strategy that hold: the cluster's default strategy where neither is given, else EC2. */
export function launchOf(
  cluster: Cluster,
  { launchType, capacityProviderStrategy }: LaunchSettings,
): { readonly launchType?: string; readonly strategy?: readonly api.CapacityProviderStrategyItem[] } {
  if (launchType !== undefined) return { launchType }
  if (capacityProviderStrategy?.length) return { strategy: capacityProviderStrategy }
  if (cluster.defaultCapacityProviderStrategy.length > 0) return { strategy: cluster.defaultCapacityProviderStrategy }
  return { launchType: 'EC2' }
}

/** Whether a strategy is of Fargate's providers; a mixture is refused before. */
export function isFargate(launch: ReturnType<typeof launchOf>): boolean {
  return launch.launchType === 'FARGATE' || (launch.strategy?.[0]?.capacityProvider.startsWith('FARGATE') ?? false)
}

/** Why the service does not launch tasks so, as a refusal in its words; undefined when it does. */
export function launchProblem(
  world: World,
  region: string,
  cluster: Cluster,
  definition: TaskDefinition,
  settings: LaunchSettings,
): ReturnType<typeof refuse> | undefined {
  const bad = (message: string) => refuse('InvalidParameterException', message)
  const { launchType, capacityProviderStrategy: given, networkConfiguration, overrides } = settings
  if (launchType !== undefined && given?.length)
    return bad(
      'Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.',
    )
  const launch = launchOf(cluster, settings)
  for (const { capacityProvider } of launch.strategy ?? [])
    if (!cluster.capacityProviders.includes(capacityProvider))
      return bad(
        'The specified capacity provider strategy contains a capacity provider that is not associated with the cluster. Associate the capacity provider with the cluster and try again.',
      )
  const mixed = new Set(launch.strategy?.map(({ capacityProvider }) => capacityProvider.startsWith('FARGATE')))
  if (mixed.size > 1)
    return bad(
      'The capacity provider strategy cannot contain a mix of capacity providers using Auto Scaling groups and Fargate.',
    )
  const problem = launch.strategy ? strategyProblem(launch.strategy) : undefined
  if (problem !== undefined) return bad(problem)
  const fargate = isFargate(launch)
  if (fargate && !definition.spec.compatibilities?.includes('FARGATE'))
    return bad('Task definition does not support launch_type FARGATE.')
  if (
    !fargate &&
    definition.spec.requiresCompatibilities?.length &&
    !definition.spec.requiresCompatibilities.includes(launchType ?? 'EC2')
  )
    return bad(`Task definition does not support launch_type ${launchType ?? 'EC2'}.`)
  const vpc = networkConfiguration?.awsvpcConfiguration
  if (definition.spec.networkMode === 'awsvpc') {
    if (!vpc) return bad("Network Configuration must be provided when networkMode 'awsvpc' is specified.")
    if (vpc.subnets.length === 0) return bad('subnets can not be empty.')
    if (vpc.assignPublicIp === 'ENABLED' && !fargate)
      return bad('Assign public IP is not supported for this launch type.')
    const { unknown } = subnetsOf(world, region, vpc.subnets)
    if (unknown.length > 0)
      return bad(
        `Error retrieving subnet information for [${unknown.join(', ')}]: The subnet ID '${unknown[0]}' does not exist (ErrorCode: InvalidSubnetID.NotFound)`,
      )
  } else if (vpc) return bad('Network Configuration is not valid for the given networkMode of this task definition.')
  return placementProblem(settings, fargate) ?? overrideProblem(definition, overrides)
}

function placementProblem({ placementConstraints = [], placementStrategy = [] }: LaunchSettings, fargate: boolean) {
  const bad = (message: string) => refuse('InvalidParameterException', message)
  if (fargate && placementConstraints.length > 0)
    return bad('Placement constraints are not supported with FARGATE launch type.')
  if (fargate && placementStrategy.length > 0)
    return bad('Placement strategies are not supported with FARGATE launch type.')
  if (placementConstraints.length > 10) return bad('Too many placement constraints. At most 10 are allowed.')
  if (placementStrategy.length > 5) return bad('Too many placement strategies. At most 5 are allowed.')
  for (const { type, expression } of placementConstraints) {
    if (type !== 'distinctInstance' && type !== 'memberOf') return bad(`Invalid placement constraint type: ${type}`)
    if (type === 'distinctInstance' && expression)
      return bad('distinctInstance constraint does not take an expression.')
    const wrong = type === 'memberOf' ? expressionProblem(expression) : undefined
    if (wrong) return bad(wrong)
  }
  for (const { type, field = '' } of placementStrategy) {
    if (type === 'binpack' && !/^(cpu|memory)$/i.test(field))
      return bad(`The field '${field}' is not valid for placement strategy of type 'binpack'.`)
    if (type === 'spread' && field !== 'instanceId' && field !== 'host' && !field.startsWith('attribute:'))
      return bad(`The field '${field}' is not valid for placement strategy of type 'spread'.`)
    if (type === 'random' && field !== '') return bad("Placement strategy of type 'random' does not take a field.")
  }
  return undefined
}

function overrideProblem({ spec }: TaskDefinition, overrides: api.TaskOverride | undefined) {
  for (const { name } of overrides?.containerOverrides ?? [])
    if (!spec.containerDefinitions.some((one) => one.name === name))
      return refuse(
        'InvalidParameterException',
        `Override for container named ${name} is not a container in the TaskDefinition.`,
      )
  return undefined
}
