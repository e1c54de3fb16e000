import type { Command } from '../cli/command.ts'
import { actingCommands } from './acting.ts'
import { down } from './down.ts'
import { lookingCommands } from './looking.ts'
import { up } from './up.ts'

/** Every subcommand of `docker compose`. */
export const composeCommands: readonly Command[] = [up, down, ...actingCommands, ...lookingCommands]
