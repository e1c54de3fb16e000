import type { Entity } from '../../kernel/entity.ts'
import { resolvePath } from '../files.ts'
import { hostKind, type Identity } from '../host.ts'
import { type Call, fail, ok, type Program } from '../program.ts'

/** Whom the call runs as: what its host says, or the name in the environment. */
function identity(call: Call): Identity {
  const told = hostKind(call.host).user?.(call.host, call.world)
  if (told) return told
  const name = call.env['USER'] ?? 'root'
  const number = name === 'root' ? 0 : 1000
  return { uid: number, gid: number, groups: [number], name, groupNames: { [number]: name } }
}

function user(call: Call): string {
  const { name, uid } = identity(call)
  return name ?? String(uid)
}

function hostname(call: Call): string {
  const read = call.files.read('/etc/hostname')
  return call.env['HOSTNAME'] ?? ('text' in read ? read.text.trim() : 'localhost')
}

/** Models: GNU coreutils whoami. */
export const whoami: Program = {
  name: 'whoami',
  summary: 'Print the user name associated with the current effective user ID.',
  usage: '',
  operands: 'none',
  run(call) {
    const { name, uid } = identity(call)
    return name === undefined ? fail(`whoami: cannot find name for user ID ${uid}`) : ok(`${name}\n`)
  },
}

/** Models: net-tools hostname. */
export const hostnameProgram: Program = {
  name: 'hostname',
  summary: 'Show the system host name.',
  usage: '[-s|-f]',
  operands: 'none',
  flags: [
    { short: 's', says: 'short host name' },
    { short: 'f', says: 'long host name' },
  ],
  run: (call) => ok(`${hostname(call)}\n`),
}

/** Models: GNU coreutils uname. */
export const uname: Program = {
  name: 'uname',
  summary: 'Print certain system information.',
  usage: '[OPTION]...',
  operands: 'none',
  run(call) {
    const letters = call.argv.slice(1).join('').replaceAll('-', '')
    const all = letters.includes('a')
    const parts: readonly (readonly [string, string])[] = [
      ['s', 'Linux'],
      ['n', hostname(call)],
      ['r', '6.8.0-45-generic'],
      ['v', '#45-Ubuntu SMP PREEMPT_DYNAMIC Fri Aug 30 12:02:04 UTC 2024'],
      ['m', 'x86_64'],
      ['o', 'GNU/Linux'],
    ]
    const wrong = [...letters].find((letter) => !'asnrvmpio'.includes(letter))
    if (wrong !== undefined)
      return fail(`uname: invalid option -- '${wrong}'\nTry 'uname --help' for more information.`)
    const shown = parts.filter(([letter]) => all || letters.includes(letter) || (letters === '' && letter === 's'))
    return ok(`${shown.map(([, text]) => text).join(' ')}\n`)
  },
}

/** Models: GNU coreutils id. */
export const id: Program = {
  name: 'id',
  summary: 'Print user and group information.',
  usage: '[-u|-g|-G] [-n]',
  operands: 'none',
  run(call) {
    const { uid, gid, groups, name, groupNames } = identity(call)
    const letters = call.argv.slice(1).join('')
    const named = letters.includes('n')
    const group = (number: number): string => (named ? (groupNames[number] ?? String(number)) : String(number))
    if (letters.includes('u')) return ok(`${named ? (name ?? uid) : uid}\n`)
    if (letters.includes('g')) return ok(`${group(gid)}\n`)
    if (letters.includes('G')) return ok(`${groups.map(group).join(' ')}\n`)
    const both = (number: number, known: string | undefined): string =>
      `${number}${known === undefined ? '' : `(${known})`}`
    const list = groups.map((number) => both(number, groupNames[number])).join(',')
    return ok(`uid=${both(uid, name)} gid=${both(gid, groupNames[gid])} groups=${list}\n`)
  },
}

/** Models: procps ps, for the processes of this host. */
export const ps: Program = {
  name: 'ps',
  summary: 'Report a snapshot of the current processes.',
  usage: '[aux | -ef]',
  operands: 'none',
  run(call) {
    const full = call.argv.slice(1).join('')
    const rows = call.world
      .ownedBy(call.host.id)
      .filter((one) => one.kind === 'shell.Process')
      .map((one) => one as Entity & { readonly pid: number; readonly command: string })
      .sort((a, b) => a.pid - b.pid)
    const shell = call.host.kind === 'shell.Session' ? [{ pid: 1000, command: '-bash', since: call.host.since }] : []
    const clock = (ms: number): string => new Date(ms).toISOString().slice(11, 19)
    const lines = [...shell, ...rows].map(({ pid, command, since }) =>
      full === ''
        ? `${String(pid).padStart(7)} pts/0    ${clock(call.world.now - since)} ${command.split(' ')[0]}`
        : `${user(call).padEnd(8)} ${String(pid).padStart(7)} pts/0    ${clock(call.world.now - since)} ${command}`,
    )
    return ok(
      [
        full === '' ? '    PID TTY          TIME CMD' : `${'USER'.padEnd(8)}     PID TTY          TIME COMMAND`,
        ...lines,
        '',
      ].join('\n'),
    )
  },
}

/** Models: ncurses clear. */
export const clear: Program = {
  name: 'clear',
  summary: 'Clear the terminal screen.',
  usage: '',
  operands: 'none',
  run: () => ok('\x1b[H\x1b[2J\x1b[3J'),
}

/** Opens a file in the lab's own editor, under the names of the usual ones, and waits until it is closed. */
function editor(name: string, summary: string): Program {
  return {
    name,
    summary,
    usage: '[FILE]',
    run(call) {
      const file = call.argv.slice(1).find((arg) => !/^[-+]/.test(arg))
      if (file === undefined) return fail(`${name}: a file name is needed here`)
      const path = resolvePath(call.cwd, file)
      if (call.files.isDirectory(path)) return fail(`${name}: ${file}: Is a directory`)
      if (call.host.kind !== 'shell.Session') return fail(`${name}: there is no editor in a container`)
      const opened = { to: call.host.id, type: 'EditorOpened', data: { path, process: call.process.id } }
      return { wait: { changeOf: ['shell.Session'] }, state: { opened: true }, emit: [opened] }
    },
    resume: (call, state) => {
      const { editor: open } = call.host as Entity & { readonly editor?: { readonly process: string } }
      return open?.process === call.process.id ? { wait: { changeOf: ['shell.Session'] }, state } : { exit: 0 }
    },
  }
}

/** The names under which the editor is opened. */
export const editors: readonly Program[] = [
  editor('vi', 'Edit a file.'),
  editor('vim', 'Edit a file.'),
  editor('nano', 'Edit a file.'),
  editor('edit', 'Edit a file.'),
]
