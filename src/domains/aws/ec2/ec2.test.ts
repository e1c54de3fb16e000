import { describe, expect, test } from 'vitest'
import { type Emission, type JsonObject, Simulation } from '../../../kernel/index.ts'
import { placesDomain } from '../../places/index.ts'
import { callService, servicePrincipal } from '../core/index.ts'
import { allowsIngress, ec2, ecsSettings, findInstance, instanceWorks, machineImages } from './index.ts'

const region = 'us-east-1'

function lab() {
  const simulation = new Simulation({
    domains: [
      placesDomain,
      {
        name: 'ec2',
        kinds: ec2.kinds ?? [],
        controllers: ec2.controllers ?? [],
        derived: ec2.derived ?? [],
        views: [],
      },
    ],
    seed: 7,
  })
  const { world } = simulation
  const run = (emit: readonly Emission[]) => {
    for (const one of emit) simulation.schedule(one, [])
    simulation.advanceTo(simulation.now)
  }
  const ask = (operation: string, input: object) =>
    callService({
      world,
      service: 'ec2',
      operation,
      input: input as JsonObject,
      principal: servicePrincipal('test'),
      region,
    })
  const call = (operation: string, input: object = {}) => {
    const answer = ask(operation, input)
    if ('error' in answer) throw new Error(`${answer.error.code}: ${answer.error.message}`)
    run(answer.emit ?? [])
    return answer.output as never as { readonly [member: string]: never }
  }
  const refusal = (operation: string, input: object) => {
    const answer = ask(operation, input)
    return 'error' in answer ? `${answer.error.code}: ${answer.error.message}` : undefined
  }
  return { simulation, world, call, refusal, run }
}

const linux = machineImages(region)[0]?.ImageId ?? ''

describe('an account', () => {
  test('has a default VPC with a subnet a zone before anything is made', () => {
    const { call, world } = lab()
    const { Vpcs } = call('DescribeVpcs') as never as {
      readonly Vpcs: readonly { readonly VpcId: string; readonly IsDefault: boolean }[]
    }
    expect(Vpcs).toMatchObject([{ CidrBlock: '172.31.0.0/16', IsDefault: true, State: 'available' }])
    const { Subnets } = call('DescribeSubnets', { Filters: [{ Name: 'vpc-id', Values: [Vpcs[0]?.VpcId] }] })
    expect(
      (Subnets as never as readonly { readonly AvailabilityZone: string }[]).map((one) => one.AvailabilityZone),
    ).toEqual(['us-east-1a', 'us-east-1b', 'us-east-1c', 'us-east-1d'])
    expect(world.count('aws.ec2.Vpc')).toBe(0)
    call('CreateSecurityGroup', { GroupName: 'web', Description: 'web' })
    expect(world.count('aws.ec2.Vpc')).toBe(1)
    expect((call('DescribeVpcs').Vpcs as never as readonly object[]).length).toBe(1)
  })
})

describe('an instance', () => {
  test('goes from pending to running, and through its checks', () => {
    const { call, world, simulation } = lab()
    const { Instances } = call('RunInstances', {
      ImageId: linux,
      InstanceType: 't3.micro',
      MinCount: 2,
      MaxCount: 2,
      Placement: { AvailabilityZone: 'us-east-1b' },
    })
    const [first] = Instances as never as readonly { readonly InstanceId: string }[]
    expect(Instances).toMatchObject([
      { State: { Code: 0, Name: 'pending' } },
      { Placement: { AvailabilityZone: 'us-east-1b' } },
    ])
    const id = first?.InstanceId ?? ''
    simulation.advanceTo(30_000)
    expect(findInstance(world, region, id)?.state).toBe('running')
    const status = () =>
      (call('DescribeInstanceStatus', { InstanceIds: [id] }).InstanceStatuses as never as readonly object[])[0]
    expect(status()).toMatchObject({ SystemStatus: { Status: 'initializing' } })
    simulation.advanceTo(200_000)
    expect(status()).toMatchObject({ SystemStatus: { Status: 'ok' }, InstanceStatus: { Status: 'ok' } })
    const { Reservations } = call('DescribeInstances', { Filters: [{ Name: 'instance-state-name', Values: ['run*'] }] })
    expect(Reservations).toMatchObject([{ Instances: [{ InstanceId: id, State: { Code: 16 } }, {}] }])
    expect(call('StopInstances', { InstanceIds: [id] }).StoppingInstances).toMatchObject([
      { CurrentState: { Name: 'stopping' }, PreviousState: { Name: 'running' } },
    ])
    simulation.advanceTo(300_000)
    expect(findInstance(world, region, id)?.state).toBe('stopped')
    call('TerminateInstances', { InstanceIds: [id] })
    simulation.advanceTo(400_000)
    expect(findInstance(world, region, id)?.state).toBe('terminated')
    simulation.advanceTo(4_500_000)
    expect(findInstance(world, region, id)).toBeUndefined()
  })

  test('fails with its zone and works again with it', () => {
    const { call, world, simulation, run } = lab()
    const { Instances } = call('RunInstances', {
      ImageId: linux,
      InstanceType: 't3.micro',
      MinCount: 1,
      MaxCount: 1,
      Placement: { AvailabilityZone: 'us-east-1a' },
    })
    const id = (Instances as never as readonly { readonly InstanceId: string }[])[0]?.InstanceId ?? ''
    const works = () => {
      const instance = findInstance(world, region, id)
      return instance !== undefined && instanceWorks(instance, world)
    }
    simulation.advanceTo(60_000)
    expect(works()).toBe(true)
    run([{ to: 'place.Zone/us-east-1a', type: 'WentDark' }])
    expect(works()).toBe(false)
    expect(findInstance(world, region, id)?.impaired).toMatchObject({ check: 'system' })
    run([{ to: 'place.Zone/us-east-1a', type: 'CameBack' }])
    expect(works()).toBe(true)
  })

  test('is refused in the words of EC2', () => {
    const { refusal } = lab()
    const base = { MinCount: 1, MaxCount: 1, InstanceType: 't3.micro' }
    expect(refusal('RunInstances', { ...base, ImageId: 'ami-0123456789abcdef0' })).toBe(
      "InvalidAMIID.NotFound: The image id '[ami-0123456789abcdef0]' does not exist",
    )
    expect(refusal('RunInstances', { ...base, ImageId: linux, SubnetId: 'subnet-1' })).toBe(
      "InvalidSubnetID.NotFound: The subnet ID 'subnet-1' does not exist",
    )
    expect(refusal('StopInstances', { InstanceIds: ['i-0123456789abcdef0'] })).toBe(
      "InvalidInstanceID.NotFound: The instance ID 'i-0123456789abcdef0' does not exist",
    )
  })

  test('takes what a launch template says, unless the call says otherwise', () => {
    const { call } = lab()
    call('CreateLaunchTemplate', {
      LaunchTemplateName: 'ecs-node',
      LaunchTemplateData: {
        ImageId: linux,
        InstanceType: 'm5.large',
        UserData: btoa('#!/bin/bash\necho ECS_CLUSTER=prod >> /etc/ecs/ecs.config\n'),
      },
    })
    const { Instances } = call('RunInstances', {
      LaunchTemplate: { LaunchTemplateName: 'ecs-node' },
      MinCount: 1,
      MaxCount: 1,
    })
    expect(Instances).toMatchObject([{ InstanceType: 'm5.large', ImageId: linux }])
  })
})

test('user data tell the agent its cluster', () => {
  expect(
    ecsSettings(
      '#!/bin/bash\ncat <<\'EOF\' >> /etc/ecs/ecs.config\nECS_CLUSTER=shop\nECS_ENABLE_SPOT_INSTANCE_DRAINING="true"\nEOF',
    ),
  ).toEqual({
    ECS_CLUSTER: 'shop',
    ECS_ENABLE_SPOT_INSTANCE_DRAINING: 'true',
  })
  expect(ecsSettings('echo "ECS_CLUSTER=a-b" > x; echo ECS_INSTANCE_ATTRIBUTES={"stack":"prod"}')).toMatchObject({
    ECS_CLUSTER: 'a-b',
  })
})

test('a security group lets in whom its rules name', () => {
  const { call, world, refusal } = lab()
  const { GroupId = '' } = call('CreateSecurityGroup', { GroupName: 'web', Description: 'web' })
  const { GroupId: front = '' } = call('CreateSecurityGroup', { GroupName: 'front', Description: 'front' })
  const lets = (port: number, caller: object) => allowsIngress(world, region, [GroupId], port, caller)
  expect(lets(80, { address: '9.9.9.9' })).toBe(false)
  call('AuthorizeSecurityGroupIngress', { GroupId, IpProtocol: 'tcp', FromPort: 80, ToPort: 80, CidrIp: '0.0.0.0/0' })
  expect(lets(80, { address: '9.9.9.9' })).toBe(true)
  expect(lets(81, { address: '9.9.9.9' })).toBe(false)
  call('AuthorizeSecurityGroupIngress', {
    GroupId,
    IpPermissions: [{ IpProtocol: 'tcp', FromPort: 8080, ToPort: 8090, UserIdGroupPairs: [{ GroupId: front }] }],
  })
  expect(lets(8085, { groups: [front] })).toBe(true)
  expect(
    refusal('AuthorizeSecurityGroupIngress', {
      GroupId,
      IpProtocol: 'tcp',
      FromPort: 80,
      ToPort: 80,
      CidrIp: '0.0.0.0/0',
    }),
  ).toBe(
    'InvalidPermission.Duplicate: the specified rule "peer: 0.0.0.0/0, TCP, from port: 80, to port: 80, ALLOW" already exists',
  )
  call('RevokeSecurityGroupIngress', { GroupId, IpProtocol: 'tcp', FromPort: 80, ToPort: 80, CidrIp: '0.0.0.0/0' })
  expect(lets(80, { address: '9.9.9.9' })).toBe(false)
})
