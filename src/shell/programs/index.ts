import type { Program } from '../program.ts'
import { awk } from './awk.ts'
import { base64 } from './base64.ts'
import { cat } from './cat.ts'
import { checksums } from './checksums.ts'
import { chmod } from './chmod.ts'
import { cp } from './cp.ts'
import { cut } from './cut.ts'
import { date } from './date.ts'
import { diff } from './diff.ts'
import { env, printenv } from './environment.ts'
import { find } from './find.ts'
import { egrep, grep } from './grep.ts'
import { head } from './head.ts'
import { jqProgram } from './jq.ts'
import { ls } from './ls.ts'
import { clear, editors, hostnameProgram, id, ps, uname, whoami } from './machine.ts'
import { mkdir } from './mkdir.ts'
import { mv } from './mv.ts'
import { paste } from './paste.ts'
import { basenameProgram, dirnameProgram, realpath } from './paths.ts'
import { plain } from './plain.ts'
import { rm } from './rm.ts'
import { rmdir } from './rmdir.ts'
import { sed } from './sed.ts'
import { seq } from './seq.ts'
import { shells } from './shells.ts'
import { sleep } from './sleep.ts'
import { sort } from './sort.ts'
import { sudo } from './sudo.ts'
import { tac } from './tac.ts'
import { tail } from './tail.ts'
import { tee } from './tee.ts'
import { timeout } from './timeout.ts'
import { top } from './top.ts'
import { touch } from './touch.ts'
import { tr } from './tr.ts'
import { uniq } from './uniq.ts'
import { watch } from './watch.ts'
import { wc } from './wc.ts'
import { xargs } from './xargs.ts'

const all: readonly Program[] = [
  awk,
  base64,
  basenameProgram,
  cat,
  chmod,
  clear,
  cp,
  cut,
  date,
  diff,
  dirnameProgram,
  egrep,
  env,
  find,
  grep,
  head,
  hostnameProgram,
  id,
  jqProgram,
  ls,
  mkdir,
  mv,
  paste,
  printenv,
  ps,
  realpath,
  rm,
  rmdir,
  sed,
  seq,
  sleep,
  sort,
  sudo,
  tac,
  tail,
  tee,
  timeout,
  top,
  touch,
  tr,
  uname,
  uniq,
  watch,
  wc,
  whoami,
  xargs,
  ...checksums,
  ...editors,
  ...plain,
  ...shells,
]

/** The small programs of a Linux machine by name: all that a learner's machine has, and what a container image may pick from. */
export const coreutils: ReadonlyMap<string, Program> = new Map(all.map((program) => [program.name, program]))
