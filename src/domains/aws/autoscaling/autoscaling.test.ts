import { describe, expect, test } from 'vitest'
import { type Emission, type JsonObject, Simulation } from '../../../kernel/index.ts'
import { dockerDomain } from '../../docker/index.ts'
import { placesDomain } from '../../places/index.ts'
import { clientKind } from '../../traffic/index.ts'
import { cloudwatch } from '../cloudwatch/index.ts'
import { callService, servicePrincipal } from '../core/index.ts'
import { ec2, findInstance, machineImages } from '../ec2/index.ts'
import { elbv2 } from '../elbv2/index.ts'
import { autoscaling, type Group, groupId, membersOf } from './index.ts'

const region = 'us-east-1'
const id = groupId(region, 'web')

function lab() {
  const aws = [ec2, elbv2, cloudwatch, autoscaling]
  const simulation = new Simulation({
    domains: [
      placesDomain,
      dockerDomain,
      { name: 'traffic', kinds: [clientKind], controllers: [], derived: [], views: [] },
      {
        name: 'aws',
        kinds: aws.flatMap(({ kinds = [] }) => kinds),
        controllers: aws.flatMap(({ controllers = [] }) => controllers),
        derived: aws.flatMap(({ derived = [] }) => derived),
        views: [],
      },
    ],
    seed: 11,
  })
  const { world } = simulation
  const happen = (...emit: readonly Emission[]) => {
    for (const one of emit) simulation.schedule(one, [])
    simulation.advanceTo(simulation.now)
  }
  const call = (operation: string, input: object, service = 'autoscaling') => {
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
  const after = (seconds: number) => simulation.advanceTo(simulation.now + seconds * 1000)
  const members = () =>
    membersOf(world, id).map(({ state, AvailabilityZone }) => `${state} ${AvailabilityZone.slice(-1)}`)
  const size = () => (world.get(id) as Group | undefined)?.DesiredCapacity
  call(
    'CreateLaunchTemplate',
    {
      LaunchTemplateName: 'node',
      LaunchTemplateData: { ImageId: machineImages(region)[0]?.ImageId, InstanceType: 't3.micro' },
    },
    'ec2',
  )
  const create = (more: object = {}) =>
    call('CreateAutoScalingGroup', {
      AutoScalingGroupName: 'web',
      LaunchTemplate: { LaunchTemplateName: 'node' },
      MinSize: 1,
      MaxSize: 6,
      DesiredCapacity: 4,
      AvailabilityZones: ['us-east-1a', 'us-east-1b'],
      ...more,
    })
  return { simulation, world, call, happen, after, members, size, create }
}

describe('a group', () => {
  test('launches over its zones and tells why', () => {
    const { create, after, members, call } = lab()
    create()
    after(60)
    expect(members().sort()).toEqual(['InService a', 'InService a', 'InService b', 'InService b'])
    const { Activities } = call('DescribeScalingActivities', { AutoScalingGroupName: 'web' }) as never as {
      readonly Activities: readonly object[]
    }
    expect(Activities.length).toBe(4)
    expect(Activities[0]).toMatchObject({
      Description: expect.stringMatching(/^Launching a new EC2 instance: i-0/),
      Cause: expect.stringMatching(
        /^At 2026-01-01T00:00:00Z a user request created an AutoScalingGroup changing the desired capacity from 0 to 4\. {2}At .* an instance was started in response to a difference between desired and actual capacity, increasing the capacity from 0 to 4\.$/,
      ),
      StatusCode: 'Successful',
      Progress: 100,
    })
  })

  test('replaces what fails its checks, and goes where a zone has not gone dark', () => {
    const { create, after, members, world, happen } = lab()
    create({ DesiredCapacity: 2 })
    after(60)
    happen({ to: 'place.Zone/us-east-1a', type: 'WentDark' })
    after(240)
    expect(members().filter((one) => one.startsWith('InService'))).toEqual(['InService b', 'InService b'])
    happen({ to: 'place.Zone/us-east-1a', type: 'CameBack' })
    after(120)
    const [first] = membersOf(world, id)
    happen({ to: findInstance(world, region, first?.InstanceId ?? '')?.id ?? '', type: 'Terminated' })
    after(120)
    expect(members().sort()).toEqual(['InService a', 'InService b'])
  })

  test('shrinks from the fullest zone, the oldest first, and keeps its bounds', () => {
    const { create, after, members, call } = lab()
    create()
    after(60)
    expect(call('SetDesiredCapacity', { AutoScalingGroupName: 'web', DesiredCapacity: 9 })).toBe(
      'ValidationError: New SetDesiredCapacity value 9 is above max value 6 for the AutoScalingGroup.',
    )
    call('SetDesiredCapacity', { AutoScalingGroupName: 'web', DesiredCapacity: 2 })
    after(90)
    expect(members().sort()).toEqual(['InService a', 'InService b'])
    expect(call('DeleteAutoScalingGroup', { AutoScalingGroupName: 'web' })).toMatch(
      /^ResourceInUse: You cannot delete an AutoScalingGroup/,
    )
    call('DeleteAutoScalingGroup', { AutoScalingGroupName: 'web', ForceDelete: true })
    after(120)
    expect(call('DescribeAutoScalingGroups', {})).toEqual({ AutoScalingGroups: [] })
  })

  test('waits for lifecycle hooks', () => {
    const { create, after, members, call, world } = lab()
    create({
      DesiredCapacity: 1,
      LifecycleHookSpecificationList: [
        {
          LifecycleHookName: 'boot',
          LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
          HeartbeatTimeout: 600,
          DefaultResult: 'CONTINUE',
        },
      ],
    })
    after(60)
    expect(members()).toEqual(['Pending:Wait a'])
    const [member] = membersOf(world, id)
    call('CompleteLifecycleAction', {
      AutoScalingGroupName: 'web',
      LifecycleHookName: 'boot',
      InstanceId: member?.InstanceId,
      LifecycleActionResult: 'CONTINUE',
    })
    after(10)
    expect(members()).toEqual(['InService a'])
  })

  test('replaces all of its instances by a refresh', () => {
    const { create, after, call, world } = lab()
    create({ DesiredCapacity: 2, DefaultInstanceWarmup: 30 })
    after(120)
    const before = membersOf(world, id).map(({ InstanceId }) => InstanceId)
    call('StartInstanceRefresh', { AutoScalingGroupName: 'web', Preferences: { MinHealthyPercentage: 50 } })
    after(600)
    expect(call('DescribeInstanceRefreshes', { AutoScalingGroupName: 'web' })).toMatchObject({
      InstanceRefreshes: [{ Status: 'Successful', PercentageComplete: 100 }],
    })
    const now = membersOf(world, id).map(({ InstanceId }) => InstanceId)
    expect(now.length).toBe(2)
    expect(now.some((one) => before.includes(one))).toBe(false)
  })
})

describe('policies', () => {
  const metric = (call: (operation: string, input: object, service: string) => unknown, value: number) =>
    call('PutMetricData', { Namespace: 'Shop', MetricData: [{ MetricName: 'Load', Value: value }] }, 'cloudwatch')

  test('track a target by alarms of their own', () => {
    const { create, after, call, size } = lab()
    create({ DesiredCapacity: 2, DefaultInstanceWarmup: 60 })
    after(120)
    const put = call('PutScalingPolicy', {
      AutoScalingGroupName: 'web',
      PolicyName: 'load50',
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingConfiguration: {
        TargetValue: 50,
        CustomizedMetricSpecification: { Namespace: 'Shop', MetricName: 'Load', Statistic: 'Average' },
      },
    })
    expect(put).toMatchObject({
      Alarms: [
        { AlarmName: expect.stringMatching(/^TargetTracking-web-AlarmHigh-/) },
        { AlarmName: expect.stringMatching(/^TargetTracking-web-AlarmLow-/) },
      ],
    })
    for (let minute = 0; minute < 8; minute++) {
      metric(call, 180 / (size() ?? 1))
      after(60)
    }
    expect(size()).toBe(4)
    for (let minute = 0; minute < 20; minute++) {
      metric(call, 20)
      after(60)
    }
    expect(size()).toBeLessThan(3)
  })

  test('step by how far the metric is beyond the threshold', () => {
    const { create, after, call, size } = lab()
    create({ DesiredCapacity: 2 })
    after(400)
    call('PutScalingPolicy', {
      AutoScalingGroupName: 'web',
      PolicyName: 'steps',
      PolicyType: 'StepScaling',
      AdjustmentType: 'ChangeInCapacity',
      StepAdjustments: [
        { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 20, ScalingAdjustment: 1 },
        { MetricIntervalLowerBound: 20, ScalingAdjustment: 3 },
      ],
    })
    call('ExecutePolicy', { AutoScalingGroupName: 'web', PolicyName: 'steps', MetricValue: 65, BreachThreshold: 60 })
    expect(size()).toBe(3)
    after(400)
    call('ExecutePolicy', { AutoScalingGroupName: 'web', PolicyName: 'steps', MetricValue: 90, BreachThreshold: 60 })
    expect(size()).toBe(6)
  })
})
