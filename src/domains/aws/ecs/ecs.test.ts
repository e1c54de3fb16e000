import { describe, expect, test } from 'vitest'
import { type Emission, type JsonObject, Simulation } from '../../../kernel/index.ts'
import { shellDomain } from '../../../shell/index.ts'
import { containerd } from '../../containerd/index.ts'
import { containersOn, dockerDomain } from '../../docker/index.ts'
import { placesDomain } from '../../places/index.ts'
import { callService, rolePrincipal, servicePrincipal } from '../core/index.ts'
import { defaultNetwork } from '../ec2/index.ts'
import { awsDomain } from '../index.ts'
import { ecs, registerInstance, type Service, type Task } from './index.ts'

const region = 'us-east-1'
const MINUTE = 60_000

function lab(instances = 3, zones = 'abc') {
  const simulation = new Simulation({
    domains: [shellDomain, placesDomain, containerd, dockerDomain, awsDomain],
    seed: 5,
  })
  const { world } = simulation
  const run = (emit: readonly Emission[]) => {
    for (const one of emit) simulation.schedule(one, [])
    simulation.advanceTo(simulation.now)
  }
  const ask = (operation: string, input: object) =>
    callService({
      world,
      service: 'ecs',
      operation,
      input: input as JsonObject,
      principal: servicePrincipal('test'),
      region,
    })
  // biome-ignore lint/suspicious/noExplicitAny: a test reads outputs as they are
  const call = (operation: string, input: object): any => {
    const answer = ask(operation, input)
    if ('error' in answer) throw new Error(`${answer.error.code}: ${answer.error.message}`)
    run(answer.emit ?? [])
    return answer.output
  }
  const refusal = (operation: string, input: object) => {
    const answer = ask(operation, input)
    return 'error' in answer ? `${answer.error.code}: ${answer.error.message}` : undefined
  }
  call('CreateCluster', { clusterName: 'c' })
  for (let i = 0; i < instances; i++)
    run(
      registerInstance(world, region, 'c', {
        ec2InstanceId: `i-${String(i).padStart(17, '0')}`,
        type: 'm5.large',
        zone: `us-east-1${zones[i % zones.length]}`,
        vcpus: 2,
        memoryMiB: 8192,
        interfaces: 3,
        trunkInterfaces: 12,
        ip: `10.0.0.${i + 10}`,
      }).emit,
    )
  const define = (family: string, image = 'nginx:1.27', more: object = {}, task: object = {}) =>
    call('RegisterTaskDefinition', {
      family,
      containerDefinitions: [
        { name: 'web', image, cpu: 256, memory: 512, portMappings: [{ containerPort: 80 }], ...more },
      ],
      ...task,
    }).taskDefinition.taskDefinitionArn as string
  const service = (serviceName: string, more: object = {}) =>
    call('CreateService', { cluster: 'c', serviceName, taskDefinition: serviceName, desiredCount: 2, ...more }).service
  const describeOne = (name: string) => call('DescribeServices', { cluster: 'c', services: [name] }).services[0]
  const messages = (name: string) =>
    (world.get(`aws.ecs.Service/${region}/c/${name}`) as Service).events.map(({ message }) => message)
  const tasks = () => [...world.all('aws.ecs.Task')] as unknown as readonly Task[]
  const wait = (ms: number) => simulation.advanceTo(simulation.now + ms)
  return { simulation, world, call, refusal, run, define, service, describeOne, messages, tasks, wait }
}

describe('a task', () => {
  test('goes from the request to a running container, and back to nothing', () => {
    const { call, define, wait, world, tasks } = lab()
    define('job')
    const { tasks: started, failures } = call('RunTask', { cluster: 'c', taskDefinition: 'job', startedBy: 'me' })
    expect(failures).toEqual([])
    expect(started[0]).toMatchObject({
      lastStatus: 'PENDING',
      desiredStatus: 'RUNNING',
      group: 'family:job',
      startedBy: 'me',
    })
    wait(MINUTE)
    const [task] = call('DescribeTasks', { cluster: 'c', tasks: [started[0].taskArn] }).tasks
    expect(task).toMatchObject({
      lastStatus: 'RUNNING',
      connectivity: 'CONNECTED',
      containers: [{ lastStatus: 'RUNNING' }],
    })
    expect(task.containers[0].networkBindings[0]).toMatchObject({ containerPort: 80, hostPort: 32768 })
    expect(containersOn(world, tasks()[0]?.engine ?? '')).toHaveLength(1)
    call('StopTask', { cluster: 'c', task: task.taskArn, reason: 'enough' })
    wait(MINUTE)
    const [stopped] = call('DescribeTasks', { cluster: 'c', tasks: [task.taskArn] }).tasks
    expect(stopped).toMatchObject({ lastStatus: 'STOPPED', stopCode: 'UserInitiated', stoppedReason: 'enough' })
    expect(stopped.containers[0]).toMatchObject({ lastStatus: 'STOPPED', exitCode: 0 })
    wait(2 * 60 * MINUTE)
    expect(world.count('aws.ecs.Task')).toBe(0)
    expect(world.count('docker.Container')).toBe(0)
  })

  test('stops when an essential container ends, and says why one cannot start', () => {
    const { call, define, wait } = lab()
    define('short', 'busybox:1.36', { command: ['sh', '-c', 'sleep 5; exit 3'] })
    define('missing', 'nginx:no-such-tag')
    const arns = ['short', 'missing'].map(
      (taskDefinition) => call('RunTask', { cluster: 'c', taskDefinition }).tasks[0].taskArn as string,
    )
    wait(MINUTE)
    const [short, missing] = call('DescribeTasks', { cluster: 'c', tasks: arns }).tasks
    expect(short).toMatchObject({
      lastStatus: 'STOPPED',
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      containers: [{ exitCode: 3 }],
    })
    expect(missing).toMatchObject({ stopCode: 'TaskFailedToStart' })
    expect(missing.stoppedReason).toMatch(/^CannotPullContainerError: /)
  })

  test('waits for what its containers depend on', () => {
    const { call, wait, world } = lab()
    call('RegisterTaskDefinition', {
      family: 'pair',
      containerDefinitions: [
        {
          name: 'web',
          image: 'nginx:1.27',
          cpu: 10,
          memory: 64,
          dependsOn: [{ containerName: 'init', condition: 'SUCCESS' }],
        },
        { name: 'init', image: 'busybox:1.36', cpu: 10, memory: 64, essential: false, command: ['sleep', '20'] },
      ],
    })
    const { taskArn } = call('RunTask', { cluster: 'c', taskDefinition: 'pair' }).tasks[0]
    wait(15_000)
    expect(call('DescribeTasks', { cluster: 'c', tasks: [taskArn] }).tasks[0].lastStatus).toBe('PENDING')
    wait(15_000)
    expect(call('DescribeTasks', { cluster: 'c', tasks: [taskArn] }).tasks[0].lastStatus).toBe('RUNNING')
    expect([...world.all('docker.Container')].map(({ state }) => state).sort()).toEqual(['exited', 'running'])
  })

  test('fails with a reason for each instance when there is no room', () => {
    const { call, define, refusal } = lab(1)
    define('huge', 'nginx:1.27', { cpu: 4096 })
    const { tasks, failures } = call('RunTask', { cluster: 'c', taskDefinition: 'huge' })
    expect(tasks).toEqual([])
    expect(failures).toMatchObject([{ reason: 'RESOURCE:CPU' }])
    define('port', 'nginx:1.27', { portMappings: [{ containerPort: 80, hostPort: 8080 }] })
    expect(call('RunTask', { cluster: 'c', taskDefinition: 'port', count: 2 })).toMatchObject({
      tasks: [{}],
      failures: [{ reason: 'RESOURCE:PORTS' }],
    })
    expect(refusal('RunTask', { cluster: 'c', taskDefinition: 'none' })).toBe(
      'ClientException: TaskDefinition not found.',
    )
    expect(refusal('RunTask', { cluster: 'x', taskDefinition: 'port' })).toBe(
      'ClusterNotFoundException: Cluster not found.',
    )
  })

  test('has its own address in awsvpc mode, up to the interfaces that an instance has', () => {
    const { call, define, wait } = lab(1)
    define('net', 'nginx:1.27', {}, { networkMode: 'awsvpc' })
    const subnet = defaultNetwork(region).subnets[0]?.SubnetId
    const input = {
      cluster: 'c',
      taskDefinition: 'net',
      count: 3,
      networkConfiguration: { awsvpcConfiguration: { subnets: [subnet] } },
    }
    const { tasks, failures } = call('RunTask', input)
    expect(tasks).toHaveLength(2)
    expect(failures).toMatchObject([{ reason: 'RESOURCE:ENI' }])
    expect(tasks[0].lastStatus).toBe('PROVISIONING')
    wait(MINUTE)
    const [task] = call('DescribeTasks', { cluster: 'c', tasks: [tasks[0].taskArn] }).tasks
    expect(task.containers[0].networkInterfaces[0].privateIpv4Address).toMatch(/^172\.31\./)
    expect(task.attachments[0]).toMatchObject({ type: 'ElasticNetworkInterface', status: 'ATTACHED' })
  })

  test('runs on Fargate without any instance', () => {
    const { call, define, wait, refusal, world } = lab(0)
    const subnets = defaultNetwork(region)
      .subnets.slice(0, 2)
      .map(({ SubnetId }) => SubnetId)
    const input = {
      cluster: 'c',
      taskDefinition: 'f',
      launchType: 'FARGATE',
      networkConfiguration: { awsvpcConfiguration: { subnets } },
    }
    define('f')
    expect(refusal('RunTask', input)).toContain('Task definition does not support launch_type FARGATE.')
    define(
      'f',
      'nginx:1.27',
      {},
      { networkMode: 'awsvpc', requiresCompatibilities: ['FARGATE'], cpu: '256', memory: '512' },
    )
    const { taskArn } = call('RunTask', { ...input, enableExecuteCommand: true }).tasks[0]
    wait(MINUTE)
    const [task] = call('DescribeTasks', { cluster: 'c', tasks: [taskArn] }).tasks
    expect(task).toMatchObject({
      lastStatus: 'RUNNING',
      launchType: 'FARGATE',
      platformVersion: '1.4.0',
      cpu: '256',
      memory: '512',
    })
    expect(
      call('ExecuteCommand', { cluster: 'c', task: taskArn, command: 'echo hello', interactive: true }).printed,
    ).toBe('hello\n')
    call('StopTask', { cluster: 'c', task: taskArn })
    wait(MINUTE)
    expect([...world.all('docker.Engine')]).toEqual([])
    expect([...world.all('aws.ec2.NetworkInterface')]).toEqual([])
  })
})

describe('a service', () => {
  test('starts its tasks over the zones, and says that it is steady', () => {
    const { define, service, wait, describeOne, messages, tasks } = lab()
    define('web')
    service('web', { desiredCount: 3 })
    wait(2 * MINUTE)
    expect(describeOne('web')).toMatchObject({
      runningCount: 3,
      pendingCount: 0,
      deployments: [{ status: 'PRIMARY', rolloutState: 'COMPLETED', runningCount: 3 }],
    })
    expect(new Set(tasks().map(({ zone }) => zone)).size).toBe(3)
    expect(messages('web')[0]).toBe('(service web) has reached a steady state.')
    expect(messages('web').at(-1)).toMatch(/^\(service web\) has started 3 tasks: \(task [0-9a-f]{32}\) \(task /)
  })

  test('replaces its tasks within the percentages', () => {
    const { call, define, service, wait, describeOne, tasks, simulation } = lab()
    define('web')
    service('web', { desiredCount: 4, deploymentConfiguration: { minimumHealthyPercent: 50, maximumPercent: 100 } })
    wait(2 * MINUTE)
    define('web', 'nginx:1.26')
    call('UpdateService', { cluster: 'c', service: 'web', taskDefinition: 'web' })
    let fewest = 9
    let most = 0
    for (let i = 0; i < 200; i++) {
      wait(1000)
      const live = tasks().filter(({ desiredStatus }) => desiredStatus === 'RUNNING')
      fewest = Math.min(fewest, live.filter(({ state }) => state === 'RUNNING').length)
      most = Math.max(most, live.length)
    }
    expect([fewest, most]).toEqual([2, 4])
    expect(describeOne('web').deployments).toMatchObject([{ rolloutState: 'COMPLETED', runningCount: 4 }])
    expect(describeOne('web').deployments[0].taskDefinition).toMatch(/web:2$/)
    expect(simulation.journal.length).toBeGreaterThan(20)
  })

  test('rolls back by its circuit breaker when tasks do not start', () => {
    const { call, define, service, wait, describeOne, messages } = lab()
    define('web')
    service('web', { deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } } })
    wait(2 * MINUTE)
    define('web', 'nginx:no-such-tag')
    call('UpdateService', { cluster: 'c', service: 'web', taskDefinition: 'web' })
    wait(5 * MINUTE)
    const { deployments, taskDefinition } = describeOne('web')
    expect(taskDefinition).toMatch(/web:1$/)
    expect(deployments).toMatchObject([{ status: 'PRIMARY', rolloutState: 'COMPLETED', runningCount: 2 }])
    expect(messages('web').some((one) => one.endsWith('deployment failed: tasks failed to start.'))).toBe(true)
    expect(messages('web').some((one) => one.startsWith('(service web) rolling back to (deployment ecs-svc/'))).toBe(
      true,
    )
    const { serviceDeployments } = call('ListServiceDeployments', { cluster: 'c', service: 'web' })
    expect(serviceDeployments.map((one: { status: string }) => one.status)).toEqual([
      'ROLLBACK_SUCCESSFUL',
      'SUCCESSFUL',
    ])
  })

  test('goes back when its deployment is stopped by hand', () => {
    const { call, define, service, wait, describeOne } = lab()
    define('web')
    service('web')
    wait(2 * MINUTE)
    define('web', 'nginx:1.26')
    const { currentServiceDeployment } = call('UpdateService', {
      cluster: 'c',
      service: 'web',
      taskDefinition: 'web',
    }).service
    const arn = currentServiceDeployment ?? describeOne('web').currentServiceDeployment
    wait(10_000)
    call('StopServiceDeployment', {
      serviceDeploymentArn: describeOne('web').currentServiceDeployment ?? arn,
      stopType: 'ROLLBACK',
    })
    wait(3 * MINUTE)
    expect(describeOne('web')).toMatchObject({ runningCount: 2, deployments: [{ rolloutState: 'COMPLETED' }] })
    expect(describeOne('web').taskDefinition).toMatch(/web:1$/)
  })

  test('says what it cannot place, once, and places it when there is room', () => {
    const { define, service, wait, messages, describeOne, run, world } = lab(1)
    define('web', 'nginx:1.27', { memory: 3000 })
    service('web', { desiredCount: 3 })
    wait(5 * MINUTE)
    const words = messages('web').filter((one) => one.includes('unable to place'))
    expect(words).toHaveLength(1)
    expect(words[0]).toMatch(
      /^\(service web\) was unable to place a task because no container instance met all of its requirements\. The closest matching \(container-instance [0-9a-f]{32}\) has insufficient memory available\./,
    )
    run(
      registerInstance(world, region, 'c', {
        ec2InstanceId: 'i-00000000000000099',
        type: 'm5.large',
        zone: 'us-east-1b',
        vcpus: 2,
        memoryMiB: 8192,
        interfaces: 3,
        ip: '10.0.0.99',
      }).emit,
    )
    wait(2 * MINUTE)
    expect(describeOne('web').runningCount).toBe(3)
  })

  test('evens out its zones when another one has room', () => {
    const { define, service, wait, run, world, tasks, messages } = lab(1)
    define('web')
    service('web', { desiredCount: 4 })
    wait(2 * MINUTE)
    run(
      registerInstance(world, region, 'c', {
        ec2InstanceId: 'i-00000000000000099',
        type: 'm5.large',
        zone: 'us-east-1b',
        vcpus: 2,
        memoryMiB: 8192,
        interfaces: 3,
        ip: '10.0.0.99',
      }).emit,
    )
    wait(10 * MINUTE)
    const live = tasks().filter(({ state }) => state === 'RUNNING')
    expect(live.map(({ zone }) => zone).sort()).toEqual(['us-east-1a', 'us-east-1a', 'us-east-1b', 'us-east-1b'])
    expect(messages('web').filter((one) => one.includes('is not AZ balanced'))).toHaveLength(2)
    expect(messages('web')[0]).toBe('(service web) has reached a steady state.')
  })

  test('moves its tasks away from an instance that is drained', () => {
    const { call, define, service, wait, tasks } = lab()
    define('web')
    service('web', { desiredCount: 3 })
    wait(2 * MINUTE)
    const [first] = tasks()
    const id = first?.instance?.split('/').at(-1)
    call('UpdateContainerInstancesState', { cluster: 'c', containerInstances: [id], status: 'DRAINING' })
    wait(3 * MINUTE)
    const live = tasks().filter(({ state }) => state === 'RUNNING')
    expect(live).toHaveLength(3)
    expect(live.some(({ instance }) => instance === first?.instance)).toBe(false)
  })

  test('runs one task on each instance as a daemon', () => {
    const { call, define, service, wait, tasks, describeOne } = lab()
    define('web')
    service('web', { desiredCount: undefined, schedulingStrategy: 'DAEMON' })
    wait(2 * MINUTE)
    expect(describeOne('web')).toMatchObject({ desiredCount: 3, runningCount: 3 })
    expect(new Set(tasks().map(({ instance }) => instance)).size).toBe(3)
    define('web', 'nginx:1.26')
    call('UpdateService', { cluster: 'c', service: 'web', taskDefinition: 'web' })
    wait(3 * MINUTE)
    expect(describeOne('web')).toMatchObject({ runningCount: 3, deployments: [{ rolloutState: 'COMPLETED' }] })
  })

  test('bakes a blue/green deployment before the old tasks go', () => {
    const { call, define, service, wait, tasks, describeOne } = lab()
    define('web')
    service('web', { deploymentConfiguration: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 5 } })
    wait(2 * MINUTE)
    define('web', 'nginx:1.26')
    call('UpdateService', { cluster: 'c', service: 'web', taskDefinition: 'web' })
    wait(3 * MINUTE)
    expect(tasks().filter(({ state }) => state === 'RUNNING')).toHaveLength(4)
    wait(6 * MINUTE)
    expect(tasks().filter(({ state }) => state === 'RUNNING')).toHaveLength(2)
    expect(describeOne('web').deployments).toMatchObject([{ rolloutState: 'COMPLETED' }])
  })

  test('has task sets where CodeDeploy deploys it', () => {
    const { call, define, service, wait, refusal } = lab()
    define('web')
    const made = service('web', { deploymentController: { type: 'CODE_DEPLOY' } })
    expect(made.taskSets).toHaveLength(1)
    wait(2 * MINUTE)
    define('web', 'nginx:1.26')
    expect(refusal('UpdateService', { cluster: 'c', service: 'web', taskDefinition: 'web' })).toContain(
      'Unable to update task definition on services with a CODE_DEPLOY deployment controller.',
    )
    const { taskSet } = call('CreateTaskSet', {
      cluster: 'c',
      service: 'web',
      taskDefinition: 'web',
      scale: { value: 100, unit: 'PERCENT' },
    })
    wait(2 * MINUTE)
    call('UpdateServicePrimaryTaskSet', { cluster: 'c', service: 'web', primaryTaskSet: taskSet.taskSetArn })
    const { taskSets } = call('DescribeTaskSets', { cluster: 'c', service: 'web' })
    expect(taskSets).toMatchObject([
      { id: taskSet.id, status: 'PRIMARY', runningCount: 2, stabilityStatus: 'STEADY_STATE' },
      { status: 'ACTIVE', runningCount: 2 },
    ])
    call('DeleteTaskSet', { cluster: 'c', service: 'web', taskSet: taskSets[1].id, force: true })
    wait(2 * MINUTE)
    expect(call('DescribeTaskSets', { cluster: 'c', service: 'web' }).taskSets).toHaveLength(1)
  })

  test('is deleted when its last task has stopped', () => {
    const { call, define, service, wait, describeOne, refusal } = lab()
    define('web')
    service('web')
    wait(2 * MINUTE)
    expect(refusal('DeleteService', { cluster: 'c', service: 'web' })).toContain(
      'cannot be stopped while it is scaled above 0',
    )
    call('DeleteService', { cluster: 'c', service: 'web', force: true })
    wait(MINUTE)
    expect(describeOne('web')).toMatchObject({ status: 'INACTIVE', runningCount: 0 })
    expect(refusal('DeleteCluster', { cluster: 'c' })).toContain('Container Instances are active or draining')
  })
})

test('an agent that is stopped starts nothing, and what runs goes on', () => {
  const { call, define, wait, world, tasks, run } = lab(1)
  define('job')
  call('RunTask', { cluster: 'c', taskDefinition: 'job' })
  wait(MINUTE)
  const agent = [...world.all('aws.ecs.Agent')][0]?.id ?? ''
  run([{ to: agent, type: 'Stopped' }])
  expect(call('RunTask', { cluster: 'c', taskDefinition: 'job' }).failures).toMatchObject([{ reason: 'AGENT' }])
  call('StopTask', { cluster: 'c', task: tasks()[0]?.taskId })
  wait(MINUTE)
  expect([...world.all('docker.Container')][0]?.state).toBe('running')
  run([{ to: agent, type: 'Started' }])
  wait(MINUTE)
  expect([...world.all('docker.Container')][0]?.state).toBe('exited')
})

test('a rule of EventBridge runs tasks on a cluster', () => {
  const { define, world, run, tasks } = lab()
  const TaskDefinitionArn = define('job')
  const answer = ecs.receives?.(
    `arn:aws:ecs:${region}:123456789012:cluster/c`,
    {
      from: 'events.amazonaws.com',
      body: {},
      settings: { EcsParameters: { TaskDefinitionArn, TaskCount: 2 } },
      by: 'aws.events.Rule/r/nightly',
    },
    world,
  )
  if (!answer || 'error' in answer) throw new Error(JSON.stringify(answer))
  run(answer.emit)
  expect(tasks().map(({ startedBy }) => startedBy)).toEqual(['events-rule/nightly', 'events-rule/nightly'])
})

test('task definitions have revisions, and are refused in the words of ECS', () => {
  const { call, define, refusal } = lab(0)
  expect([define('a'), define('a')].map((arn) => arn.split('/')[1])).toEqual(['a:1', 'a:2'])
  call('DeregisterTaskDefinition', { taskDefinition: 'a:2' })
  expect(define('a')).toMatch(/a:3$/)
  expect(call('ListTaskDefinitions', { familyPrefix: 'a' }).taskDefinitionArns).toHaveLength(2)
  const container = { name: 'x', image: 'nginx' }
  const fargate = {
    family: 'f',
    requiresCompatibilities: ['FARGATE'],
    networkMode: 'awsvpc',
    containerDefinitions: [container],
  }
  expect([
    refusal('RegisterTaskDefinition', { family: 'f', containerDefinitions: [container] }),
    refusal('RegisterTaskDefinition', { ...fargate, cpu: '256', memory: '4096' }),
    refusal('RegisterTaskDefinition', { ...fargate, cpu: 'much', memory: '512' }),
    refusal('RegisterTaskDefinition', { ...fargate, networkMode: 'bridge', cpu: '256', memory: '512' }),
    refusal('DescribeTaskDefinition', { taskDefinition: 'none' }),
  ]).toEqual([
    "ClientException: Invalid setting for container 'x'. At least one of 'memory' or 'memoryReservation' must be specified.",
    'ClientException: No Fargate configuration exists for given values: 256 CPU, 4096 memory. See the Amazon ECS documentation for the valid values.',
    "ClientException: Invalid 'cpu' setting for task. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.",
    'ClientException: Fargate only supports network mode ‘awsvpc’.',
    'ClientException: Unable to describe task definition.',
  ])
})

test('a program in a container calls as the task role', () => {
  const { define, call, wait, world } = lab()
  const role = 'arn:aws:iam::123456789012:role/shop'
  define('role', 'nginx:1.27', {}, { taskRoleArn: role })
  const { taskArn } = call('RunTask', { cluster: 'c', taskDefinition: 'role' }).tasks[0]
  wait(MINUTE)
  const [container] = world.all('docker.Container')
  const env = (container as unknown as { ownEnv: { readonly [name: string]: string } }).ownEnv
  expect(container && ecs.identity?.(container, env, world)).toEqual(rolePrincipal(role, taskArn.split('/').at(-1)))
})

/** A Fargate service behind a load balancer with two target groups, whose deployments are canaries watched by an alarm. */
function canary() {
  const made = lab(0)
  const { world, run, call, wait } = made
  // biome-ignore lint/suspicious/noExplicitAny: a test reads outputs as they are
  const other = (service: string, operation: string, input: object): any => {
    const answer = callService({
      world,
      service,
      operation,
      input: input as JsonObject,
      principal: servicePrincipal('test'),
      region,
    })
    if ('error' in answer) throw new Error(`${answer.error.code}: ${answer.error.message}`)
    run(answer.emit ?? [])
    return answer.output
  }
  const elb = (operation: string, input: object) => other('elasticloadbalancing', operation, input)
  const { subnets: all, group, vpc } = defaultNetwork(region)
  const subnets = all.slice(0, 2).map(({ SubnetId }) => SubnetId)
  other('ec2', 'AuthorizeSecurityGroupIngress', {
    GroupId: group.GroupId,
    IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
  })
  const balancer = elb('CreateLoadBalancer', { Name: 'lb', Subnets: subnets, SecurityGroups: [group.GroupId] })
  const [blue, green] = ['blue', 'green'].map((Name) => {
    const input = {
      Name,
      Protocol: 'HTTP',
      Port: 80,
      VpcId: vpc.VpcId,
      TargetType: 'ip',
      HealthCheckIntervalSeconds: 10,
    }
    return elb('CreateTargetGroup', input).TargetGroups[0].TargetGroupArn as string
  })
  const ListenerArn = elb('CreateListener', {
    LoadBalancerArn: balancer.LoadBalancers[0].LoadBalancerArn,
    Protocol: 'HTTP',
    Port: 80,
    DefaultActions: [{ Type: 'forward', TargetGroupArn: blue }],
  }).Listeners[0].ListenerArn
  const { RuleArn } = elb('CreateRule', {
    ListenerArn,
    Priority: 1,
    Conditions: [{ Field: 'path-pattern', Values: ['/*'] }],
    Actions: [{ Type: 'forward', TargetGroupArn: blue }],
  }).Rules[0]
  other('cloudwatch', 'PutMetricAlarm', {
    AlarmName: 'errors',
    MetricName: 'm',
    Namespace: 'N',
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanThreshold',
  })
  wait(3 * MINUTE)
  const task = { networkMode: 'awsvpc', requiresCompatibilities: ['FARGATE'], cpu: '256', memory: '512' }
  made.define('web', 'nginx:1.27', {}, task)
  made.service('web', {
    launchType: 'FARGATE',
    networkConfiguration: { awsvpcConfiguration: { subnets, securityGroups: [group.GroupId] } },
    loadBalancers: [
      {
        targetGroupArn: blue,
        containerName: 'web',
        containerPort: 80,
        advancedConfiguration: { alternateTargetGroupArn: green, productionListenerRule: RuleArn },
      },
    ],
    deploymentConfiguration: {
      strategy: 'CANARY',
      canaryConfiguration: { canaryPercent: 10, canaryBakeTimeInMinutes: 5 },
      bakeTimeInMinutes: 2,
      alarms: { alarmNames: ['errors'], enable: true, rollback: true },
    },
  })
  wait(4 * MINUTE)
  made.define('web', 'nginx:1.26', {}, task)
  call('UpdateService', { cluster: 'c', service: 'web', taskDefinition: 'web' })
  const weights = () => {
    const [action] = elb('DescribeRules', { RuleArns: [RuleArn] }).Rules[0].Actions
    const groups = action.ForwardConfig.TargetGroups as readonly {
      readonly TargetGroupArn: string
      readonly Weight: number
    }[]
    return [blue, green].map((arn) => groups.find(({ TargetGroupArn }) => TargetGroupArn === arn)?.Weight ?? 0)
  }
  return { ...made, weights, other }
}

describe('a canary', () => {
  test('gets a little of the traffic, then all of it, before the old tasks go', () => {
    const { wait, weights, describeOne, tasks } = canary()
    wait(2 * MINUTE)
    expect(weights()).toEqual([90, 10])
    expect(tasks().filter(({ state }) => state === 'RUNNING')).toHaveLength(4)
    wait(6 * MINUTE)
    expect(weights()).toEqual([0, 100])
    wait(10 * MINUTE)
    expect(describeOne('web').deployments).toMatchObject([{ rolloutState: 'COMPLETED', runningCount: 2 }])
    expect(tasks().filter(({ state }) => state === 'RUNNING')).toHaveLength(2)
  })

  test('goes back at once when an alarm goes off', () => {
    const { wait, weights, describeOne, other, messages, tasks } = canary()
    wait(2 * MINUTE)
    other('cloudwatch', 'SetAlarmState', { AlarmName: 'errors', StateValue: 'ALARM', StateReason: 'a test' })
    wait(10_000)
    expect(weights()).toEqual([100, 0])
    expect(messages('web').some((one) => /deployment failed: alarm detected: errors\.$/.test(one))).toBe(true)
    wait(10 * MINUTE)
    expect(describeOne('web').taskDefinition).toMatch(/web:1$/)
    expect(tasks().filter(({ state }) => state === 'RUNNING')).toHaveLength(2)
  })
})
