import type { Json } from '../../../kernel/index.ts'
import type { Ask } from '../cli/ask.ts'
import type { Command } from '../cli/command.ts'
import { contextNow, contextsOf } from '../cli/contexts.ts'
import { formatRows, type Row } from '../cli/format.ts'
import { type Booting, boot, bootSummary } from './boot.ts'
import { type Builder, type BuilderNode, builderNamed, buildersOn } from './builder.ts'
import { builderMeant, currentName } from './current.ts'
import { describe } from './describe.ts'
import { BUILDKIT, statusOfNode } from './node.ts'
import { platformsOf } from './platforms.ts'

/** `docker buildx ls`. Models: buildx commands/ls.go */
export const listBuilders: Command = {
  path: 'buildx ls',
  summary: 'List builder instances',
  usage: '[OPTIONS]',
  args: [0, 0],
  flags: [
    { name: 'format', type: 'string', says: 'Format the output' },
    { name: 'no-trunc', says: "Don't truncate output" },
    { name: 'timeout', type: 'duration', says: 'Override the default timeout for loading builder status' },
  ],
  run(ask) {
    const whole = ask.flag('no-trunc')
    const now = currentName(ask)
    const own = contextsOf(ask.call).filter(({ Name }) => !builderNamed(ask.world, ask.engine, Name))
    const rows = [
      ...buildersOn(ask.world, ask.engine).map((builder) => [builder.name, rowsOf(ask, builder, now, whole)] as const),
      ...own.map(({ Name }) => [Name, contextRows(ask, Name, now, whole)] as const),
    ]
      .sort(([a], [b]) => (a === now ? -1 : b === now ? 1 : a < b ? -1 : 1))
      .flatMap(([, some]) => some)
    const format = ask.text('format')
    ask.out(formatRows(rows, COLUMNS, HEADINGS, format))
    return { exit: 0 }
  },
}

const COLUMNS = [
  ['NAME/NODE', 'Name'],
  ['DRIVER/ENDPOINT', 'DriverEndpoint'],
  ['STATUS', 'Status'],
  ['BUILDKIT', 'Buildkit'],
  ['PLATFORMS', 'Platforms'],
] as const
const HEADINGS = {
  Name: 'NAME/NODE',
  DriverEndpoint: 'DRIVER/ENDPOINT',
  Status: 'STATUS',
  Buildkit: 'BUILDKIT',
  Platforms: 'PLATFORMS',
}

function rowsOf(ask: Ask, builder: Builder, now: string, whole: boolean): readonly Row[] {
  return [
    head(builder.name, builder.driver, now),
    ...builder.nodes.map((node) => {
      const status = statusOfNode(ask, node)
      const platforms = status === 'running' ? platformsOf(node) : node.platforms.map((one) => `${one}*`)
      return nodeRow(
        node.name,
        node.endpoint,
        status,
        status === 'running' ? BUILDKIT : '',
        shortened(platforms, whole),
      )
    }),
  ]
}

/** The builder that every context has: the one of its engine. */
function contextRows(ask: Ask, name: string, now: string, whole: boolean): readonly Row[] {
  const node: BuilderNode = { name, endpoint: name, platforms: [], options: {}, flags: [] }
  const runs = name === contextNow(ask.call) || statusOfNode(ask, node) !== 'error'
  return [
    head(name, 'docker', now),
    nodeRow(
      name,
      name,
      runs ? 'running' : 'error',
      runs ? BUILDKIT : '',
      runs ? shortened(platformsOf(node), whole) : '',
    ),
  ]
}

function head(name: string, driver: string, now: string): Row {
  return { Name: `${name}${name === now ? '*' : ''}`, DriverEndpoint: driver, Status: '', Buildkit: '', Platforms: '' }
}

function nodeRow(name: string, endpoint: string, status: string, version: string, platforms: string): Row {
  return {
    Name: ` \\_ ${name}`,
    DriverEndpoint: ` \\_ ${endpoint}`,
    Status: status,
    Buildkit: version,
    Platforms: platforms,
  }
}

/** `linux/amd64 (+3)`: the variants of a platform are counted only. Models: buildx commands/ls.go truncPlatforms */
function shortened(platforms: readonly string[], whole: boolean): string {
  if (whole || platforms.length <= 1) return platforms.join(', ')
  const first = platforms.filter((one) => one.endsWith('*'))
  const named = first.length > 0 ? first : platforms.slice(0, 1)
  const rest = platforms.length - named.length
  return `${named.join(', ')}${rest > 0 ? ` (+${rest})` : ''}`
}

interface Inspecting extends Booting {
  readonly name: string
}

/** `docker buildx inspect`. Models: buildx commands/inspect.go */
export const inspectBuilder: Command = {
  path: 'buildx inspect',
  summary: 'Inspect current builder instance',
  usage: '[OPTIONS] [NAME]',
  args: [0, 1],
  flags: [
    { name: 'bootstrap', says: 'Ensure builder has booted before inspecting' },
    { name: 'builder', type: 'string', says: 'Override the configured builder instance' },
    { name: 'timeout', type: 'duration', says: 'Override the default timeout for loading builder status' },
  ],
  run(ask) {
    const builder = builderMeant(ask)
    if (builder && ask.flag('bootstrap'))
      return { wait: { after: 1 }, state: { name: builder.name, began: ask.world.now, told: [] } as Json }
    ask.out(describe(ask, builder))
    return { exit: 0 }
  },
  resume(ask, state) {
    const inspecting = state as unknown as Inspecting
    const builder = builderNamed(ask.world, ask.engine, inspecting.name)
    const waiting = builder && boot(ask, builder, inspecting)
    if (waiting) return waiting
    ask.err(bootSummary(ask, inspecting))
    ask.out(describe(ask, builder))
    return { exit: 0 }
  },
}
