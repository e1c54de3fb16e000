import { describe, expect, test } from 'vitest'
import {
  defineKind,
  defineLifecycle,
  type Emission,
  type Entity,
  type JsonObject,
  Simulation,
} from '../../../kernel/index.ts'
import { placesDomain } from '../../places/index.ts'
import { askName, clientKind, defineReach, doorAt, flows } from '../../traffic/index.ts'
import { callService, servicePrincipal } from '../core/index.ts'
import { defaultNetwork, ec2 } from '../ec2/index.ts'
import {
  elbv2,
  type LoadBalancer,
  passingBalancer,
  passingGroup,
  TARGET,
  type Target,
  type TargetGroup,
} from './index.ts'

const region = 'us-east-1'

/** A server as tests need it: an address, and the status that it answers with. */
interface Server extends Entity {
  readonly ip: string
  readonly status: number
}

const serverKind = defineKind<Server>({
  kind: 'test.Server',
  lifecycle: defineLifecycle({
    id: 'testServer',
    initial: 'Up',
    states: {
      Up: {
        description: 'It answers.',
        on: { Turned: { description: 'It answers otherwise.' }, Stopped: { target: 'Down', description: 'It ends.' } },
      },
      Down: { description: 'It is gone.', type: 'final' },
    },
  }),
  apply: { Turned: (_server, event) => event.data as { readonly status: number } },
})

defineReach({
  name: 'test',
  kinds: ['test.Server'],
  stirs: (event) => [event.to.slice('test.Server/'.length)],
  door(world, ip, port) {
    const server = world.get(`test.Server/${ip}`) as Server | undefined
    if (!server || port !== 80) return undefined
    return {
      at: server.id,
      visit: ({ path }) => ({
        is: 'answered',
        status: server.status,
        headers: {},
        body: `${ip} ${path}`,
        ms: 5,
        says: 'It answers.',
      }),
      route: (_visit, share) => ({
        to: server.id,
        share,
        station: { id: server.id, cpuMs: 1, baseMs: 2, weight: 1, pool: { id: 'machine', milli: 4000 } },
        calls: [],
      }),
    }
  },
})

function lab() {
  const aws = [ec2, elbv2]
  const simulation = new Simulation({
    domains: [
      placesDomain,
      { name: 'traffic', kinds: [clientKind], controllers: [], derived: [], views: [] },
      {
        name: 'aws',
        kinds: [...aws.flatMap(({ kinds = [] }) => kinds), serverKind],
        controllers: aws.flatMap(({ controllers = [] }) => controllers),
        derived: aws.flatMap(({ derived = [] }) => derived),
        views: [],
      },
    ],
    seed: 3,
  })
  const { world } = simulation
  const happen = (...emit: readonly Emission[]) => {
    for (const one of emit) simulation.schedule(one, [])
    simulation.advanceTo(simulation.now)
  }
  const ask = (operation: string, input: object, service = 'elasticloadbalancing') =>
    callService({ world, service, operation, input: input as JsonObject, principal: servicePrincipal('test'), region })
  const call = (operation: string, input: object, service?: string) => {
    const answer = ask(operation, input, service)
    if ('error' in answer) throw new Error(`${answer.error.code}: ${answer.error.message}`)
    happen(...(answer.emit ?? []))
    return answer.output as never as { readonly [member: string]: never }
  }
  const refusal = (operation: string, input: object) => {
    const answer = ask(operation, input)
    return 'error' in answer ? `${answer.error.code}: ${answer.error.message}` : undefined
  }
  const server = (ip: string, status = 200) =>
    happen({ to: `test.Server/${ip}`, kind: 'test.Server', type: 'Started', data: { ip, status } })
  return { simulation, world, call, refusal, happen, server }
}

const { vpc, subnets } = defaultNetwork(region)

/** A load balancer that anybody may reach, with one listener. */
function web(
  names: readonly string[] = ['blue'],
  checks: object = { HealthCheckIntervalSeconds: 10, HealthyThresholdCount: 2 },
) {
  const the = lab()
  const { call, simulation } = the
  const { GroupId } = call('CreateSecurityGroup', { GroupName: 'open', Description: 'open' }, 'ec2')
  call(
    'AuthorizeSecurityGroupIngress',
    { GroupId, IpProtocol: 'tcp', FromPort: 80, ToPort: 80, CidrIp: '0.0.0.0/0' },
    'ec2',
  )
  const { LoadBalancers } = call('CreateLoadBalancer', {
    Name: 'web',
    Subnets: subnets.slice(0, 2).map(({ SubnetId }) => SubnetId),
    SecurityGroups: [GroupId],
  }) as never as { readonly LoadBalancers: readonly { readonly LoadBalancerArn: string; readonly DNSName: string }[] }
  const { LoadBalancerArn = '', DNSName = '' } = LoadBalancers[0] ?? {}
  const arns = names.map((Name) => {
    const made = call('CreateTargetGroup', {
      Name,
      Protocol: 'HTTP',
      Port: 80,
      VpcId: vpc.VpcId,
      TargetType: 'ip',
      ...checks,
    })
    return (made.TargetGroups as never as readonly { readonly TargetGroupArn: string }[])[0]?.TargetGroupArn ?? ''
  })
  const listen = call('CreateListener', {
    LoadBalancerArn,
    Protocol: 'HTTP',
    Port: 80,
    DefaultActions: [{ Type: 'forward', TargetGroupArn: arns[0] }],
  })
  const ListenerArn = (listen.Listeners as never as readonly { readonly ListenerArn: string }[])[0]?.ListenerArn ?? ''
  simulation.advanceTo(150_000)
  const health = (arn = arns[0]) =>
    (
      call('DescribeTargetHealth', { TargetGroupArn: arn }).TargetHealthDescriptions as never as readonly {
        readonly TargetHealth: object
      }[]
    ).map(({ TargetHealth }) => TargetHealth)
  const curl = (path = '/', salt = 'a', headers = {}, host = DNSName) => {
    const ip = askName(the.world, DNSName, 'A', 'me')?.records[0]?.data ?? ''
    const from = { id: 'me', ip: '9.9.9.9' }
    return doorAt(the.world, ip, 80, from)?.visit({ method: 'GET', scheme: 'http', host, path, headers, from, salt })
  }
  return { ...the, LoadBalancerArn, DNSName, arns, ListenerArn, health, curl }
}

describe('a load balancer', () => {
  test('has no name in DNS until it is active', () => {
    const { call, world, simulation } = lab()
    const made = call('CreateLoadBalancer', {
      Name: 'web',
      Subnets: subnets.slice(0, 2).map(({ SubnetId }) => SubnetId),
    })
    const [balancer] = made.LoadBalancers as never as readonly { readonly DNSName: string; readonly State: object }[]
    expect(balancer).toMatchObject({ State: { Code: 'provisioning' }, Type: 'application', Scheme: 'internet-facing' })
    expect(balancer?.DNSName).toMatch(/^web-\d{9,10}\.us-east-1\.elb\.amazonaws\.com$/)
    expect(askName(world, balancer?.DNSName ?? '', 'A', 'me')).toEqual({ rcode: 'NXDOMAIN', records: [] })
    simulation.advanceTo(150_000)
    expect(call('DescribeLoadBalancers', { Names: ['web'] }).LoadBalancers).toMatchObject([
      { State: { Code: 'active' } },
    ])
    expect(askName(world, balancer?.DNSName ?? '', 'A', 'me')?.records.length).toBe(2)
  })

  test('refuses in its own words', () => {
    const { refusal } = lab()
    expect(refusal('CreateLoadBalancer', { Name: 'web', Subnets: [subnets[0]?.SubnetId] })).toBe(
      'ValidationError: At least two subnets in two different Availability Zones must be specified',
    )
    expect(refusal('DescribeLoadBalancers', { Names: ['x'] })).toBe(
      "LoadBalancerNotFound: Load balancers '[x]' not found",
    )
    expect(refusal('CreateTargetGroup', { Name: 'a_b', Protocol: 'HTTP', Port: 80, VpcId: vpc.VpcId })).toBe(
      "ValidationError: Target group name 'a_b' can only contain characters that are alphanumeric characters and hyphens(-)",
    )
  })
})

describe('targets', () => {
  test('become healthy by one check, unhealthy by two, healthy again by as many as asked', () => {
    const { call, arns, health, server, simulation, happen, world } = web()
    const [ip = ''] = ['172.31.0.9']
    server(ip)
    call('RegisterTargets', { TargetGroupArn: arns[0], Targets: [{ Id: ip }] })
    expect(health()).toEqual([
      { State: 'initial', Reason: 'Elb.RegistrationInProgress', Description: 'Target registration is in progress' },
    ])
    simulation.advanceTo(simulation.now + 2500)
    expect(health()).toEqual([{ State: 'healthy' }])
    const before = simulation.journal.length
    simulation.advanceTo(simulation.now + 3_600_000)
    expect(simulation.journal.length).toBe(before)
    happen({ to: `test.Server/${ip}`, type: 'Turned', data: { status: 503 } })
    simulation.advanceTo(simulation.now + 9_000)
    expect(health()).toEqual([{ State: 'healthy' }])
    simulation.advanceTo(simulation.now + 13_000)
    expect(health()).toEqual([
      {
        State: 'unhealthy',
        Reason: 'Target.ResponseCodeMismatch',
        Description: 'Health checks failed with these codes: [503]',
      },
    ])
    happen({ to: `test.Server/${ip}`, type: 'Turned', data: { status: 200 } })
    simulation.advanceTo(simulation.now + 21_000)
    expect(health()).toEqual([{ State: 'healthy' }])
    expect(simulation.journal.length - before).toBeLessThan(10)
    expect(world.count(TARGET)).toBe(1)
  })

  test('drain for the deregistration delay and are forgotten then', () => {
    const { call, arns, health, server, simulation, world } = web()
    server('172.31.0.9')
    const Targets = [{ Id: '172.31.0.9' }]
    call('RegisterTargets', { TargetGroupArn: arns[0], Targets })
    simulation.advanceTo(simulation.now + 5000)
    call('DeregisterTargets', { TargetGroupArn: arns[0], Targets })
    expect(health()).toMatchObject([{ State: 'draining', Reason: 'Target.DeregistrationInProgress' }])
    simulation.advanceTo(simulation.now + 299_000)
    expect(world.count(TARGET)).toBe(1)
    simulation.advanceTo(simulation.now + 1000)
    expect(world.count(TARGET)).toBe(0)
    expect(call('DescribeTargetHealth', { TargetGroupArn: arns[0], Targets }).TargetHealthDescriptions).toMatchObject([
      { TargetHealth: { State: 'unused', Reason: 'Target.NotRegistered' } },
    ])
  })

  test('are not used while no listener sends requests to their group', () => {
    const { call, arns, health, server, simulation, ListenerArn } = web(['blue', 'green'])
    server('172.31.0.9')
    call('RegisterTargets', { TargetGroupArn: arns[1], Targets: [{ Id: '172.31.0.9' }] })
    expect(health(arns[1])).toMatchObject([{ State: 'unused', Reason: 'Target.NotInUse' }])
    const swap = (arn = '') =>
      call('ModifyListener', { ListenerArn, DefaultActions: [{ Type: 'forward', TargetGroupArn: arn }] })
    swap(arns[1])
    simulation.advanceTo(simulation.now + 3000)
    expect(health(arns[1])).toEqual([{ State: 'healthy' }])
    swap(arns[0])
    expect(health(arns[1])).toMatchObject([{ State: 'unused', Reason: 'Target.NotInUse' }])
  })
})

describe('a request', () => {
  test('goes by the first rule that matches, else by the default action', () => {
    const { call, arns, server, simulation, ListenerArn, curl } = web(['blue', 'green'])
    server('172.31.0.9')
    server('172.31.0.10')
    call('RegisterTargets', { TargetGroupArn: arns[0], Targets: [{ Id: '172.31.0.9' }] })
    call('RegisterTargets', { TargetGroupArn: arns[1], Targets: [{ Id: '172.31.0.10' }] })
    const rule = (Priority: number, Conditions: object[], action: object) =>
      call('CreateRule', { ListenerArn, Priority, Conditions, Actions: [action] })
    rule(10, [{ Field: 'path-pattern', Values: ['/api/*'] }], { Type: 'forward', TargetGroupArn: arns[1] })
    rule(5, [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/api/old*'] } }], {
      Type: 'redirect',
      RedirectConfig: { Path: '/api/new', StatusCode: 'HTTP_301' },
    })
    rule(
      20,
      [
        { Field: 'host-header', Values: ['*.example.com'] },
        { Field: 'query-string', QueryStringConfig: { Values: [{ Key: 'v', Value: '2' }] } },
      ],
      {
        Type: 'fixed-response',
        FixedResponseConfig: { StatusCode: '418', MessageBody: 'teapot', ContentType: 'text/plain' },
      },
    )
    simulation.advanceTo(simulation.now + 5000)
    expect(curl('/')).toMatchObject({ status: 200, body: '172.31.0.9 /' })
    expect(curl('/api/x')).toMatchObject({ body: '172.31.0.10 /api/x' })
    expect(curl('/api/old?a=1')).toMatchObject({
      status: 301,
      headers: { Location: expect.stringMatching(/:80\/api\/new\?a=1$/) },
    })
    expect(curl('/?v=2', 'a', {}, 'shop.example.com')).toMatchObject({ status: 418, body: 'teapot' })
    expect(curl('/?v=3', 'a', {}, 'shop.example.com')).toMatchObject({ status: 200 })
  })

  test('fails open when all targets are unhealthy, and gets 503 without any', () => {
    const { call, arns, server, simulation, curl } = web()
    expect(curl()).toMatchObject({ status: 503, body: expect.stringContaining('503 Service Temporarily Unavailable') })
    server('172.31.0.9', 500)
    call('RegisterTargets', { TargetGroupArn: arns[0], Targets: [{ Id: '172.31.0.9' }] })
    simulation.advanceTo(simulation.now + 3000)
    expect(curl()).toMatchObject({ status: 503 })
    simulation.advanceTo(simulation.now + 20_000)
    expect(curl()).toMatchObject({ status: 500, body: '172.31.0.9 /' })
  })

  test('is dropped by a security group without a rule for it', () => {
    const { call, LoadBalancerArn, curl } = web()
    const { GroupId } = call('CreateSecurityGroup', { GroupName: 'shut', Description: 'shut' }, 'ec2')
    call('SetSecurityGroups', { LoadBalancerArn, SecurityGroups: [GroupId] })
    expect(curl()).toMatchObject({ is: 'timeout' })
  })
})

test('traffic is split by the weights of target groups, and its errors are measured', () => {
  const { call, arns, server, simulation, ListenerArn, DNSName, world, happen, LoadBalancerArn } = web([
    'blue',
    'green',
  ])
  server('172.31.0.9')
  server('172.31.0.10', 500)
  call('RegisterTargets', { TargetGroupArn: arns[0], Targets: [{ Id: '172.31.0.9' }] })
  call('RegisterTargets', { TargetGroupArn: arns[1], Targets: [{ Id: '172.31.0.10' }] })
  const TargetGroups = [
    { TargetGroupArn: arns[0], Weight: 90 },
    { TargetGroupArn: arns[1], Weight: 10 },
  ]
  call('ModifyListener', { ListenerArn, DefaultActions: [{ Type: 'forward', ForwardConfig: { TargetGroups } }] })
  simulation.advanceTo(simulation.now + 30_000)
  const order = { name: 'c', target: `http://${DNSName}/`, from: 'outside', rate: 100, pattern: { is: 'steady' } }
  happen(
    { to: 'traffic.Client/c', kind: 'traffic.Client', type: 'Created', data: order },
    { to: 'traffic.Client/c', type: 'Started', data: order },
  )
  const { edges } = flows(world)
  expect(
    edges.map(({ from, to, rate, errors }) => [
      from.split('/').at(-1),
      to.split('/').at(-1),
      rate,
      Number(errors.toFixed(3)),
    ]),
  ).toEqual([
    ['c', 'web', 100, 0.1],
    ['web', 'blue', 90, 0],
    ['blue', '172.31.0.9', 90, 0],
    ['web', 'green', 10, 1],
    ['green', '172.31.0.10', 10, 1],
  ])
  const balancer = world.get('aws.elbv2.LoadBalancer/us-east-1/web') as LoadBalancer
  const green = world.get('aws.elbv2.TargetGroup/us-east-1/green') as TargetGroup
  expect(passingBalancer(world, balancer)).toMatchObject({ rate: 100, bad: 10, lost: 0 })
  expect(passingGroup(world, green)).toMatchObject({ rate: 10, bad: 10 })
  const source = elbv2.metrics?.[0]
  const dimensions = { LoadBalancer: LoadBalancerArn.slice(LoadBalancerArn.indexOf('loadbalancer/') + 13) }
  expect(source?.now('RequestCount', dimensions, 60, world)).toMatchObject({ sum: 6000 })
  expect(source?.now('HTTPCode_Target_5XX_Count', dimensions, 60, world)).toMatchObject({ sum: 600 })
  expect(source?.now('HTTPCode_ELB_5XX_Count', dimensions, 60, world)).toBeUndefined()
  expect([...world.all(TARGET)].map((one) => (one as Target).state)).toEqual(['healthy', 'unhealthy'])
})
