import { type Loose, objectAt } from '../api/loose.ts'
import { addQuantity, parseQuantity, quantityOf } from '../api/quantity.ts'
import { list } from '../apiserver/read.ts'
import { kubeletReaches } from '../components/component.ts'
import { readPodMetrics } from '../metrics/metricsServer.ts'
import { nodeUsage } from '../metrics/usage.ts'
import { find, type ObjectEntity } from '../object/object.ts'
import type { Ask } from './ask.ts'
import type { Command, Reply } from './command.ts'
import type { KubeFlag } from './flags.ts'
import { ALL_NAMESPACES, FIELD_SELECTOR, SELECTOR } from './globalFlags.ts'
import { Problem, refuseAs, stop } from './problem.ts'
import { resourceNamed } from './select.ts'
import { tableText } from './tabs.ts'

const SORT: KubeFlag = { name: 'sort-by', value: "''", values: ['cpu', 'memory'], says: 'cpu or memory' }
const SUM: KubeFlag = { name: 'sum', says: 'Print the sum' }
const HEADERS: KubeFlag = { name: 'no-headers', says: 'Leave the header out' }

/** Models: kubectl/pkg/cmd/top, metrics-server. Nodes of the lab have no swap: they report none, and their pods use none. */
export const top: Command = {
  name: 'top',
  summary: 'Display resource (CPU/memory) usage',
  usage: '(node | pod)',
  commands: [
    {
      name: 'node',
      aliases: ['nodes', 'no'],
      summary: 'Display resource (CPU/memory) usage of nodes',
      usage: '[NAME | -l label]',
      completes: 'nodes',
      flags: [
        SELECTOR,
        SORT,
        HEADERS,
        { name: 'show-capacity', says: 'Percentages of the capacity' },
        { name: 'show-swap', says: 'Swap too' },
        { name: 'use-protocol-buffers', says: 'Accepted' },
      ],
      run: topNodes,
    },
    {
      name: 'pod',
      aliases: ['pods', 'po'],
      summary: 'Display resource (CPU/memory) usage of pods',
      usage: '[NAME | -l label]',
      completes: 'pods',
      flags: [
        SELECTOR,
        FIELD_SELECTOR,
        ALL_NAMESPACES,
        SORT,
        HEADERS,
        SUM,
        { name: 'containers', says: 'Each container by itself' },
        { name: 'show-swap', says: 'Swap too' },
        { name: 'use-protocol-buffers', says: 'Accepted' },
      ],
      run: topPods,
    },
  ],
}

function sorting(ask: Ask): string {
  const by = ask.text('sort-by') ?? ''
  if (by !== '' && by !== 'cpu' && by !== 'memory') stop('--sort-by accepts only cpu or memory')
  return by
}

const MIB = 1024 * 1024

function topNodes(ask: Ask): Reply {
  const by = sorting(ask)
  const resource = resourceNamed(ask, 'nodes')
  const answer = list(ask.world, resource, { labelSelector: ask.text('selector') })
  if (!answer.ok) return refuseAs(answer)
  const [name] = ask.args
  if (name !== undefined && !find(ask.world, 'Node', undefined, name))
    throw new Problem(`Error from server (NotFound): nodes "${name}" not found`)
  const rows = answer.entities
    .filter((node) => name === undefined || node.metadata.name === name)
    .map((node) => ({
      node,
      known: kubeletReaches(ask.world, node.metadata.name),
      ...nodeUsage(ask.world, node.metadata.name),
    }))
  if (by !== '') rows.sort((a, b) => (by === 'cpu' ? b.milli - a.milli : b.bytes - a.bytes))
  const swap = ask.flag('show-swap') ? ['<unknown>', '<unknown>'] : []
  const cells = rows.map(({ node, known, milli, bytes }) => {
    if (!known) return [node.metadata.name, '<unknown>', '<unknown>', '<unknown>', '<unknown>', ...swap]
    const room = objectAt(node.status, ask.flag('show-capacity') ? 'capacity' : 'allocatable')
    return [
      node.metadata.name,
      `${milli}m`,
      percent(milli, amount(room, 'cpu', true)),
      `${Math.floor(bytes / MIB)}Mi`,
      percent(bytes, amount(room, 'memory', false)),
      ...swap,
    ]
  })
  const header = ask.flag('no-headers')
    ? []
    : [
        [
          'NAME',
          'CPU(cores)',
          'CPU(%)',
          'MEMORY(bytes)',
          'MEMORY(%)',
          ...(swap.length > 0 ? ['SWAP(bytes)', 'SWAP(%)'] : []),
        ],
      ]
  ask.out(tableText([...header, ...cells]).text)
  return { exit: 0 }
}

function amount(room: Loose | undefined, name: string, milli: boolean): number {
  const quantity = addQuantity(quantityOf(0), parseQuantity(String(room?.[name] ?? '0')) ?? quantityOf(0))
  return milli ? quantity.milli : quantity.integer
}

function percent(used: number, all: number): string {
  return all === 0 ? '<unknown>' : `${Math.floor((used / all) * 100)}%`
}

function topPods(ask: Ask): Reply {
  const by = sorting(ask)
  const [name] = ask.args
  const all = ask.flag('all-namespaces')
  if (name !== undefined && all) stop('a resource cannot be retrieved by name across all namespaces')
  const answer = list(ask.world, resourceNamed(ask, 'pods'), {
    namespace: ask.scope,
    labelSelector: ask.text('selector'),
    fieldSelector: ask.text('field-selector'),
  })
  if (!answer.ok) return refuseAs(answer)
  const pods = answer.entities.filter((pod) => name === undefined || pod.metadata.name === name)
  if (name !== undefined && pods.length === 0)
    throw new Problem(`Error from server (NotFound): pods "${name}" not found`)
  const measured = pods.flatMap((pod) => {
    const metrics = readPodMetrics(ask.world, pod.id)
    return metrics ? [{ pod, metrics }] : []
  })
  if (measured.length === 0) return nothing(ask, pods, name)
  if (by !== '')
    measured.sort((a, b) =>
      by === 'cpu' ? b.metrics.cpuMilli - a.metrics.cpuMilli : b.metrics.memoryBytes - a.metrics.memoryBytes,
    )
  const containers = ask.flag('containers')
  const swap = ask.flag('show-swap') ? ['0Mi'] : []
  const cells = measured.flatMap(({ pod, metrics }) => {
    const lead = [...(all ? [pod.metadata.namespace ?? ''] : []), pod.metadata.name]
    if (!containers) return [[...lead, `${metrics.cpuMilli}m`, `${Math.floor(metrics.memoryBytes / MIB)}Mi`, ...swap]]
    return Object.entries(metrics.containers ?? {}).map(([container, usage]) => [
      ...lead,
      container,
      `${usage.cpuMilli}m`,
      `${Math.floor(usage.memoryBytes / MIB)}Mi`,
      ...swap,
    ])
  })
  const lead = [...(all ? ['NAMESPACE'] : []), ...(containers ? ['POD', 'NAME'] : ['NAME'])]
  const header = ask.flag('no-headers')
    ? []
    : [[...lead, 'CPU(cores)', 'MEMORY(bytes)', ...(swap.length > 0 ? ['SWAP(bytes)'] : [])]]
  const blank = lead.map(() => '')
  const total = measured.reduce(
    (sum, { metrics }) => ({ milli: sum.milli + metrics.cpuMilli, bytes: sum.bytes + metrics.memoryBytes }),
    { milli: 0, bytes: 0 },
  )
  const sum = ask.flag('sum')
    ? [
        [...blank, '________', '________'],
        [...blank, `${total.milli}m`, `${Math.floor(total.bytes / MIB)}Mi`],
      ]
    : []
  ask.out(tableText([...header, ...cells, ...sum]).text)
  return { exit: 0 }
}

function nothing(ask: Ask, pods: readonly ObjectEntity[], name: string | undefined): Reply {
  if (pods.length === 0) {
    ask.err(ask.flag('all-namespaces') ? 'No resources found\n' : `No resources found in ${ask.namespace} namespace.\n`)
    return { exit: 0 }
  }
  if (name !== undefined)
    throw new Problem(`Error from server (NotFound): podmetrics.metrics.k8s.io "${ask.namespace}/${name}" not found`)
  return stop('metrics not available yet')
}
