import { expect, test } from 'vitest'
import { type Emission, type JsonObject, Simulation } from '../../../kernel/index.ts'
import { containerd } from '../../containerd/index.ts'
import { dockerDomain } from '../../docker/index.ts'
import { placesDomain } from '../../places/index.ts'
import { clientKind } from '../../traffic/index.ts'
import { callService, servicePrincipal } from '../core/index.ts'
import { awsDomain } from '../index.ts'

const region = 'us-east-1'

test('a service follows a metric to its target, within its bounds', () => {
  const simulation = new Simulation({
    domains: [
      placesDomain,
      containerd,
      dockerDomain,
      { name: 'traffic', kinds: [clientKind], controllers: [], derived: [], views: [] },
      awsDomain,
    ],
    seed: 2,
  })
  const { world } = simulation
  const happen = (...emit: readonly Emission[]) => {
    for (const one of emit) simulation.schedule(one, [])
    simulation.advanceTo(simulation.now)
  }
  const call = (service: string, operation: string, input: object) => {
    const answer = callService({
      world,
      service,
      operation,
      input: input as JsonObject,
      principal: servicePrincipal('test'),
      region,
    })
    if ('error' in answer) return `${answer.error.code}: ${answer.error.message}`
    happen(...(answer.emit ?? []))
    return answer.output as never as { readonly [member: string]: never }
  }
  const named = {
    ServiceNamespace: 'ecs',
    ResourceId: 'service/default/web',
    ScalableDimension: 'ecs:service:DesiredCount',
  }
  const scaling = (operation: string, input: object) =>
    call('application-autoscaling', operation, { ...named, ...input })
  expect(scaling('RegisterScalableTarget', { MinCapacity: 2, MaxCapacity: 8 })).toBe(
    "ValidationException: ECS service doesn't exist: service/default/web",
  )
  call('ecs', 'CreateCluster', {})
  call('ecs', 'RegisterTaskDefinition', {
    family: 'web',
    containerDefinitions: [{ name: 'web', image: 'nginx', memory: 128 }],
  })
  call('ecs', 'CreateService', { serviceName: 'web', taskDefinition: 'web', desiredCount: 1 })
  const count = () =>
    (
      call('ecs', 'DescribeServices', { services: ['web'] }) as never as {
        readonly services: readonly { readonly desiredCount: number }[]
      }
    ).services[0]?.desiredCount
  scaling('RegisterScalableTarget', { MinCapacity: 2, MaxCapacity: 8 })
  simulation.advanceTo(5000)
  expect(count()).toBe(2)
  const put = scaling('PutScalingPolicy', {
    PolicyName: 'load',
    PolicyType: 'TargetTrackingScaling',
    TargetTrackingScalingPolicyConfiguration: {
      TargetValue: 50,
      ScaleOutCooldown: 60,
      CustomizedMetricSpecification: { Namespace: 'Shop', MetricName: 'Load', Statistic: 'Average' },
    },
  })
  expect(put).toMatchObject({
    PolicyARN: expect.stringMatching(/:resource\/ecs\/service\/default\/web:policyName\/load$/),
  })
  for (let minute = 1; minute < 8; minute++) {
    call('cloudwatch', 'PutMetricData', {
      Namespace: 'Shop',
      MetricData: [{ MetricName: 'Load', Value: 200 / (count() ?? 1) }],
    })
    simulation.advanceTo(minute * 60_000)
  }
  expect(count()).toBe(4)
  expect(scaling('DescribeScalingActivities', {})).toMatchObject({
    ScalingActivities: [
      {
        Description: 'Setting desired count to 4.',
        StatusCode: 'Successful',
        Cause: expect.stringMatching(
          /^monitor alarm TargetTracking-service\/default\/web-AlarmHigh-.* triggered policy load$/,
        ),
      },
      { Cause: 'minimum capacity was set to 2' },
    ],
  })
  scaling('PutScheduledAction', {
    ScheduledActionName: 'morning',
    Schedule: 'at(2026-01-01T01:00:00)',
    ScalableTargetAction: { MinCapacity: 6 },
  })
  simulation.advanceTo(3_610_000)
  expect(count()).toBe(6)
})
