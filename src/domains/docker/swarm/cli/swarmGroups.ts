import type { Command } from '../../cli/command.ts'
import { blobCommands } from './blobCommands.ts'
import { nodeCommands } from './nodeCommands.ts'
import { serviceCommands } from './serviceCommands.ts'
import { stackCommands } from './stackCommands.ts'
import { swarmCommands } from './swarmCommands.ts'

/** Every command of swarm mode. */
export const swarmGroups: readonly Command[] = [
  ...swarmCommands,
  ...nodeCommands,
  ...serviceCommands,
  ...stackCommands,
  ...blobCommands,
]
