import { invariant, type Simulation } from '../kernel/index.ts'
import type { BenchCase, BenchResult } from './benchCase.ts'
import { executionStage } from './benchExecutions.ts'
import { podStage } from './benchPods.ts'
import { type BenchStage, settle } from './benchStage.ts'
import { taskStage } from './benchTasks.ts'

/** Measures the lab: a world that has settled, then command lines until everything is as it should be. Keeps the world until it has measured the heap. */
export function measureOrrery(one: BenchCase): BenchResult {
  run(stageOf(smallOf(one)))
  globalThis.gc?.()
  const stage = stageOf(one)
  const result = run(stage)
  globalThis.gc?.()
  const heapMb = process.memoryUsage().heapUsed / 1e6
  invariant(stage.done() > 0, 'the world is gone before its heap was measured')
  return { ...result, heapMb }
}

function run(stage: BenchStage): Omit<BenchResult, 'heapMb'> {
  const { simulation } = stage
  const [from, before, placed] = [simulation.now, simulation.journal.length, placements(simulation)]
  const [started, used] = [performance.now(), process.cpuUsage()]
  stage.start()
  settle(stage)
  const ms = performance.now() - started
  const { user, system } = process.cpuUsage(used)
  return {
    ms,
    cpuMs: (user + system) / 1000,
    virtualMs: simulation.now - from,
    done: stage.done(),
    events: simulation.journal.length - before,
    placements: placements(simulation) - placed,
  }
}

function stageOf(one: BenchCase): BenchStage {
  if (one.of === 'pods') return podStage(one)
  return one.of === 'tasks' ? taskStage(one) : executionStage(one)
}

/** The same on a smaller scale, to warm up. */
function smallOf(one: BenchCase): BenchCase {
  const least = Math.min
  if (one.of === 'executions') return { ...one, executions: least(one.executions, 100) }
  if (one.of === 'tasks')
    return {
      ...one,
      instances: least(one.instances, 50),
      services: least(one.services, 5),
      tasks: least(one.tasks, 50),
    }
  return {
    ...one,
    nodes: least(one.nodes, 50),
    deployments: least(one.deployments, 5),
    replicas: least(one.replicas, 200),
  }
}

/** Pods bound to a node, and tasks given to an instance. */
function placements({ journal }: Simulation): number {
  let count = 0
  for (let i = 0; i < journal.length; i++) {
    const event = journal.at(i)
    if (event?.type === 'Scheduled' || (event?.kind === 'aws.ecs.Task' && event.type === 'Provisioned')) count++
  }
  return count
}
