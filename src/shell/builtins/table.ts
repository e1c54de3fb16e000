import type { Builtin } from './builtin.ts'
import { changeDirectory, printDirectory } from './directories.ts'
import { breakLoop, continueLoop, evaluate, exec, exit, returnFrom, source, trap } from './flow.ts'
import { history } from './history.ts'
import { fg, jobs, kill, wait } from './jobs.ts'
import { alias, commandBuiltin, type, unalias, which } from './names.ts'
import { read } from './read.ts'
import { echo, printf, test } from './text.ts'
import { declare, exportVars, letBuiltin, local, readonlyVars, set, shift, shopt, unset } from './variables.ts'

const nothing: Builtin = () => 0

/** Every builtin by name. */
export const builtins: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  [':', nothing],
  ['true', nothing],
  ['false', () => 1],
  ['hash', nothing],
  ['umask', nothing],
  ['ulimit', nothing],
  ['disown', nothing],
  ['.', source],
  ['source', source],
  ['[', test],
  ['test', test],
  ['echo', echo],
  ['printf', printf],
  ['cd', changeDirectory],
  ['pwd', printDirectory],
  ['export', exportVars],
  ['unset', unset],
  ['set', set],
  ['shopt', shopt],
  ['shift', shift],
  ['local', local],
  ['declare', declare],
  ['typeset', declare],
  ['readonly', readonlyVars],
  ['let', letBuiltin],
  ['read', read],
  ['eval', evaluate],
  ['exec', exec],
  ['exit', exit],
  ['logout', exit],
  ['return', returnFrom],
  ['break', breakLoop],
  ['continue', continueLoop],
  ['trap', trap],
  ['wait', wait],
  ['kill', kill],
  ['jobs', jobs],
  ['fg', fg],
  ['bg', nothing],
  ['type', type],
  ['which', which],
  ['command', commandBuiltin],
  ['builtin', commandBuiltin],
  ['alias', alias],
  ['unalias', unalias],
  ['history', history],
])
