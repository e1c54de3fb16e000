import type { Answer, Emission, World } from '../../../kernel/index.ts'
import { meets, readConstraints } from './constraint.ts'
import type { SwarmNode } from './node.ts'
import { factsOf } from './scheduler.controller.ts'
import { isJob, type Service } from './service.ts'
import type { Swarm } from './swarm.ts'
import { type Desired, freeTaskId, isTerminal, isWanted, type Task } from './task.ts'

/** What a new task is given beside its place. */
export interface NewTask {
  readonly desired: Desired
  readonly startAt?: number
  readonly restarts?: readonly number[]
  readonly update?: number
  readonly after?: string
}

/** One look of the orchestrator at a service: its slots, and what it answers so far. */
export class Look {
  readonly world: World
  readonly swarm: Swarm
  readonly service: Service
  readonly slots: Map<string, Task[]>
  readonly answers: Answer[] = []
  private readonly turned = new Map<string, Desired>()
  private readonly made = new Set<string>()

  constructor(world: World, swarm: Swarm, service: Service, tasks: readonly Task[]) {
    this.world = world
    this.swarm = swarm
    this.service = service
    this.slots = new Map()
    for (const task of tasks) this.slots.set(task.slot, [...(this.slots.get(task.slot) ?? []), task])
  }

  /** What is wanted of a task after this look so far. */
  desired(task: Task): Desired {
    return this.turned.get(task.id) ?? task.desired
  }

  wanted(task: Task): boolean {
    return isWanted({ ...task, desired: this.desired(task) })
  }

  live(slot: string): readonly Task[] {
    return (this.slots.get(slot) ?? []).filter((task) => this.wanted(task))
  }

  /** Whether something wanted is in a slot, be it made at this look. */
  occupied(slot: string): boolean {
    return this.made.has(slot) || this.live(slot).length > 0
  }

  turn(task: Task, desired: Desired, rule?: string): void {
    if (this.desired(task) === desired) return
    this.turned.set(task.id, desired)
    this.emit({ to: task.id, type: 'DesiredChanged', data: { desired }, ...(rule === undefined ? {} : { rule }) })
  }

  make(slot: string, options: NewTask): void {
    this.made.add(slot)
    const { service, world } = this
    this.emit({
      to: freeTaskId(world, service.spec.name, slot),
      kind: 'docker.Task',
      type: 'Created',
      data: {
        service: service.id,
        slot,
        spec: service.spec,
        createdAt: world.now,
        iteration: service.iteration,
        ...options,
      },
    })
  }

  emit(emission: Emission): void {
    this.answers.push({ ...emission, by: emission.by ?? this.swarm.leader })
  }

  again(ms: number): void {
    this.answers.push({ again: Math.max(1, ms) })
  }

  nodeOf(task: Task): SwarmNode | undefined {
    return task.node === undefined ? undefined : (this.world.get(task.node) as SwarmNode | undefined)
  }

  /** Why a task cannot stay on its node. */
  lost(task: Task): 'down' | 'drain' | undefined {
    if (task.node === undefined) return undefined
    const node = this.nodeOf(task)
    if (!node || node.state === 'down' || node.left) return 'down'
    return node.availability === 'drain' && !isJob(task.spec) ? 'drain' : undefined
  }

  /** Whether a task's node still meets its constraints. */
  fits(node: SwarmNode): boolean {
    const constraints = readConstraints(this.service.spec.task.placement.constraints)
    return 'error' in constraints || meets(constraints, factsOf(this.world, node))
  }

  /** Whether nothing of a task can be running any more, as far as the managers know. */
  over(task: Task | undefined): boolean {
    return !task || isTerminal(task) || this.lost(task) === 'down'
  }
}
