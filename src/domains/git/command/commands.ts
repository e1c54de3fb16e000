import { add } from './add.ts'
import { blame } from './blame.ts'
import { branch } from './branch.ts'
import { checkout } from './checkout.ts'
import { cherryPick, revert } from './cherryPick.ts'
import { clone } from './clone.ts'
import type { Command } from './command.ts'
import { commit } from './commit.ts'
import { config } from './config.ts'
import { diff } from './diff.ts'
import { fetch } from './fetch.ts'
import { clean, mv, rm } from './files.ts'
import { grep } from './grep.ts'
import { describe, lsRemote, reflog, revList, shortlog } from './history.ts'
import { init } from './init.ts'
import { log } from './log.ts'
import { merge } from './merge.ts'
import {
  catFile,
  checkIgnore,
  commitTree,
  hashObject,
  lsFiles,
  lsTree,
  mergeBase,
  revParse,
  showRef,
  symbolicRef,
  updateRef,
  writeTreeCommand,
} from './plumbing.ts'
import { pull } from './pull.ts'
import { push } from './push.ts'
import { rebase } from './rebase.ts'
import { remote } from './remote.ts'
import { reset } from './reset.ts'
import { restore } from './restore.ts'
import { show } from './show.ts'
import { stash } from './stash.ts'
import { status } from './status.ts'
import { switchCommand } from './switch.ts'
import { tag } from './tag.ts'

const everyday = [
  clone,
  init,
  add,
  mv,
  restore,
  rm,
  diff,
  grep,
  log,
  show,
  status,
  branch,
  commit,
  merge,
  rebase,
  reset,
  switchCommand,
  tag,
  fetch,
  pull,
  push,
]
const others = [checkout, stash, cherryPick, revert, remote, config, blame, clean, shortlog, describe, reflog]
const plumbing = [
  catFile,
  hashObject,
  lsFiles,
  lsTree,
  lsRemote,
  revParse,
  revList,
  symbolicRef,
  mergeBase,
  writeTreeCommand,
  commitTree,
  updateRef,
  showRef,
  checkIgnore,
]

/** Every command that git has here, by name: those of every day first. */
export const commands: ReadonlyMap<string, Command> = new Map(
  [...everyday, ...others, ...plumbing].map((command) => [command.name, command]),
)
