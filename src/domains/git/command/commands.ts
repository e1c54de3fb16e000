import { add } from './add.ts'
import { blame } from './blame.ts'
import { branch } from './branch.ts'
import { catFile } from './catFile.ts'
import { checkIgnore } from './checkIgnore.ts'
import { checkout } from './checkout.ts'
import { cherryPick, revert } from './cherryPick.ts'
import { clean } from './clean.ts'
import { clone } from './clone.ts'
import type { Command } from './command.ts'
import { commit } from './commit.ts'
import { commitTree } from './commitTree.ts'
import { config } from './config.ts'
import { describe } from './describe.ts'
import { diff } from './diff.ts'
import { fetch } from './fetch.ts'
import { grep } from './grep.ts'
import { hashObject } from './hashObject.ts'
import { init } from './init.ts'
import { log } from './log.ts'
import { lsFiles } from './lsFiles.ts'
import { lsRemote } from './lsRemote.ts'
import { lsTree } from './lsTree.ts'
import { merge } from './merge.ts'
import { mergeBase } from './mergeBase.ts'
import { mv } from './mv.ts'
import { pull } from './pull.ts'
import { push } from './push.ts'
import { rebase } from './rebase.ts'
import { reflog } from './reflog.ts'
import { remote } from './remote.ts'
import { reset } from './reset.ts'
import { restore } from './restore.ts'
import { revList } from './revList.ts'
import { revParse } from './revParse.ts'
import { rm } from './rm.ts'
import { shortlog } from './shortlog.ts'
import { show } from './show.ts'
import { showRef } from './showRef.ts'
import { stash } from './stash.ts'
import { status } from './status.ts'
import { switchCommand } from './switch.ts'
import { symbolicRef } from './symbolicRef.ts'
import { tag } from './tag.ts'
import { updateRef } from './updateRef.ts'
import { writeTreeCommand } from './writeTree.ts'

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
