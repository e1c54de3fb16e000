import { describe, expect, it } from 'vitest'
import { defineKind, defineLifecycle, type JsonObject, Simulation } from '../../../kernel/index.ts'
import { shellDomain } from '../../../shell/index.ts'
import {
  awsDomain,
  callService,
  defineOperation,
  defineService,
  REGION,
  recordKind,
  servicePrincipal,
} from '../core/index.ts'
import { filesOf } from './agent.ts'
import { registered } from './applicationOperations.ts'
import { parseAppSpec } from './appSpec.ts'
import { type Agent, agentId, applicationNamed, DEPLOYMENT, type Deployment, targetsOf } from './records.ts'
import './index.ts'

/** Stands for EC2, ECS, load balancing and alarms: as much of their APIs as CodeDeploy calls, over records. */
const api = (fullName: string) => ({
  fullName,
  protocol: 'json',
  operations: {},
  shapes: {},
  paginators: {},
  waiters: {},
})
const instanceKind = defineKind({
  kind: 'toy.Machine',
  lifecycle: defineLifecycle({
    id: 'toy.Machine',
    initial: 'running',
    states: { running: { description: 'It runs.' } },
  }),
})
defineService({
  name: 'ec2',
  api: api('EC2'),
  kinds: [instanceKind],
  operations: [
    defineOperation('DescribeInstances', ({ world }) => ({
      output: {
        Reservations: [...world.all('toy.Machine')].map(({ id }) => ({
          Instances: [{ InstanceId: id.slice(12), State: { Name: 'running' }, Tags: [{ Key: 'app', Value: 'shop' }] }],
        })),
      },
    })),
  ],
})
const SERVICE = 'toy.Service/web'
defineService({
  name: 'ecs',
  api: api('ECS'),
  kinds: [recordKind({ kind: 'toy.Service', noun: 'a service' })],
  operations: [
    defineOperation('DescribeServices', ({ world }) => ({ output: { services: [world.get(SERVICE)] } })),
    defineOperation<JsonObject>('DescribeTaskSets', ({ world, input }) => ({
      output: {
        taskSets: sets(world.get(SERVICE)).filter((one) =>
          (input['taskSets'] as string[]).includes(String(one['taskSetArn'])),
        ),
      },
    })),
    defineOperation<JsonObject>('CreateTaskSet', ({ world, input }) => {
      const all = sets(world.get(SERVICE))
      const set = {
        taskSetArn: `set${all.length}`,
        status: 'ACTIVE',
        stabilityStatus: 'STEADY_STATE',
        loadBalancers: input['loadBalancers'],
      }
      return { output: { taskSet: set }, emit: [{ to: SERVICE, type: 'Changed', data: { taskSets: [...all, set] } }] }
    }),
    defineOperation<JsonObject>('UpdateServicePrimaryTaskSet', ({ world, input }) => ({
      output: {},
      emit: [
        {
          to: SERVICE,
          type: 'Changed',
          data: {
            taskSets: sets(world.get(SERVICE)).map((one) => ({
              ...one,
              status: one['taskSetArn'] === input['primaryTaskSet'] ? 'PRIMARY' : 'ACTIVE',
            })),
          },
        },
      ],
    })),
    defineOperation<JsonObject>('DeleteTaskSet', ({ input }) => ({
      output: {},
      emit: [{ to: 'toy.Deleted/x', kind: 'toy.Service', type: 'Created', data: { set: input['taskSet'] } }],
    })),
  ],
})
function sets(service: unknown): readonly JsonObject[] {
  return (service as { taskSets: JsonObject[] }).taskSets
}
defineService({
  name: 'elasticloadbalancing',
  api: api('ELB'),
  kinds: [recordKind({ kind: 'toy.Listener', noun: 'a listener' })],
  operations: [
    defineOperation<JsonObject>('DescribeTargetGroups', ({ input }) => ({
      output: {
        TargetGroups: (input['Names'] as string[]).map((name) => ({
          TargetGroupName: name,
          TargetGroupArn: `arn/${name}`,
        })),
      },
    })),
    defineOperation<JsonObject>('ModifyListener', ({ input }) => ({
      output: {},
      emit: [
        {
          to: `toy.Listener/${String(input['ListenerArn'])}`,
          type: 'Changed',
          data: { actions: input['DefaultActions'] },
        },
      ],
    })),
  ],
})
defineService({
  name: 'cloudwatch',
  api: api('CloudWatch'),
  kinds: [recordKind({ kind: 'aws.cloudwatch.Alarm', noun: 'an alarm' })],
  operations: [
    defineOperation<JsonObject>('DescribeAlarms', ({ world }) => ({
      output: {
        MetricAlarms: [...world.all('aws.cloudwatch.Alarm')].map((one) => ({
          AlarmName: 'bad',
          StateValue: (one as unknown as { value: string }).value,
        })),
      },
    })),
  ],
})

const ROLE = 'arn:aws:iam::123456789012:role/deploy'

class Bench {
  readonly simulation = new Simulation({ domains: [shellDomain, awsDomain()], seed: 1 })
  call(operation: string, input: object, wait = 0) {
    const { world } = this.simulation
    const answer = callService({
      world,
      service: 'codedeploy',
      operation,
      input: input as never,
      principal: servicePrincipal('test'),
      region: REGION,
    })
    if ('output' in answer) for (const emission of answer.emit ?? []) this.simulation.schedule(emission, [])
    this.wait(wait)
    return answer as { output: Record<string, never>; error?: { code: string; message: string } }
  }
  wait(ms: number): void {
    this.simulation.advanceTo(this.simulation.world.now + ms)
  }
  deployments(): readonly Deployment[] {
    return [...this.simulation.world.all(DEPLOYMENT)] as unknown as readonly Deployment[]
  }
  targets(deployment: Deployment) {
    return targetsOf(this.simulation.world, deployment)
  }
}

const appspec = `version: 0.0
os: linux
files:
  - { source: /site, destination: /var/www }
hooks:
  AfterInstall:
    - { location: scripts/build.sh, timeout: 60 }
  ApplicationStart:
    - { location: scripts/start.sh, timeout: 60 }
`

class ServerBench extends Bench {
  constructor(machines: number) {
    super()
    for (let i = 0; i < machines; i++)
      this.simulation.schedule({ to: `toy.Machine/i-${i}`, kind: 'toy.Machine', type: 'Launched' }, [])
    this.call('CreateApplication', { applicationName: 'shop' })
    const made = this.call('CreateDeploymentGroup', {
      applicationName: 'shop',
      deploymentGroupName: 'prod',
      serviceRoleArn: ROLE,
      ec2TagFilters: [{ Key: 'app', Value: 'shop', Type: 'KEY_AND_VALUE' }],
      autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_FAILURE'] },
    })
    expect(made.error).toBeUndefined()
  }
  deploy(key: string, start: string, more: object = {}): Deployment {
    const { world } = this.simulation
    const application = applicationNamed(world, REGION, 'shop')
    const revision = { revisionType: 'S3', s3Location: { bucket: 'b', key } }
    const files = {
      'appspec.yml': appspec,
      'site/index.html': key,
      'scripts/build.sh': '#!/bin/bash\necho "$DEPLOYMENT_GROUP_NAME $LIFECYCLE_EVENT" > /var/log/built\n',
      'scripts/start.sh': start,
    }
    if (application)
      for (const one of registered(application, revision, { files }, world.now)) this.simulation.schedule(one, [])
    this.wait(0)
    const { output } = this.call(
      'CreateDeployment',
      { applicationName: 'shop', deploymentGroupName: 'prod', revision, ...more },
      300_000,
    )
    return this.deployments().find(({ deploymentId }) => deploymentId === output['deploymentId']) as Deployment
  }
  text(instance: string, path: string): string | undefined {
    const agent = this.simulation.world.get(agentId(REGION, instance)) as Agent | undefined
    return agent && filesOf(agent)[path]?.text
  }
}

describe('a deployment to instances', () => {
  it('installs files and runs scripts on one instance after another', () => {
    const bench = new ServerBench(3)
    const done = bench.deploy('one', '#!/bin/sh\nsystemctl start shop\n')
    expect(done).toMatchObject({ state: 'Succeeded', platform: 'Server' })
    expect(bench.text('i-2', '/var/www/index.html')).toBe('one')
    expect(bench.text('i-0', '/var/log/built')).toBe('prod AfterInstall\n')
    expect(bench.text('i-1', '/etc/systemd/active/shop')).toBe('active\n')
    const times = bench.targets(done).map(({ events }) => [events[0]?.began ?? 0, events.at(-1)?.ended ?? 0] as const)
    expect(times[1]?.[0]).toBeGreaterThanOrEqual(times[0]?.[1] ?? 0)
    expect(bench.targets(done)[0]?.events.map(({ name }) => name)[0]).toBe('ApplicationStop')
  })

  it('stops at the first bad instance, skips the rest and brings the last good revision back', () => {
    const bench = new ServerBench(3)
    bench.deploy('good', '#!/bin/sh\ntrue\n')
    const bad = bench.deploy('bad', '#!/bin/sh\necho broken\nexit 7\n')
    expect(bad).toMatchObject({ state: 'Failed', error: { code: 'HEALTH_CONSTRAINTS' } })
    expect(bench.targets(bad).map(({ state }) => state)).toEqual(['Failed', 'Skipped', 'Skipped'])
    const failed = bench.targets(bad)[0]?.events.find(({ status }) => status === 'Failed')
    expect(failed?.diagnostics).toMatchObject({
      errorCode: 'ScriptFailed',
      message: 'Script at specified location: scripts/start.sh failed with exit code 7',
    })
    expect(failed?.diagnostics?.logTail).toContain('broken')
    bench.wait(300_000)
    const [, , back] = bench.deployments()
    expect(back).toMatchObject({ creator: 'codeDeployRollback', state: 'Succeeded', rollbackOf: bad.deploymentId })
    expect(bench.text('i-0', '/var/www/index.html')).toBe('good')
  })

  it('says what is missing', () => {
    const none = new ServerBench(0)
    expect(none.deploy('one', 'true').error?.code).toBe('NO_INSTANCES')
    const bench = new ServerBench(1)
    const revision = { revisionType: 'S3', s3Location: { bucket: 'b', key: 'unknown' } }
    bench.call('CreateDeployment', { applicationName: 'shop', deploymentGroupName: 'prod', revision }, 60_000)
    const [only] = bench.deployments()
    const failed = only && bench.targets(only)[0]?.events.find(({ status }) => status === 'Failed')
    expect(failed).toMatchObject({
      name: 'DownloadBundle',
      diagnostics: { message: 'The specified key does not exist.' },
    })
    const error = (operation: string, input: object) => bench.call(operation, input).error
    expect(error('GetApplication', { applicationName: 'x' })).toEqual({
      code: 'ApplicationDoesNotExistException',
      message: 'No application found for name: x',
    })
    expect(error('GetDeploymentGroup', { applicationName: 'shop', deploymentGroupName: 'x' })?.message).toBe(
      'No Deployment Group found for name: x',
    )
    expect(error('GetDeployment', { deploymentId: 'd-ABCDEFGHI' })?.code).toBe('DeploymentDoesNotExistException')
  })
})

const content = `version: 0.0
Resources:
  - TargetService:
      Type: AWS::ECS::Service
      Properties:
        TaskDefinition: arn:aws:ecs:us-east-1:123456789012:task-definition/web:2
        LoadBalancerInfo: { ContainerName: web, ContainerPort: 80 }
`

class EcsBench extends Bench {
  constructor(more: object = {}, config = 'CodeDeployDefault.ECSCanary10Percent5Minutes') {
    super()
    const primary = {
      taskSetArn: 'set0',
      status: 'PRIMARY',
      stabilityStatus: 'STEADY_STATE',
      loadBalancers: [{ targetGroupArn: 'arn/blue' }],
    }
    for (const one of ['prod', 'test'])
      this.simulation.schedule({ to: `toy.Listener/${one}`, kind: 'toy.Listener', type: 'Created', data: {} }, [])
    this.simulation.schedule(
      {
        to: SERVICE,
        kind: 'toy.Service',
        type: 'Created',
        data: { status: 'ACTIVE', deploymentController: { type: 'CODE_DEPLOY' }, taskSets: [primary] },
      },
      [],
    )
    this.simulation.schedule(
      { to: 'aws.cloudwatch.Alarm/bad', kind: 'aws.cloudwatch.Alarm', type: 'Created', data: { value: 'OK' } },
      [],
    )
    this.call('CreateApplication', { applicationName: 'web', computePlatform: 'ECS' })
    const made = this.call('CreateDeploymentGroup', {
      applicationName: 'web',
      deploymentGroupName: 'prod',
      serviceRoleArn: ROLE,
      deploymentConfigName: config,
      deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
      blueGreenDeploymentConfiguration: {
        terminateBlueInstancesOnDeploymentSuccess: { action: 'TERMINATE', terminationWaitTimeInMinutes: 10 },
        deploymentReadyOption: { actionOnTimeout: 'CONTINUE_DEPLOYMENT' },
      },
      loadBalancerInfo: {
        targetGroupPairInfoList: [
          {
            targetGroups: [{ name: 'blue' }, { name: 'green' }],
            prodTrafficRoute: { listenerArns: ['prod'] },
            testTrafficRoute: { listenerArns: ['test'] },
          },
        ],
      },
      ecsServices: [{ clusterName: 'main', serviceName: 'web' }],
      alarmConfiguration: { enabled: true, alarms: [{ name: 'bad' }] },
      autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'] },
      ...more,
    })
    expect(made.error).toBeUndefined()
    this.call(
      'CreateDeployment',
      {
        applicationName: 'web',
        deploymentGroupName: 'prod',
        revision: { revisionType: 'AppSpecContent', appSpecContent: { content } },
      },
      10_000,
    )
  }
  actions(listener: string): unknown {
    return (this.simulation.world.get(`toy.Listener/${listener}`) as unknown as { actions?: unknown }).actions
  }
  primary(): unknown {
    return sets(this.simulation.world.get(SERVICE)).find((one) => one['status'] === 'PRIMARY')?.['taskSetArn']
  }
  deleted(): unknown {
    return (this.simulation.world.get('toy.Deleted/x') as unknown as { set?: string } | undefined)?.set
  }
}

const weighed = (blue: number, green: number) => [
  {
    Type: 'forward',
    ForwardConfig: {
      TargetGroups: [
        { TargetGroupArn: 'arn/blue', Weight: blue },
        { TargetGroupArn: 'arn/green', Weight: green },
      ],
    },
  },
]

describe('a deployment of an ECS service', () => {
  it('swaps target groups by a canary, waits, and lets the old tasks go', () => {
    const bench = new EcsBench()
    expect(bench.actions('test')).toEqual([{ Type: 'forward', TargetGroupArn: 'arn/green' }])
    expect(bench.actions('prod')).toEqual(weighed(90, 10))
    expect(bench.primary()).toBe('set0')
    bench.wait(300_000)
    expect(bench.actions('prod')).toEqual([{ Type: 'forward', TargetGroupArn: 'arn/green' }])
    expect(bench.primary()).toBe('set1')
    expect([bench.deployments()[0]?.state, bench.deleted()]).toEqual(['InProgress', undefined])
    bench.wait(600_000)
    expect([bench.deployments()[0]?.state, bench.deleted()]).toEqual(['Succeeded', 'set0'])
  })

  it('shifts line by line', () => {
    const bench = new EcsBench({}, 'CodeDeployDefault.ECSLinear10PercentEvery1Minutes')
    for (let minute = 1; minute < 9; minute++) {
      bench.wait(60_000)
      expect(bench.actions('prod')).toEqual(weighed(90 - minute * 10, 10 + minute * 10))
    }
  })

  it('is stopped by an alarm, and traffic goes back', () => {
    const bench = new EcsBench()
    bench.simulation.schedule({ to: 'aws.cloudwatch.Alarm/bad', type: 'Changed', data: { value: 'ALARM' } }, [])
    bench.wait(30_000)
    const [stopped, back] = bench.deployments()
    expect(stopped).toMatchObject({ state: 'Stopped', error: { code: 'ALARM_ACTIVE' }, rollback: back?.deploymentId })
    expect(back).toMatchObject({ state: 'Succeeded', creator: 'codeDeployRollback' })
    expect(bench.actions('prod')).toEqual([{ Type: 'forward', TargetGroupArn: 'arn/blue' }])
    expect([bench.primary(), bench.deleted()]).toEqual(['set0', 'set1'])
  })

  it('waits for someone to let traffic come, where that is asked for', () => {
    const bench = new EcsBench(
      {
        blueGreenDeploymentConfiguration: {
          deploymentReadyOption: { actionOnTimeout: 'STOP_DEPLOYMENT', waitTimeInMinutes: 30 },
          terminateBlueInstancesOnDeploymentSuccess: { action: 'TERMINATE' },
        },
      },
      'CodeDeployDefault.ECSAllAtOnce',
    )
    const [deployment] = bench.deployments()
    expect([deployment?.state, bench.actions('prod')]).toEqual(['Ready', undefined])
    bench.call(
      'ContinueDeployment',
      { deploymentId: deployment?.deploymentId, deploymentWaitType: 'READY_WAIT' },
      30_000,
    )
    expect(bench.deployments()[0]?.state).toBe('Succeeded')
  })
})

describe('an AppSpec file', () => {
  const error = (text: string) => {
    const parsed = parseAppSpec(text)
    return 'error' in parsed ? parsed.error : undefined
  }
  it('is read, or refused', () => {
    expect(error(appspec)).toBeUndefined()
    expect(error(content)).toBeUndefined()
    expect(error('version: 1.0\nos: linux')).toMatch(/unsupported version: 1/)
    expect(error('version: 0.0\nos: beos')).toMatch(/unsupported os "beos"/)
    expect(error(appspec.replace('AfterInstall', 'Install'))).toBe(
      'The AppSpec file is invalid: unknown lifecycle event in the hooks section: Install',
    )
    expect(error(content.replace('TaskDefinition:', 'Task:'))).toMatch(/TaskDefinition is required/)
  })
})
