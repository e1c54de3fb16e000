import { stringify } from 'yaml'
import { stable } from '../../../../kernel/index.ts'
import type { Ask } from '../../cli/ask.ts'
import type { Command, CommandFlag, Reply } from '../../cli/command.ts'
import { filtersOf } from '../../cli/filters.ts'
import { formatRows, type Row } from '../../cli/format.ts'
import { Problem } from '../../cli/problem.ts'
import { canonical } from '../../compose/canonical.ts'
import { textAt } from '../../compose/globals.ts'
import { absolute, loadProject } from '../../compose/load.ts'
import { fullName, type Project } from '../../compose/project.ts'
import { list, mapping, shape } from '../../compose/shape.ts'
import { networkNamed } from '../../network/network.ts'
import { type Blob, type BlobSort, blobId, blobKind, blobsOf } from '../blob.ts'
import { swarmId } from '../identity.ts'
import { createOverlay, overlays } from '../overlay.ts'
import { type Service, serviceId, servicesOf } from '../service.ts'
import { tasksOfService } from '../task.ts'
import { manager } from './access.ts'
import { creation } from './serviceCommands.ts'
import { printServices } from './serviceRows.ts'
import { leftOut, STACK, stackNetworks, stackService } from './stackSpec.ts'
import { PS_FLAGS, printTasks } from './taskRows.ts'

const FILE: CommandFlag = {
  name: 'compose-file',
  short: 'c',
  type: 'strings',
  says: 'Path to a Compose file, or "-" to read from stdin',
}

function projectOf(ask: Ask, name: string): Project {
  const files = ask.all('compose-file').flatMap((text) => text.split(','))
  if (files.length === 0) throw new Problem('specify a Compose file (with --compose-file)')
  const { call } = ask
  const paths = files.map((path) => (path === '-' ? '/dev/stdin' : absolute(call.cwd, path)))
  for (const [i, path] of paths.entries())
    if (textAt(call, path) === undefined) throw new Problem(`open ${files[i]}: no such file or directory`)
  return loadProject({
    cwd: call.cwd,
    read: (path) => textAt(call, path),
    env: call.env,
    files: paths,
    projectName: name,
  })
}

function servicesIn(ask: Ask, stack: string): readonly Service[] {
  return servicesOf(ask.world).filter(({ spec }) => spec.labels[STACK] === stack)
}

/** Names of a stack are checked before anything else. Models: docker/cli cli/command/stack/common.go */
function checkName(name: string): void {
  if (name.trim() === '' || /\s/.test(name)) throw new Problem(`invalid stack name: "${name}"`)
}

const deploy: Command = {
  path: 'stack deploy',
  aliases: ['stack up'],
  summary: 'Deploy a new stack or update an existing stack',
  usage: '[OPTIONS] STACK',
  args: [1, 1],
  flags: [
    FILE,
    {
      name: 'detach',
      short: 'd',
      says: 'Exit immediately instead of waiting for the stack services to converge (default true)',
    },
    { name: 'prune', says: 'Prune services that are no longer referenced' },
    { name: 'quiet', short: 'q', says: 'Suppress progress output' },
    {
      name: 'resolve-image',
      type: 'string',
      says: 'Query the registry to resolve image digest and supported platforms ("always", "changed", "never") (default "always")',
    },
    { name: 'with-registry-auth', says: 'Send registry authentication details to Swarm agents' },
  ],
  run(ask) {
    const [stack = ''] = ask.args
    checkName(stack)
    const project = projectOf(ask, stack)
    const { swarm } = manager(ask)
    const said = leftOut(project)
    if (said !== '') ask.err(said)
    if (ask.flag('prune'))
      for (const service of servicesIn(ask, stack))
        if (!project.services[service.spec.name.slice(stack.length + 1)]) {
          ask.emit([{ to: service.id, type: 'Removed' }])
          ask.out(`Removing service ${service.spec.name}\n`)
        }
    networks(ask, project, swarm)
    const names = { secret: blobs(ask, project, 'secret'), config: blobs(ask, project, 'config') }
    return { wait: { after: 30 }, state: { secret: [...names.secret], config: [...names.config] } }
  },
  resume(ask, state) {
    const [stack = ''] = ask.args
    const project = projectOf(ask, stack)
    const kept = state as unknown as { secret: [string, string][]; config: [string, string][] }
    const names = { secret: new Map(kept.secret), config: new Map(kept.config) }
    for (const key of Object.keys(project.services)) {
      const spec = stackService(ask, project, key, names)
      const before = ask.world.get(serviceId(spec.name)) as Service | undefined
      ask.out(`${before ? 'Updating' : 'Creating'} service ${spec.name}${before ? ` (id: ${swarmId(before)})` : ''}\n`)
      if (!before) ask.emit([creation(ask, spec)])
      else if (
        stable(before.spec as never) !==
        stable({ ...spec, task: { ...spec.task, force: before.spec.task.force } } as never)
      )
        ask.emit([
          {
            to: before.id,
            type: 'SpecChanged',
            data: { spec: { ...spec, task: { ...spec.task, force: before.spec.task.force } } },
          },
        ])
    }
    return { exit: 0 }
  },
}

function networks(ask: Ask, project: Project, swarm: Parameters<typeof createOverlay>[1]): void {
  const made: string[] = []
  for (const key of stackNetworks(project)) {
    const value = project.networks[key]
    const name = fullName(project, key, value)
    const there = networkNamed(ask.world, ask.engine, name)
    if (value?.external) {
      if (!there)
        throw new Problem(
          `network "${name}" is declared as external, but could not be found. You need to create a swarm-scoped network before the stack is deployed`,
        )
      if (there.scope !== 'swarm' && !['host', 'none'].includes(name))
        throw new Problem(
          `network "${name}" is declared as external, but it is not in the right scope: "${there.scope}" instead of "swarm"`,
        )
      continue
    }
    if (there) continue
    const config = shape(list(shape(value?.ipam).config)[0])
    const labels = Object.fromEntries(
      Object.entries(mapping(value?.labels)).map(([label, text]) => [label, text ?? '']),
    )
    const pool = made.length
    const overlay = createOverlay(ask.world, swarm, name, {
      labels: { ...labels, [STACK]: project.name },
      ...(typeof config.subnet === 'string' ? { subnet: config.subnet } : {}),
      ...(value?.attachable === true ? { attachable: true } : {}),
      ...(value?.internal === true ? { internal: true } : {}),
    })
    ask.emit([pool === 0 || typeof config.subnet === 'string' ? overlay : shifted(overlay, pool)])
    made.push(name)
    ask.out(`Creating network ${name}\n`)
  }
}

/** Networks that are made at one instant do not see each other: each takes the next subnet. */
function shifted(emission: ReturnType<typeof createOverlay>, by: number): ReturnType<typeof createOverlay> {
  const data = emission.data as { subnet: string; gateway: string }
  const move = (ip: string): string =>
    ip.replace(/^(\d+\.\d+\.)(\d+)/, (_, head: string, part: string) => `${head}${Number(part) + by}`)
  return { ...emission, data: { ...data, subnet: move(data.subnet), gateway: move(data.gateway) } }
}

/** Makes configs or secrets of a stack; answers their full names by key. */
function blobs(ask: Ask, project: Project, sort: BlobSort): Map<string, string> {
  const names = new Map<string, string>()
  const title = sort
  for (const [key, value] of Object.entries(project[sort === 'config' ? 'configs' : 'secrets'])) {
    const own = typeof value.name === 'string' ? value.name : value.external ? key : `${project.name}_${key}`
    names.set(key, own)
    const there = ask.world.get(blobId(sort, own)) as Blob | undefined
    if (value.external) {
      if (!there) throw new Problem(`${title} not found: ${own}`)
      continue
    }
    const path = typeof value.file === 'string' ? absolute(project.directory, value.file) : undefined
    const variable = typeof value.environment === 'string' ? project.env[value.environment] : undefined
    const text =
      typeof value.content === 'string'
        ? value.content
        : (variable ?? (path === undefined ? undefined : textAt(ask.call, path)))
    if (text === undefined) throw new Problem(`open ${path ?? key}: no such file or directory`)
    if (there) {
      if (there.text !== text)
        throw new Problem(
          `failed to update ${title} ${own}: Error response from daemon: rpc error: code = InvalidArgument desc = only updates to Labels are allowed`,
        )
      continue
    }
    ask.emit([
      {
        to: blobId(sort, own),
        kind: blobKind(sort),
        type: 'Created',
        data: {
          name: own,
          text,
          labels: { [STACK]: project.name },
          createdAt: ask.world.now,
          ...(typeof value.template_driver === 'string' ? { template: value.template_driver } : {}),
        },
      },
    ])
    ask.out(`Creating ${title} ${own}\n`)
  }
  return names
}

const ls: Command = {
  path: 'stack ls',
  aliases: ['stack list'],
  summary: 'List stacks',
  usage: '[OPTIONS]',
  args: [0, 0],
  flags: [{ name: 'format', type: 'string', says: 'Format output using a custom template' }],
  run(ask) {
    manager(ask)
    const counts = new Map<string, number>()
    for (const { spec } of servicesOf(ask.world)) {
      const stack = spec.labels[STACK]
      if (stack !== undefined) counts.set(stack, (counts.get(stack) ?? 0) + 1)
    }
    const rows = [...counts].sort().map(([Name, count]): Row => ({ Name, Services: String(count) }))
    ask.out(
      formatRows(
        rows,
        [
          ['NAME', 'Name'],
          ['SERVICES', 'Services'],
        ],
        { Services: 'SERVICES' },
        ask.text('format'),
      ),
    )
    return { exit: 0 }
  },
}

/** The stack of the arguments; refuses one without services. */
function stackOf(ask: Ask): readonly Service[] {
  const [stack = ''] = ask.args
  checkName(stack)
  manager(ask)
  return servicesIn(ask, stack)
}

const ps: Command = {
  path: 'stack ps',
  summary: 'List the tasks in the stack',
  usage: '[OPTIONS] STACK',
  args: [1, 1],
  flags: PS_FLAGS,
  run(ask) {
    const services = stackOf(ask)
    if (services.length === 0) throw new Problem(`nothing found in stack: ${ask.args[0]}`)
    return printTasks(
      ask,
      services.flatMap(({ id }) => tasksOfService(ask.world, id)).filter(({ desired }) => desired !== 'remove'),
      ['id', 'name', 'node', 'desired-state'],
    )
  },
}

const services: Command = {
  path: 'stack services',
  summary: 'List the services in the stack',
  usage: '[OPTIONS] STACK',
  args: [1, 1],
  flags: [
    { name: 'filter', short: 'f', type: 'filter', says: 'Filter output based on conditions provided' },
    { name: 'format', type: 'string', says: 'Format output using a custom template' },
    { name: 'quiet', short: 'q', says: 'Only display IDs' },
  ],
  run(ask): Reply {
    const found = stackOf(ask)
    if (found.length === 0) {
      ask.err(`Nothing found in stack: ${ask.args[0]}\n`)
      return { exit: 0 }
    }
    return printServices(ask, found, filtersOf(ask, ['id', 'label', 'mode', 'name']))
  },
}

const rm: Command = {
  path: 'stack rm',
  aliases: ['stack remove', 'stack down'],
  summary: 'Remove one or more stacks',
  usage: '[OPTIONS] STACK [STACK...]',
  args: [1, Number.POSITIVE_INFINITY],
  flags: [{ name: 'detach', short: 'd', says: 'Do not wait for stack removal (default true)' }],
  run(ask) {
    manager(ask)
    for (const stack of ask.args) {
      checkName(stack)
      const found = servicesIn(ask, stack)
      const nets = overlays(ask.world).filter(({ labels }) => labels?.[STACK] === stack)
      const blobs = (['secret', 'config'] as const).flatMap((sort) =>
        blobsOf(ask.world, sort).flatMap((blob) => (blob.labels[STACK] === stack ? [{ sort, blob }] : [])),
      )
      if (found.length + nets.length + blobs.length === 0) {
        ask.err(`Nothing found in stack: ${stack}\n`)
        continue
      }
      for (const service of found) {
        ask.emit([{ to: service.id, type: 'Removed' }])
        ask.out(`Removing service ${service.spec.name}\n`)
      }
      for (const { sort, blob } of blobs) {
        ask.emit([{ to: blob.id, type: 'Removed' }])
        ask.out(`Removing ${sort} ${blob.name}\n`)
      }
      for (const network of nets) {
        ask.emit([{ to: network.id, type: 'Removed' }])
        ask.out(`Removing network ${network.name}\n`)
      }
    }
    return { exit: 0 }
  },
}

const config: Command = {
  path: 'stack config',
  summary: 'Outputs the final config file, after doing merges and interpolations',
  usage: '[OPTIONS]',
  args: [0, 0],
  flags: [FILE, { name: 'skip-interpolation', says: 'Skip interpolation and output only merged config' }],
  run(ask) {
    const project = projectOf(ask, 'stack')
    const { name: _name, ...rest } = canonical(project, Object.keys(project.services)) as {
      readonly name?: unknown
      readonly [key: string]: unknown
    }
    ask.out(stringify({ version: '3.13', ...rest }, { lineWidth: 0 }))
    return { exit: 0 }
  },
}

/** `docker stack`. Models: docker/cli cli/command/stack/swarm */
export const stackCommands: readonly Command[] = [deploy, ls, ps, services, rm, config]
