import { type Call, ok, type Program, type Step } from '../../../shell/index.ts'

const UNITS = '/etc/systemd/active'

/** A package manager: what it is told to install is there at once. Prints as little as `-q` does. */
function packages(name: string): Program {
  return {
    name,
    summary: 'Installs packages',
    usage: '[options] COMMAND [PACKAGE]...',
    run: ({ argv, files }) => {
      const words = argv.slice(1).filter((word) => !word.startsWith('-'))
      const [command, ...wanted] = words
      if (command === undefined) return { exit: 1, stderr: `usage: ${name} [options] COMMAND\n` }
      if (command === 'install')
        for (const one of wanted) {
          files.mkdir('/var/lib/packages')
          files.write(`/var/lib/packages/${one}`, '')
        }
      if (command === 'remove' || command === 'erase' || command === 'purge')
        for (const one of wanted) files.remove(`/var/lib/packages/${one}`)
      return ok(name === 'apt-get' ? '' : 'Complete!\n')
    },
  }
}

function unit(name: string): string {
  return name.replace(/\.service$/, '')
}

function service(call: Call, verb: string | undefined, names: readonly string[]): Step {
  const { files } = call
  const path = (name: string) => `${UNITS}/${unit(name)}`
  switch (verb) {
    case 'start':
    case 'restart':
    case 'reload':
      files.mkdir('/etc/systemd')
      files.mkdir(UNITS)
      for (const name of names) files.write(path(name), 'active\n')
      return ok('')
    case 'stop':
      for (const name of names) if (files.exists(path(name))) files.remove(path(name))
      return ok('')
    case 'is-active': {
      const isActive = names.every((name) => files.exists(path(name)))
      return { exit: isActive ? 0 : 3, stdout: `${isActive ? 'active' : 'inactive'}\n` }
    }
    case 'status': {
      const [name = ''] = names
      const isActive = files.exists(path(name))
      return {
        exit: isActive ? 0 : 3,
        stdout: `${unit(name)}.service\n   Active: ${isActive ? 'active (running)' : 'inactive (dead)'}\n`,
      }
    }
    case 'enable':
    case 'disable':
    case 'daemon-reload':
      return ok('')
    default:
      return { exit: 1, stderr: `Unknown command verb ${verb ?? ''}.\n` }
  }
}

const words = (argv: readonly string[]) => argv.slice(1).filter((word) => !word.startsWith('-'))

const systemctl: Program = {
  name: 'systemctl',
  summary: 'Controls services',
  usage: 'COMMAND [UNIT]...',
  run: (call) => {
    const [verb, ...names] = words(call.argv)
    return service(call, verb, names)
  },
}

const serviceProgram: Program = {
  name: 'service',
  summary: 'Controls a service',
  usage: 'SERVICE COMMAND',
  run: (call) => {
    const [name = '', verb] = words(call.argv)
    return service(call, verb, [name])
  },
}

/** What a Linux machine has beside a shell and its tools: managers of packages and services. */
export const machinePrograms: ReadonlyMap<string, Program> = new Map(
  [packages('yum'), packages('dnf'), packages('apt-get'), systemctl, serviceProgram].map((one) => [one.name, one]),
)
