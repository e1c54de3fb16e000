import type { Json } from '../../../kernel/index.ts'
import type { Call, Done, Program, Step, Subcommand, Waiting } from '../../../shell/program.ts'
import { reachable } from '../apiserver/reachable.ts'
import { Ask } from './ask.ts'
import { type Chunk, firstStep, Output } from './chunks.ts'
import type { Command, Reply } from './command.ts'
import { COMMANDS } from './commands.ts'
import { completeKubectl } from './completing.ts'
import { readFlags } from './flags.ts'
import { GLOBAL_FLAGS } from './globalFlags.ts'
import { commandHelp, optionsHelp, rootHelp } from './helping.ts'
import { pluginFor } from './plugins.ts'
import { Problem, wordsOf } from './problem.ts'
import { findCommand } from './route.ts'

/** Models: kubectl 1.35. */
export const kubectl: Program = {
  name: 'kubectl',
  summary: 'Controls the Kubernetes cluster manager.',
  usage: '[flags] [options]',
  ownHelp: true,
  operands: 'files',
  flags: GLOBAL_FLAGS.map((flag) => ({ ...flag })),
  subcommands: COMMANDS.map(asSubcommand),
  examples: ['kubectl get pods', 'kubectl apply -f app.yaml', 'kubectl describe pod web'],
  run: (call) => start(call),
  resume: (call, state) => proceed(call, state as unknown as Kept),
  complete: completeKubectl,
}

/** What a waiting kubectl keeps: output not yet written and how it ends, or the state of its subcommand. */
type Kept =
  | { readonly is: 'plugin' }
  | { readonly is: 'writing'; readonly chunks: readonly Chunk[]; readonly then: Kept | number }
  | { readonly is: 'waiting'; readonly state: Json; readonly wait: Waiting['wait']; readonly catches: boolean }

function start(call: Call): Step {
  if (call.argv[1] === 'options') return { exit: 0, stdout: optionsHelp() }
  const routed = findCommand(call.argv.slice(1))
  if ('error' in routed) {
    const argv = pluginFor(call, call.argv.slice(1))
    if (argv) return { wait: { run: { argv, env: call.env } }, state: { is: 'plugin' } }
    return { exit: 1, stderr: `${routed.error}\n` }
  }
  const { command, path, words } = routed
  if (!command) return { exit: 0, stdout: rootHelp() }
  return answer(call, command, path, words, (ask) => {
    if (ask.flag('help')) {
      ask.out(commandHelp(command, path))
      return { exit: 0 }
    }
    if (!command.run) {
      const [word] = ask.args
      if (word !== undefined)
        throw new Problem(
          `error: unknown command ${JSON.stringify(ask.args.join(' '))}\nSee '${path} -h' for help and examples`,
        )
      ask.out(commandHelp(command, path))
      return { exit: 1 }
    }
    if (!command.offline) {
      const down = reachable(call.world)
      if (down) throw new Problem('refused' in down ? down.refused : wordsOf(down.status))
    }
    return command.run(ask)
  })
}

function proceed(call: Call, kept: Kept): Step {
  if (kept.is === 'plugin') return { exit: call.child?.exitCode ?? 1 }
  if (kept.is === 'writing') {
    const output = new Output()
    for (const { stream, text } of kept.chunks) output.add(stream, text)
    return typeof kept.then === 'number'
      ? written(output.chunks, { exit: kept.then })
      : written(output.chunks, { wait: kept.then.is === 'waiting' ? kept.then.wait : { after: 1 }, kept: kept.then })
  }
  const routed = findCommand(call.argv.slice(1))
  if ('error' in routed || !routed.command?.resume) return { exit: 1 }
  const { command, path, words } = routed
  return answer(call, command, path, words, (ask) => command.resume?.(ask, kept.state) ?? { exit: 1 })
}

function answer(call: Call, command: Command, path: string, words: readonly string[], act: (ask: Ask) => Reply): Step {
  let ask: Ask | undefined
  try {
    const given = readFlags([...(command.flags ?? []), ...GLOBAL_FLAGS], words, path)
    ask = new Ask(call, path, given)
    const reply = act(ask)
    if ('exit' in reply) return written(ask.chunks, { exit: reply.exit, emit: reply.emit })
    const { wait, state, emit, catches = false } = reply
    return written(ask.chunks, { wait, kept: { is: 'waiting', state, wait, catches }, emit })
  } catch (thrown) {
    if (!(thrown instanceof Problem)) throw thrown
    ask?.err(thrown.message === '' ? '' : `${thrown.message}\n`)
    return ask ? written(ask.chunks, { exit: thrown.exit }) : { exit: thrown.exit, stderr: `${thrown.message}\n` }
  }
}

type Ending =
  | { readonly exit: number; readonly emit?: Done['emit'] }
  | { readonly wait: Waiting['wait']; readonly kept: Kept; readonly emit?: Done['emit'] }

/** A step that writes what it can at once; an error that comes after output is written a moment later. */
function written(chunks: readonly Chunk[], ending: Ending): Step {
  const { stdout, stderr, rest } = firstStep(chunks)
  const { emit } = ending
  if (rest.length > 0) {
    const then = 'exit' in ending ? ending.exit : ending.kept
    const kept: Kept = { is: 'writing', chunks: rest, then }
    return { wait: { after: 1 }, state: kept as unknown as Json, stdout, stderr, emit }
  }
  if ('exit' in ending) return { exit: ending.exit, stdout, stderr, emit }
  const catches = ending.kept.is === 'waiting' && ending.kept.catches
  return {
    wait: ending.wait,
    state: ending.kept as unknown as Json,
    stdout,
    stderr,
    emit,
    ...(catches ? { catches } : {}),
  }
}

function asSubcommand(command: Command): Subcommand {
  return {
    name: command.name,
    summary: command.summary,
    usage: command.usage,
    aliases: command.aliases,
    flags: command.flags,
    examples: command.examples,
    subcommands: command.commands?.map(asSubcommand),
  }
}
