import { bakeCommand } from '../bake/bakeCommand.ts'
import { buildCommand } from '../build/buildCommand.ts'
import { cacheCommands } from '../build/cacheCommands.ts'
import { builderActs } from '../builder/acting.ts'
import { createBuilderCommand } from '../builder/createBuilder.ts'
import { inspectBuilder, listBuilders } from '../builder/looking.ts'
import { composeCommands } from '../compose/commands.ts'
import { historyCommands } from '../history/historyCommands.ts'
import { imageCommands } from '../imagecli/imageCommands.ts'
import { pluginCommands } from '../plugin/pluginCommands.ts'
import { swarmGroups } from '../swarm/cli/swarmGroups.ts'
import type { Command } from './command.ts'
import { contextCommands } from './contextCommands.ts'
import { events } from './events.ts'
import { exec } from './exec.ts'
import { commit, cp, diff } from './filesystem.ts'
import { inspectCommands } from './inspect.ts'
import { kill, pause, rename, restart, rm, start, stop, unpause, update, wait } from './lifecycle.ts'
import { attach, logs } from './logs.ts'
import { port, stats, top } from './looking.ts'
import { networkCommands } from './networks.ts'
import { ps } from './ps.ts'
import { create, run } from './run.ts'
import { systemCommands } from './system.ts'
import { volumeCommands } from './volumes.ts'

/** Every subcommand of `docker`. */
export const COMMANDS: readonly Command[] = [
  run,
  create,
  start,
  stop,
  restart,
  kill,
  rm,
  pause,
  unpause,
  wait,
  rename,
  update,
  ps,
  logs,
  attach,
  exec,
  stats,
  top,
  port,
  diff,
  cp,
  commit,
  buildCommand,
  bakeCommand,
  createBuilderCommand,
  inspectBuilder,
  listBuilders,
  ...builderActs,
  ...historyCommands,
  ...cacheCommands,
  ...inspectCommands,
  ...imageCommands,
  ...networkCommands,
  ...volumeCommands,
  ...pluginCommands,
  events,
  ...systemCommands,
  ...contextCommands,
  ...composeCommands,
  ...swarmGroups,
]
