import { defineKind, defineLifecycle, type Entity, type Fields, type World } from '../../../../kernel/index.ts'
import { type ApiAnswer, type ApiCall, arnOf, defineOperation, type Operation, refuse } from '../../core/index.ts'
import { lastPart } from '../names.ts'
import type * as api from '../types.generated.ts'
import type { Cluster } from './cluster.ts'

/** Where tasks get their capacity from: an Auto Scaling group. Fargate's two are there without a record. */
export interface CapacityProvider extends Entity {
  readonly region: string
  readonly name: string
  readonly autoScalingGroupProvider: api.AutoScalingGroupProvider
  readonly tags: readonly api.Tag[]
  readonly updateStatus?: string | undefined
}

/**
 * Models: ECS API CapacityProvider.status
 */
export const capacityProviderLifecycle = defineLifecycle({
  id: 'aws.ecs.CapacityProvider',
  initial: 'ACTIVE',
  states: {
    ACTIVE: {
      description: 'Strategies may name it, and its Auto Scaling group is scaled for the tasks that need it.',
      tags: ['ok'],
      on: {
        Updated: { description: 'Its managed scaling is configured otherwise.' },
        Scaled: { description: 'It asks its Auto Scaling group for another size.' },
        Deleted: { target: 'Gone', description: 'It is deleted; its Auto Scaling group stays.' },
      },
    },
    Gone: { description: 'It does not exist any more.', type: 'final' },
  },
})

export const capacityProviderKind = defineKind<CapacityProvider>({
  kind: 'aws.ecs.CapacityProvider',
  lifecycle: capacityProviderLifecycle,
  apply: { Updated: (_provider, event) => event.data as Fields },
  tell: {
    Created: (event) => `The capacity provider [${(event.data as CapacityProvider).name}](${event.to}) is created.`,
    Scaled: (event, provider) => {
      const { from, to, needed } = event.data as { from: number; to: number; needed: number }
      return `[${provider?.name}](${event.to}) asks for ${to} instances instead of ${from}: its tasks need ${needed}.`
    },
  },
})

export function capacityProviderId(region: string, name: string): string {
  return `aws.ecs.CapacityProvider/${region}/${name}`
}

/** A capacity provider by name or ARN, Fargate's two among them. */
export function capacityProviderNamed(
  world: World,
  region: string,
  text: string,
): CapacityProvider | 'FARGATE' | 'FARGATE_SPOT' | undefined {
  const name = lastPart(text)
  if (name === 'FARGATE' || name === 'FARGATE_SPOT') return name
  return world.get(capacityProviderId(region, name)) as CapacityProvider | undefined
}

const MANAGED = {
  status: 'DISABLED',
  targetCapacity: 100,
  minimumScalingStepSize: 1,
  maximumScalingStepSize: 10_000,
  instanceWarmupPeriod: 300,
} as const

function describe(
  provider: Pick<CapacityProvider, 'name' | 'region'> & Partial<CapacityProvider>,
): api.CapacityProvider {
  const { name, region, autoScalingGroupProvider, tags = [], updateStatus } = provider
  return {
    capacityProviderArn: arnOf('ecs', region, `capacity-provider/${name}`),
    name,
    status: 'ACTIVE',
    ...(autoScalingGroupProvider ? { autoScalingGroupProvider } : {}),
    ...(updateStatus === undefined ? {} : { updateStatus }),
    tags,
  }
}

function settle(
  given: api.AutoScalingGroupProvider,
  before?: api.AutoScalingGroupProvider,
): api.AutoScalingGroupProvider {
  return {
    autoScalingGroupArn: given.autoScalingGroupArn,
    managedScaling: { ...MANAGED, ...before?.managedScaling, ...given.managedScaling },
    managedTerminationProtection:
      given.managedTerminationProtection ?? before?.managedTerminationProtection ?? 'DISABLED',
    managedDraining: given.managedDraining ?? before?.managedDraining ?? 'ENABLED',
  }
}

/** The operations about capacity providers. Managed Instances providers are not in the lab. */
export const capacityProviderOperations: readonly Operation[] = [
  defineOperation<api.CreateCapacityProviderRequest>('CreateCapacityProvider', create),
  defineOperation<api.UpdateCapacityProviderRequest>('UpdateCapacityProvider', ({ input, world, region }) => {
    const provider = capacityProviderNamed(world, region, input.name)
    if (!provider || typeof provider === 'string' || !input.autoScalingGroupProvider) return missing()
    const { autoScalingGroupArn } = provider.autoScalingGroupProvider
    const autoScalingGroupProvider = settle(
      { ...input.autoScalingGroupProvider, autoScalingGroupArn },
      provider.autoScalingGroupProvider,
    )
    const data = { autoScalingGroupProvider, updateStatus: 'UPDATE_COMPLETE' }
    return {
      output: { capacityProvider: describe({ ...provider, ...data }) },
      emit: [{ to: provider.id, type: 'Updated', data }],
    }
  }),
  defineOperation<api.DescribeCapacityProvidersRequest>('DescribeCapacityProviders', ({ input, world, region }) => {
    const wanted = input.capacityProviders?.map(lastPart)
    const own = ([...world.all('aws.ecs.CapacityProvider')] as unknown as readonly CapacityProvider[]).filter(
      (one) => one.region === region,
    )
    const all = [...own, { name: 'FARGATE', region }, { name: 'FARGATE_SPOT', region }].map(describe)
    const failures = (wanted ?? []).filter((name) => !all.some((one) => one.name === name))
    return {
      output: {
        capacityProviders: all.filter(({ name = '' }) => wanted === undefined || wanted.includes(name)),
        failures: failures.map((name) => ({
          arn: arnOf('ecs', region, `capacity-provider/${name}`),
          reason: 'MISSING',
        })),
      },
    }
  }),
  defineOperation<api.DeleteCapacityProviderRequest>('DeleteCapacityProvider', ({ input, world, region }) => {
    const provider = capacityProviderNamed(world, region, input.capacityProvider)
    if (!provider) return missing()
    if (typeof provider === 'string')
      return refuse('InvalidParameterException', 'The specified capacity provider is reserved and cannot be deleted.')
    for (const cluster of world.all('aws.ecs.Cluster'))
      if (cluster.state === 'ACTIVE' && (cluster as Cluster).capacityProviders.includes(provider.name))
        return refuse(
          'InvalidParameterException',
          'The specified capacity provider is in use and cannot be removed. Disassociate it from the cluster and try again.',
        )
    return {
      output: { capacityProvider: { ...describe(provider), updateStatus: 'DELETE_IN_PROGRESS' } },
      emit: [{ to: provider.id, type: 'Deleted' }],
    }
  }),
]

function create({ input, world, region }: ApiCall<api.CreateCapacityProviderRequest>): ApiAnswer {
  const { name, autoScalingGroupProvider, tags = [] } = input
  if (!/^(?!aws|ecs|fargate)[\w-]{1,255}$/i.test(name))
    return refuse(
      'InvalidParameterException',
      'The specified capacity provider name is invalid. Up to 255 characters are allowed, including letters (upper and lowercase), numbers, underscores, and hyphens. The name cannot be prefixed with "aws", "ecs", or "fargate". Specify a valid name and try again.',
    )
  if (!autoScalingGroupProvider)
    return refuse('InvalidParameterException', 'The lab has capacity providers of Auto Scaling groups only.')
  if (capacityProviderNamed(world, region, name))
    return refuse(
      'InvalidParameterException',
      'The specified capacity provider already exists. To change the configuration of an existing capacity provider, update the capacity provider.',
    )
  const data = { region, name, autoScalingGroupProvider: settle(autoScalingGroupProvider), tags }
  return {
    output: { capacityProvider: describe(data) },
    emit: [{ to: capacityProviderId(region, name), kind: 'aws.ecs.CapacityProvider', type: 'Created', data }],
  }
}

function missing() {
  return refuse(
    'InvalidParameterException',
    'The specified capacity provider was not found. Specify a valid name or ARN and try again.',
  )
}
