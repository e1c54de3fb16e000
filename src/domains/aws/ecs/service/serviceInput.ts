import type { World } from '../../../../kernel/index.ts'
import { callService, refuse, servicePrincipal, services } from '../../core/index.ts'
import type { TaskDefinition } from '../definition/taskDefinition.ts'
import type { launchOf } from '../task/taskOrder.ts'
import type * as api from '../types.generated.ts'
import type { Launching } from './service.ts'

/** How tasks are launched, out of a request. */
export function launchingOf(
  definition: TaskDefinition,
  launch: ReturnType<typeof launchOf>,
  input: Pick<
    api.CreateServiceRequest,
    'networkConfiguration' | 'platformVersion' | 'loadBalancers' | 'serviceRegistries'
  >,
): Launching {
  const network = input.networkConfiguration?.awsvpcConfiguration
  return {
    definition: definition.id,
    launchType: launch.launchType,
    capacityProviderStrategy: launch.strategy,
    platformVersion: input.platformVersion,
    network,
    loadBalancers: input.loadBalancers ?? [],
    serviceRegistries: input.serviceRegistries ?? [],
  }
}

/** Why a deployment configuration is not taken. */
export function configurationProblem(configuration: api.DeploymentConfiguration | undefined) {
  const bad = (message: string) => refuse('InvalidParameterException', message)
  if (!configuration) return undefined
  const {
    minimumHealthyPercent = 100,
    maximumPercent = 200,
    linearConfiguration,
    canaryConfiguration,
    strategy,
  } = configuration
  if (minimumHealthyPercent < 0 || minimumHealthyPercent > 100)
    return bad('minimumHealthyPercent should be between 0 and 100.')
  if (maximumPercent < 100) return bad('maximumPercent should be at least 100.')
  if (minimumHealthyPercent === 100 && maximumPercent === 100 && (strategy ?? 'ROLLING') === 'ROLLING')
    return bad('Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.')
  const step = linearConfiguration?.stepPercent
  if (step !== undefined && (step < 3 || step > 100)) return bad('stepPercent must be between 3.0 and 100.0.')
  const canary = canaryConfiguration?.canaryPercent
  if (canary !== undefined && (canary < 0.1 || canary > 100)) return bad('canaryPercent must be between 0.1 and 100.0.')
  return undefined
}

/** How a deployment strategy is called in messages. */
const STRATEGIES: { readonly [strategy: string]: string } = {
  BLUE_GREEN: 'blue/green',
  LINEAR: 'linear',
  CANARY: 'canary',
}

/**
 * Why load balancers do not go with a deployment strategy: to shift traffic takes a second target group and the rule that weighs the two.
 * Models: ECS API CreateService; Amazon ECS developer guide, "Troubleshooting Amazon ECS blue/green deployments"
 */
export function shiftProblem(strategy: string | undefined, balancers: readonly api.LoadBalancer[]) {
  const called = STRATEGIES[strategy ?? 'ROLLING']
  if (called === undefined) return undefined
  if (balancers.some(({ advancedConfiguration }) => advancedConfiguration === undefined))
    return refuse(
      'ClientException',
      `advancedConfiguration field is required for all loadBalancers when using the ${called} deployment strategy`,
    )
  for (const { advancedConfiguration } of balancers) {
    const rule = advancedConfiguration?.productionListenerRule
    if (rule !== undefined && !/:listener-rule\/app\/|:listener\/net\//.test(rule))
      return refuse(
        'InvalidParameterException',
        `productionListenerRule has an invalid ARN format. Must be RuleArn for ALB or ListenerArn for NLB. Got: ${rule}`,
      )
  }
  return undefined
}

/** Why load balancers do not go with a task definition. */
export function balancerProblem(
  world: World,
  region: string,
  definition: TaskDefinition,
  balancers: readonly api.LoadBalancer[],
) {
  const bad = (message: string) => refuse('InvalidParameterException', message)
  if (balancers.length > 5) return bad('load balancers can have at most 5 items.')
  for (const { targetGroupArn, containerName, containerPort } of balancers) {
    const container = definition.spec.containerDefinitions.find(({ name }) => name === containerName)
    if (!container) return bad(`The container ${containerName} does not exist in the task definition.`)
    if (!container.portMappings?.some((mapping) => mapping.containerPort === containerPort))
      return bad(`The container ${containerName} did not have a container port ${containerPort} defined.`)
    if (targetGroupArn === undefined || !services.has('elasticloadbalancing')) continue
    const answer = callService({
      world,
      service: 'elasticloadbalancing',
      operation: 'DescribeTargetGroups',
      input: { TargetGroupArns: [targetGroupArn] },
      principal: servicePrincipal('ecs'),
      region,
    })
    if ('error' in answer) return bad(`Unable to describe target groups: ${answer.error.message}`)
    const [group] =
      (answer.output as { TargetGroups?: readonly { TargetType?: string; LoadBalancerArns?: readonly string[] }[] })
        .TargetGroups ?? []
    if (group?.LoadBalancerArns?.length === 0)
      return bad(`The target group with targetGroupArn ${targetGroupArn} does not have an associated load balancer.`)
    const wanted = definition.spec.networkMode === 'awsvpc' ? 'ip' : 'instance'
    if (
      group?.TargetType !== undefined &&
      group.TargetType !== wanted &&
      (wanted === 'ip' || group.TargetType === 'lambda')
    )
      return bad(
        `The provided target group ${targetGroupArn} has target type ${group.TargetType}, which is incompatible with the ${definition.spec.networkMode ?? 'bridge'} network mode specified in the task definition.`,
      )
  }
  return undefined
}
