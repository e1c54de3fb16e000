import type { World } from '../../../kernel/index.ts'
import { Files } from '../../../shell/files.ts'
import { hostKind } from '../../../shell/host.ts'
import { newMachine, standardFds } from '../../../shell/machine/machine.ts'
import { newShell } from '../../../shell/machine/shell.ts'
import { step } from '../../../shell/machine/step.ts'
import { startProblem } from '../../containerd/index.ts'
import type { Container } from './container.ts'
import { launchOf } from './serving.ts'

/** What a command run in a container at once came to. */
export interface Ran {
  readonly exitCode: number
  /** Standard output and error together. */
  readonly output: string
  /** Whether it would answer the same as long as nothing happens to the container. */
  readonly steady: boolean
  /** ms that it takes when it waits for something by the clock. */
  readonly ms: number
}

/**
 * Runs a command in a container without a process of its own, as probes and hooks do: it sees the files and the environment, what it
 * writes is lost, and a command that waits is over when it first waits. Unlike Kubernetes, which starts a process each time.
 */
export function runOnce(world: World, container: Container, argv: readonly string[], timeout: number): Ran {
  const launch = launchOf(world, container.spec, container.env)
  const host = hostKind(container)
  const files = new Files(host.files(container, world), world.now)
  const problem = launch && startProblem(launch.image, argv, (path) => files.exists(path))
  if (problem) {
    const what = problem.message.slice(problem.message.indexOf('exec: '), -': unknown'.length)
    return {
      exitCode: 126,
      output: `OCI runtime exec failed: exec failed: unable to start container process: ${what}: unknown`,
      steady: true,
      ms: 0,
    }
  }
  const env = host.env(container, world)
  const machine = newMachine(newShell(env, host.cwd?.(container, world) ?? '/', 9, 'sh'), { argv }, standardFds(false))
  const outcome = step(machine, [], {
    world,
    process: container,
    host: container,
    files,
    programs: host.programs(container, world),
    pid: 9,
    interactive: false,
    keeps: false,
    history: [],
    jobs: [],
    processes: [],
  })
  const output = outcome.output.map((chunk) => chunk.text).join('')
  const steady = STEADY.has((argv[0] ?? '').replace(/^.*\//, ''))
  if (outcome.rest.is === 'exited') return { exitCode: outcome.rest.exitCode, output, steady, ms: 0 }
  const due = outcome.rest.is === 'waiting' ? outcome.rest.due : undefined
  const ms = due === undefined ? 0 : due - world.now
  if (ms > timeout)
    return {
      exitCode: 124,
      output: `command timed out: "${argv.join(' ')}" timed out after ${timeout / 1000}s`,
      steady,
      ms,
    }
  return { exitCode: 0, output, steady, ms }
}

/** Commands that look at nothing but files. */
const STEADY = new Set(['cat', 'test', '[', 'ls', 'stat', 'grep', 'true', 'false', 'head', 'tail', 'find', 'wc'])
