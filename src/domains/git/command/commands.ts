import { add } from './add.ts'
import { clone } from './clone.ts'
import type { Command } from './command.ts'
import { commit } from './commit.ts'
import { config } from './config.ts'
import { fetch } from './fetch.ts'
import { init } from './init.ts'
import { log } from './log.ts'
import { push } from './push.ts'
import { remote } from './remote.ts'
import { status } from './status.ts'

/** Every command that git has here, by name. */
export const commands: ReadonlyMap<string, Command> = new Map(
  [init, clone, add, commit, status, log, fetch, push, remote, config].map((command) => [command.name, command]),
)
