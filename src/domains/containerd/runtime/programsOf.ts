import { installedPrograms } from '../../../shell/installed.ts'
import { fail, type Program } from '../../../shell/program.ts'
import { binariesOf } from '../base.ts'
import type { Daemon } from '../daemon.ts'
import type { Image } from '../image.ts'
import { imagePrograms } from '../programs/index.ts'
import { clientPrograms } from './clientPrograms.ts'

/** Programs that a container of an image can run: what the lab has of the names that the image has. */
export function programsOf(image: Image): ReadonlyMap<string, Program> {
  let programs = known.get(image)
  if (!programs) {
    const installed = installedPrograms()
    const found = new Map<string, Program>()
    for (const name of binariesOf(image)) {
      const daemon = image.daemons.find((one) => one.program === name)
      const program =
        clientPrograms.get(name) ??
        imagePrograms.get(name) ??
        (daemon ? daemonProgram(daemon) : undefined) ??
        installed.get(name)
      if (program)
        found.set(name, image.base === 'busybox' || image.base === 'alpine' ? inBusyboxWords(program) : program)
      else found.set(name, SHELLS.includes(name) ? SHELL : notModelled(name))
    }
    programs = found
    known.set(image, programs)
  }
  return programs
}

const known = new WeakMap<Image, ReadonlyMap<string, Program>>()

const SHELLS = ['sh', 'bash', 'ash', 'dash', 'zsh']

/** A program that says what is missing as BusyBox does, where that differs from GNU. */
function inBusyboxWords(program: Program): Program {
  if (program.name !== 'cat') return program
  return {
    ...program,
    run(call) {
      const step = program.run(call)
      if (!step.stderr) return step
      return {
        ...step,
        stderr: step.stderr.replace(
          /^cat: (.*): (No such file or directory|Permission denied)$/gm,
          "cat: can't open '$1': $2",
        ),
      }
    },
  }
}

/** Stands for a shell: the interpreter runs it itself. */
const SHELL: Program = {
  name: 'sh',
  summary: 'the shell',
  usage: '[-c COMMAND] [FILE]',
  run: () => fail('sh: not a program'),
}

/** A program that the image has and the lab does not: it says so, instead of seeming to be missing. */
function notModelled(name: string): Program {
  return {
    name,
    summary: 'not modelled',
    usage: '[ARGUMENT]...',
    ownHelp: true,
    run: () => fail(`lab: ${name} is not modelled`, 127),
  }
}

/** A server as a program: started from a script it makes its container serve, and runs until a signal comes. */
function daemonProgram(daemon: Daemon): Program {
  return {
    name: daemon.program,
    summary: `the ${daemon.program} server`,
    usage: '[OPTION]...',
    ownHelp: true,
    run: ({ argv }) => {
      if (daemon.serves && !daemon.serves(argv))
        return fail(`${daemon.program}: this way of calling it is not modelled`)
      return { wait: {}, state: null, catches: true }
    },
    resume: () => ({ exit: daemon.stopExit ?? 0 }),
  }
}
