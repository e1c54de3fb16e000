import type { Emission, World } from '../../../kernel/index.ts'
import { type Done, fail, type Options, type Program, readOptions } from '../../../shell/index.ts'
import { zoneId } from '../../places/index.ts'
import { clientId, rateOf, readSpan, setRate, type TrafficClient } from '../../traffic/index.ts'
import { CONTROL_PLANE, NODE_COMPONENTS } from '../components/component.ts'
import { controllerLoops } from '../kubeController.ts'
import {
  crashMachine,
  cutOffMachine,
  failPulls,
  killContainer,
  misbehave,
  oomKill,
  slowPulls,
  stopComponent,
  stopController,
} from '../node/faults.ts'
import type { ObjectEntity } from '../object/object.ts'

/** What a fault does, or why it cannot be. */
type Fault = { readonly says: string; readonly emit: readonly Emission[] } | { readonly error: string }

interface Breaking {
  readonly world: World
  readonly name: string
  readonly options: Options
  /** How long, in ms; until it is healed when absent. */
  readonly ms: number | undefined
}

/** How often a container is killed again while it is made to crash, in ms. */
const CRASH_EVERY = 2000

const sorts: Readonly<
  Record<string, { readonly summary: string; readonly usage: string; readonly make: (breaking: Breaking) => Fault }>
> = {
  kill: {
    summary: 'kill the process of a container',
    usage: 'kill POD [-n NAMESPACE] [-c CONTAINER]',
    make: (breaking) => onRunning(breaking, (id) => ({ says: 'killed', emit: killContainer(id) })),
  },
  oom: {
    summary: 'let a container run out of memory',
    usage: 'oom POD [-n NAMESPACE] [-c CONTAINER]',
    make: (breaking) => onRunning(breaking, (id) => ({ says: 'out of memory', emit: oomKill(id) })),
  },
  crashloop: {
    summary: 'let a container crash whenever it has started',
    usage: 'crashloop POD [-n NAMESPACE] [-c CONTAINER] [--for 1m]',
    make: (breaking) =>
      onContainer(breaking, (to) => {
        const times = Math.ceil((breaking.ms ?? 60_000) / CRASH_EVERY)
        const crashes = Array.from(
          { length: times },
          (_, i): Emission => ({ to, type: 'Killed', after: i * CRASH_EVERY, data: { exitCode: 1 } }),
        )
        return { says: 'crashes', emit: crashes }
      }),
  },
  probe: {
    summary: 'let the servers of a container answer 500, so that its probes fail',
    usage: 'probe POD [-n NAMESPACE] [-c CONTAINER] [--for 1m]',
    make: (breaking) =>
      onContainer(breaking, (id) => ({ says: 'answers 500', emit: misbehave(id, { status: 500 }, breaking.ms) })),
  },
  slow: {
    summary: 'let the servers of a container answer later',
    usage: 'slow POD [--by 2s] [-n NAMESPACE] [-c CONTAINER] [--for 1m]',
    make: (breaking) =>
      onContainer(breaking, (id) => {
        const slow = readSpan(String(breaking.options.given.by ?? '2s')) ?? 2000
        return { says: `answers ${slow} ms later`, emit: misbehave(id, { slow }, breaking.ms) }
      }),
  },
  'slow-pull': {
    summary: 'let images take ten times as long to arrive on a node',
    usage: 'slow-pull NODE [--for 5m]',
    make: (breaking) =>
      onMachine(breaking, (node) => ({ says: 'pulls slowly', emit: slowPulls(node, 10, breaking.ms) })),
  },
  registry: {
    summary: 'cut a node off from every registry',
    usage: 'registry NODE [--for 5m]',
    make: (breaking) =>
      onMachine(breaking, (node) => ({ says: 'reaches no registry', emit: failPulls(node, breaking.ms) })),
  },
  node: {
    summary: 'crash the machine of a node',
    usage: 'node NODE [--for 5m]',
    make: (breaking) => onMachine(breaking, (node) => ({ says: 'crashed', emit: crashMachine(node, breaking.ms) })),
  },
  partition: {
    summary: 'cut the network to a node',
    usage: 'partition NODE [--for 5m]',
    make: (breaking) => onMachine(breaking, (node) => ({ says: 'is cut off', emit: cutOffMachine(node, breaking.ms) })),
  },
  zone: { summary: 'let every machine of a zone go dark', usage: 'zone ZONE [--for 5m]', make: darkZone },
  component: {
    summary: 'stop a part of the control plane or of a node, or one controller',
    usage: 'component NAME [--node NODE] [--crash] [--for 1m]',
    make: stopped,
  },
  spike: {
    summary: 'multiply the rate of a load generator',
    usage: 'spike CLIENTS [--times 10] [--for 1m]',
    make: spiked,
  },
}

/** `lab fault ...`: breaks something, for a while or until it is healed. */
export const faultVerb: Program = {
  name: 'fault',
  summary: 'break something',
  usage: 'SORT NAME [--for TIME]',
  operands: 'none',
  subcommands: Object.entries(sorts).map(([name, { summary, usage }]) => ({ name, summary, usage })),
  flags: [
    { name: 'for', value: 'TIME', says: 'how long (30s, 5m); until it is healed when absent' },
    { name: 'namespace', short: 'n', value: 'NAMESPACE', says: 'namespace of the pod; default when absent' },
    { name: 'container', short: 'c', value: 'CONTAINER', says: 'container of the pod; its first one when absent' },
    { name: 'node', value: 'NODE', says: 'node of the component' },
    { name: 'crash', says: 'let it be started again at once' },
    { name: 'by', value: 'TIME', says: 'how much later it answers' },
    { name: 'times', value: 'N', says: 'how many times as much' },
  ],
  examples: [
    'lab fault kill web-1',
    'lab fault node node-a1 --for 10m',
    'lab fault component kube-scheduler --for 30s',
    'lab fault zone eu-west-1a',
  ],
  run(call) {
    const options = readOptions(faultVerb, call.argv)
    if ('exit' in options) return options
    const [sort, name, ...more] = options.operands
    if (sort === undefined)
      return fail(`lab fault: what sort? There are ${Object.keys(sorts).join(', ')}; 'lab fault --help' says more`)
    const fault = sorts[sort]
    if (!fault) return fail(`lab fault: there is no fault '${sort}'; there are ${Object.keys(sorts).join(', ')}`)
    if (name === undefined) return fail(`lab fault: what is to break? Usage: lab fault ${fault.usage}`)
    if (more.length > 0) return fail(`lab fault: '${more[0]}' is one name too many. Usage: lab fault ${fault.usage}`)
    const span = options.given.for
    const ms = span === undefined ? undefined : readSpan(String(span))
    if (span !== undefined && ms === undefined)
      return fail(`lab fault: --for ${String(span)} is no time; say 30s or 5m`)
    return done(name, fault.make({ world: call.world, name, options, ms }), ms)
  },
  complete({ world, words, word }) {
    const kinds: Readonly<Record<string, string>> = {
      zone: 'place.Zone/',
      spike: 'traffic.Client/',
      component: 'k8s.Component/',
    }
    const sort = words[1] ?? ''
    if (!sorts[sort]) return []
    const onPod = sorts[sort].usage.includes('POD')
    const kind = kinds[sort]?.replace('/', '') ?? (onPod ? 'k8s.Pod' : 'k8s.Machine')
    return [...world.all(kind)]
      .map(({ id }) => ({ text: id.slice(id.lastIndexOf('/') + 1) }))
      .filter(({ text }) => text.startsWith(word))
  },
}

function done(name: string, fault: Fault, ms: number | undefined): Done {
  if ('error' in fault) return fail(`lab fault: ${fault.error}`)
  return {
    exit: 0,
    stdout: `${name} ${fault.says}${ms === undefined ? '' : ` for ${ms / 1000} s`}\n`,
    emit: fault.emit,
  }
}

function onContainer({ world, name, options }: Breaking, make: (id: string) => Fault): Fault {
  const namespace = String(options.given.namespace ?? 'default')
  const pod = world.get(`k8s.Pod/${namespace}/${name}`) as ObjectEntity | undefined
  if (!pod) return { error: `there is no pod ${name} in namespace ${namespace}` }
  const containers = (pod.spec?.containers ?? []) as readonly { readonly name: string }[]
  const container = String(options.given.container ?? containers[0]?.name ?? '')
  const id = `k8s.Container/${namespace}/${name}/${container}`
  if (!containers.some((one) => one.name === container)) return { error: `pod ${name} has no container ${container}` }
  return world.get(id) ? make(id) : { error: `container ${container} of ${name} has not been made yet` }
}

function onRunning(breaking: Breaking, make: (id: string) => Fault): Fault {
  return onContainer(breaking, (id) => {
    const state = breaking.world.get(id)?.state
    return state === 'Running' || state === 'Stopping'
      ? make(id)
      : { error: `container ${nameOf(id)} of ${breaking.name} does not run: it is in state ${state}` }
  })
}

function nameOf(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1)
}

function onMachine({ world, name }: Breaking, make: (node: string) => Fault): Fault {
  return world.get(`k8s.Machine/${name}`) ? make(name) : { error: `there is no machine ${name}` }
}

function darkZone({ world, name, ms }: Breaking): Fault {
  const zone = world.get(zoneId(name))
  if (!zone) return { error: `there is no zone ${name}` }
  const emit: Emission[] = [{ to: zone.id, type: 'WentDark' }]
  if (ms !== undefined) emit.push({ to: zone.id, type: 'CameBack', after: ms })
  for (const machine of world.all('k8s.Machine') as Iterable<{ readonly id: string; readonly zone?: string }>) {
    if (machine.zone === name) emit.push(...crashMachine(machine.id.slice(machine.id.indexOf('/') + 1), ms))
  }
  return { says: 'goes dark', emit }
}

function stopped({ world, name, options, ms }: Breaking): Fault {
  if (controllerLoops().includes(name)) return { says: 'stops', emit: stopController(name, ms) }
  const control = CONTROL_PLANE.find((part) => part === name)
  const part = NODE_COMPONENTS.find((one) => one === name)
  const node = options.given.node === undefined ? undefined : String(options.given.node)
  if (part && node === undefined) return { error: `${name} runs on every node: say which with --node` }
  if (part && !world.get(`k8s.Machine/${node}`)) return { error: `there is no machine ${node}` }
  const which = control ?? part
  if (!which)
    return {
      error: `there is no component ${name}; there are ${[...CONTROL_PLANE, ...NODE_COMPONENTS].join(', ')} and the controllers`,
    }
  const emit = stopComponent(which, part ? node : undefined, ms)
  const [stop] = emit
  return options.given.crash && stop
    ? { says: 'crashes', emit: [{ ...stop, type: 'Crashed' }] }
    : { says: 'stops', emit }
}

function spiked({ world, name, options, ms }: Breaking): Fault {
  const client = world.get(clientId(name)) as TrafficClient | undefined
  if (!client) return { error: `there is no load generator ${name}` }
  const times = Number(options.given.times ?? 10)
  if (!(times > 0)) return { error: `--times ${String(options.given.times)} is no number` }
  const rate = rateOf(client, world.now)
  const begin = setRate(name, rate * times)
  return {
    says: `sends ${Math.round(rate * times)} requests a second`,
    emit: ms === undefined ? [begin] : [begin, { ...setRate(name, rate), after: ms }],
  }
}
