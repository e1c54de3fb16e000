import type { Answer, World } from '../../../../kernel/index.ts'
import { callService, servicePrincipal } from '../../core/index.ts'
import { circuitBreakerThreshold } from '../circuitBreaker.rule.ts'
import { shiftTraffic } from './balancing.ts'
import type { Deployment } from './deployment.ts'
import { beginDeployment } from './newDeployment.ts'
import type { Service } from './service.ts'

/** Why a deployment is to be given up now. */
export interface Failing {
  readonly by: 'circuit breaker' | 'alarms' | 'request'
  readonly rollback: boolean
  readonly words: string
  readonly rule?: string | undefined
  readonly inputs?: unknown
}

/** States of a deployment that is not over. */
export const UNDER_WAY: ReadonlySet<string> = new Set(['IN_PROGRESS', 'SHIFTING', 'BAKING', 'BAKED'])

/** Whether the circuit breaker or an alarm ends a deployment. Models: Amazon ECS developer guide, "Deployment circuit breaker" */
export function failing(world: World, service: Service, primary: Deployment): Failing | undefined {
  if (!UNDER_WAY.has(primary.state)) return undefined
  const { deploymentCircuitBreaker: breaker, alarms } = service.deploymentConfiguration
  if (breaker?.enable) {
    const input = {
      desired: service.desiredCount,
      type: breaker.thresholdConfiguration?.type,
      value: breaker.thresholdConfiguration?.value,
    }
    const { threshold } = world.decide(circuitBreakerThreshold, input)
    if (primary.failedTasks >= threshold)
      return {
        by: 'circuit breaker',
        rollback: breaker.rollback && primary.rollbackFrom === undefined,
        words: 'tasks failed to start.',
        rule: circuitBreakerThreshold.id,
        inputs: { ...input, failedTasks: primary.failedTasks, threshold },
      }
  }
  // A rollback is not watched by the alarm that began it, which rings on for a while; nor is it rolled back again.
  if (alarms?.enable && alarms.alarmNames.length > 0 && primary.rollbackFrom === undefined) {
    const ringing = alarmsRinging(world, service.region, alarms.alarmNames)
    if (ringing.length > 0)
      return { by: 'alarms', rollback: alarms.rollback, words: `alarm detected: ${ringing.join(', ')}.` }
  }
  return undefined
}

function alarmsRinging(world: World, region: string, names: readonly string[]): readonly string[] {
  const answer = callService({
    world,
    service: 'cloudwatch',
    operation: 'DescribeAlarms',
    input: { AlarmNames: names },
    principal: servicePrincipal('ecs'),
    region,
  })
  if ('error' in answer) return []
  const { MetricAlarms = [], CompositeAlarms = [] } = answer.output as {
    MetricAlarms?: readonly { readonly AlarmName?: string; readonly StateValue?: string }[]
    CompositeAlarms?: readonly { readonly AlarmName?: string; readonly StateValue?: string }[]
  }
  return [...MetricAlarms, ...CompositeAlarms].flatMap(({ AlarmName, StateValue }) =>
    StateValue === 'ALARM' && AlarmName !== undefined ? [AlarmName] : [],
  )
}

const HEADS = {
  'circuit breaker': 'ECS deployment circuit breaker',
  alarms: 'ECS deployment alarms',
  request: 'ECS deployment stopped by user',
} as const

/** Gives a deployment up, and goes back to the last one that was completed where that is wanted. */
export function giveUp(world: World, service: Service, primary: Deployment, why: Failing): readonly Answer[] {
  const { serviceName, id: by } = service
  const head = HEADS[why.by]
  const messages = [`(service ${serviceName}) (deployment ${primary.deploymentId}) deployment failed: ${why.words}`]
  const back = why.rollback ? lastCompleted(world, service, primary) : undefined
  const cause = { by, rule: why.rule, inputs: why.inputs }
  const fail: Answer = {
    to: primary.id,
    type: 'Failed',
    ...cause,
    data: {
      rolloutStateReason: back
        ? `${head}: rolling back to deploymentId ${back.deploymentId}.`
        : `${head}: ${why.words}`,
    },
  }
  if (!back) return [fail, { to: by, type: 'Told', by, data: { messages, steady: false } }]
  messages.push(`(service ${serviceName}) rolling back to (deployment ${back.deploymentId}).`)
  const reason = { rolloutStateReason: `${head}: rolling back to deploymentId ${back.deploymentId}.` }
  const traffic =
    primary.percent !== undefined && back.targetGroup !== primary.targetGroup
      ? shiftTraffic(world, service, back.targetGroup ?? service.loadBalancers[0]?.targetGroupArn ?? '', 100)
      : []
  const restored = {
    rollbackFrom: primary.id,
    strategy: 'ROLLING',
    desiredCount: service.desiredCount,
    failedTasks: 0,
    ...reason,
  }
  return [
    fail,
    ...traffic,
    { to: primary.id, type: 'Superseded', by },
    back.state === 'REPLACED'
      ? { to: back.id, type: 'Restored', by, data: restored }
      : {
          ...beginDeployment(
            world,
            { ...service, definition: back.definition },
            {
              rollbackFrom: primary.id,
              strategy: 'ROLLING',
              ...reason,
              ...(back.targetGroup === undefined ? {} : { targetGroup: back.targetGroup }),
            },
            'rollback',
            primary.deploymentId,
          ),
          by,
        },
    {
      to: by,
      type: 'Updated',
      by,
      data: { definition: back.definition, network: back.network, loadBalancers: back.loadBalancers, steady: false },
    },
    { to: by, type: 'Told', by, data: { messages } },
  ]
}

/** The newest deployment before this one that was completed. */
function lastCompleted(world: World, service: Service, primary: Deployment): Deployment | undefined {
  const all = (world.ownedBy(service.id) as unknown as readonly Deployment[]).filter(
    (one) => one.kind === 'aws.ecs.Deployment' && one.id !== primary.id && one.finishedAt !== undefined,
  )
  return all.filter(({ rolloutStateReason }) => rolloutStateReason.endsWith('completed.')).at(-1)
}
