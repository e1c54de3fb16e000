import type { Ask } from '../cli/ask.ts'
import { contextNow } from '../cli/contexts.ts'
import { createdText } from '../cli/units.ts'
import { type Container, hexOf } from '../container/container.ts'
import type { Builder, BuilderNode } from './builder.ts'
import { BUILDKIT, runningNode, statusOfNode } from './node.ts'
import { platformsOf } from './platforms.ts'

/** What `buildx inspect` prints of a builder; of the engine's own when there is none. */
export function describe(ask: Ask, builder: Builder | undefined): string {
  const name = builder?.name ?? contextNow(ask.call)
  const last = ask.world.ownedBy(ask.engine).filter(({ kind }) => kind === 'docker.Build')
  const activity = builder ? builder.since : last.length === 0 ? undefined : Math.max(...last.map(({ since }) => since))
  const lines = [
    `Name:\t${name}`,
    `Driver:\t${builder?.driver ?? 'docker'}`,
    ...(activity === undefined ? [] : [`Last Activity:\t${createdText(activity)}`]),
    '',
    'Nodes:',
    ...(builder ? builder.nodes.flatMap((node, i) => [...(i > 0 ? [''] : []), ...nodeLines(ask, node)]) : own(name)),
  ]
  return aligned(lines)
}

function nodeLines(ask: Ask, node: BuilderNode): readonly string[] {
  const status = statusOfNode(ask, node)
  const options = Object.entries(node.options).map(([key, value]) => `${key}=${JSON.stringify(value)}`)
  const head = [
    `Name:\t${node.name}`,
    `Endpoint:\t${node.endpoint}`,
    ...(options.length > 0 ? [`Driver Options:\t${options.join(' ')}`] : []),
  ]
  if (status === 'error')
    return [...head, `Error:\tCannot connect to the Docker daemon at ${node.endpoint}. Is the docker daemon running?`]
  const runs = status === 'running'
  const platforms = runs ? platformsOf(node) : node.platforms.map((one) => `${one}*`)
  const container = runningNode(ask, node)
  return [
    ...head,
    `Status:\t${status}`,
    ...(node.flags.length > 0 ? [`BuildKit daemon flags:\t${node.flags.join(' ')}`] : []),
    ...(runs ? [`BuildKit version:\t${BUILDKIT}`] : []),
    ...(platforms.length > 0 ? [`Platforms:\t${platforms.join(', ')}`] : []),
    ...(runs && container ? [...workerLabels(node, container), ...POLICY] : []),
  ]
}

function own(name: string): readonly string[] {
  return [
    `Name:\t${name}`,
    `Endpoint:\t${name}`,
    'Status:\trunning',
    `BuildKit version:\t${BUILDKIT}`,
    `Platforms:\t${platformsOf({ platforms: [] }).join(', ')}`,
    'Labels:',
    ' org.mobyproject.buildkit.worker.moby.host-gateway-ip:\t172.17.0.1',
    ...POLICY,
  ]
}

function workerLabels(node: BuilderNode, container: Container): readonly string[] {
  return [
    'Labels:',
    ' org.mobyproject.buildkit.worker.executor:\toci',
    ` org.mobyproject.buildkit.worker.hostname:\t${hexOf(container).slice(0, 12)}`,
    ` org.mobyproject.buildkit.worker.network:\t${node.options.network === 'host' ? 'host' : 'auto'}`,
    ' org.mobyproject.buildkit.worker.oci.process-mode:\tsandbox',
    ' org.mobyproject.buildkit.worker.selinux.enabled:\tfalse',
    ' org.mobyproject.buildkit.worker.snapshotter:\toverlayfs',
  ]
}

/** What a daemon throws away first. Models: buildkit cmd/buildkitd/config/gcpolicy.go DefaultGCPolicy */
const POLICY: readonly string[] = [
  'GC Policy rule#0:',
  ' All:\tfalse',
  ' Filters:\ttype==source.local,type==exec.cachemount,type==source.git.checkout',
  ' Keep Duration:\t48h0m0s',
  ' Max Used Space:\t488.3MiB',
  'GC Policy rule#1:',
  ' All:\tfalse',
  ' Keep Duration:\t1440h0m0s',
  ' Reserved Space:\t9.313GiB',
  ' Max Used Space:\t93.13GiB',
  ' Min Free Space:\t18.63GiB',
  'GC Policy rule#2:',
  ' All:\tfalse',
  ' Reserved Space:\t9.313GiB',
  ' Max Used Space:\t93.13GiB',
  ' Min Free Space:\t18.63GiB',
  'GC Policy rule#3:',
  ' All:\ttrue',
  ' Reserved Space:\t9.313GiB',
  ' Max Used Space:\t93.13GiB',
  ' Min Free Space:\t18.63GiB',
]

/** Cells of neighbouring lines in one column. Models: text/tabwriter with a padding of one */
export function aligned(lines: readonly string[]): string {
  const texts: string[] = []
  for (let at = 0; at < lines.length; at++) {
    let end = at
    while (lines[end]?.includes('\t')) end++
    if (end === at) {
      texts.push(lines[at] ?? '')
      continue
    }
    const block = lines.slice(at, end).map((line) => line.split('\t'))
    const width = Math.max(...block.map(([first = '']) => first.length)) + 1
    for (const [first = '', second = ''] of block) texts.push(`${first.padEnd(width)}${second}`)
    at = end - 1
  }
  return `${texts.join('\n')}\n`
}
