import type { World } from '../../../kernel/index.ts'
import { type Done, fail, type Options, type Program, readOptions } from '../../../shell/index.ts'
import { placeEmissions } from '../../places/index.ts'
import { integerValue, milliValue, parseQuantity } from '../api/quantity.ts'
import { type Machine, type MachineOptions, machineEmissions } from '../machine/machine.ts'
import { find } from '../object/object.ts'
import { CLUSTER, type Cluster } from './clusterUp.ts'
import { instanceTypes } from './instanceType.ts'

/** Flags that say what a machine is like. */
export const nodeFlags: NonNullable<Program['flags']> = [
  {
    name: 'type',
    value: 'TYPE',
    says: 'instance type: c7g.large (2 CPU, 4 Gi) when absent',
    values: instanceTypes.map((type) => type.name),
  },
  { name: 'cpu', value: 'QUANTITY', says: 'cores, instead of those of the type' },
  { name: 'memory', value: 'QUANTITY', says: 'memory, instead of that of the type' },
  { name: 'pods', value: 'N', says: 'most pods; 110 when absent' },
  { name: 'label', value: 'KEY=VALUE', says: 'a label more; may be repeated' },
  { name: 'taint', value: 'KEY=VALUE:EFFECT', says: 'a taint; may be repeated' },
]

/** `lab node add` and `lab node remove`: machines come and go. */
export const nodeVerb: Program = {
  name: 'node',
  summary: 'bring a machine into the cluster, or take one away',
  usage: 'add [NAME] [--zone ZONE] [--type TYPE] | remove NAME',
  operands: 'none',
  subcommands: [
    { name: 'add', summary: 'bring a machine; its kubelet registers a Node' },
    { name: 'remove', summary: 'take a machine away for good, with its Node object' },
  ],
  flags: [{ name: 'zone', value: 'ZONE', says: 'zone that it stands in; the emptiest one when absent' }, ...nodeFlags],
  examples: ['lab node add --zone eu-west-1b --type m7g.large', 'lab node remove node-b1'],
  run(call) {
    const options = readOptions(nodeVerb, call.argv)
    if ('exit' in options) return options
    const [what, name, ...more] = options.operands
    if (more.length > 0) return fail(`lab node: '${more[0]}' is one name too many`)
    if (what === 'add') return add(call.world, name, options)
    if (what === 'remove') return remove(call.world, name)
    return fail("lab node: say 'lab node add' or 'lab node remove NAME'")
  },
  complete({ world, words, word }) {
    if (words.at(-1) !== 'remove') return []
    return [...world.all('k8s.Machine')]
      .map(({ id }) => ({ text: id.slice(id.indexOf('/') + 1) }))
      .filter(({ text }) => text.startsWith(word))
  },
}

/** What machines are to be brought: so many, zone after zone, named after their zone (`node-a1`). */
export function nodeOrders(
  world: World,
  zones: readonly string[],
  count: number,
  given: Options['given'],
  all: Options['all'] = {},
): { readonly orders: readonly MachineOptions[] } | { readonly error: string } {
  const size = sizeOf(given)
  if ('error' in size) return size
  const machines = [...world.all('k8s.Machine')] as Machine[]
  const taken = new Set(machines.map(({ name }) => name))
  const highest = Math.max(0, ...machines.map(({ number }) => number))
  const orders: MachineOptions[] = []
  for (let i = 0; i < count; i++) {
    const zone = zones[i % zones.length] as string
    orders.push({
      ...size,
      number: highest + i + 1,
      name: freeName(taken, zone),
      zone,
      region: zone.slice(0, -1),
      labels: pairs(all.label),
      taints: taintsOf(all.taint),
    })
  }
  return { orders }
}

function add(world: World, name: string | undefined, { given, all }: Options): Done {
  const cluster = world.get(CLUSTER) as Cluster | undefined
  if (!cluster) return fail("lab node: there is no cluster yet; 'lab cluster up' brings one")
  if (name !== undefined && !/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name))
    return fail(`lab node: '${name}' is no name for a node`)
  if (name !== undefined && (world.get(`k8s.Machine/${name}`) || find(world, 'Node', undefined, name))) {
    return fail(`lab node: there is a node ${name} already`)
  }
  const zone = typeof given.zone === 'string' ? given.zone : emptiestZone(world, cluster)
  if (!/^[a-z0-9-]+[a-f]$/.test(zone))
    return fail(`lab node: '${zone}' is no name of a zone: one ends in a letter from a to f, like eu-west-1a`)
  const orders = nodeOrders(world, [zone], 1, given, all)
  if ('error' in orders) return fail(`lab node: ${orders.error}`)
  const [order] = orders.orders
  if (!order) return fail('lab node: nothing to add')
  const named = name === undefined ? order : { ...order, name }
  return {
    exit: 0,
    stdout: `machine ${named.name} starts in ${zone}\n`,
    emit: [...placeEmissions(world, cluster.region, zone), ...machineEmissions(world, named)],
  }
}

function remove(world: World, name: string | undefined): Done {
  if (name === undefined) return fail('lab node: which one? lab node remove NAME')
  const machine = world.get(`k8s.Machine/${name}`)
  if (!machine) return fail(`lab node: there is no machine ${name}`)
  const node = find(world, 'Node', undefined, name)
  return {
    exit: 0,
    stdout: `machine ${name} is taken away\n`,
    emit: [{ to: machine.id, type: 'Removed' }, ...(node ? [{ to: node.id, type: 'Removed' }] : [])],
  }
}

function sizeOf(
  given: Options['given'],
):
  | { readonly cpuMilli: number; readonly memoryBytes: number; readonly pods: number; readonly instanceType: string }
  | { readonly error: string } {
  const name = String(given.type ?? 'c7g.large')
  const type = instanceTypes.find((one) => one.name === name)
  if (!type)
    return { error: `there is no instance type ${name}; there are ${instanceTypes.map((one) => one.name).join(', ')}` }
  const cpu = given.cpu === undefined ? undefined : parseQuantity(String(given.cpu))
  const memory = given.memory === undefined ? undefined : parseQuantity(String(given.memory))
  if (given.cpu !== undefined && !cpu) return { error: `--cpu ${String(given.cpu)} is no quantity` }
  if (given.memory !== undefined && !memory) return { error: `--memory ${String(given.memory)} is no quantity` }
  const pods = Number(given.pods ?? 110)
  if (!Number.isInteger(pods) || pods < 1) return { error: `--pods ${String(given.pods)} is no number` }
  return {
    cpuMilli: cpu ? milliValue(cpu) : type.cpuMilli,
    memoryBytes: memory ? integerValue(memory) : type.memoryBytes,
    pods,
    instanceType: name,
  }
}

function freeName(taken: Set<string>, zone: string): string {
  const letter = zone.slice(-1)
  for (let n = 1; ; n++) {
    const name = `node-${letter}${n}`
    if (taken.has(name)) continue
    taken.add(name)
    return name
  }
}

function emptiestZone(world: World, cluster: Cluster): string {
  const counts = new Map<string, number>()
  for (const zone of world.all('place.Zone'))
    if (zone.owner?.endsWith(`/${cluster.region}`)) counts.set(zone.id.slice(zone.id.indexOf('/') + 1), 0)
  for (const machine of world.all('k8s.Machine')) {
    const { zone } = machine as unknown as { readonly zone: string }
    counts.set(zone, (counts.get(zone) ?? 0) + 1)
  }
  const [first] = [...counts].sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1))
  return first?.[0] ?? `${cluster.region}a`
}

function pairs(texts: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const cut = text.indexOf('=')
      return cut < 0 ? [text, ''] : [text.slice(0, cut), text.slice(cut + 1)]
    }),
  )
}

function taintsOf(
  texts: readonly string[] = [],
): readonly { readonly key: string; readonly value?: string; readonly effect: string }[] {
  return texts.map((text) => {
    const [, key = text, , value, effect = 'NoSchedule'] = /^([^=:]+)(=([^:]*))?:(\w+)$/.exec(text) ?? []
    return value === undefined || value === '' ? { key, effect } : { key, value, effect }
  })
}
