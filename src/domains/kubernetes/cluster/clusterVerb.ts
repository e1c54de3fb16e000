import { fail, type Program, readOptions } from '../../../shell/index.ts'
import { machineEmissions } from '../machine/machine.ts'
import { CLUSTER, clusterEmissions } from './clusterUp.ts'
import { nodeFlags, nodeOrders } from './nodeVerb.ts'
import { systemWorkloads } from './systemWorkloads.ts'

/** Most nodes with which the workloads of kube-system are installed unasked: kube-proxy alone costs a pod a node. */
const SYSTEM_NODES = 20

/** `lab cluster up`: a control plane and its first nodes. */
export const clusterVerb: Program = {
  name: 'cluster',
  summary: 'bring up a Kubernetes cluster',
  usage: 'up [--nodes N] [--zones N] [--region NAME] [--type TYPE] [--system on|off]',
  operands: 'none',
  subcommands: [{ name: 'up', summary: 'a control plane and its first nodes' }],
  flags: [
    { name: 'nodes', value: 'N', says: 'how many nodes; 3 when absent' },
    { name: 'zones', value: 'N', says: 'how many zones they are spread over, 1 to 6; 2 when absent' },
    { name: 'region', value: 'NAME', says: 'region of the zones; eu-west-1 when absent' },
    {
      name: 'system',
      value: 'on|off',
      says: `whether CoreDNS, kube-proxy and the metrics server have pods in kube-system; on up to ${SYSTEM_NODES} nodes when absent`,
      values: ['on', 'off'],
    },
    ...nodeFlags,
  ],
  examples: ['lab cluster up --nodes 3 --zones 2'],
  run(call) {
    const options = readOptions(clusterVerb, call.argv)
    if ('exit' in options) return options
    const { given, operands } = options
    if (operands[0] !== 'up') return fail("lab cluster: say 'lab cluster up'")
    if (call.world.get(CLUSTER)) return fail('lab cluster: this world has its cluster already')
    const nodes = wholeNumber(given.nodes ?? '3', 0, 5000)
    const zoneCount = wholeNumber(given.zones ?? '2', 1, 6)
    if (nodes === undefined) return fail('lab cluster: --nodes takes a number from 0 to 5000')
    if (zoneCount === undefined) return fail('lab cluster: --zones takes a number from 1 to 6')
    const system = given.system ?? (nodes <= SYSTEM_NODES ? 'on' : 'off')
    if (system !== 'on' && system !== 'off') return fail('lab cluster: --system takes on or off')
    const region = String(given.region ?? 'eu-west-1')
    const zones = Array.from({ length: zoneCount }, (_, i) => `${region}${'abcdef'[i]}`)
    const orders = nodeOrders(call.world, zones, nodes, given)
    if ('error' in orders) return fail(`lab cluster: ${orders.error}`)
    return {
      exit: 0,
      stdout: `cluster kubernetes is up: ${nodes} ${nodes === 1 ? 'node' : 'nodes'} in ${zones.join(', ')}\n`,
      emit: [
        ...clusterEmissions(call.world, region, zones),
        ...(system === 'on' ? systemWorkloads(call.world) : []),
        ...orders.orders.flatMap((order) => machineEmissions(call.world, order)),
      ],
    }
  },
}

function wholeNumber(text: string | true, least: number, most: number): number | undefined {
  const value = Number(text)
  return Number.isInteger(value) && value >= least && value <= most ? value : undefined
}
