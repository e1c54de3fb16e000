import type { World } from '../../../../kernel/index.ts'
import { type ApiAnswer, type ApiCall, defineOperation, type Operation, refuse } from '../../core/index.ts'
import { findCluster, ofCluster } from '../cluster/cluster.ts'
import { usableDefinition } from '../definition/taskDefinition.ts'
import { clusterName, lastPart, serviceArn } from '../names.ts'
import { pageOf } from '../paging.ts'
import { launchOf, launchProblem } from '../task/taskOrder.ts'
import type * as api from '../types.generated.ts'
import { createService } from './createService.ts'
import type { Deployment } from './deployment.ts'
import {
  describeRevision,
  describeService,
  describeServiceDeployment,
  describeTaskSet,
  serviceDeploymentArn,
  serviceDeploymentStatus,
  serviceRevisionArn,
  taskSetArn,
} from './describeService.ts'
import { giveUp, UNDER_WAY } from './failing.ts'
import { newTaskSet } from './newDeployment.ts'
import { activeService, arnOfService, type Service, serviceNamed, taskSetsOf } from './service.ts'
import { launchingOf } from './serviceInput.ts'
import type { TaskSet } from './taskSet.ts'
import { deleteService, updateService } from './updateService.ts'

const onService = ({
  input,
  region,
}: ApiCall<{ readonly cluster?: string | undefined; readonly service: string }>) => ({
  resource: serviceArn(region, clusterName(input.cluster), lastPart(input.service)),
})

/** The operations about services, their deployments and task sets. Models: ECS API */
export const serviceOperations: readonly Operation[] = [
  defineOperation<api.CreateServiceRequest>('CreateService', createService, ({ input, region }) => ({
    resource: serviceArn(region, clusterName(input.cluster), input.serviceName),
  })),
  defineOperation<api.UpdateServiceRequest>('UpdateService', updateService, onService),
  defineOperation<api.DeleteServiceRequest>('DeleteService', deleteService, onService),
  defineOperation<api.DescribeServicesRequest>('DescribeServices', ({ input, world, region }) => {
    const found = findCluster(world, region, input.cluster)
    if ('error' in found) return found
    if (input.services.length === 0) return refuse('InvalidParameterException', 'Services cannot be empty.')
    if (input.services.length > 10) return refuse('InvalidParameterException', 'Services cannot be more than 10.')
    const each = input.services.map((text) => [text, serviceNamed(world, region, input.cluster, text)] as const)
    return {
      output: {
        services: each.flatMap(([, one]) => (one ? [describeService(world, one, input.include)] : [])),
        failures: each.flatMap(([text, one]) =>
          one
            ? []
            : [
                {
                  arn: text.startsWith('arn:') ? text : serviceArn(region, clusterName(input.cluster), text),
                  reason: 'MISSING',
                },
              ],
        ),
      },
    }
  }),
  defineOperation<api.ListServicesRequest>('ListServices', ({ input, world, region }) => {
    const found = findCluster(world, region, input.cluster)
    if ('error' in found) return found
    const all = (world.lookup(ofCluster, `aws.ecs.Service ${found.cluster.id}`) as readonly Service[]).filter(
      (one) =>
        one.state !== 'INACTIVE' &&
        (input.launchType === undefined || one.launchType === input.launchType) &&
        (input.schedulingStrategy === undefined || one.schedulingStrategy === input.schedulingStrategy),
    )
    const page = pageOf(all.map(arnOfService), { maxResults: input.maxResults ?? 10, nextToken: input.nextToken })
    return 'error' in page ? page : { output: { serviceArns: page.items, ...page.more } }
  }),
  defineOperation<api.ListServicesByNamespaceRequest>('ListServicesByNamespace', ({ input, world, region }) => {
    const arns = ([...world.all('aws.ecs.Service')] as unknown as readonly Service[]).flatMap((one) => {
      const namespace = one.serviceConnectConfiguration?.enabled ? one.serviceConnectConfiguration.namespace : undefined
      return one.region === region &&
        one.state !== 'INACTIVE' &&
        namespace !== undefined &&
        lastPart(namespace) === lastPart(input.namespace)
        ? [arnOfService(one)]
        : []
    })
    const page = pageOf(arns, input)
    return 'error' in page ? page : { output: { serviceArns: page.items, ...page.more } }
  }),
  defineOperation<api.ListServiceDeploymentsRequest>('ListServiceDeployments', ({ input, world, region }) => {
    const service = serviceNamed(world, region, input.cluster, input.service)
    if (!service) return refuse('ServiceNotFoundException', 'Service not found.')
    const all = deploymentHistory(world, service).filter(
      (one) => !input.status?.length || input.status.includes(serviceDeploymentStatus(one)),
    )
    const page = pageOf(
      all.map((one): api.ServiceDeploymentBrief => {
        const {
          serviceDeploymentArn: arn,
          clusterArn,
          startedAt,
          createdAt,
          finishedAt,
          statusReason,
        } = describeServiceDeployment(world, service, one)
        return {
          serviceDeploymentArn: arn,
          serviceArn: arnOfService(service),
          clusterArn,
          startedAt,
          createdAt,
          ...(finishedAt === undefined ? {} : { finishedAt }),
          targetServiceRevisionArn: serviceRevisionArn(service, one),
          status: serviceDeploymentStatus(one),
          ...(statusReason === undefined ? {} : { statusReason }),
        }
      }),
      input,
    )
    return 'error' in page ? page : { output: { serviceDeployments: page.items, ...page.more } }
  }),
  defineOperation<api.DescribeServiceDeploymentsRequest>('DescribeServiceDeployments', ({ input, world }) => {
    const each = input.serviceDeploymentArns.map((arn) => [arn, byArn(world, arn, serviceDeploymentArn)] as const)
    return {
      output: {
        serviceDeployments: each.flatMap(([, found]) => (found ? [describeServiceDeployment(world, ...found)] : [])),
        failures: each.flatMap(([arn, found]) => (found ? [] : [{ arn, reason: 'MISSING' }])),
      },
    }
  }),
  defineOperation<api.DescribeServiceRevisionsRequest>('DescribeServiceRevisions', ({ input, world }) => {
    const each = input.serviceRevisionArns.map((arn) => [arn, byArn(world, arn, serviceRevisionArn)] as const)
    return {
      output: {
        serviceRevisions: each.flatMap(([, found]) => (found ? [describeRevision(world, ...found)] : [])),
        failures: each.flatMap(([arn, found]) => (found ? [] : [{ arn, reason: 'MISSING' }])),
      },
    }
  }),
  defineOperation<api.CreateTaskSetRequest>('CreateTaskSet', createTaskSet),
  defineOperation<api.DescribeTaskSetsRequest>('DescribeTaskSets', ({ input, world, region }) => {
    const active = activeService(world, region, input.cluster, input.service)
    if ('error' in active) return active
    const { service } = active
    const all = taskSetsOf(world, service.id)
    const wanted = input.taskSets?.map((text) => [text, setNamed(service, all, text)] as const)
    return {
      output: {
        taskSets: (wanted?.flatMap(([, set]) => (set ? [set] : [])) ?? all).map((set) =>
          describeTaskSet(world, set, service),
        ),
        failures: (wanted ?? []).flatMap(([text, set]) => (set ? [] : [{ arn: text, reason: 'MISSING' }])),
      },
    }
  }),
  defineOperation<api.UpdateTaskSetRequest>('UpdateTaskSet', (call) =>
    changeSet(call, (_service, set, scale) => {
      const next = { ...set, scale: scale ?? set.scale, updatedAt: call.world.now }
      return { next, emit: [{ to: set.id, type: 'Scaled', data: { scale: next.scale } }] }
    }),
  ),
  defineOperation<api.DeleteTaskSetRequest>('DeleteTaskSet', (call) => {
    if ((setOf(call)?.scale.value ?? 0) > 0 && !call.input.force && setOf(call)?.state === 'PRIMARY')
      return refuse(
        'InvalidParameterException',
        'Amazon ECS was unable to delete the task set because its scale is above 0. Use force to delete it.',
      )
    return changeSet(call, (_service, set) => ({
      next: { ...set, state: 'DRAINING', updatedAt: call.world.now },
      emit: [{ to: set.id, type: 'Deleted' }],
    }))
  }),
  defineOperation<api.UpdateServicePrimaryTaskSetRequest>('UpdateServicePrimaryTaskSet', ({ input, ...call }) =>
    changeSet({ ...call, input: { ...input, taskSet: input.primaryTaskSet } }, (service, set) => ({
      next: { ...set, state: 'PRIMARY' },
      emit: [
        ...taskSetsOf(call.world, service.id).flatMap((one) =>
          one.state === 'PRIMARY' && one.id !== set.id ? [{ to: one.id, type: 'Demoted' }] : [],
        ),
        ...(set.state === 'PRIMARY' ? [] : [{ to: set.id, type: 'Promoted' }]),
        {
          to: service.id,
          type: 'Updated',
          data: {
            definition: set.definition,
            loadBalancers: set.loadBalancers,
            ...(set.network ? { network: set.network } : {}),
          },
        },
      ],
    })),
  ),
  defineOperation<api.StopServiceDeploymentRequest>('StopServiceDeployment', ({ input, world }) => {
    const found = byArn(world, input.serviceDeploymentArn, serviceDeploymentArn)
    if (!found) return refuse('ServiceDeploymentNotFoundException', 'Service deployment not found.')
    const [service, one] = found
    if (one.status !== 'PRIMARY' || !UNDER_WAY.has(one.state))
      return refuse('ConflictException', 'The service deployment is not in a state that can be stopped.')
    const answers = giveUp(world, service, one, {
      by: 'request',
      rollback: input.stopType !== 'ABORT',
      words: 'stopped by user.',
    })
    return {
      output: { serviceDeploymentArn: input.serviceDeploymentArn },
      emit: answers.flatMap((answer) => ('type' in answer ? [answer] : [])),
    }
  }),
]

/** All deployments of a service that can still be described, the newest first. */
function deploymentHistory(world: World, service: Service): readonly Deployment[] {
  return (world.ownedBy(service.id) as unknown as Deployment[])
    .filter((one) => one.kind === 'aws.ecs.Deployment')
    .sort((a, b) => b.born - a.born)
}

function byArn(
  world: World,
  arn: string,
  arnOf: (service: Service, one: Deployment) => string,
): readonly [Service, Deployment] | undefined {
  const [, region = '', cluster = '', name = ''] =
    /^arn:aws[\w-]*:ecs:([\w-]+):\d+:service-\w+\/([^/]+)\/([^/]+)\//.exec(arn) ?? []
  const service = serviceNamed(world, region, cluster, name)
  const one = service && deploymentHistory(world, service).find((deployment) => arnOf(service, deployment) === arn)
  return service && one ? [service, one] : undefined
}

function createTaskSet({ input, world, region, principal }: ApiCall<api.CreateTaskSetRequest>): ApiAnswer {
  const found = findCluster(world, region, input.cluster)
  if ('error' in found) return found
  const active = activeService(world, region, input.cluster, input.service)
  if ('error' in active) return active
  const { service } = active
  if (service.controller === 'ECS')
    return refuse(
      'InvalidParameterException',
      'CreateTaskSet is not supported on services with an ECS deployment controller.',
    )
  const usable = usableDefinition(world, region, input.taskDefinition)
  if ('error' in usable) return usable
  const settings = {
    launchType: input.launchType ?? (input.capacityProviderStrategy ? undefined : service.launchType),
    capacityProviderStrategy:
      input.capacityProviderStrategy ?? (input.launchType ? undefined : service.capacityProviderStrategy),
    networkConfiguration: input.networkConfiguration ?? (service.network && { awsvpcConfiguration: service.network }),
  }
  const problem = launchProblem(world, region, found.cluster, usable.definition, settings)
  if (problem) return problem
  const launching = launchingOf(usable.definition, launchOf(found.cluster, settings), {
    networkConfiguration: settings.networkConfiguration,
    platformVersion: input.platformVersion,
    loadBalancers: input.loadBalancers,
    serviceRegistries: input.serviceRegistries,
  })
  const born = newTaskSet(world, service, launching, {
    startedBy: principal.service === undefined ? principal.arn : 'CODE_DEPLOY',
    ...(input.externalId === undefined ? {} : { externalId: input.externalId }),
    scale: input.scale ?? { value: 0, unit: 'PERCENT' },
    tags: input.tags ?? [],
  })
  const set = {
    ...(born.data as object),
    id: born.to,
    kind: 'aws.ecs.TaskSet',
    state: 'ACTIVE',
    entry: 1,
    since: world.now,
    born: 0,
  } as TaskSet
  return { output: { taskSet: describeTaskSet(world, set, service) }, emit: [born] }
}

type OnSet = {
  readonly cluster?: string | undefined
  readonly service: string
  readonly taskSet: string
  readonly scale?: api.Scale
  readonly force?: boolean | undefined
}

function setOf({ input, world, region }: Pick<ApiCall<OnSet>, 'input' | 'world' | 'region'>): TaskSet | undefined {
  const service = serviceNamed(world, region, input.cluster, input.service)
  return service && setNamed(service, taskSetsOf(world, service.id), input.taskSet)
}

function changeSet(
  call: ApiCall<OnSet>,
  change: (
    service: Service,
    set: TaskSet,
    scale: api.Scale | undefined,
  ) => {
    readonly next: TaskSet
    readonly emit: readonly { readonly to: string; readonly type: string; readonly data?: unknown }[]
  },
): ApiAnswer {
  const { input, world, region } = call
  const found = findCluster(world, region, input.cluster)
  if ('error' in found) return found
  const active = activeService(world, region, input.cluster, input.service)
  if ('error' in active) return active
  const { service } = active
  const set = setNamed(service, taskSetsOf(world, service.id), input.taskSet)
  if (!set) return refuse('TaskSetNotFoundException', 'The specified task set was not found.')
  const { next, emit } = change(service, set, input.scale)
  return { output: { taskSet: describeTaskSet(world, next, service) }, emit }
}

function setNamed(service: Service, sets: readonly TaskSet[], text: string): TaskSet | undefined {
  return sets.find(
    (set) =>
      set.taskSetId === text || taskSetArn(service, set) === text || set.taskSetId.endsWith(`/${lastPart(text)}`),
  )
}
