import type { Answer, Controller, World } from '../../../kernel/index.ts'
import { type CommandRun, runCommand } from '../../containerd/index.ts'
import type { Container, Health } from './container.ts'
import type { HealthCheck } from './containerSpec.ts'

/**
 * Runs the health checks of containers at their times. A check makes an event only where it changes the verdict or the count of failures
 * up to it. Models: moby daemon/health.go
 */
export const healthController: Controller = {
  name: 'docker.health',
  watches: { 'docker.Container': ['Started', 'after.backOff', 'HealthTurned', 'Unpaused'] },
  wakes: (event, world) => ((world.get(event.to) as Container | undefined)?.health ? event.to : undefined),
  reconcile(id, world) {
    const container = world.get(id) as Container | undefined
    const check = container?.spec.health
    if (!container?.health || !check || container.state !== 'running') return undefined
    const { health } = container
    const period = periodOf(container, check, health, world.now)
    const age = world.now - health.at
    if (age === 0 || age % period !== 0) return [{ again: period - (age % period) }]
    const run = runHealthCheck(world, container)
    const answer = judge(container, check, health, run.exitCode === 0, world)
    return answer ?? [{ again: period }]
  },
}

/** Runs the health check of a container now. */
export function runHealthCheck(world: World, container: Container): CommandRun {
  const check = container.spec.health as HealthCheck
  if (container.faults?.some((fault) => fault.unhealthy)) return { exitCode: 1, output: '', ms: 0, timedOut: false }
  const [how, ...rest] = check.test
  const argv = how === 'CMD-SHELL' ? ['/bin/sh', '-c', rest.join(' ')] : how === 'CMD' ? rest : check.test
  const run = runCommand(world, container, argv, check.timeout)
  return run.timedOut ? { ...run, output: `Health check exceeded timeout (${check.timeout / 1000}s)` } : run
}

/** ms between two checks: in the start period, while it starts, those of `--health-start-interval`. */
function periodOf(container: Container, check: HealthCheck, health: Health, now: number): number {
  return health.status === 'starting' && inStartPeriod(container, check, now) ? check.startInterval : check.interval
}

function inStartPeriod(container: Container, check: HealthCheck, now: number): boolean {
  return check.startPeriod > 0 && now < (container.startedAt ?? 0) + check.startPeriod
}

function judge(
  container: Container,
  check: HealthCheck,
  health: Health,
  passed: boolean,
  world: World,
): readonly Answer[] | undefined {
  const turn = (status: Health['status'], streak: number): readonly Answer[] => [
    {
      to: container.id,
      type: 'HealthTurned',
      data: { health: { status, streak, at: world.now } },
      by: container.engine,
    },
  ]
  if (passed) return health.status === 'healthy' && health.streak === 0 ? undefined : turn('healthy', 0)
  if (health.status === 'starting' && inStartPeriod(container, check, world.now)) return undefined
  if (health.status === 'unhealthy') return undefined
  const streak = health.streak + 1
  return turn(streak >= check.retries ? 'unhealthy' : health.status, streak)
}
