import { apply } from './apply.ts'
import type { Command } from './command.ts'
import { create } from './create/create.ts'
import { del } from './delete.ts'
import { describe } from './describe/describe.ts'
import { exec } from './exec.ts'
import { get } from './get.ts'
import { logs } from './logs.ts'
import { scale } from './scale.ts'

/** Every subcommand of kubectl. */
export const COMMANDS: readonly Command[] = [apply, create, del, describe, exec, get, logs, scale]
