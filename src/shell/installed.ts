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

/** Every program of the learner's own machine, by name. */
export function installedPrograms(): ReadonlyMap<string, Program> {
  return installed
}
