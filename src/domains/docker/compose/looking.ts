import { stringify } from 'yaml'
import type { Json } from '../../../kernel/index.ts'
import type { Ask } from '../cli/ask.ts'
import type { Command, Reply } from '../cli/command.ts'
import { containerRow, stateWord } from '../cli/containerRow.ts'
import { formatRows, jsonText, type Row, table } from '../cli/format.ts'
import { topTable } from '../cli/looking.ts'
import { Problem } from '../cli/problem.ts'
import { nanoTime } from '../cli/units.ts'
import { type Container, containersOn, hexOf, isAlive } from '../container/container.ts'
import { logsOf } from '../container/logs.ts'
import { type DockerImage, shortId, sizeText } from '../image/index.ts'
import { canonical } from './canonical.ts'
import { chosen, containersOf, oneOf, serviceOf } from './containers.ts'
import { projectOf } from './globals.ts'
import type { Project } from './project.ts'
import { imageName } from './serviceSpec.ts'
import { shortName } from './up.ts'

const FORMAT = { name: 'format', type: 'string', says: 'Format the output' } as const

/** Containers of the services that were named, or of all. */
function those(ask: Ask, project: Project): readonly Container[] {
  const names = new Set(chosen(project, ask.args))
  return containersOf(ask.world, ask.engine, project.name).filter(
    (one) => ask.args.length === 0 || names.has(serviceOf(one)),
  )
}

/** Models: docker/compose cmd/compose/ps.go */
const ps: Command = {
  path: 'compose ps',
  summary: 'List containers',
  usage: '[OPTIONS] [SERVICE...]',
  flags: [
    { name: 'all', short: 'a', says: 'Show all stopped containers (including those created by the run command)' },
    { name: 'filter', type: 'string', says: 'Filter services by a property (supported filters: status)' },
    { ...FORMAT },
    { name: 'no-trunc', says: "Don't truncate output" },
    { name: 'orphans', says: 'Include orphaned services (not declared by project)' },
    { name: 'quiet', short: 'q', says: 'Only display IDs' },
    { name: 'services', says: 'Display services' },
    {
      name: 'status',
      type: 'stringArray',
      says: 'Filter services by status. Values: [paused | restarting | removing | running | dead | created | exited]',
    },
  ],
  run(ask) {
    const project = projectOf(ask)
    const states = [
      ...ask.all('status'),
      ...ask.all('filter').flatMap((text) => (text.startsWith('status=') ? [text.slice(7)] : [])),
    ]
    const found = those(ask, project).filter((one) =>
      states.length > 0
        ? states.includes(stateWord(one))
        : ask.flag('all') || isAlive(one) || one.state === 'restarting',
    )
    if (ask.flag('services')) {
      for (const name of new Set(found.map(serviceOf))) ask.out(`${name}\n`)
      return { exit: 0 }
    }
    const rows: readonly Row[] = found.map((one) => ({
      ...containerRow(ask.world, one, ask.flag('no-trunc')),
      Name: one.name,
      Service: serviceOf(one),
      Project: project.name,
      ExitCode: one.ended?.exitCode ?? 0,
      Health: one.health?.status ?? '',
    }))
    if (ask.flag('quiet')) {
      for (const row of rows) ask.out(`${row.ID}\n`)
      return { exit: 0 }
    }
    const columns = [
      ['NAME', 'Name'],
      ['IMAGE', 'Image'],
      ['COMMAND', 'Command'],
      ['SERVICE', 'Service'],
      ['CREATED', 'RunningFor'],
      ['STATUS', 'Status'],
      ['PORTS', 'Ports'],
    ] as const
    if (ask.text('format') === 'json') {
      const objects = found.map((one, i) => ({ ...rows[i], ...psObject(one), Project: project.name }))
      ask.out(formatRows(objects, columns, {}, 'json'))
      return { exit: 0 }
    }
    ask.out(formatRows(rows, columns, { Service: 'SERVICE' }, ask.text('format')))
    return { exit: 0 }
  },
}

/** Models: docker/compose cmd/compose/logs.go */
const logs: Command = {
  path: 'compose logs',
  summary: 'View output from containers',
  usage: '[OPTIONS] [SERVICE...]',
  flags: [
    { name: 'follow', short: 'f', says: 'Follow log output' },
    { name: 'index', type: 'int', says: 'index of the container if service has multiple replicas' },
    { name: 'no-color', says: 'Produce monochrome output' },
    { name: 'no-log-prefix', says: "Don't print prefix in logs" },
    { name: 'since', type: 'string', says: 'Show logs since timestamp' },
    {
      name: 'tail',
      short: 'n',
      type: 'string',
      says: 'Number of lines to show from the end of the logs for each container (default "all")',
    },
    { name: 'timestamps', short: 't', says: 'Show timestamps' },
    { name: 'until', type: 'string', says: 'Show logs before a timestamp' },
  ],
  run: (ask) => showLogs(ask, {}, true),
  resume: (ask, state) => showLogs(ask, (state as unknown as { shown: { [id: string]: number } }).shown, false),
}

function showLogs(ask: Ask, before: { readonly [id: string]: number }, first: boolean): Reply {
  const project = projectOf(ask)
  const all = those(ask, project)
  const width = Math.max(0, ...all.map((one) => shortName(project, one).length))
  const shown: { [id: string]: number } = {}
  const tail = ask.text('tail')
  const entries = all.flatMap((one) => {
    const lines = logsOf(ask.world, one)
    shown[one.id] = lines.length
    const fresh = lines.slice(before[one.id] ?? 0)
    const cut =
      first && tail !== undefined && tail !== 'all' ? fresh.slice(Math.max(0, fresh.length - Number(tail))) : fresh
    return cut.map((line) => ({ ...line, who: shortName(project, one) }))
  })
  for (const { at, text, who } of entries.sort((a, b) => a.at - b.at)) {
    const time = ask.flag('timestamps') ? `${nanoTime(at)} ` : ''
    ask.out(`${ask.flag('no-log-prefix') ? '' : `${who.padEnd(width)}  | `}${time}${text}\n`)
  }
  if (!ask.flag('follow') || !all.some((one) => isAlive(one))) return { exit: 0 }
  return { wait: { changeOf: ['docker.Container', 'shell.Process'] }, state: { shown } as unknown as Json }
}

const config: Command = {
  path: 'compose config',
  aliases: ['compose convert'],
  summary: 'Parse, resolve and render compose file in canonical format',
  usage: '[OPTIONS] [SERVICE...]',
  flags: [
    { name: 'environment', says: 'Print environment used for interpolation.' },
    { name: 'format', type: 'string', says: 'Format the output. Values: [yaml | json]' },
    { name: 'hash', type: 'string', says: 'Print the service config hash, one per line.' },
    { name: 'images', says: 'Print the image names, one per line.' },
    { name: 'no-interpolate', says: "Don't interpolate environment variables" },
    { name: 'output', short: 'o', type: 'string', says: 'Save to file (default to stdout)' },
    { name: 'profiles', says: 'Print the profile names, one per line.' },
    { name: 'quiet', short: 'q', says: "Only validate the configuration, don't print anything" },
    { name: 'services', says: 'Print the service names, one per line.' },
    { name: 'volumes', says: 'Print the volume names, one per line.' },
  ],
  run(ask) {
    const project = projectOf(ask)
    if (ask.flag('quiet')) return { exit: 0 }
    if (ask.flag('services')) for (const name of Object.keys(project.services).sort()) ask.out(`${name}\n`)
    else if (ask.flag('volumes')) for (const name of Object.keys(project.volumes).sort()) ask.out(`${name}\n`)
    else if (ask.flag('images'))
      for (const name of Object.keys(project.services).sort()) ask.out(`${imageName(project, name)}\n`)
    else if (ask.flag('profiles'))
      for (const name of new Set(
        Object.values(project.services).flatMap((one) => (Array.isArray(one.profiles) ? one.profiles.map(String) : [])),
      ))
        ask.out(`${name}\n`)
    else {
      const whole = canonical(project, ask.args)
      const text =
        ask.text('format') === 'json'
          ? `${JSON.stringify(whole, undefined, 2)}\n`
          : stringify(whole, { indentSeq: true, lineWidth: 0, nullStr: 'null' })
      const output = ask.text('output')
      if (output === undefined) ask.out(text)
      else ask.call.files.write(output.startsWith('/') ? output : `${ask.call.cwd}/${output}`, text)
    }
    return { exit: 0 }
  },
}

/** What compose tells about a project without changing it. */
export const lookingCommands: readonly Command[] = [
  ps,
  logs,
  config,
  {
    path: 'compose images',
    summary: 'List images used by the created containers',
    usage: '[OPTIONS] [SERVICE...]',
    flags: [{ ...FORMAT }, { name: 'quiet', short: 'q', says: 'Only display IDs' }],
    run(ask) {
      const project = projectOf(ask)
      const rows = those(ask, project).map((one) => {
        const image = ask.world.get(one.imageId) as DockerImage | undefined
        const name = image?.repoTags[0] ?? one.spec.image
        const cut = name.lastIndexOf(':')
        return {
          Container: one.name,
          Repository: cut < 0 ? name : name.slice(0, cut),
          Tag: cut < 0 ? 'latest' : name.slice(cut + 1),
          Platform: 'linux/amd64',
          ID: shortId(image?.imageId ?? ''),
          Size: sizeText(image?.size ?? 0),
        }
      })
      if (ask.flag('quiet')) for (const row of rows) ask.out(`${row.ID}\n`)
      else if (ask.text('format') === 'json') ask.out(`${jsonText(rows)}\n`)
      else
        ask.out(
          table([
            ['CONTAINER', 'REPOSITORY', 'TAG', 'PLATFORM', 'IMAGE ID', 'SIZE'],
            ...rows.map((row) => [row.Container, row.Repository, row.Tag, row.Platform, row.ID, row.Size]),
          ]),
        )
      return { exit: 0 }
    },
  },
  {
    path: 'compose top',
    summary: 'Display the running processes',
    usage: '[SERVICES...]',
    run(ask) {
      const project = projectOf(ask)
      for (const one of those(ask, project)) if (isAlive(one)) ask.out(`${one.name}\n${topTable(ask, one)}\n`)
      return { exit: 0 }
    },
  },
  {
    path: 'compose port',
    summary: 'Print the public port for a port binding',
    usage: '[OPTIONS] SERVICE PRIVATE_PORT',
    args: [2, 2],
    flags: [
      { name: 'index', type: 'int', says: 'Index of the container if service has multiple replicas' },
      { name: 'protocol', type: 'string', says: 'tcp or udp (default "tcp")' },
    ],
    run(ask) {
      const [service = '', number = ''] = ask.args
      const container = oneOf(ask, projectOf(ask), service)
      const protocol = ask.text('protocol') ?? 'tcp'
      const found = container.ports.find((port) => String(port.container) === number && port.protocol === protocol)
      if (!found)
        throw new Problem(
          `no port ${number}/${protocol} for container ${container.name}: ${container.ports.map((port) => `${port.container}/${port.protocol}`).join(', ')}`,
        )
      ask.out(`${found.hostIp ?? '0.0.0.0'}:${found.host}\n`)
      return { exit: 0 }
    },
  },
  {
    path: 'compose ls',
    summary: 'List running compose projects',
    usage: '[OPTIONS]',
    args: [0, 0],
    flags: [
      { name: 'all', short: 'a', says: 'Show all stopped Compose projects' },
      { name: 'filter', type: 'filter', says: 'Filter output based on conditions provided' },
      { ...FORMAT },
      { name: 'quiet', short: 'q', says: 'Only display project names' },
    ],
    run(ask) {
      const projects = new Map<string, Container[]>()
      for (const one of containersOn(ask.world, ask.engine)) {
        const name = one.spec.labels?.['com.docker.compose.project']
        if (name !== undefined) projects.set(name, [...(projects.get(name) ?? []), one])
      }
      const rows = [...projects]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, all]) => {
          const states = new Map<string, number>()
          for (const one of all) states.set(stateWord(one), (states.get(stateWord(one)) ?? 0) + 1)
          const status = [...states].sort(([a], [b]) => (a < b ? -1 : 1)).map(([state, count]) => `${state}(${count})`)
          return {
            Name: name,
            Status: status.join(', '),
            ConfigFiles: all[0]?.spec.labels?.['com.docker.compose.project.config_files'] ?? '',
            running: states.has('running'),
          }
        })
        .filter((row) => ask.flag('all') || row.running)
      if (ask.flag('quiet')) for (const row of rows) ask.out(`${row.Name}\n`)
      else if (ask.text('format') === 'json') ask.out(`${jsonText(rows.map(({ running: _running, ...row }) => row))}\n`)
      else
        ask.out(
          table([['NAME', 'STATUS', 'CONFIG FILES'], ...rows.map((row) => [row.Name, row.Status, row.ConfigFiles])]),
        )
      return { exit: 0 }
    },
  },
  {
    path: 'compose version',
    summary: 'Show the Docker Compose version information',
    usage: '[OPTIONS]',
    args: [0, 0],
    flags: [
      {
        name: 'format',
        short: 'f',
        type: 'string',
        says: 'Format the output. Values: [pretty | json]. (Default: pretty)',
      },
      { name: 'short', says: "Shows only Compose's version number" },
    ],
    run(ask) {
      ask.out(
        ask.flag('short')
          ? '5.0.0\n'
          : ask.text('format') === 'json'
            ? '{"version":"v5.0.0"}\n'
            : 'Docker Compose version v5.0.0\n',
      )
      return { exit: 0 }
    },
  },
]

/** What `compose ps --format json` says of a container besides its row. Models: compose cmd/formatter ContainerSummary */
function psObject(one: Container): Row {
  return {
    ID: hexOf(one),
    Name: one.name,
    Service: serviceOf(one),
    State: stateWord(one),
    ExitCode: one.ended?.exitCode ?? 0,
    Health: one.health?.status ?? '',
    Publishers: one.ports.map((port) => ({
      URL: port.hostIp ?? '0.0.0.0',
      TargetPort: port.container,
      PublishedPort: port.host,
      Protocol: port.protocol,
    })),
  }
}
