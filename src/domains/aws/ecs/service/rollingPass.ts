import type { Answer, Emission, World } from '../../../../kernel/index.ts'
import { deploymentBounds } from '../deploymentBounds.rule.ts'
import type { Task } from '../task/task.ts'
import { ALL_STOPPED, chooseStops } from './chooseStops.ts'
import type { Deployment } from './deployment.ts'
import { failing, giveUp } from './failing.ts'
import { EMPTY, type Fleet, fleetsOf } from './fleet.ts'
import { answersOf, type Pass, start, stop } from './pass.ts'
import { rebalance } from './rebalance.ts'
import { deploymentsOf, type Service } from './service.ts'
import { shiftPass } from './shiftPass.ts'
import { stoppedWords, stopTask } from './startTasks.ts'

/**
 * One look at a REPLICA service: starts what is missing, stops what is too much or old, within the two percentages; says when it is steady.
 * Models: Amazon ECS developer guide, "Rolling update" and "Service scheduler concepts"
 */
export function rollingPass(service: Service, world: World): readonly Answer[] {
  const deployments = deploymentsOf(world, service.id)
  const { byName, stopping } = fleetsOf(
    world,
    service,
    deployments.map((revision) => ({ name: revision.deploymentId, revision })),
  )
  const pass: Pass = { emit: [], messages: [], fields: {}, again: Number.POSITIVE_INFINITY }
  if (service.state === 'DRAINING') return drain(service, deployments, byName, stopping)
  const primary = deployments.find(({ status }) => status === 'PRIMARY')
  if (!primary) return []
  const olds = deployments.filter((one) => one !== primary)
  const why = failing(world, service, primary)
  if (why !== undefined) return giveUp(world, service, primary, why)
  const fleet = byName.get(primary.deploymentId) ?? EMPTY
  const old = [...olds.map(({ deploymentId }) => byName.get(deploymentId) ?? EMPTY), byName.get('') ?? EMPTY]
  const shifts =
    primary.strategy !== 'ROLLING' && primary.state !== 'COMPLETED' && old.some(({ live }) => live.length > 0)
  if (shifts) shiftPass(world, service, primary, fleet, old, pass)
  else roll(world, service, primary, fleet, old, pass)
  for (const { deploymentId, id, state } of olds)
    if (state === 'REPLACED' && (byName.get(deploymentId) ?? EMPTY).live.length === 0 && !stopping.has(deploymentId))
      pass.emit.push({ to: id, type: 'Drained', by: service.id })
  settle(service, primary, fleet, old, stopping, pass)
  return answersOf(service, pass)
}

function roll(
  world: World,
  service: Service,
  primary: Deployment,
  fleet: Fleet,
  old: readonly Fleet[],
  pass: Pass,
): void {
  const { desiredCount: desired } = service
  const { minimumHealthyPercent: minHealthyPercent = 100, maximumPercent: maxPercent = 200 } =
    service.deploymentConfiguration
  const bounds = world.decide(deploymentBounds, { desired, minHealthyPercent, maxPercent })
  const bad = new Set<Task>([...fleet.ailing.keys(), ...fleet.leaving])
  const good = bad.size === 0 ? fleet.live : fleet.live.filter((task) => !bad.has(task))
  const oldLive = old.flatMap(({ live }) => live)
  const total = fleet.live.length + oldLive.length
  const missing = desired - good.length
  const room = Math.max(bounds.maxTotal, desired === 0 ? 0 : 1) - total
  let starts = primary.state === 'FAILED' ? 0 : Math.max(0, Math.min(missing, room))
  const wait = throttled(primary, desired, world.now)
  if (starts > 0 && wait > 0) {
    starts = 0
    pass.again = Math.min(pass.again, wait)
    if (service.unplaced !== STUMBLES(service)) {
      pass.messages.push(STUMBLES(service))
      pass.fields.unplaced = STUMBLES(service)
    }
  }
  const settled = missing === 0 && bad.size === 0 && oldLive.length === 0 && fleet.healthy.length === desired
  if (settled && primary.state === 'COMPLETED') rebalance(world, service, primary, good, bounds.maxTotal, pass)
  const stuck = start(world, service, primary, starts, fleet.live, pass)
  // One too many may be what evens out the zones: it is first let start.
  if (missing < -1 || (missing === -1 && good.every(({ state }) => state === 'RUNNING')))
    stop(
      service,
      chooseStops(world, service, good, -missing),
      pass,
      () => `Scaling activity initiated by (deployment ${primary.deploymentId})`,
    )
  const healthy = [...old.flatMap((one) => one.healthy), ...fleet.healthy]
  const replaced = [...oldLive, ...fleet.leaving.filter((task) => !fleet.ailing.has(task))]
  const squeezed = stuck || bounds.maxTotal <= desired || (room - starts <= 0 && missing > starts)
  const keep = squeezed ? bounds.minRunning : Math.max(bounds.minRunning, Math.min(desired, bounds.maxTotal))
  const isHealthy = new Set(healthy)
  const idle = replaced.filter((task) => !isHealthy.has(task))
  const spare = Math.max(0, healthy.length - Math.max(0, -missing) - keep)
  const leave = chooseStops(
    world,
    service,
    replaced.filter((task) => isHealthy.has(task)),
    spare,
  )
  stop(
    service,
    [...idle.filter((task) => task.state !== 'RUNNING' || oldLive.includes(task)), ...leave],
    pass,
    () => `Scaling activity initiated by (deployment ${primary.deploymentId})`,
    { rule: deploymentBounds.id, inputs: { desired, minHealthyPercent, maxPercent, ...bounds } },
  )
  if (fleet.ailing.size > 0 && (squeezed || fleet.healthy.length >= desired)) {
    for (const [task, reason] of fleet.ailing) {
      pass.messages.push(...ailingWords(service, task, reason))
      stop(service, [task], pass, () =>
        `(service ${service.serviceName}) ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`.replace(
          /^\(service [^)]*\) task/,
          'Task',
        ),
      )
    }
  }
  if (bounds.deploymentBlocked && oldLive.length > 0 && missing > 0) {
    const words = `(service ${service.serviceName}) was unable to stop or start tasks during a deployment because of the service deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again.`
    if (service.unplaced !== words) {
      pass.messages.push(words)
      pass.fields.unplaced = words
    }
  }
}

function STUMBLES(service: Service): string {
  return `(service ${service.serviceName}) is unable to consistently start tasks successfully. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.`
}

function ailingWords(service: Service, task: Task, reason: string): readonly string[] {
  const [target] = task.targets ?? []
  if (!reason.includes('ELB') || !target)
    return [`(service ${service.serviceName}) (task ${task.taskId}) failed container health checks.`]
  return [
    `(service ${service.serviceName}) (port ${target.port}) is unhealthy in (target-group ${target.group}) due to (reason Health checks failed).`,
  ]
}

/** ms that the scheduler still waits before it starts tasks that keep failing. Models: "Service throttle logic": gaps grow up to 15 minutes */
function throttled({ failedTasks, failedAt }: Deployment, desired: number, now: number): number {
  if (failedAt === undefined || failedTasks === 0) return 0
  const rounds = Math.floor(failedTasks / Math.max(1, desired))
  if (rounds < 3) return 0
  const gap = Math.min(900_000, 15_000 * 2 ** Math.min(10, rounds - 3))
  return Math.max(0, failedAt + gap - now)
}

/** Says that the service is steady and its deployment completed, when both are so. */
function settle(
  service: Service,
  primary: Deployment,
  fleet: Fleet,
  old: readonly Fleet[],
  stopping: ReadonlySet<string>,
  pass: Pass,
): void {
  const { serviceName, desiredCount } = service
  const alone = old.every(({ live }) => live.length === 0)
  const full = fleet.healthy.length >= desiredCount && fleet.live.length === desiredCount && fleet.leaving.length === 0
  const quiet = pass.messages.length === 0 && stopping.size === 0
  if (full && fleet.healthy.length > 0 && primary.failedTasks > 0)
    pass.emit.push({ to: primary.id, type: 'FailuresForgotten' })
  if (!full || !alone || !quiet || primary.state === 'FAILED') {
    pass.again = Math.min(pass.again, Math.max(fleet.wait, LEAST), full ? Number.POSITIVE_INFINITY : LOOKS)
    return
  }
  if (primary.state === 'IN_PROGRESS' || primary.state === 'BAKED') {
    const rolloutStateReason = `ECS deployment ${primary.deploymentId} completed.`
    pass.messages.push(`(service ${serviceName}) (deployment ${primary.deploymentId}) deployment completed.`)
    pass.emit.push({ to: primary.id, type: 'Completed', by: service.id, data: { rolloutStateReason, percent: 100 } })
  }
  if (!service.steady) {
    pass.messages.push(`(service ${serviceName}) has reached a steady state.`)
    pass.fields.steady = true
  }
}

/** ms between two looks that only wait for tasks to settle: they settle one by one. */
const LEAST = 1000
/** ms between two looks at a service on its way, where nothing wakes: its tasks settle, targets turn healthy. */
const LOOKS = 10_000

function drain(
  service: Service,
  deployments: readonly Deployment[],
  byName: ReadonlyMap<string, Fleet>,
  stopping: ReadonlySet<string>,
): readonly Answer[] {
  const live = [...byName.values()].flatMap((fleet) => fleet.live)
  const emit: Emission[] = live.map((task) => stopTask(service, task, ALL_STOPPED(service)))
  if (live.length > 0)
    return [...emit, { to: service.id, type: 'Told', by: service.id, data: { messages: stoppedWords(service, live) } }]
  if (stopping.size > 0) return []
  return [
    ...deployments.map(({ id, state }) => ({
      to: id,
      type: state === 'REPLACED' ? 'Drained' : 'Superseded',
      by: service.id,
    })),
    ...deployments.flatMap(({ id, state }) =>
      state === 'REPLACED' ? [] : [{ to: id, type: 'Drained', by: service.id }],
    ),
    { to: service.id, type: 'Emptied', by: service.id },
  ]
}
