import { invariant } from '../kernel/invariant.ts'
import type { Program } from './program.ts'
import { coreutils } from './programs/index.ts'

const installed = new Map<string, Program>(coreutils)

/** Makes a domain's program (`kubectl`, `docker`, `aws`) available at the learner's prompt. */
export function installProgram(program: Program): Program {
  invariant(!installed.has(program.name), `program ${program.name} is installed twice`)
  installed.set(program.name, program)
  return program
}

/** Puts a program that can do more in the place of the installed one of its name: further verbs of `lab`, once they are there. */
export function extendProgram(program: Program): void {
  invariant(installed.has(program.name), `program ${program.name} is not installed`)
  installed.set(program.name, program)
}

/** Every program of the learner's own machine, by name. */
export function installedPrograms(): ReadonlyMap<string, Program> {
  return installed
}
