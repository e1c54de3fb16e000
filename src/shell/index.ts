import type { Domain } from '../kernel/domain.ts'
import { processKind } from './process.ts'
import { processesController } from './processes.controller.ts'
import { ruleKind } from './rules/ruleInWorld.ts'
import { sessionKind } from './session.ts'
import { sessionsController } from './sessions.controller.ts'
import { watchers, watchingController } from './watching.controller.ts'

export { type Candidate, complete } from './complete.ts'
export {
  basename,
  type FileChanges,
  type FileNode,
  Files,
  type FileTree,
  resolvePath,
  withChanges,
} from './files.ts'

export type { HostKind } from './host.ts'
export { extendProgram, installedPrograms, installProgram } from './installed.ts'

export { labProgram } from './labProgram.ts'
export { type Options, readOptions } from './options.ts'
export { parse } from './parse/parser.ts'
export { SyntaxProblem } from './parse/syntaxError.ts'
export { type Process, type Start, type Stride, startProcess } from './process.ts'
export {
  type Call,
  type Completing,
  type Completion,
  type Done,
  type Flag,
  fail,
  ok,
  type Program,
  type Step,
  type Subcommand,
  type Wait,
  type Waiting,
} from './program.ts'

export type { Session } from './session.ts'
export { outputText, type TranscriptEntry, transcript } from './transcript.ts'

/** Terminals, and the processes that run on them and in containers. */
export const shellDomain: Domain = {
  name: 'shell',
  kinds: [sessionKind, processKind, ruleKind],
  controllers: [sessionsController, processesController, watchingController],
  derived: [watchers as never],
  views: [],
}
