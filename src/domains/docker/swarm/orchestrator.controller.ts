import type { Answer, Controller, World } from '../../../kernel/index.ts'
import { nodesOf } from './node.ts'
import { restartTaskRule } from './restartTask.rule.ts'
import { isJob, type Service } from './service.ts'
import { Look } from './slots.ts'
import { swarmOf } from './swarm.ts'
import { isTerminal, isWanted, type Task, tasksOfService } from './task.ts'
import { updateTasks } from './updating.ts'

/**
 * Keeps each service's tasks as it wants them: makes them, follows those that ended by others, replaces them in updates, and forgets old
 * ones. Models: swarmkit manager/orchestrator: replicated, global, jobs, restart, constraintenforcer, taskreaper
 */
export const orchestratorController: Controller = {
  name: 'docker.swarm.orchestrator',
  watches: {
    'docker.Service': '*',
    'docker.Task': [
      'RunningReported',
      'Completed',
      'Failed',
      'Rejected',
      'ShutDown',
      'Orphaned',
      'DesiredChanged',
      'SchedulingFailed',
    ],
    'docker.Node': ['Created', 'Updated', 'RoleChanged', 'HeartbeatMissed', 'HeartbeatResumed', 'Left', 'Removed'],
    'docker.Swarm': ['Elected', 'Configured', 'LeadershipMoved'],
  },
  wakes(event, world) {
    if (event.type === 'Balanced' || event.type === 'Published') return undefined
    if (event.kind === 'docker.Service') return event.to
    if (event.kind === 'docker.Task') return (world.get(event.to) as Task | undefined)?.service
    const ids = new Set<string>([...world.all('docker.Service')].map(({ id }) => id))
    for (const task of world.all('docker.Task') as Iterable<Task>) ids.add(task.service)
    return ids
  },
  delay: () => 10,
  reconcile(id, world) {
    const swarm = swarmOf(world)
    if (swarm?.state !== 'Led') return undefined
    const service = world.get(id) as Service | undefined
    const tasks = tasksOfService(world, id)
    if (!service)
      return tasks.flatMap((task): readonly Answer[] =>
        task.desired !== 'remove'
          ? [
              { to: task.id, type: 'DesiredChanged', data: { desired: 'remove' }, by: swarm.leader },
              ...forget(world, task, swarm.leader),
            ]
          : forget(world, task, swarm.leader),
      )
    const look = new Look(world, swarm, service, tasks)
    enforce(look, tasks)
    if (service.spec.mode === 'replicated-job' || service.spec.mode === 'global-job') runJob(look)
    else if (service.spec.mode === 'global') runGlobal(look)
    else runReplicated(look)
    promote(look, tasks)
    reap(look)
    return look.answers
  },
}

const DAY = 24 * 3_600_000

/** Tasks whose node no longer meets their constraints are refused; those of nodes that are down for a day are given up. */
function enforce(look: Look, tasks: readonly Task[]): void {
  for (const task of tasks) {
    if (isTerminal(task) || task.node === undefined) continue
    const node = look.nodeOf(task)
    if (node?.state === 'ready' && look.wanted(task) && look.service.spec.mode !== 'global' && !look.fits(node))
      look.emit({ to: task.id, type: 'Rejected', data: { error: 'assigned node no longer meets constraints' } })
    if (node?.state !== 'down') continue
    const age = look.world.now - node.since
    if (age >= DAY) look.emit({ to: task.id, type: 'Orphaned' })
    else look.again(DAY - age)
  }
}

function runReplicated(look: Look): void {
  const { service, world } = look
  const finished = new Set<string>()
  for (const [slot, tasks] of look.slots) {
    for (const task of look.live(slot)) if (follow(look, task) === 'finished') finished.add(slot)
    const last = tasks.at(-1)
    if (
      !look.occupied(slot) &&
      last &&
      isTerminal(last) &&
      last.desired === 'shutdown' &&
      last.createdAt >= service.updatedAt
    )
      finished.add(slot)
  }
  const used = [...look.slots.keys()].filter((slot) => look.occupied(slot) || finished.has(slot))
  const missing = service.spec.replicas - used.length
  for (let number = 1, made = 0; made < missing; number++) {
    if (used.includes(String(number))) continue
    look.make(String(number), { desired: 'running' })
    made++
  }
  const excess = missing < 0 ? toRemove(look, used, -missing) : []
  for (const slot of excess) for (const task of look.slots.get(slot) ?? []) look.turn(task, 'remove')
  for (const [slot, tasks] of look.slots)
    if (!used.includes(slot) && Number(slot) > service.spec.replicas && tasks.every((task) => !look.wanted(task)))
      for (const task of tasks) if (world.now > task.since && task.desired !== 'remove') look.turn(task, 'remove')
  updateTasks(
    look,
    used.filter((slot) => !excess.includes(slot)),
  )
}

/** The slots that go first: such as do not run, then those on nodes with the most tasks of the service, then the highest numbers. */
function toRemove(look: Look, used: readonly string[], count: number): readonly string[] {
  const onNode = new Map<string, number>()
  const nodeIn = (slot: string): string => look.live(slot).at(-1)?.node ?? ''
  for (const slot of used) onNode.set(nodeIn(slot), (onNode.get(nodeIn(slot)) ?? 0) + 1)
  const runs = (slot: string): boolean => look.live(slot).some(({ state }) => state === 'running')
  const left = [...used]
  const gone: string[] = []
  while (gone.length < count) {
    left.sort(
      (a, b) =>
        Number(runs(a)) - Number(runs(b)) ||
        (onNode.get(nodeIn(b)) ?? 0) - (onNode.get(nodeIn(a)) ?? 0) ||
        Number(b) - Number(a),
    )
    const slot = left.shift()
    if (slot === undefined) break
    onNode.set(nodeIn(slot), (onNode.get(nodeIn(slot)) ?? 1) - 1)
    gone.push(slot)
  }
  return gone
}

function runGlobal(look: Look): void {
  const slots: string[] = []
  for (const node of nodesOf(look.world)) {
    const able = node.state === 'ready' && node.availability !== 'drain' && !node.left && look.fits(node)
    const slot = node.id
    for (const task of look.live(slot)) {
      if (!able) look.turn(task, 'shutdown')
      else follow(look, task)
    }
    const last = look.slots.get(slot)?.at(-1)
    const finished =
      last &&
      isTerminal(last) &&
      last.desired === 'shutdown' &&
      last.createdAt >= look.service.updatedAt &&
      last.state !== 'shutdown'
    if (able && !look.occupied(slot) && !finished && node.availability === 'active')
      look.make(slot, { desired: 'running' })
    if (able) slots.push(slot)
  }
  for (const [slot, tasks] of look.slots) if (!look.world.get(slot)) for (const task of tasks) look.turn(task, 'remove')
  updateTasks(look, slots)
}

function runJob(look: Look): void {
  const { service, world } = look
  const now = [...look.slots.values()].flat().filter((task) => task.iteration === service.iteration)
  for (const task of [...look.slots.values()].flat())
    if (task.iteration !== service.iteration) look.turn(task, 'remove')
  if (service.spec.mode === 'global-job') {
    for (const node of nodesOf(world))
      if (
        node.state === 'ready' &&
        node.availability === 'active' &&
        look.fits(node) &&
        !now.some(({ slot }) => slot === node.id)
      )
        look.make(node.id, { desired: 'complete' })
  }
  for (const task of now) if (look.wanted(task)) follow(look, task)
  if (service.spec.mode === 'global-job') return
  const done = now.filter(({ state }) => state === 'complete').length
  const active = [...look.slots.keys()].filter((slot) => {
    const last = now.filter((task) => task.slot === slot).at(-1)
    return last !== undefined && last.state !== 'complete' && look.occupied(slot)
  }).length
  const most = service.spec.maxConcurrent ?? service.spec.replicas
  let fresh = Math.min(most - active, service.spec.replicas - done - active)
  for (let number = 1; fresh > 0; number++) {
    if (now.some(({ slot }) => slot === String(number))) continue
    look.make(String(number), { desired: 'complete' })
    fresh--
  }
}

/** Follows a task that ended, or that cannot stay on its node, by another one as its restart condition says. */
function follow(look: Look, task: Task): 'stays' | 'followed' | 'finished' {
  const lost = look.lost(task)
  if (!isTerminal(task) && lost === undefined) return 'stays'
  const { world, service } = look
  const policy = service.spec.task.restart
  const restarts = task.restarts ?? []
  const question = { policy, state: task.state, restarts, now: world.now, job: isJob(service.spec) }
  const verdict = world.decide(restartTaskRule, question)
  if (question.job && task.state === 'complete') return 'finished'
  look.turn(task, 'shutdown', restartTaskRule.id)
  if (!verdict.restart) return 'finished'
  const waits = !look.over(task)
  const live = look.live(task.slot)
  if (live.length > 0) return 'followed'
  const desired = question.job ? 'complete' : 'ready'
  look.make(task.slot, {
    desired,
    ...(lost === 'drain' ? {} : { startAt: world.now + policy.delay }),
    restarts: [...restarts, world.now].slice(-50),
    ...(waits ? { after: task.id } : {}),
  })
  return 'followed'
}

/** Lets tasks start whose delay is over and whose forerunner has ended. */
function promote(look: Look, tasks: readonly Task[]): void {
  const { world } = look
  for (const task of tasks) {
    if (look.desired(task) !== 'ready' || isTerminal(task)) continue
    const wait = (task.startAt ?? 0) - world.now
    if (wait > 0) look.again(wait)
    else if (task.after === undefined || look.over(world.get(task.after) as Task | undefined))
      look.turn(task, 'running')
  }
}

/** Keeps so many tasks of a slot as the swarm's history is long, and forgets those that are to be removed. */
function reap(look: Look): void {
  const { world, swarm } = look
  for (const tasks of look.slots.values()) {
    for (const task of tasks) {
      const unborn = !look.wanted(task) && (task.state === 'new' || task.state === 'pending')
      if (look.desired(task) === 'remove' || unborn) look.answers.push(...forget(world, task, swarm.leader))
    }
    const kept = tasks.filter((task) => look.desired(task) !== 'remove')
    let over = kept.length - swarm.taskHistory
    for (const task of kept)
      if (over > 0 && isTerminal(task) && !isWanted({ ...task, desired: look.desired(task) })) {
        over--
        look.answers.push(...forget(world, task, swarm.leader))
      }
  }
}

/** The event that forgets a task, once nothing of it can be running. */
function forget(world: World, task: Task, by: string): readonly Answer[] {
  const node = task.node === undefined ? undefined : world.get(task.node)
  const unassigned = task.state === 'new' || task.state === 'pending'
  if (!unassigned && !isTerminal(task) && node && node.state !== 'down') return []
  if (!unassigned && !isTerminal(task) && ['starting', 'running'].includes(task.state))
    return [
      { to: task.id, type: 'ShutDown', by },
      { to: task.id, type: 'Removed', data: { container: task.container }, by },
    ]
  return [{ to: task.id, type: 'Removed', data: { container: task.container }, by }]
}
