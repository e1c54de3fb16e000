import type { Command } from '../cli/command.ts'

export const composeCommand: Command = {
  path: 'compose',
  summary: 'Docker Compose',
  usage: '[OPTIONS] COMMAND',
  run: () => ({ exit: 0 }),
}
