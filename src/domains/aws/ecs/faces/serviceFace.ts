import type { Face, FaceFix, Segment, World } from '../../../../kernel/index.ts'
import type { TaskDefinition } from '../definition/taskDefinition.ts'
import { describeService } from '../service/describeService.ts'
import { deploymentsOf, type Service } from '../service/service.ts'
import { LIVE, type Task, tasksOfService } from '../task/task.ts'
import { ageOf, regionFlag } from './words.ts'

/** What became of the scheduler that did a daemon's work before ECS could. */
const BLOX = [
  'one task an instance',
  'by ECS itself; until 2018 Blox did it from outside, and its development ended in March 2018',
] as const

/** Most segments in a row: beyond that the counts alone tell. */
const MOST = 24

/** A service: a card with one segment a task. */
export const serviceFace: Face<Service> = {
  label: 'ECS service',
  plural: 'ECS services',
  pictogram: 'service',
  shape: 'card',
  rank: 3,
  within: ({ state, clusterId }) => (state === 'INACTIVE' ? null : clusterId),
  look(service, world) {
    const [primary] = deploymentsOf(world, service.id)
    const tasks = world.lookup(tasksOfService, service.id) as readonly Task[]
    const running = tasks.filter(({ state }) => state === 'RUNNING').length
    const failed = primary?.state === 'FAILED'
    const short = running < service.desiredCount
    const rolling = primary !== undefined && ['IN_PROGRESS', 'SHIFTING', 'BAKING', 'BAKED'].includes(primary.state)
    const definition = world.get(service.definition) as TaskDefinition | undefined
    return {
      title: service.serviceName,
      note: definition && `${definition.family}:${definition.revision}`,
      tone: failed ? 'err' : service.unplaced !== undefined ? 'warn' : rolling ? 'prog' : short ? 'warn' : 'ok',
      word: failed
        ? 'Failed'
        : service.unplaced !== undefined
          ? 'Cannot place'
          : rolling
            ? 'Deploying'
            : short
              ? 'Short'
              : 'Steady',
      detail: failed ? primary.rolloutStateReason : (service.unplaced ?? service.events[0]?.message),
      segments: segments(tasks, world),
      figures: [`${running} of ${service.desiredCount}`],
      facts: [
        ['desired', String(service.desiredCount)],
        ['running', String(running)],
        ['strategy', service.schedulingStrategy],
        ['deployments by', service.controller],
        ...(service.schedulingStrategy === 'DAEMON' ? [BLOX] : []),
        [
          'percentages',
          `${service.deploymentConfiguration.minimumHealthyPercent}% to ${service.deploymentConfiguration.maximumPercent}%`,
        ],
        [
          'placement',
          service.placementStrategy.map(({ type, field }) => `${type}(${field ?? ''})`).join(', ') || 'random',
        ],
        ...(primary ? [['deployment', `${primary.deploymentId} ${primary.state}`] as const] : []),
        ...(primary?.percent === undefined ? [] : [['traffic on the new revision', `${primary.percent}%`] as const]),
      ],
    }
  },
  links: (service) =>
    service.loadBalancers.flatMap(({ targetGroupArn }) =>
      targetGroupArn === undefined ? [] : [{ to: groupEntity(targetGroupArn), kind: 'control' as const }],
    ),
  actions(service) {
    const at = `--cluster ${service.cluster} --service ${service.serviceName}${regionFlag(service.region)}`
    const scaled = service.schedulingStrategy === 'REPLICA'
    return [
      ...(scaled
        ? [
            {
              id: 'more',
              label: 'One task more',
              line: `aws ecs update-service ${at} --desired-count ${service.desiredCount + 1}`,
            },
            {
              id: 'fewer',
              label: 'One task fewer',
              line: `aws ecs update-service ${at} --desired-count ${Math.max(0, service.desiredCount - 1)}`,
            },
          ]
        : []),
      { id: 'redeploy', label: 'Force a new deployment', line: `aws ecs update-service ${at} --force-new-deployment` },
      { id: 'delete', label: 'Delete', line: `aws ecs delete-service ${at} --force`, sort: 'danger' as const },
    ]
  },
  fixes: (service): readonly FaceFix[] =>
    service.unplaced === undefined
      ? []
      : [
          {
            label: 'Add an instance',
            line: `lab ecs instances --cluster ${service.cluster} --count 1 --type m5.large${regionFlag(service.region)}`,
          },
          {
            label: 'Add a larger instance',
            line: `lab ecs instances --cluster ${service.cluster} --count 1 --type m5.2xlarge${regionFlag(service.region)}`,
          },
          {
            label: 'Drop its placement constraints',
            line: `aws ecs update-service --cluster ${service.cluster} --service ${service.serviceName} --placement-constraints '[]' --force-new-deployment${regionFlag(service.region)}`,
          },
          {
            label: 'Want fewer tasks',
            line: `aws ecs update-service --cluster ${service.cluster} --service ${service.serviceName} --desired-count ${Math.max(1, Math.floor(service.desiredCount / 2))}${regionFlag(service.region)}`,
          },
        ],
  source: {
    language: 'json',
    text: (service, world) => json(describeService(world, service)),
    apply: ({ region }, file) => `aws ecs update-service --cli-input-json file://${file}${regionFlag(region)}`,
    fresh: (service, world, copy) =>
      json({ ...requested(service, world), serviceName: copy?.name ?? service.serviceName }),
    restore(service, world, file) {
      const { launchType: _launch, schedulingStrategy: _strategy, ...settings } = requested(service, world)
      return {
        text: json({ ...settings, service: service.serviceName }),
        line: `aws ecs update-service --cli-input-json file://${file}${regionFlag(service.region)}`,
      }
    },
  },
  marks: { Created: 'state' },
  palette: [
    {
      id: 'ecs-service',
      label: 'ECS service',
      pictogram: 'service',
      group: 'AWS containers',
      into: ['aws.ecs.Cluster'],
      line: (into, world, n) => serviceLine(into, world, n, ''),
    },
    {
      id: 'fargate-service',
      label: 'Fargate service',
      pictogram: 'service',
      group: 'AWS containers',
      into: ['aws.ecs.Cluster'],
      line: (into, world, n) => serviceLine(into, world, n, ' --fargate'),
    },
  ],
}

/** What was asked for when it was created, as far as an update may change it again. */
function requested(service: Service, world: World) {
  const { taskDefinition, launchType, capacityProviderStrategy, loadBalancers, networkConfiguration } = describeService(
    world,
    service,
  )
  const balanced = loadBalancers && loadBalancers.length > 0
  return {
    cluster: service.cluster,
    taskDefinition,
    ...(service.schedulingStrategy === 'DAEMON' ? {} : { desiredCount: service.desiredCount }),
    launchType,
    schedulingStrategy: service.schedulingStrategy,
    ...(capacityProviderStrategy?.length ? { capacityProviderStrategy } : {}),
    ...(balanced ? { loadBalancers } : {}),
    ...(networkConfiguration ? { networkConfiguration } : {}),
    placementConstraints: service.placementConstraints,
    placementStrategy: service.placementStrategy,
    deploymentConfiguration: service.deploymentConfiguration,
  }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

function serviceLine(
  into: { readonly id: string; readonly kind: string } | undefined,
  world: World,
  n: number,
  flags: string,
) {
  const cluster =
    into?.id.slice(into.id.lastIndexOf('/') + 1) ??
    [...world.all('aws.ecs.Cluster')]
      .find(({ state }) => state === 'ACTIVE')
      ?.id.split('/')
      .pop()
  if (cluster === undefined) return { refuse: 'Make an ECS cluster first: a service runs in one.' }
  return { line: `lab ecs service web-${n} --cluster ${cluster} --image nginx:1.27 --count 2${flags}` }
}

/** ELB's own entity id of a target group. */
function groupEntity(arn: string): string {
  const [, region = '', name = ''] =
    /^arn:aws[\w-]*:elasticloadbalancing:([\w-]+):\d+:targetgroup\/([^/]+)\//.exec(arn) ?? []
  return `aws.elbv2.TargetGroup/${region}/${name}`
}

function segments(tasks: readonly Task[], world: World): readonly Segment[] {
  if (tasks.length > MOST) return []
  const order: readonly Segment['fill'][] = ['ending', 'old', 'new', 'half', 'dashed', 'failed']
  return tasks
    .map((task): Segment => {
      if (!LIVE.has(task.state)) return { fill: task.stopCode === 'ServiceSchedulerInitiated' ? 'ending' : 'failed' }
      if (task.state === 'RUNNING') return { fill: ageOf(task, world) === 'old' ? 'old' : 'new' }
      return { fill: task.state === 'PROVISIONING' ? 'dashed' : 'half' }
    })
    .sort((a, b) => order.indexOf(a.fill) - order.indexOf(b.fill))
}
