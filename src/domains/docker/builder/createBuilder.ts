import type { Json } from '../../../kernel/index.ts'
import { resolvePath } from '../../../shell/files.ts'
import type { Ask } from '../cli/ask.ts'
import type { Command, Reply } from '../cli/command.ts'
import { contextNow, hostOfContext } from '../cli/contexts.ts'
import { randomName } from '../cli/names.ts'
import { Problem } from '../cli/problem.ts'
import { type Booting, boot, bootSummary } from './boot.ts'
import { type Builder, type BuilderNode, builderId, builderNamed, createBuilder } from './builder.ts'
import { useBuilder } from './current.ts'

const DRIVERS = ['docker', 'docker-container', 'kubernetes', 'remote', 'cloud']

interface Creating extends Booting {
  readonly name: string
}

/** `docker buildx create`. Models: buildx commands/create.go and builder/builder.go Create */
export const createBuilderCommand: Command = {
  path: 'buildx create',
  summary: 'Create a new builder instance',
  usage: '[OPTIONS] [CONTEXT|ENDPOINT]',
  args: [0, 1],
  flags: [
    { name: 'append', says: 'Append a node to builder instead of changing it' },
    { name: 'bootstrap', says: 'Boot builder after creation' },
    { name: 'buildkitd-config', type: 'string', says: 'BuildKit daemon config file' },
    { name: 'buildkitd-flags', type: 'string', says: 'BuildKit daemon flags' },
    { name: 'config', type: 'string', says: 'BuildKit daemon config file' },
    { name: 'driver', type: 'string', says: 'Driver to use (available: "docker-container", "kubernetes", "remote")' },
    { name: 'driver-opt', type: 'stringArray', says: 'Options for the driver' },
    { name: 'leave', says: 'Remove a node from builder instead of changing it' },
    { name: 'name', type: 'string', says: 'Builder instance name' },
    { name: 'node', type: 'string', says: 'Create/modify node with given name' },
    { name: 'platform', type: 'stringArray', says: 'Fixed platforms for current node' },
    { name: 'timeout', type: 'duration', says: 'Override the default timeout for loading builder status' },
    { name: 'use', says: 'Set the current builder instance' },
  ],
  run(ask) {
    const builder = changed(ask)
    if (ask.flag('use')) useBuilder(ask, builder.name, hostOfContext(ask.call, contextNow(ask.call)) ?? '')
    if (!ask.flag('bootstrap')) return told(ask, builder.name)
    return { wait: { after: 1 }, state: { name: builder.name, began: ask.world.now, told: [] } as Json }
  },
  resume(ask, state) {
    const creating = state as unknown as Creating
    const builder = builderNamed(ask.world, ask.engine, creating.name)
    const waiting = builder && boot(ask, builder, creating)
    if (waiting) return waiting
    ask.err(bootSummary(ask, creating))
    return told(ask, creating.name)
  },
}

function told(ask: Ask, name: string): Reply {
  ask.out(`${name}\n`)
  return { exit: 0 }
}

/** Makes the builder, or changes the nodes of one that is there. */
function changed(ask: Ask): Pick<Builder, 'name' | 'nodes'> {
  const { world, engine } = ask
  const wanted = ask.text('driver')
  if (wanted !== undefined && !DRIVERS.includes(wanted))
    throw new Problem(`ERROR: failed to find driver ${JSON.stringify(wanted)}`)
  if (wanted === 'docker') throw new Problem('ERROR: additional instances of driver "docker" cannot be created')
  const [append, leave, nodeName] = [ask.flag('append'), ask.flag('leave'), ask.text('node')]
  if (append && !ask.has('name')) throw new Problem('ERROR: append requires a builder name')
  if (leave && !ask.has('name')) throw new Problem('ERROR: leave requires instance name')
  if (leave && nodeName === undefined) throw new Problem('ERROR: leave requires node name but --node not set')
  const endpoint = endpointFrom(ask, wanted)
  const name = ask.text('name') ?? freeName(ask, wanted)
  if (name === 'default')
    throw new Problem('ERROR: default is a reserved name and cannot be used to identify builder instance')
  if (!/^[a-zA-Z][a-zA-Z0-9.-]*[a-zA-Z0-9]$|^[a-zA-Z]$/.test(name.replaceAll('_', '-')))
    throw new Problem(
      `ERROR: invalid name ${name}, name must start with a letter and may only contain letters, numbers, dot, dash or underscore`,
    )
  if (hostOfContext(ask.call, name) !== undefined)
    throw new Problem(`ERROR: instance name ${JSON.stringify(name)} already exists as context builder`)
  const before = builderNamed(world, engine, name)
  if (before && !append && !leave && nodeName === undefined)
    throw new Problem(
      `ERROR: existing instance for ${JSON.stringify(name)} but no append mode, specify the node name to make changes for existing instances`,
    )
  if (!before && append)
    ask.err(`WARN[0000] failed to find ${JSON.stringify(name)} for append, creating a new instance instead\n`)
  if (!before && leave) throw new Problem(`ERROR: failed to find instance ${JSON.stringify(name)} for leave`)
  if (before && wanted !== undefined && wanted !== before.driver)
    throw new Problem(
      `ERROR: existing instance for ${JSON.stringify(name)} but has mismatched driver ${JSON.stringify(before.driver)}`,
    )
  const driver = (before?.driver ?? wanted ?? 'docker-container') as Builder['driver']
  const others = before?.nodes ?? []
  if (leave) {
    const nodes = others.filter((node) => node.name !== nodeName)
    if (nodes.length === others.length) throw new Problem(`ERROR: failed to find node ${JSON.stringify(nodeName)}`)
    ask.emit([{ to: builderId(engine, name), type: 'NodesChanged', data: { nodes } as never }])
    return { name, nodes }
  }
  const own = nodeName ?? freeNode(name, others)
  const node = nodeFrom(ask, own, driver === 'kubernetes' ? kubernetesEndpoint(name, own) : endpoint)
  const twin = others.find((one) => one.name !== own && one.endpoint === node.endpoint && driver !== 'kubernetes')
  if (twin) throw new Problem(`ERROR: duplicate endpoint ${node.endpoint}`)
  const nodes = others.some((one) => one.name === own)
    ? others.map((one) => (one.name === own ? node : one))
    : [...others, node]
  ask.emit(
    before
      ? [{ to: before.id, type: 'NodesChanged', data: { nodes } as never }]
      : [createBuilder(engine, { name, driver, nodes })],
  )
  return { name, nodes }
}

/** The endpoint that is asked for: a context's name or an address; that of the present context when there is none. */
function endpointFrom(ask: Ask, driver: string | undefined): string {
  const [given] = ask.args
  if (given === undefined) {
    if (driver === 'remote') throw new Problem('ERROR: no remote endpoint provided')
    const now = contextNow(ask.call)
    return now === 'default' ? (hostOfContext(ask.call, now) ?? now) : now
  }
  if (given === 'default') return hostOfContext(ask.call, given) ?? given
  if (driver === 'cloud' || hostOfContext(ask.call, given) !== undefined || given.includes('://')) return given
  if (/[^\w.:-]/.test(given)) throw new Problem(`ERROR: failed to parse endpoint ${given}`)
  return `tcp://${given}${/:\d+$/.test(given) ? '' : ':2376'}`
}

function kubernetesEndpoint(builder: string, node: string): string {
  return `kubernetes:///${builder}?deployment=${node}&kubeconfig=`
}

function nodeFrom(ask: Ask, name: string, endpoint: string): BuilderNode {
  const config = ask.text('buildkitd-config') ?? ask.text('config')
  if (config !== undefined && !ask.call.files.exists(resolvePath(ask.call.cwd, config)))
    throw new Problem(`ERROR: failed to read ${config}: open ${config}: no such file or directory`)
  const options = ask
    .all('driver-opt')
    .flatMap((text) => text.replaceAll('"', '').split(','))
    .map((text) => {
      const cut = text.indexOf('=')
      if (cut <= 0)
        throw new Problem(`ERROR: invalid value ${JSON.stringify(text)}, expecting k=v format for driver options`)
      return [text.slice(0, cut), text.slice(cut + 1)] as const
    })
  const flags = (ask.text('buildkitd-flags') ?? '--allow-insecure-entitlement=network.host').split(' ')
  return {
    name,
    endpoint,
    platforms: ask.all('platform').flatMap((text) => text.split(',')),
    options: Object.fromEntries([...options].sort(([a], [b]) => (a < b ? -1 : 1))),
    flags: flags.filter((flag) => flag !== ''),
    ...(config === undefined ? {} : { config }),
  }
}

function freeName(ask: Ask, driver: string | undefined): string {
  if (driver === 'cloud') return `cloud-${(ask.args[0] ?? '').replaceAll('/', '-')}`
  return randomName(ask.world, ask.engine)
}

/** The first of `name0`, `name1`... that no node has. */
function freeNode(builder: string, nodes: readonly BuilderNode[]): string {
  for (let i = 0; ; i++) if (!nodes.some(({ name }) => name === `${builder}${i}`)) return `${builder}${i}`
}
