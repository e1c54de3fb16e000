import type { Emission, World } from '../../../kernel/index.ts'
import { fail, type Program, readOptions } from '../../../shell/index.ts'
import { componentId, controllerEntityId } from '../components/component.ts'
import { controllerLoops } from '../kubeController.ts'

/** `lab heal ...`: undoes what was broken. */
export const healVerb: Program = {
  name: 'heal',
  summary: 'undo what was broken',
  usage: 'node NODE | component NAME [--node NODE] | zone ZONE | pod POD | all',
  operands: 'none',
  subcommands: [
    { name: 'node', summary: 'boot a crashed machine, or join one that was cut off' },
    { name: 'component', summary: 'start a part that was stopped' },
    { name: 'zone', summary: 'bring a dark zone back' },
    { name: 'pod', summary: 'let the servers of a pod answer as they should' },
    { name: 'all', summary: 'everything at once' },
  ],
  flags: [
    { name: 'node', value: 'NODE', says: 'node of the component' },
    { name: 'namespace', short: 'n', value: 'NAMESPACE', says: 'namespace of the pod' },
  ],
  examples: ['lab heal node node-a1', 'lab heal component kube-scheduler', 'lab heal all'],
  run(call) {
    const options = readOptions(healVerb, call.argv)
    if ('exit' in options) return options
    const [what, name, ...more] = options.operands
    const { world } = call
    if (what === 'all') return { exit: 0, stdout: 'everything works again\n', emit: everything(world) }
    if (more.length > 0) return fail(`lab heal: '${more[0]}' is one name too many`)
    if (what !== undefined && !healVerb.subcommands?.some((one) => one.name === what))
      return fail(`lab heal: '${what}' cannot be healed. Usage: lab heal ${healVerb.usage}`)
    if (name === undefined) return fail(`lab heal: what? Usage: lab heal ${healVerb.usage}`)
    const emit = healing(world, what, name, options.given)
    return emit.length === 0
      ? fail(`lab heal: there is nothing to heal at ${what} ${name}`)
      : { exit: 0, stdout: `${name} works again\n`, emit }
  },
}

function healing(
  world: World,
  what: string | undefined,
  name: string,
  given: { readonly [key: string]: string | true | undefined },
): readonly Emission[] {
  if (what === 'node') return machine(world, `k8s.Machine/${name}`)
  if (what === 'zone') return zone(world, name)
  if (what === 'pod') return containers(world, `k8s.Pod/${String(given.namespace ?? 'default')}/${name}`)
  if (what !== 'component') return []
  const id = controllerLoops().includes(name)
    ? controllerEntityId(name)
    : componentId(name as never, given.node === undefined ? undefined : String(given.node))
  return world.get(id)?.state === 'Stopped' ? [{ to: id, type: 'Started' }] : []
}

function everything(world: World): readonly Emission[] {
  const emit: Emission[] = []
  for (const one of world.all('place.Zone')) if (one.state === 'Dark') emit.push({ to: one.id, type: 'CameBack' })
  for (const one of world.all('k8s.Machine')) emit.push(...machine(world, one.id))
  for (const kind of ['k8s.Component', 'k8s.Controller']) {
    for (const one of world.all(kind)) if (one.state === 'Stopped') emit.push({ to: one.id, type: 'Started' })
  }
  for (const pod of world.all('k8s.Pod')) emit.push(...containers(world, pod.id))
  return emit
}

function machine(world: World, id: string): readonly Emission[] {
  const state = world.get(id)?.state
  if (state === 'Down') return [{ to: id, type: 'Booted' }]
  return state === 'CutOff' ? [{ to: id, type: 'Rejoined' }] : []
}

function zone(world: World, name: string): readonly Emission[] {
  const place = world.get(`place.Zone/${name}`)
  if (place?.state !== 'Dark') return []
  const emit: Emission[] = [{ to: place.id, type: 'CameBack' }]
  for (const one of world.all('k8s.Machine') as Iterable<{ readonly id: string; readonly zone?: string }>)
    if (one.zone === name) emit.push(...machine(world, one.id))
  return emit
}

function containers(world: World, pod: string): readonly Emission[] {
  const emit: Emission[] = []
  for (const one of world.ownedBy(pod) as readonly {
    readonly id: string
    readonly faults?: readonly { readonly id: string }[]
  }[]) {
    for (const fault of one.faults ?? []) emit.push({ to: one.id, type: 'FaultEnded', data: { id: fault.id } })
  }
  return emit
}
