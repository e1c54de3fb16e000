import { apply } from './apply.ts'
import { attach } from './attach.ts'
import { auth } from './auth.ts'
import { autoscale } from './autoscale.ts'
import type { Command } from './command.ts'
import { config } from './config.ts'
import { cordon, uncordon } from './cordon.ts'
import { cp } from './cp.ts'
import { create } from './create/create.ts'
import { debug } from './debug.ts'
import { del } from './delete.ts'
import { describe } from './describe/describe.ts'
import { diff } from './diff.ts'
import { discoveryCommands } from './discovery.ts'
import { drain } from './drain.ts'
import { edit } from './edit.ts'
import { events } from './events.ts'
import { exec } from './exec.ts'
import { expose } from './expose.ts'
import { get } from './get.ts'
import { annotate, label } from './labelling.ts'
import { logs } from './logs.ts'
import { patch } from './patch.ts'
import { portForward } from './portForward.ts'
import { proxy } from './proxy.ts'
import { replace } from './replace.ts'
import { smallCommands } from './rest.ts'
import { rollout } from './rollout.ts'
import { run } from './run.ts'
import { scale } from './scale.ts'
import { set } from './set/set.ts'
import { taint } from './taint.ts'
import { top } from './top.ts'
import { wait } from './wait.ts'

const all: readonly Command[] = [
  annotate,
  apply,
  attach,
  auth,
  autoscale,
  config,
  cordon,
  cp,
  create,
  debug,
  del,
  describe,
  diff,
  drain,
  edit,
  events,
  exec,
  expose,
  get,
  label,
  logs,
  patch,
  portForward,
  proxy,
  replace,
  rollout,
  run,
  scale,
  set,
  taint,
  top,
  uncordon,
  wait,
  ...discoveryCommands,
  ...smallCommands,
]

/** Every subcommand of kubectl, by name. */
export const COMMANDS: readonly Command[] = [...all].sort((a, b) => (a.name < b.name ? -1 : 1))
