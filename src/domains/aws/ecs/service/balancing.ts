import { type Answer, defineIndex, type Emission, type World } from '../../../../kernel/index.ts'
import type { Container } from '../../../docker/index.ts'
import { callService, servicePrincipal } from '../../core/index.ts'
import type { ContainerInstance } from '../instance/containerInstance.ts'
import { definitionOf, type Target, type Task } from '../task/task.ts'
import { containersOf } from '../task/taskContainers.ts'
import { taskShape } from '../task/taskShape.ts'
import type { Deployment } from './deployment.ts'
import type { Service } from './service.ts'

const ELB = 'elasticloadbalancing'

/** Services by the ARN of a target group that their tasks are registered with. */
export const servicesOfTargetGroup = defineIndex(
  'aws.ecs.servicesOfTargetGroup',
  ['aws.ecs.Deployment', 'aws.ecs.TaskSet'],
  (entity) => {
    const { loadBalancers } = entity as Deployment
    if (loadBalancers.length === 0 || entity.state === 'INACTIVE') return undefined
    return loadBalancers.flatMap(({ targetGroupArn, advancedConfiguration }) => [
      ...(targetGroupArn === undefined ? [] : [targetGroupArn]),
      ...(advancedConfiguration?.alternateTargetGroupArn === undefined
        ? []
        : [advancedConfiguration.alternateTargetGroupArn]),
    ])
  },
)

/** The targets that stand for a running task: its own address, or its instance with the port that leads to the container. */
export function targetsFor(
  world: World,
  task: Task,
  revision: Pick<Deployment, 'loadBalancers' | 'targetGroup'>,
): readonly Target[] {
  const plans = taskShape(definitionOf(world, task), task.overrides).containers
  const containers = containersOf(world, task.id)
  const instance = task.instance === undefined ? undefined : (world.get(task.instance) as ContainerInstance | undefined)
  return revision.loadBalancers.flatMap(({ targetGroupArn, containerName, containerPort = 0 }, i) => {
    const group = i === 0 ? (revision.targetGroup ?? targetGroupArn) : targetGroupArn
    if (group === undefined) return []
    if (task.eni) return [{ group, id: task.eni.ip, port: containerPort }]
    const container = containers[plans.findIndex(({ name }) => name === containerName)] as Container | undefined
    const host = definitionOf(world, task).spec.networkMode === 'host'
    const port = host ? containerPort : container?.ports.find((one) => one.container === containerPort)?.host
    return instance && port !== undefined ? [{ group, id: instance.ec2InstanceId, port }] : []
  })
}

/** What the load balancer says of the targets of a group, by `id:port`; `unknown` of a group that it does not know. */
export function targetHealth(world: World, region: string, group: string): ReadonlyMap<string, string> {
  const answer = call(world, region, 'DescribeTargetHealth', { TargetGroupArn: group })
  if ('error' in answer) return NONE
  const { TargetHealthDescriptions = [] } = answer.output as {
    TargetHealthDescriptions?: readonly {
      readonly Target?: { readonly Id?: string; readonly Port?: number }
      readonly TargetHealth?: { readonly State?: string }
    }[]
  }
  return new Map(
    TargetHealthDescriptions.map(({ Target: target, TargetHealth }) => [
      `${target?.Id}:${target?.Port}`,
      TargetHealth?.State ?? 'unused',
    ]),
  )
}

const NONE: ReadonlyMap<string, string> = new Map()

/** Calls RegisterTargets or DeregisterTargets for targets of several groups. */
export function changeTargets(
  world: World,
  region: string,
  operation: 'RegisterTargets' | 'DeregisterTargets',
  targets: readonly Target[],
): { readonly emit: readonly Emission[]; readonly errors: readonly string[] } {
  const emit: Emission[] = []
  const errors: string[] = []
  for (const group of new Set(targets.map((target) => target.group))) {
    const Targets = targets.flatMap(({ group: of, id, port }) => (of === group ? [{ Id: id, Port: port }] : []))
    const answer = call(world, region, operation, { TargetGroupArn: group, Targets })
    if ('error' in answer) errors.push(answer.error.message)
    else emit.push(...(answer.emit ?? []))
  }
  return { emit, errors }
}

function call(world: World, region: string, operation: string, input: object) {
  return callService({
    world,
    service: ELB,
    operation,
    input: input as never,
    principal: servicePrincipal('ecs'),
    region,
  })
}

/**
 * Weights go to 999, so that whole percentages are written as they are and others in ninths of a tenth. The events by which a listener or rule sends so much of its traffic to the new target group and the rest to the old one. Nothing for a
 * service without a production listener rule. Models: the ECS service scheduler's use of ModifyRule and ModifyListener
 */
export function shiftTraffic(world: World, service: Service, to: string, percent: number): readonly Answer[] {
  const [balancer] = service.loadBalancers
  const { targetGroupArn, advancedConfiguration } = balancer ?? {}
  const { alternateTargetGroupArn, productionListenerRule } = advancedConfiguration ?? {}
  if (!productionListenerRule || !targetGroupArn || !alternateTargetGroupArn) return []
  const from = to === targetGroupArn ? alternateTargetGroupArn : targetGroupArn
  const whole = Number.isInteger(percent) ? 100 : 900
  const weight = Math.round((percent * whole) / 100)
  const actions = [
    {
      Type: 'forward',
      ForwardConfig: {
        TargetGroups: [
          { TargetGroupArn: to, Weight: weight },
          { TargetGroupArn: from, Weight: whole - weight },
        ],
      },
    },
  ]
  const answer = productionListenerRule.includes(':listener-rule/')
    ? call(world, service.region, 'ModifyRule', { RuleArn: productionListenerRule, Actions: actions })
    : call(world, service.region, 'ModifyListener', { ListenerArn: productionListenerRule, DefaultActions: actions })
  if ('error' in answer)
    return [{ to: service.id, decline: `The traffic cannot be shifted: ${answer.error.message}`, by: service.id }]
  return answer.emit ?? []
}
