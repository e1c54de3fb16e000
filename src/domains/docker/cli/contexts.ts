import type { Call } from '../../../shell/index.ts'
import { digestOf } from '../../containerd/index.ts'
import type { Ask } from './ask.ts'
import type { Command } from './command.ts'
import { formatRows, render, unescaped } from './format.ts'
import { Problem } from './problem.ts'

/** One context of the client: where an engine is. They are kept in the files of the terminal, as the real client does. */
interface Context {
  readonly Name: string
  readonly Metadata: { readonly Description?: string }
  readonly Endpoints: { readonly docker: { readonly Host: string; readonly SkipTLSVerify: boolean } }
}

export const SOCKET = 'unix:///var/run/docker.sock'
const DEFAULT: Context = {
  Name: 'default',
  Metadata: {},
  Endpoints: { docker: { Host: SOCKET, SkipTLSVerify: false } },
}

/** Where the engine of the present context is; the machine's own socket by default. */
export function endpointOf(call: Call): string {
  if (call.env.DOCKER_HOST !== undefined) return call.env.DOCKER_HOST
  return contextOf(call, current(call))?.Endpoints.docker.Host ?? SOCKET
}

function folder(call: Call): string {
  return `${call.env.HOME ?? '/root'}/.docker`
}

function metaPath(call: Call, name: string): string {
  return `${folder(call)}/contexts/meta/${digestOf(name).slice(7)}/meta.json`
}

function current(call: Call): string {
  if (call.env.DOCKER_CONTEXT !== undefined) return call.env.DOCKER_CONTEXT
  const file = call.files.read(`${folder(call)}/config.json`)
  return 'error' in file ? 'default' : (/"currentContext":\s*"([^"]+)"/.exec(file.text)?.[1] ?? 'default')
}

function contextOf(call: Call, name: string): Context | undefined {
  if (name === 'default') return DEFAULT
  const file = call.files.read(metaPath(call, name))
  return 'error' in file ? undefined : (JSON.parse(file.text) as Context)
}

function contextsOf(call: Call): readonly Context[] {
  const root = `${folder(call)}/contexts/meta`
  const own = call.files.below(root).flatMap((path) => {
    const file = call.files.read(path)
    return path.endsWith('/meta.json') && !('error' in file) ? [JSON.parse(file.text) as Context] : []
  })
  return [DEFAULT, ...own].sort((a, b) => (a.Name < b.Name ? -1 : 1))
}

function write(call: Call, path: string, text: string): void {
  for (let cut = path.indexOf('/', 1); cut > 0; cut = path.indexOf('/', cut + 1)) call.files.mkdir(path.slice(0, cut))
  call.files.write(path, text)
}

function known(ask: Ask, name: string): Context {
  const context = contextOf(ask.call, name)
  if (!context)
    throw new Problem(
      `context "${name}": context not found: open ${metaPath(ask.call, name)}: no such file or directory`,
    )
  return context
}

/** Reads `--docker host=...` and `--description` into a context. */
function described(ask: Ask, before: Context): Context {
  const fields = new Map((ask.text('docker') ?? '').split(',').map((part) => part.split('=') as [string, string]))
  const from = fields.get('from') ?? ask.text('from')
  const host =
    fields.get('host') ?? (from === undefined ? before.Endpoints.docker.Host : known(ask, from).Endpoints.docker.Host)
  const description = ask.text('description') ?? before.Metadata.Description
  return {
    Name: before.Name,
    Metadata: description === undefined ? {} : { Description: description },
    Endpoints: { docker: { Host: host, SkipTLSVerify: fields.get('skip-tls-verify') === 'true' } },
  }
}

const FIELDS = [
  { name: 'description', type: 'string', says: 'Description of the context' },
  { name: 'docker', type: 'stringToString', says: 'set the docker endpoint' },
  { name: 'from', type: 'string', says: 'create context from a named context' },
] as const

/** `docker context`. Models: docker/cli cli/command/context; contexts that point elsewhere reach no engine. */
export const contextCommands: readonly Command[] = [
  {
    path: 'context create',
    summary: 'Create a context',
    usage: '[OPTIONS] CONTEXT',
    args: [1, 1],
    flags: FIELDS,
    run(ask) {
      const [name = ''] = ask.args
      if (name === 'default') throw new Problem('"default" is a reserved context name')
      if (!/^[a-zA-Z0-9][a-zA-Z0-9_.+-]+$/.test(name))
        throw new Problem(
          `context name "${name}" is invalid, names are validated against regexp "^[a-zA-Z0-9][a-zA-Z0-9_.+-]+$"`,
        )
      if (contextOf(ask.call, name)) throw new Problem(`context "${name}" already exists`)
      write(ask.call, metaPath(ask.call, name), JSON.stringify(described(ask, { ...DEFAULT, Name: name })))
      ask.out(`${name}\n`)
      ask.err(`Successfully created context "${name}"\n`)
      return { exit: 0 }
    },
  },
  {
    path: 'context update',
    summary: 'Update a context',
    usage: '[OPTIONS] CONTEXT',
    args: [1, 1],
    flags: FIELDS,
    run(ask) {
      const context = known(ask, ask.args[0] ?? '')
      write(ask.call, metaPath(ask.call, context.Name), JSON.stringify(described(ask, context)))
      ask.out(`${context.Name}\n`)
      ask.err(`Successfully updated context "${context.Name}"\n`)
      return { exit: 0 }
    },
  },
  {
    path: 'context ls',
    aliases: ['context list'],
    summary: 'List contexts',
    usage: '[OPTIONS]',
    args: [0, 0],
    flags: [
      { name: 'format', type: 'string', says: 'Format output using a custom template' },
      { name: 'quiet', short: 'q', says: 'Only show context names' },
    ],
    run(ask) {
      const now = current(ask.call)
      const rows = contextsOf(ask.call).map(({ Name, Metadata, Endpoints }) => ({
        Name,
        Marked: Name === now ? `${Name} *` : Name,
        Current: Name === now,
        Description: Name === 'default' ? 'Current DOCKER_HOST based configuration' : (Metadata.Description ?? ''),
        DockerEndpoint: Endpoints.docker.Host,
        Error: '',
      }))
      if (ask.flag('quiet')) for (const { Name } of rows) ask.out(`${Name}\n`)
      else
        ask.out(
          formatRows(
            rows,
            [
              ['NAME', 'Marked'],
              ['DESCRIPTION', 'Description'],
              ['DOCKER ENDPOINT', 'DockerEndpoint'],
              ['ERROR', 'Error'],
            ],
            { Description: 'DESCRIPTION', DockerEndpoint: 'DOCKER ENDPOINT', Error: 'ERROR' },
            ask.text('format'),
          ),
        )
      return { exit: 0 }
    },
  },
  {
    path: 'context show',
    summary: 'Print the name of the current context',
    usage: '',
    args: [0, 0],
    run(ask) {
      ask.out(`${current(ask.call)}\n`)
      return { exit: 0 }
    },
  },
  {
    path: 'context use',
    summary: 'Set the current docker context',
    usage: 'CONTEXT',
    args: [1, 1],
    run(ask) {
      const { Name } = known(ask, ask.args[0] ?? '')
      write(
        ask.call,
        `${folder(ask.call)}/config.json`,
        Name === 'default' ? '{}\n' : `{\n\t"currentContext": "${Name}"\n}\n`,
      )
      ask.out(`${Name}\n`)
      ask.err(`Current context is now "${Name}"\n`)
      return { exit: 0 }
    },
  },
  {
    path: 'context rm',
    aliases: ['context remove'],
    summary: 'Remove one or more contexts',
    usage: 'CONTEXT [CONTEXT...]',
    args: [1, Number.POSITIVE_INFINITY],
    flags: [{ name: 'force', short: 'f', says: 'Force the removal of a context in use' }],
    run(ask) {
      for (const name of ask.args) {
        if (name === 'default') throw new Problem('context "default" cannot be removed')
        const { Name } = known(ask, name)
        if (Name === current(ask.call) && !ask.flag('force'))
          throw new Problem(`context "${Name}" is in use, set -f flag to force remove`)
        ask.call.files.remove(metaPath(ask.call, Name))
        ask.out(`${Name}\n`)
      }
      return { exit: 0 }
    },
  },
  {
    path: 'context inspect',
    summary: 'Display detailed information on one or more contexts',
    usage: '[OPTIONS] [CONTEXT] [CONTEXT...]',
    flags: [{ name: 'format', short: 'f', type: 'string', says: 'Format output using a custom template' }],
    run(ask) {
      const names = ask.args.length > 0 ? ask.args : [current(ask.call)]
      const objects = names.map((name) => {
        const context = known(ask, name)
        const meta = `${folder(ask.call)}/contexts/meta/${digestOf(name).slice(7)}`
        const Storage =
          name === 'default'
            ? { MetadataPath: '<IN MEMORY>', TLSPath: '<IN MEMORY>' }
            : { MetadataPath: meta, TLSPath: meta.replace('/meta/', '/tls/') }
        return { ...context, TLSMaterial: {}, Storage }
      })
      const format = ask.text('format')
      if (format === undefined) ask.out(`${JSON.stringify(objects, undefined, 4)}\n`)
      else for (const object of objects) ask.out(`${render(unescaped(format), object)}\n`)
      return { exit: 0 }
    },
  },
]
