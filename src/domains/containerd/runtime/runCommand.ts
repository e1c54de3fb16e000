import type { Entity, World } from '../../../kernel/index.ts'
import { Files } from '../../../shell/files.ts'
import { hostKind } from '../../../shell/host.ts'
import { newMachine, standardFds } from '../../../shell/machine/machine.ts'
import { newShell } from '../../../shell/machine/shell.ts'
import { step } from '../../../shell/machine/step.ts'

/** What a command run in a container at once came to. */
export interface CommandRun {
  readonly exitCode: number
  /** Standard output and error together. */
  readonly output: string
  /** ms that it takes where it waits by the clock, for an answer or a sleep. */
  readonly ms: number
  /** Whether it was ended because it took longer than it may. */
  readonly timedOut: boolean
}

/** A command that waits more often than this for the clock is given up. */
const WAITS = 200

/**
 * Runs a command in a container to its end without a process of its own, as health checks and hooks do: it sees the files and the
 * environment of now, what it writes or makes happen is lost, and where it waits by the clock its time is counted. Unlike a real runtime,
 * which starts a process each time.
 */
export function runCommand(world: World, host: Entity, argv: readonly string[], timeout: number): CommandRun {
  const kind = hostKind(host)
  const env = kind.env(host, world)
  let machine = newMachine(newShell(env, kind.cwd?.(host, world) ?? '/', 9, 'sh'), { argv }, standardFds(false))
  const files = new Files(kind.files(host, world), world.now)
  const programs = kind.programs(host, world)
  let output = ''
  let ms = 0
  for (let waits = 0; waits < WAITS; waits++) {
    const then = ms === 0 ? world : (Object.create(world, { now: { value: world.now + ms } }) as World)
    const outcome = step(machine, [], {
      world: then,
      process: host,
      host,
      files,
      programs,
      pid: 9,
      interactive: false,
      keeps: false,
      history: [],
      jobs: [],
      processes: [],
    })
    output += outcome.output.map((chunk) => chunk.text).join('')
    if (outcome.rest.is === 'exited') return { exitCode: outcome.rest.exitCode, output, ms, timedOut: false }
    machine = outcome.machine
    if (outcome.rest.is === 'running') continue
    if (outcome.rest.due === undefined) break
    ms = outcome.rest.due - world.now
    if (ms > timeout) break
  }
  return { exitCode: -1, output, ms: Math.min(ms, timeout), timedOut: true }
}
