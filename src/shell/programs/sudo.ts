import { readOptions } from '../options.ts'
import { type Call, fail, type Program } from '../program.ts'

/** Models: sudo. Unlike sudo, it asks for no password: the learner may do everything on a machine that is theirs. */
export const sudo: Program = {
  name: 'sudo',
  summary: 'Execute a command as another user.',
  usage: '[-AbEHknPS] [-u user] [VAR=value] [-i | -s] [command [arg ...]]',
  operands: 'commands',
  flags: [
    { name: 'user', short: 'u', value: 'USER', says: 'run command as specified user name or ID' },
    { name: 'group', short: 'g', value: 'GROUP', says: 'run command as the specified group name or ID' },
    { name: 'login', short: 'i', says: 'run login shell as the target user; a command may also be specified' },
    { name: 'shell', short: 's', says: 'run shell as the target user; a command may also be specified' },
    { name: 'preserve-env', short: 'E', says: 'preserve user environment when running command' },
    { name: 'set-home', short: 'H', says: "set HOME variable to target user's home dir" },
    { name: 'non-interactive', short: 'n', says: 'accepted: nothing is asked' },
    { name: 'stdin', short: 'S', says: 'accepted: no password is read' },
    { name: 'reset-timestamp', short: 'k', says: 'accepted: nothing is remembered' },
    { name: 'list', short: 'l', says: "list user's privileges" },
  ],
  run(call) {
    const options = readOptions(this, call.argv, { stopAtOperand: true })
    if ('exit' in options) return options
    const { given, operands } = options
    const user = typeof given.user === 'string' ? given.user : 'root'
    const passwd = call.files.read('/etc/passwd')
    const line = 'text' in passwd ? passwd.text.split('\n').find((one) => one.startsWith(`${user}:`)) : undefined
    if (line === undefined && user !== 'root') return fail(`sudo: unknown user ${user}`)
    if (given.list)
      return {
        exit: 0,
        stdout: `User ${call.env.USER ?? 'root'} may run the following commands on ${call.env.HOSTNAME ?? 'localhost'}:\n    (ALL : ALL) NOPASSWD: ALL\n`,
      }
    const assigned = operands.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word))
    const words = assigned < 0 ? [] : operands.slice(assigned)
    const shell = given.login === true || given.shell === true
    if (words.length === 0 && !shell) {
      if (given['reset-timestamp']) return { exit: 0 }
      return fail(`usage: sudo -h | -K | -k | -V\nusage: sudo ${sudo.usage}`)
    }
    const [name] = words
    if (name !== undefined && !shell && !isCommand(call, name)) return fail(`sudo: ${name}: command not found`)
    const home = line?.split(':')[5] ?? '/root'
    const env = {
      ...call.env,
      USER: user,
      LOGNAME: user,
      SUDO_USER: call.env.USER ?? 'root',
      ...(given['preserve-env'] && !given.login && !given['set-home'] ? {} : { HOME: home }),
      ...Object.fromEntries(
        operands.slice(0, assigned < 0 ? operands.length : assigned).map((word) => {
          const cut = word.indexOf('=')
          return [word.slice(0, cut), word.slice(cut + 1)]
        }),
      ),
    }
    const argv = shell ? (words.length > 0 ? ['bash', '-c', words.map(quoted).join(' ')] : ['bash']) : words
    return { wait: { run: { argv, env } }, state: null }
  },
  resume: (call) => ({ exit: call.child?.exitCode ?? 1 }),
}

/** Whether something can be run by a name: a path, a program of the machine, or a file on the path. */
function isCommand(call: Call, name: string): boolean {
  if (name.includes('/') || call.programs.has(name)) return true
  return (call.env.PATH ?? '').split(':').some((directory) => call.files.exists(`${directory}/${name}`))
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
