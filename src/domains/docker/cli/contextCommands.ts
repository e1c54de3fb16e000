import { resolvePath } from '../../../shell/files.ts'
import { digestOf } from '../../containerd/index.ts'
import type { Ask } from './ask.ts'
import type { Command } from './command.ts'
import {
  type Context,
  contextFolder,
  contextNow,
  contextOf,
  contextsOf,
  DEFAULT,
  metaPath,
  writeFile,
} from './contexts.ts'
import { formatRows, render, unescaped } from './format.ts'
import { Problem } from './problem.ts'

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
      checkName(ask, name)
      writeFile(ask.call, metaPath(ask.call, name), JSON.stringify(described(ask, { ...DEFAULT, Name: name })))
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
      writeFile(ask.call, metaPath(ask.call, context.Name), JSON.stringify(described(ask, context)))
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
      const now = contextNow(ask.call)
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
      ask.out(`${contextNow(ask.call)}\n`)
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
      writeFile(
        ask.call,
        `${contextFolder(ask.call)}/config.json`,
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
        if (Name === contextNow(ask.call) && !ask.flag('force'))
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
      const names = ask.args.length > 0 ? ask.args : [contextNow(ask.call)]
      const objects = names.map((name) => {
        const context = known(ask, name)
        const meta = `${contextFolder(ask.call)}/contexts/meta/${digestOf(name).slice(7)}`
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
  {
    path: 'context export',
    summary: 'Export a context to a tar archive FILE or a tar stream on STDOUT.',
    usage: '[OPTIONS] CONTEXT [FILE|-]',
    args: [1, 2],
    run(ask) {
      const [name = '', given] = ask.args
      const text = JSON.stringify(known(ask, name))
      if (given === '-') {
        if (ask.call.terminal) throw new Problem('cowardly refusing to export to a terminal, specify a file path')
        ask.out(text)
        return { exit: 0 }
      }
      const file = given ?? `${name}.dockercontext`
      const written = ask.call.files.write(resolvePath(ask.call.cwd, file), text)
      if (written !== undefined) throw new Problem(`open ${file}: ${written.toLowerCase()}`)
      ask.err(`Written file ${JSON.stringify(file)}\n`)
      return { exit: 0 }
    },
  },
  {
    path: 'context import',
    summary: 'Import a context from a tar or zip file',
    usage: 'CONTEXT FILE|-',
    args: [2, 2],
    run(ask) {
      const [name = '', file = ''] = ask.args
      checkName(ask, name)
      const read = file === '-' ? { text: ask.call.stdin ?? '' } : ask.call.files.read(resolvePath(ask.call.cwd, file))
      if ('error' in read) throw new Problem(`open ${file}: ${read.error.toLowerCase()}`)
      const context = contextIn(read.text)
      if (!context) throw new Problem('invalid context: no meta.json found')
      writeFile(ask.call, metaPath(ask.call, name), JSON.stringify({ ...context, Name: name }))
      ask.out(`${name}\n`)
      ask.err(`Successfully imported context "${name}"\n`)
      return { exit: 0 }
    },
  },
]

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

/** Refuses a name that no new context can have. */
function checkName(ask: Ask, name: string): void {
  if (name === 'default') throw new Problem('"default" is a reserved context name')
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.+-]+$/.test(name))
    throw new Problem(
      `context name "${name}" is invalid, names are validated against regexp "^[a-zA-Z0-9][a-zA-Z0-9_.+-]+$"`,
    )
  if (contextOf(ask.call, name)) throw new Problem(`context "${name}" already exists`)
}

/** The context of an exported archive, which in the lab is its metadata alone. */
function contextIn(text: string): Context | undefined {
  try {
    const read = JSON.parse(text) as Partial<Context>
    return read.Endpoints?.docker ? (read as Context) : undefined
  } catch {
    return undefined
  }
}
